import { randomUUID } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';
import { problemOf } from '../storage/problem';
import { t } from '../text/l10n';
import { TenantFiles, type TenantsOnDisk, type UnreadableTenant } from './files';
import { namesApart } from './names';
import type { Secrets } from './secrets';
import type { StoredTenant, Tenant } from './tenant';

/**
 * The list of tenants: one small file each in the extension's global storage, without secrets.
 *
 * Files rather than globalState, because globalState is one object per extension that every window caches: two windows
 * adding a tenant at once would lose one, and no window hears of the other's change. A file per tenant cannot collide
 * and can be watched.
 */
export class TenantStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly removing = new vscode.EventEmitter<string>();
  /**
   * The id of a tenant that was removed, here or in another window: what is kept of it is to be forgotten. A tenant that is
   * only not in the list may have a file that cannot be read: nothing of it is forgotten.
   */
  readonly onDidRemove = this.removing.event;

  private readonly files: TenantFiles;
  private stored = new Map<string, StoredTenant>();
  /** In their order, with this window's unlocking applied. An unchanged tenant stays the same object. */
  private tenants = new Map<string, Tenant>();
  /** Tenant id -> when its unlocking ends; in memory only, so that it ends with the window at the latest. */
  private readonly unlocked = new Map<string, { readonly until: number; readonly timer: NodeJS.Timeout | undefined }>();
  /** Tenants that were locked here, whatever their files say: a full disk must not unlock. */
  private readonly locked = new Set<string>();
  private readonly watcher: FSWatcher | undefined;
  /** Files that cannot be read, left alone. */
  unreadable: readonly UnreadableTenant[] = [];
  /** Ids of tenants that were removed lately, by any window. */
  removed: ReadonlySet<string> = new Set();
  /** Why nothing can be stored, as a clause; undefined when all is well. What is there is read all the same. */
  readonly problem: string | undefined;

  /** Reads what is there at once: a few files of 300 bytes. Never throws, whatever is on the disk. */
  constructor(
    folder: string,
    private readonly secrets: Secrets,
    private readonly log: ApiLog,
  ) {
    this.files = new TenantFiles(folder, log);
    this.problem = this.files.open();
    if (this.problem !== undefined) log.error(`Tenants cannot be stored: ${this.problem}.`);
    this.takeOver(this.read());
    this.watcher = this.watch();
  }

  all(): readonly Tenant[] {
    return [...this.tenants.values()];
  }

  get(id: string): Tenant | undefined {
    // A timer stands still while the machine sleeps; the clock does not.
    if ((this.unlocked.get(id)?.until ?? Infinity) <= Date.now()) this.lock(id);
    return this.tenants.get(id);
  }

  /**
   * Keeps the secret first: a tenant without credentials would be a half-stored one. A mark tells of the secret until the
   * tenant is there, so that one broken off is cleaned up (`tidy`).
   *
   * @throws the secret storage's or the file system's error: then nothing was added
   */
  async add(tenant: Omit<Tenant, 'id' | 'unlockedUntil' | 'storedName'>, credentials?: Credentials): Promise<Tenant> {
    const order = Math.max(0, ...[...this.stored.values()].map((known) => known.order)) + 1;
    const added = { ...tenant, id: randomUUID(), order };
    if (credentials) {
      this.files.beginAdding(added.id);
      await this.secrets.set(added, credentials);
    }
    try {
      this.files.write(added);
    } catch (error) {
      await this.secrets.delete(added.id);
      this.files.endAdding(added.id);
      throw error;
    }
    this.files.endAdding(added.id);
    this.publish(new Map(this.stored).set(added.id, added));
    return added;
  }

  /**
   * Changes a tenant. One that was removed meanwhile stays removed.
   *
   * @throws the file system's error, or one that says that the tenant's file cannot be read now: it is not written over
   */
  update(id: string, patch: Partial<Pick<Tenant, 'name' | 'version' | 'environment' | 'readOnly' | 'auth'>>): void {
    // Read again: another window may have changed or removed it a moment ago.
    const disk = this.read();
    if (disk.unreadable.some((file) => file.id === id))
      throw new Error(t('the stored tenant cannot be read at the moment'));
    const present = disk.tenants.get(id);
    if (present) {
      // Unlocking production ends with the window (`unlock`); another window may have made it production a moment ago.
      if (patch.readOnly === false && present.environment === 'production') {
        this.takeOver(disk);
        throw new Error(t('it is a production tenant now'));
      }
      const next = { ...present, ...patch };
      if (this.files.write(next)) disk.tenants.set(id, next);
      else disk.tenants.delete(id);
      if (patch.readOnly !== undefined) this.locked.delete(id);
    }
    this.takeOver(disk);
  }

  /** Moves a tenant one place up (-1) or down (1) in the list. @throws the file system's error */
  move(id: string, by: -1 | 1): void {
    const order = this.all().map((tenant) => tenant.id);
    const from = order.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    const disk = this.read();
    const writable = (each: string): boolean => !disk.unreadable.some((file) => file.id === each);
    for (const [place, each] of order.entries()) {
      const known = disk.tenants.get(each);
      if (!known || known.order === place || !writable(each)) continue;
      const next = { ...known, order: place };
      if (this.files.write(next)) disk.tenants.set(each, next);
      else disk.tenants.delete(each);
    }
    this.takeOver(disk);
  }

  /**
   * Lets writes through in this window, without changing what is stored.
   *
   * @param minutes after which the tenant locks itself; undefined: until it is locked again or the window closes.
   */
  unlock(id: string, minutes?: number): void {
    this.forgetUnlocking(id);
    const until = minutes === undefined ? Infinity : Date.now() + minutes * 60_000;
    const timer = minutes === undefined ? undefined : setTimeout(() => this.lock(id), minutes * 60_000);
    this.unlocked.set(id, { until, timer });
    this.locked.delete(id);
    this.publish(this.stored);
  }

  /** Refuses writes from now on, here and after a restart. What is in memory is locked first: a full disk must not unlock. */
  lock(id: string): void {
    this.forgetUnlocking(id);
    this.locked.add(id);
    this.publish(this.stored);
    if (this.stored.get(id)?.readOnly === false) this.update(id, { readOnly: true });
    else this.locked.delete(id);
  }

  /**
   * Removes a tenant and its secret; the secret first, so that a failure leaves a tenant that can still be removed.
   *
   * @throws the secret storage's or the file system's error
   */
  async remove(id: string): Promise<void> {
    await this.secrets.delete(id);
    this.files.remove(id);
    this.forgetUnlocking(id);
    this.takeOver(this.read());
  }

  /** Removes a file that cannot be read, and all that is kept of its tenant. @throws as `remove` */
  async removeUnreadable({ id, file }: UnreadableTenant): Promise<void> {
    if (id !== undefined) return this.remove(id);
    this.files.removeOdd(file);
    this.takeOver(this.read());
  }

  /** Cleans up after what was broken off. @returns how many tenants something was left of; never rejects */
  tidy(): Promise<number> {
    return this.files.tidy((id) => this.secrets.delete(id));
  }

  dispose(): void {
    for (const id of [...this.unlocked.keys()]) this.forgetUnlocking(id);
    this.watcher?.close();
    this.changed.dispose();
    this.removing.dispose();
  }

  private forgetUnlocking(id: string): void {
    clearTimeout(this.unlocked.get(id)?.timer);
    this.unlocked.delete(id);
  }

  /** Takes over a state of the list and tells of it if anything differs from what was shown. */
  private publish(list: Map<string, StoredTenant>, gone: readonly string[] = [], differsOtherwise = false): void {
    const shown = new Map<string, Tenant>();
    const apart = namesApart([...list.values()]);
    for (const record of [...list.values()].sort((a, b) => a.order - b.order)) {
      const { order, ...rest } = record;
      void order;
      const called = apart.get(record.id);
      const tenant: Tenant = called === undefined ? rest : { ...rest, name: called, storedName: record.name };
      const until = this.unlocked.get(tenant.id)?.until;
      const stored = this.locked.has(tenant.id) ? { ...tenant, readOnly: true } : tenant;
      const next = until === undefined ? stored : { ...stored, readOnly: false, unlockedUntil: until };
      const present = this.tenants.get(tenant.id);
      shown.set(tenant.id, isDeepStrictEqual(present, next) && present ? present : next);
    }
    const differs = differsOtherwise || !isDeepStrictEqual([...shown], [...this.tenants]);
    this.stored = list;
    this.tenants = shown;
    // First what is forgotten: nobody is to read the things of a removed tenant again.
    for (const id of gone) this.removing.fire(id);
    if (differs) this.changed.fire();
  }

  /** Takes over what the files say, and tells of tenants that were removed. */
  private takeOver({ tenants, unreadable, removed }: TenantsOnDisk): void {
    const gone = [...removed].filter((id) => !this.removed.has(id));
    const differs = !isDeepStrictEqual(unreadable, this.unreadable);
    for (const each of unreadable) {
      if (this.unreadable.some((known) => isDeepStrictEqual(known, each))) continue;
      this.log.warn(`The stored tenant ${each.file} cannot be read and is left alone: ${each.problem}.`);
    }
    this.unreadable = unreadable;
    this.removed = removed;
    for (const id of gone) {
      this.forgetUnlocking(id);
      this.locked.delete(id);
    }
    // It was meant for what the tenant was.
    for (const { id, environment } of this.stored.values()) {
      if (tenants.has(id) && tenants.get(id)?.environment !== environment) this.forgetUnlocking(id);
    }
    this.publish(tenants, gone, differs);
  }

  /** What the files say now. A file that cannot be read at the moment does not take its tenant away. */
  private read(): TenantsOnDisk {
    const disk = this.files.read();
    for (const { id } of disk.unreadable) {
      const known = id === undefined ? undefined : this.stored.get(id);
      if (known) disk.tenants.set(known.id, known);
    }
    return disk;
  }

  /** Changes made in other windows. Without them the list is still right after a reload. */
  private watch(): FSWatcher | undefined {
    const blind = (error: unknown): void => this.log.warn(`Changes in other windows are not seen: ${problemOf(error)}`);
    try {
      const { folder } = this.files;
      return watch(folder, { persistent: false }, () => this.takeOver(this.read())).on('error', blind);
    } catch (error) {
      blind(error);
      return undefined;
    }
  }
}
