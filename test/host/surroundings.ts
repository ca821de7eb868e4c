import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiLog } from '../../src/api/client';
import { startDemo } from '../../src/demo/server';
import type { IdentityChange } from '../../src/tenants/identityChange';
import { Clients } from '../../src/tenants/clients';
import { Secrets } from '../../src/tenants/secrets';
import { ProtectedIdentities } from '../../src/tenants/protectedIdentities';
import { TenantStore } from '../../src/tenants/store';
import type { Tenant } from '../../src/tenants/tenant';
import { TenantTree } from '../../src/tree/provider';
import { ListStore } from '../../src/lists/store';

/** VS Code's own SecretStorage is reachable from an activated extension only; this one keeps its contract in memory. */
export class MemorySecrets implements vscode.SecretStorage {
  readonly values = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.changed.event;

  get(key: string): Thenable<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Thenable<void> {
    this.values.set(key, value);
    this.changed.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Thenable<void> {
    this.values.delete(key);
    this.changed.fire({ key });
    return Promise.resolve();
  }
}

/** VS Code's own is reachable from an activated extension only. */
export class MemoryMemento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, fallback?: T): T {
    return (this.values.get(key) ?? fallback) as T;
  }

  update(key: string, value: unknown): Thenable<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

/** The extension's own parts, wired as in `extension.ts`, over a running demo tenant and a folder of their own. */
export async function surroundings(identities = 2000) {
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-'));
  const demo = await startDemo({ identities });
  const storage = new MemorySecrets();
  const lines: string[] = [];
  const log = recorder(lines);
  const secrets = new Secrets(storage, log);
  const store = new TenantStore(join(folder, 'tenants'), secrets, log);
  const changes = new vscode.EventEmitter<IdentityChange>();
  const clientOptions = {
    store,
    secrets,
    log,
    startDemo: () => startDemo({ identities }),
    timeoutMs: () => 5000,
    userAgent: 'isc-identities/test',
  };
  const clients = new Clients(clientOptions);
  const { views, tree } = treeOf(store, clients, changes.event);
  return {
    folder,
    demo,
    storage,
    lines,
    log,
    secrets,
    store,
    clients,
    clientOptions,
    views,
    changes,
    tree,
    /** A stored tenant that points at the running demo tenant as at any other. */
    connect: (patch: Partial<Tenant> = {}) => store.add(tenant(demo.baseUrl, patch), credentials(demo)),
    async dispose() {
      tree.dispose();
      views.dispose();
      clients.dispose();
      store.dispose();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function tenant(baseUrl: string, patch: Partial<Tenant> = {}): Omit<Tenant, 'id'> {
  return {
    name: 'Acme',
    baseUrl,
    version: 'v2024',
    environment: 'sandbox',
    readOnly: false,
    kind: 'isc',
    auth: 'pat',
    ...patch,
  };
}

export function credentials({ clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  return { kind: 'pat', clientId, clientSecret } as const;
}

function recorder(lines: string[]): ApiLog {
  const add = (line: string): void => {
    lines.push(line);
  };
  return { trace: add, debug: add, info: add, warn: add, error: add };
}

/** The Tenants view of these tenants, with lists of its own. */
export function treeOf(store: TenantStore, clients: Clients, changes: vscode.Event<IdentityChange>) {
  const views = new ListStore(new MemoryMemento());
  const tree = new TenantTree({
    tenants: store,
    clients,
    lists: views,
    changes,
    protectedIdentities: new ProtectedIdentities(),
    pageSize: () => 250,
  });
  return { views, tree };
}
