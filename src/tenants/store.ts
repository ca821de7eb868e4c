import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiLog, Credentials } from '../api/client';
import { API_VERSIONS } from '../api/versions';
import type { Secrets } from './secrets';
import { ENVIRONMENTS, type Tenant } from './tenant';

const FORMAT = 1;

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

  private readonly tenants = new Map<string, Tenant & { readonly order: number }>();
  private readonly watcher: { close(): void };

  /** Reads what is there at once: a few files of 300 bytes. */
  constructor(
    private readonly folder: string,
    private readonly secrets: Secrets,
    private readonly log: ApiLog,
  ) {
    mkdirSync(folder, { recursive: true });
    this.read();
    this.watcher = watch(folder, { persistent: false }, () => {
      if (this.read()) this.changed.fire();
    });
  }

  all(): readonly Tenant[] {
    return [...this.tenants.values()].sort((a, b) => a.order - b.order);
  }

  get(id: string): Tenant | undefined {
    return this.tenants.get(id);
  }

  /** Keeps the secret first: a tenant without credentials would be a half-stored one. */
  async add(tenant: Omit<Tenant, 'id'>, credentials?: Credentials): Promise<Tenant> {
    const added = { ...tenant, id: randomUUID(), order: Date.now() };
    if (credentials) await this.secrets.set(added.id, credentials);
    try {
      this.write(added);
    } catch (error) {
      await this.secrets.delete(added.id);
      throw error;
    }
    this.tenants.set(added.id, added);
    this.changed.fire();
    return added;
  }

  /** A tenant that was removed meanwhile stays removed. */
  update(id: string, patch: Partial<Omit<Tenant, 'id' | 'kind'>>): void {
    const present = this.tenants.get(id);
    if (!present) return;
    const next = { ...present, ...patch };
    this.write(next);
    this.tenants.set(id, next);
    this.changed.fire();
  }

  /** Deletes the secret first, so that a failure leaves a tenant that can still be removed. */
  async remove(id: string): Promise<void> {
    await this.secrets.delete(id);
    rmSync(this.file(id), { force: true });
    this.tenants.delete(id);
    this.changed.fire();
  }

  dispose(): void {
    this.watcher.close();
    this.changed.dispose();
  }

  private file(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  /** By rename, so that another window never reads half a file. */
  private write(tenant: Tenant): void {
    const file = this.file(tenant.id);
    const part = `${file}.${randomUUID()}.part`;
    writeFileSync(part, JSON.stringify({ format: FORMAT, ...tenant }, null, 2));
    renameSync(part, file);
  }

  /** @returns whether anything differs from what was known. */
  private read(): boolean {
    const before = JSON.stringify([...this.tenants]);
    const found = new Map<string, Tenant & { order: number }>();
    for (const file of readdirSync(this.folder).sort()) {
      if (!file.endsWith('.json')) continue;
      const tenant = this.parse(file);
      if (tenant) found.set(tenant.id, tenant);
    }
    this.tenants.clear();
    for (const [id, tenant] of found) this.tenants.set(id, tenant);
    return JSON.stringify([...this.tenants]) !== before;
  }

  /** An unreadable file is left alone and said in the log; it may be another version's. */
  private parse(file: string): (Tenant & { order: number }) | undefined {
    try {
      const record = JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as Record<string, unknown>;
      if (isTenant(record) && file === `${record.id}.json`) return record;
      this.log.warn(`The stored tenant ${file} has an unknown form and is left alone.`);
    } catch (error) {
      // Removed by another window between the listing and the reading: nothing to say.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn(`The stored tenant ${file} cannot be read and is left alone: ${String(error)}`);
      }
    }
    return undefined;
  }
}

function isTenant(record: Record<string, unknown>): record is Record<string, unknown> & Tenant & { order: number } {
  const { format, id, name, baseUrl, version, environment, readOnly, kind, auth, order } = record;
  return (
    format === FORMAT &&
    [id, name, baseUrl].every((text) => typeof text === 'string') &&
    API_VERSIONS.some((v) => v === version) &&
    ENVIRONMENTS.some((e) => e === environment) &&
    typeof readOnly === 'boolean' &&
    (kind === 'isc' || kind === 'demo') &&
    (auth === 'pat' || auth === 'token') &&
    typeof order === 'number'
  );
}
