import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';
import { API_VERSIONS } from '../api/versions';
import type { Secrets } from './secrets';
import { ENVIRONMENTS, type Tenant } from './tenant';

const FORMAT = 1;

/** A tenant as its file keeps it. */
interface StoredTenant extends Omit<Tenant, 'unlockedUntil'> {
  /** Where it stands in the list. */
  readonly order: number;
}

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

  private stored = new Map<string, StoredTenant>();
  /** In their order, with this window's unlocking applied. An unchanged tenant stays the same object. */
  private tenants = new Map<string, Tenant>();
  /** Tenant id -> when its unlocking ends; in memory only, so that it ends with the window at the latest. */
  private readonly unlocked = new Map<string, { readonly until: number; readonly timer: NodeJS.Timeout | undefined }>();
  private readonly watcher: FSWatcher | undefined;
  /** Files that cannot be read, left alone. */
  unreadable: readonly string[] = [];

  /** Reads what is there at once: a few files of 300 bytes. */
  constructor(
    private readonly folder: string,
    private readonly secrets: Secrets,
    private readonly log: ApiLog,
  ) {
    mkdirSync(folder, { recursive: true });
    this.show(this.read());
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

  /** Keeps the secret first: a tenant without credentials would be a half-stored one. */
  async add(tenant: Omit<Tenant, 'id' | 'unlockedUntil'>, credentials?: Credentials): Promise<Tenant> {
    const order = Math.max(0, ...[...this.stored.values()].map((known) => known.order)) + 1;
    const added = { ...tenant, id: randomUUID(), order };
    if (credentials) await this.secrets.set(added.id, credentials);
    try {
      this.write(added);
    } catch (error) {
      await this.secrets.delete(added.id);
      throw error;
    }
    this.show(new Map(this.stored).set(added.id, added));
    return added;
  }

  /** A tenant that was removed meanwhile stays removed. */
  update(id: string, patch: Partial<Pick<Tenant, 'name' | 'version' | 'environment' | 'readOnly' | 'auth'>>): void {
    // Read again: another window may have changed or removed it a moment ago.
    const stored = this.read();
    const present = stored.get(id);
    if (present) {
      const next = { ...present, ...patch };
      this.write(next);
      stored.set(id, next);
    }
    this.show(stored);
  }

  /** Moves a tenant one place up (-1) or down (1) in the list. */
  move(id: string, by: -1 | 1): void {
    const order = this.all().map((tenant) => tenant.id);
    const from = order.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    const next = this.read();
    for (const [place, each] of order.entries()) {
      const known = next.get(each);
      if (!known || known.order === place) continue;
      next.set(each, { ...known, order: place });
      this.write({ ...known, order: place });
    }
    this.show(next);
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
    this.show(this.stored);
  }

  /** Refuses writes from now on, here and after a restart. What is in memory is locked first: a full disk must not unlock. */
  lock(id: string): void {
    this.forgetUnlocking(id);
    this.show(this.stored);
    if (this.stored.get(id)?.readOnly === false) this.update(id, { readOnly: true });
  }

  /** Deletes the secret first, so that a failure leaves a tenant that can still be removed. */
  async remove(id: string): Promise<void> {
    await this.secrets.delete(id);
    rmSync(this.file(id), { force: true });
    this.forgetUnlocking(id);
    const next = new Map(this.stored);
    next.delete(id);
    this.show(next);
  }

  dispose(): void {
    for (const id of [...this.unlocked.keys()]) this.forgetUnlocking(id);
    this.watcher?.close();
    this.changed.dispose();
  }

  private file(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  private forgetUnlocking(id: string): void {
    clearTimeout(this.unlocked.get(id)?.timer);
    this.unlocked.delete(id);
  }

  /** Takes over a state of the list and tells of it if anything differs from what was shown. */
  private show(stored: Map<string, StoredTenant>): void {
    const shown = new Map<string, Tenant>();
    for (const record of [...stored.values()].sort((a, b) => a.order - b.order)) {
      const { order, ...tenant } = record;
      void order;
      const until = this.unlocked.get(tenant.id)?.until;
      const next = until === undefined ? tenant : { ...tenant, readOnly: false, unlockedUntil: until };
      const present = this.tenants.get(tenant.id);
      shown.set(tenant.id, isDeepStrictEqual(present, next) && present ? present : next);
    }
    const differs = !isDeepStrictEqual([...shown], [...this.tenants]);
    this.stored = stored;
    this.tenants = shown;
    if (differs) this.changed.fire();
  }

  /** By rename, so that another window never reads half a file. */
  private write(tenant: StoredTenant): void {
    const file = this.file(tenant.id);
    const part = `${file}.${randomUUID()}.part`;
    writeFileSync(part, JSON.stringify({ format: FORMAT, ...tenant }, null, 2));
    renameSync(part, file);
  }

  /** Changes made in other windows. Without them the list is still right after a reload. */
  private watch(): FSWatcher | undefined {
    const blind = (error: unknown): void => this.log.warn(`Changes in other windows are not seen: ${String(error)}`);
    try {
      return watch(this.folder, { persistent: false }, () => this.show(this.read())).on('error', blind);
    } catch (error) {
      blind(error);
      return undefined;
    }
  }

  /** What the files say now. A file that cannot be read at the moment does not take its tenant away. */
  private read(): Map<string, StoredTenant> {
    const found = new Map<string, StoredTenant>();
    const unreadable: string[] = [];
    for (const file of existsSync(this.folder) ? readdirSync(this.folder) : []) {
      if (!file.endsWith('.json')) continue;
      const tenant = this.parse(file);
      if (tenant) found.set(tenant.id, tenant);
      // Removed by another window between the listing and the reading.
      if (tenant || !existsSync(join(this.folder, file))) continue;
      const known = this.stored.get(file.slice(0, -'.json'.length));
      if (known) found.set(known.id, known);
      else unreadable.push(file);
    }
    this.unreadable = unreadable;
    return found;
  }

  private warnOnce(file: string, problem: string): void {
    if (this.unreadable.includes(file)) return;
    this.log.warn(`The stored tenant ${file} ${problem} and is left alone.`);
  }

  /** An unreadable file is left alone and said in the log; it may be another version's. */
  private parse(file: string): StoredTenant | undefined {
    try {
      const record = JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as Record<string, unknown>;
      const { format, ...tenant } = record;
      if (format === FORMAT && isTenant(tenant) && file === `${tenant.id}.json`) return tenant;
      this.warnOnce(file, 'has an unknown form');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.warnOnce(file, `cannot be read (${String(error)})`);
    }
    return undefined;
  }
}

function isTenant(record: Record<string, unknown>): record is Record<string, unknown> & StoredTenant {
  const { id, name, baseUrl, version, environment, readOnly, kind, auth, order } = record;
  return (
    [id, name, baseUrl].every((text) => typeof text === 'string') &&
    API_VERSIONS.some((v) => v === version) &&
    ENVIRONMENTS.some((e) => e === environment) &&
    typeof readOnly === 'boolean' &&
    (kind === 'isc' || kind === 'demo') &&
    (auth === 'pat' || auth === 'token') &&
    typeof order === 'number'
  );
}
