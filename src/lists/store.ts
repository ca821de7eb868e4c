import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { CONTEXT_KEYS, SETTINGS } from '../ids';
import { setContextKey } from '../ui/contextKeys';
import type { Tenant } from '../tenants/tenant';
import { BUILT_IN_LISTS } from './builtIn';
import { isShownIn, readSavedLists, type SavedListEntry, type SettingsLocation, type SavedList } from './savedLists';
import { parseSorters } from './sorters';
import type { IdentityList } from './list';
import { t } from '../text/l10n';

/** Where the order of built-in lists is kept. */
const SORTERS = 'sorters';

/** The lists of every tenant: built-in ones, and the person's own from the settings of user and workspace. */
export class ListStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;
  private entries: readonly SavedListEntry[];

  constructor(private readonly memory: vscode.Memento) {
    this.entries = readAndTell();
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.lists}`)) return;
        this.entries = readAndTell();
        this.changed.fire();
      }),
    );
  }

  /** The lists a tenant shows, in their order. */
  forTenant(tenant: Pick<Tenant, 'name' | 'storedName'>): readonly IdentityList[] {
    const sorters = this.sorters();
    return [
      ...BUILT_IN_LISTS.map((list) => {
        const sorter = sorters[list.id];
        return sorter !== undefined && list.query?.by === 'filter'
          ? { ...list, query: { ...list.query, sorter } }
          : list;
      }),
      ...this.entries.filter(({ own }) => isShownIn(own, tenant)).map(({ list }) => list),
    ];
  }

  /** A person's own list by the id of its row. */
  entry(listId: string): SavedListEntry | undefined {
    return this.entries.find(({ list }) => list.id === listId);
  }

  /** All own lists. */
  all(): readonly SavedListEntry[] {
    return this.entries;
  }

  /** Puts a list at the end of a scope, or right behind another one of it. */
  async add(own: SavedList, scope: SettingsLocation['scope'], behind?: SavedListEntry): Promise<void> {
    const lists = raw(scope);
    await write(scope, lists.toSpliced(behind ? placeIn(lists, behind) + 1 : lists.length, 0, own));
  }

  /** Puts a list in the place of another, or moves it to the other scope. */
  async replace(entry: SavedListEntry, own: SavedList, scope = entry.place.scope): Promise<void> {
    if (scope !== entry.place.scope) {
      // In this order a failure leaves it twice rather than not at all.
      await this.add(own, scope);
      return this.remove(entry);
    }
    const lists = raw(scope);
    await write(scope, lists.toSpliced(placeIn(lists, entry), 1, own));
  }

  async remove(entry: SavedListEntry): Promise<void> {
    const { scope } = entry.place;
    const lists = raw(scope);
    await write(scope, lists.toSpliced(placeIn(lists, entry), 1));
  }

  /** Moves a list to the place of another one of its scope. */
  async move(entry: SavedListEntry, to: SavedListEntry): Promise<void> {
    const { scope } = entry.place;
    const lists = raw(scope);
    const from = placeIn(lists, entry);
    await write(scope, lists.toSpliced(from, 1).toSpliced(placeIn(lists, to), 0, lists[from]));
  }

  /** Sorts a list from now on: an own list in its setting, a built-in one in what this extension remembers. */
  async sort(list: IdentityList, sorter: string): Promise<void> {
    const entry = this.entry(list.id);
    if (entry) return this.replace(entry, { ...entry.own, sorter });
    await this.memory.update(SORTERS, { ...this.sorters(), [list.id]: sorter });
    this.changed.fire();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private sorters(): Readonly<Record<string, string | undefined>> {
    return parseSorters(this.memory.get<unknown>(SORTERS));
  }
}

function inspected() {
  return vscode.workspace.getConfiguration(SETTINGS.section).inspect<unknown>(SETTINGS.lists);
}

/** Menus are told whether there are any. */
function readAndTell(): readonly SavedListEntry[] {
  const entries = read();
  setContextKey(CONTEXT_KEYS.noSavedLists, entries.length === 0);
  return entries;
}

/** Both scopes add up; VS Code itself would let the workspace hide the user's own. */
function read(): readonly SavedListEntry[] {
  const found = inspected();
  return [...readSavedLists(found?.globalValue, 'user'), ...readSavedLists(found?.workspaceValue, 'workspace')];
}

/** As it stands in the settings: entries with mistakes are kept. */
function raw(scope: SettingsLocation['scope']): readonly unknown[] {
  const value = scope === 'user' ? inspected()?.globalValue : inspected()?.workspaceValue;
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Where an entry stands now: the settings may have been edited since it was read. */
function placeIn(lists: readonly unknown[], { own, place }: SavedListEntry): number {
  const now = readSavedLists(lists, place.scope);
  const same = (at: number): boolean => isDeepStrictEqual(now[at]?.own, own);
  const at = same(place.index) ? place.index : now.findIndex((_, index) => same(index));
  if (at < 0) throw new Error(t('the settings changed in the meantime'));
  return at;
}

async function write(scope: SettingsLocation['scope'], lists: readonly unknown[]): Promise<void> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const target = scope === 'user' ? Global : Workspace;
  const value = lists.length > 0 ? lists : undefined;
  await vscode.workspace.getConfiguration(SETTINGS.section).update(SETTINGS.lists, value, target);
}
