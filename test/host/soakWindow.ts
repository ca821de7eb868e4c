/** A window of the long use: the extension's own parts, wired as in `extension.ts`, over a folder that another window shares. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiLog } from '../../src/api/client';
import { registerBatches } from '../../src/actions/bulk/register';
import type { BatchStore } from '../../src/actions/bulk/batchStore';
import { taskFiles } from '../../src/tasks/taskFiles';
import { Tracker } from '../../src/tasks/tracker';
import { Clients } from '../../src/tenants/clients';
import type { IdentityChange } from '../../src/tenants/identityChange';
import { Secrets } from '../../src/tenants/secrets';
import { TenantStore } from '../../src/tenants/store';
import type { Node } from '../../src/tree/nodes';
import type { TenantTree } from '../../src/tree/provider';
import { treeOf, type MemorySecrets } from './surroundings';

export interface SoakWindow {
  readonly store: TenantStore;
  readonly clients: Clients;
  readonly tree: TenantTree;
  readonly batches: BatchStore;
  readonly tracker: Tracker;
  readonly changes: vscode.EventEmitter<IdentityChange>;
  /** Draws what is unfolded, as VS Code does: rows, their items and tooltips. @returns the rows */
  draw(): Promise<Node[]>;
  /** Unfolds a row. */
  unfold(id: string): void;
  dispose(): void;
}

const VISIBLE = {
  visible: true,
  onDidChangeVisibility: () => new vscode.Disposable(() => undefined),
  onDidExpandElement: () => new vscode.Disposable(() => undefined),
  onDidCollapseElement: () => new vscode.Disposable(() => undefined),
};

export function openSoakWindow(folder: string, storage: MemorySecrets, log: ApiLog): SoakWindow {
  const secrets = new Secrets(storage, log);
  const store = new TenantStore(join(folder, 'tenants'), secrets, log);
  const clients = new Clients({
    store,
    secrets,
    log,
    startDemo: () => Promise.reject(new Error('no demo tenant here')),
    timeoutMs: () => 1_000,
    userAgent: 'isc-identities/soak',
    rate: { folder: join(folder, 'rate'), ceiling: 100_000 },
  });
  const changes = new vscode.EventEmitter<IdentityChange>();
  const { views, tree } = treeOf(store, clients, changes.event);
  const batches: BatchStore = registerBatches({
    folder: join(folder, 'batches'),
    tenants: store,
    clients,
    tracker: () => tracker,
    changes,
    keepDays: () => 90,
    announce: () => undefined,
    chooseNamesake: () => Promise.resolve('none'),
    log,
  });
  const tracker = new Tracker({
    client: (id) => clients.for(id),
    memory: taskFiles(join(folder, 'tasks'), log),
    changed: () => undefined,
    ended: (task) => {
      if (task.batchId !== undefined) void batches.taskEnded(task);
      else
        for (const { id } of task.people) changes.fire({ kind: 'identity', tenantId: task.tenantId, identityId: id });
    },
    failed: (tenantId) => {
      if (!store.get(tenantId)) tracker.forgetTenant(tenantId);
    },
    pauses: { first: 5, moving: 20, still: 50, perTask: 0 },
  });
  const unfolded = new Set<string>();
  const following = vscode.Disposable.from(
    tree.follow(VISIBLE),
    store.onDidRemove((id) => tracker.forgetTenant(id)),
    clients.onDidChangeSignIn((id) => tracker.resume(id)),
    // A view that is in sight is drawn again.
    tree.onDidChangeTreeData(() => void draw()),
  );
  let drawing: Promise<Node[]> | undefined;
  /** As VS Code does: what changes while it draws is drawn after it. */
  const draw = (): Promise<Node[]> => (drawing ??= drawAll().finally(() => (drawing = undefined)));
  const drawAll = async (): Promise<Node[]> => {
    const rows: Node[] = [];
    const below = async (node?: Node): Promise<void> => {
      for (const row of (await tree.getChildren(node)).slice(0, 400)) {
        rows.push(row);
        await tree.resolveTreeItem(tree.getTreeItem(row), row);
        if (row.kind === 'tenant' || unfolded.has(row.id)) await below(row);
      }
    };
    await below();
    return rows;
  };
  return {
    store,
    clients,
    tree,
    batches,
    tracker,
    changes,
    draw,
    unfold: (id) => void unfolded.add(id),
    dispose() {
      following.dispose();
      tracker.dispose();
      batches.dispose();
      tree.dispose();
      views.dispose();
      clients.dispose();
      store.dispose();
      changes.dispose();
    },
  };
}
