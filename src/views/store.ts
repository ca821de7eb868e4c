import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import type { Tenant } from '../tenants/tenant';
import { BUILT_IN_VIEWS } from './builtIn';
import { readViews, type OwnEntry, type OwnPlace, type OwnView } from './own';
import type { IdentityView } from './view';

/** Where the order of built-in views is kept. */
const SORTERS = 'sorters';

/** The views of every tenant: built-in ones, and the person's own from the settings of user and workspace. */
export class ViewStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;
  private entries: readonly OwnEntry[];

  constructor(private readonly memory: vscode.Memento) {
    this.entries = read();
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.views}`)) return;
        this.entries = read();
        this.changed.fire();
      }),
    );
  }

  /** The views a tenant shows, in their order. */
  forTenant(tenant: Pick<Tenant, 'name'>): readonly IdentityView[] {
    const sorters = this.sorters();
    return [
      ...BUILT_IN_VIEWS.map((view) => {
        const sorter = sorters[view.id];
        return sorter === undefined ? view : { ...view, sorters: sorter };
      }),
      ...this.entries
        .filter(({ own }) => own.tenant === undefined || own.tenant === tenant.name)
        .map(({ view }) => view),
    ];
  }

  /** A person's own view by the id of its row. */
  entry(viewId: string): OwnEntry | undefined {
    return this.entries.find(({ view }) => view.id === viewId);
  }

  /** All own views. */
  all(): readonly OwnEntry[] {
    return this.entries;
  }

  add(own: OwnView, scope: OwnPlace['scope']): Promise<void> {
    return write(scope, [...raw(scope), own]);
  }

  replace({ scope, index }: OwnPlace, own: OwnView): Promise<void> {
    return write(scope, raw(scope).toSpliced(index, 1, own));
  }

  remove({ scope, index }: OwnPlace): Promise<void> {
    return write(scope, raw(scope).toSpliced(index, 1));
  }

  /** Moves a view one place up (-1) or down (1) among those of its scope. */
  async move({ scope, index }: OwnPlace, by: -1 | 1): Promise<void> {
    const views = raw(scope);
    const to = index + by;
    if (to < 0 || to >= views.length) return;
    await write(scope, views.toSpliced(index, 1).toSpliced(to, 0, views[index]));
  }

  /** Sorts a view from now on: an own view in its setting, a built-in one in what this extension remembers. */
  async sort(view: IdentityView, sorter: string): Promise<void> {
    const entry = this.entry(view.id);
    if (entry) return this.replace(entry.place, { ...entry.own, sorter });
    await this.memory.update(SORTERS, { ...this.sorters(), [view.id]: sorter });
    this.changed.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private sorters(): Readonly<Record<string, string | undefined>> {
    return this.memory.get<Readonly<Record<string, string>>>(SORTERS, {});
  }
}

function inspected() {
  return vscode.workspace.getConfiguration(SETTINGS.section).inspect<unknown>(SETTINGS.views);
}

/** Both scopes add up; VS Code itself would let the workspace hide the user's own. */
function read(): readonly OwnEntry[] {
  const found = inspected();
  return [...readViews(found?.globalValue, 'user'), ...readViews(found?.workspaceValue, 'workspace')];
}

/** As it stands in the settings: entries with mistakes are kept. */
function raw(scope: OwnPlace['scope']): readonly unknown[] {
  const value = scope === 'user' ? inspected()?.globalValue : inspected()?.workspaceValue;
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

async function write(scope: OwnPlace['scope'], views: readonly unknown[]): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const target = scope === 'user' ? Global : Workspace;
  const value = views.length > 0 ? views : undefined;
  await vscode.workspace.getConfiguration(SETTINGS.section).update(SETTINGS.views, value, target);
}
