/** Tenants, secrets and own lists of identities in memory: what keeps them really needs VS Code, and has tests of its own there. */
import { randomUUID } from 'node:crypto';
import type { Credentials } from '../../../src/api/client';
import type { CommandDeps } from '../../../src/commands/ui/deps';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import { readSavedLists, type SavedList, type SavedListEntry } from '../../../src/lists/savedLists';
import type { Tenant } from '../../../src/tenants/tenant';

export class MemorySecrets {
  readonly kept = new Map<string, Credentials>();
  /** Tenant id -> the address its credentials were given for, where that is another one now. */
  readonly elsewhere = new Map<string, string>();

  givenFor({ id }: Pick<Tenant, 'id'>): Promise<string | undefined> {
    return Promise.resolve(this.elsewhere.get(id));
  }

  confirmAddress({ id }: Pick<Tenant, 'id'>): Promise<void> {
    this.elsewhere.delete(id);
    return Promise.resolve();
  }

  set({ id }: Pick<Tenant, 'id'>, credentials: Credentials): Promise<void> {
    this.kept.set(id, credentials);
    return Promise.resolve();
  }

  delete(tenantId: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(tenantId));
  }
}

type Unreadable = CommandDeps['store']['unreadable'][number];

export class MemoryTenants {
  unreadable: readonly Unreadable[] = [];
  /** Tenants that were unlocked -> for how many minutes. */
  readonly unlocked = new Map<string, number | undefined>();
  private tenants: readonly Tenant[] = [];
  private readonly removals: ((tenantId: string) => void)[] = [];

  constructor(private readonly secrets: MemorySecrets) {}

  put(tenant: Omit<Tenant, 'id'>): Tenant {
    const added = { ...tenant, id: randomUUID() };
    this.tenants = [...this.tenants, added];
    return added;
  }

  all(): readonly Tenant[] {
    return this.tenants;
  }

  get(id: string): Tenant | undefined {
    return this.tenants.find((tenant) => tenant.id === id);
  }

  async add(tenant: Omit<Tenant, 'id' | 'unlockedUntil'>, credentials?: Credentials): Promise<Tenant> {
    const added = this.put(tenant);
    if (credentials) await this.secrets.set(added, credentials);
    return added;
  }

  update(id: string, patch: Partial<Tenant>): void {
    this.tenants = this.tenants.map((tenant) => (tenant.id === id ? { ...tenant, ...patch } : tenant));
  }

  move(id: string, by: -1 | 1): void {
    const from = this.tenants.findIndex((tenant) => tenant.id === id);
    const moved = this.tenants[from];
    if (moved) this.tenants = this.tenants.toSpliced(from, 1).toSpliced(from + by, 0, moved);
  }

  lock(id: string): void {
    this.unlocked.delete(id);
    this.update(id, { readOnly: true });
  }

  unlock(id: string, minutes?: number): void {
    this.unlocked.set(id, minutes);
    this.update(id, { readOnly: false });
  }

  async remove(id: string): Promise<void> {
    await this.secrets.delete(id);
    this.tenants = this.tenants.filter((tenant) => tenant.id !== id);
    for (const forget of this.removals) forget(id);
  }

  removeUnreadable({ file }: Unreadable): Promise<void> {
    this.unreadable = this.unreadable.filter((each) => each.file !== file);
    return Promise.resolve();
  }

  onDidRemove(listener: (tenantId: string) => void): { dispose(): void } {
    this.removals.push(listener);
    return { dispose: () => undefined };
  }
}

/** The settings of a person, and of a workspace. */
export class MemoryLists {
  readonly settings: Record<'user' | 'workspace', readonly SavedList[]> = { user: [], workspace: [] };
  /** Built-in lists that were sorted -> by what. */
  readonly sorted = new Map<string, string>();
  private read:
    | (Readonly<Record<'user' | 'workspace', readonly SavedList[]>> & { readonly entries: readonly SavedListEntry[] })
    | undefined;

  /** The same entries until the settings change, as the real one has them. */
  all(): readonly SavedListEntry[] {
    const { user, workspace } = this.settings;
    if (this.read?.user !== user || this.read.workspace !== workspace) {
      const entries = [...readSavedLists(user, 'user'), ...readSavedLists(workspace, 'workspace')];
      this.read = { user, workspace, entries };
    }
    return this.read.entries;
  }

  entry(viewId: string): SavedListEntry | undefined {
    return this.all().find(({ list: view }) => view.id === viewId);
  }

  forTenant({ name }: Pick<Tenant, 'name'>) {
    const own = this.all().filter(({ own }) => own.tenant === undefined || own.tenant === name);
    return [...BUILT_IN_LISTS, ...own.map(({ list: view }) => view)];
  }

  add(own: SavedList, scope: 'user' | 'workspace', behind?: SavedListEntry): Promise<void> {
    const at = behind ? behind.place.index + 1 : this.settings[scope].length;
    this.settings[scope] = this.settings[scope].toSpliced(at, 0, own);
    return Promise.resolve();
  }

  async replace(entry: SavedListEntry, own: SavedList, scope = entry.place.scope): Promise<void> {
    await this.remove(entry);
    const at = scope === entry.place.scope ? entry.place.index : this.settings[scope].length;
    this.settings[scope] = this.settings[scope].toSpliced(at, 0, own);
  }

  remove({ place: { scope, index } }: SavedListEntry): Promise<void> {
    this.settings[scope] = this.settings[scope].toSpliced(index, 1);
    return Promise.resolve();
  }

  async move(entry: SavedListEntry, to: SavedListEntry): Promise<void> {
    await this.remove(entry);
    const { scope, index } = to.place;
    this.settings[scope] = this.settings[scope].toSpliced(index, 0, entry.own);
  }

  sort({ id }: { readonly id: string }, sorter: string): Promise<void> {
    this.sorted.set(id, sorter);
    return Promise.resolve();
  }
}
