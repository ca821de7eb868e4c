import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { ApiLog } from '../../src/api/client';
import { EXTENSION_ID, VIEWS } from '../../src/ids';
import { Clients } from '../../src/tenants/clients';
import { Secrets } from '../../src/tenants/secrets';
import { TenantStore } from '../../src/tenants/store';
import type { Node, ListNode } from '../../src/tree/nodes';
import type { TenantTree } from '../../src/tree/provider';
import { credentials, MemorySecrets, tenant, treeOf } from './surroundings';

/** What the bench that opens this window hands over: a demo tenant in a process of its own, so that its work is not measured. */
interface Served {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const silent = (): undefined => undefined;
const log: ApiLog = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** Run by the bench instead of the tests: fills the extension's own tree view and times when VS Code has its rows. */
export async function run(): Promise<void> {
  const served = JSON.parse(process.env['ISC_IDENTITIES_BENCH'] ?? '') as Served;
  await vscode.extensions.getExtension(EXTENSION_ID)?.activate();
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-'));
  const secrets = new Secrets(new MemorySecrets(), log);
  const store = new TenantStore(join(folder, 'tenants'), secrets, log);
  const startDemo = (): Promise<never> => Promise.reject(new Error('The bench has its own.'));
  const clients = new Clients({ store, secrets, log, startDemo, timeoutMs: () => 30_000, userAgent: 'bench' });
  const changes = new vscode.EventEmitter<never>();
  const { views, tree } = treeOf(store, clients, changes.event);
  // Takes the place of the extension's own provider in the view that is on the screen.
  const view = vscode.window.createTreeView(VIEWS.tenants, { treeDataProvider: tree });
  // When VS Code asked for the look of a person's row last: then it has all of them.
  const getTreeItem = tree.getTreeItem.bind(tree);
  const taken = { at: 0 };
  tree.getTreeItem = (node) => {
    if (node.kind === 'identity') taken.at = performance.now();
    return getTreeItem(node);
  };
  try {
    await store.add(tenant(served.baseUrl), credentials(served));
    await vscode.commands.executeCommand(`${VIEWS.tenants}.focus`);
    await measure(tree, view, taken);
  } finally {
    view.dispose();
    tree.dispose();
    views.dispose();
    clients.dispose();
    store.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(tree: TenantTree, view: vscode.TreeView<Node>, taken: { at: number }): Promise<void> {
  const [root] = await tree.getChildren();
  if (!root) throw new Error('The tenant to measure is not there.');
  const [all, ...others] = (await tree.getChildren(root)) as ListNode[];
  if (!all) throw new Error('The tenant to measure has no views.');
  // Signed in and warmed up by another view, as in a window that is in use.
  for (const other of others.slice(0, 1)) await view.reveal(other, { expand: true });
  await settled();

  let from = performance.now();
  await view.reveal(all, { expand: true, select: false });
  const first = taken.at;
  await shown(view, all);
  const there = performance.now() - from;
  report('tree: expand to 250 rows, taken in by VS Code', first - from, 'ms');
  report('tree: expand to 250 rows, the last one revealed', there, 'ms');

  // Its count is drawn a little later, as nobody presses "Load more" sooner.
  await settled();
  from = performance.now();
  for (let page = 2; page <= 4; page++) {
    const more = (await tree.getChildren(all)).at(-1);
    if (more?.kind !== 'more') throw new Error('There is nothing more to load.');
    await tree.loadMore(more);
    await shown(view, all);
  }
  report('tree: 250 to 1,000 rows by Load more, the last one revealed', performance.now() - from, 'ms');

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await settled();
  report('tree: longest pause of the extension host while idle', delay.max / 1e6, 'ms');
  delay.reset();
  from = performance.now();
  await tree.loadAll(all, new AbortController().signal, () => undefined);
  const loaded = performance.now() - from;
  const whileLoading = delay.max / 1e6;
  delay.reset();
  from = performance.now();
  await shown(view, all);
  const drawn = performance.now() - from;
  await settled();
  report(`tree: ${all.loaded.rows.length.toLocaleString('en')} rows loaded`, loaded / 1000, 's');
  report('tree: longest pause of the extension host meanwhile', whileLoading, 'ms');
  report('tree: until all of them are in the view', drawn, 'ms');
  report('tree: longest pause of the extension host then', delay.max / 1e6, 'ms');
  delay.reset();
  await tree.showCount(all);
  await settled();
  report('tree: longest pause when they are drawn again', delay.max / 1e6, 'ms');
  delay.disable();
}

/** Until VS Code has taken in the last loaded row: it can be revealed only then. */
async function shown(view: vscode.TreeView<Node>, { loaded: list }: ListNode): Promise<void> {
  const last = list.rows.at(-1);
  if (last) await view.reveal(last, { select: false, focus: false });
}

/** Longer than VS Code waits to draw several changes at once. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000));
}

function report(name: string, value: number, unit: string): void {
  console.log(`measured ${JSON.stringify({ name, value, unit })}`);
}
