import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { ApiLog } from '../../src/api/client';
import { EXTENSION_ID, VIEWS } from '../../src/ids';
import { Clients } from '../../src/tenants/clients';
import { Secrets } from '../../src/tenants/secrets';
import { TenantStore } from '../../src/tenants/store';
import type { Node, ListNode } from '../../src/tree/nodes';
import type { TenantTree } from '../../src/tree/provider';
import { credentials, MemorySecrets, tenant, treeOf } from './surroundings';

/** What the bench that opens this window hands over: demo tenants in a process of its own, so that their work is not measured. */
interface Served {
  /** What it stands for in the figures. */
  readonly name: string;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const silent = (): undefined => undefined;
const log: ApiLog = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };

/** Run by the bench instead of the tests: fills the extension's own tree view and times when VS Code has its rows. */
export async function run(): Promise<void> {
  const served = JSON.parse(process.env['ISC_IDENTITIES_BENCH'] ?? '') as readonly Served[];
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
  const taken = { at: 0, told: 0 };
  tree.getTreeItem = (node) => {
    if (node.kind === 'identity') taken.at = performance.now();
    return getTreeItem(node);
  };
  const told = tree.onDidChangeTreeData(() => (taken.told ||= performance.now()));
  const following = tree.follow(view);
  try {
    for (const one of served) await store.add(tenant(one.baseUrl, { name: one.name }), credentials(one));
    await vscode.commands.executeCommand(`${VIEWS.tenants}.focus`);
    const [big, ...others] = served;
    if (big) await measure(tree, view, taken, big.name);
    for (const { name } of others) await measureAll(tree, view, taken, name);
  } finally {
    following.dispose();
    told.dispose();
    view.dispose();
    tree.dispose();
    views.dispose();
    clients.dispose();
    store.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When VS Code was told first of a change since this was last 0, and when it asked for the look of a person's row last. */
interface Taken {
  at: number;
  told: number;
}

async function allIdentities(tree: TenantTree, name: string): Promise<{ all: ListNode; other: ListNode }> {
  const root = (await tree.getChildren()).find((one) => one.kind === 'tenant' && one.tenant.name === name);
  if (!root) throw new Error('The tenant to measure is not there.');
  const [all, other] = (await tree.getChildren(root)) as ListNode[];
  if (!all || !other) throw new Error('The tenant to measure has no views.');
  return { all, other };
}

async function measure(tree: TenantTree, view: vscode.TreeView<Node>, taken: Taken, name: string): Promise<void> {
  const { all, other } = await allIdentities(tree, name);
  // Signed in and warmed up by another view, as in a window that is in use.
  await view.reveal(other, { expand: true });
  await settled();

  let from = performance.now();
  await view.reveal(all, { expand: true, select: false });
  const first = taken.at;
  await shown(view, all);
  const there = performance.now() - from;
  report('tree: expand to 250 rows, taken in by VS Code', first - from, 'ms');
  report('tree: expand to 250 rows, the last one revealed', there, 'ms');

  await measureMore(tree, view, taken, all);

  const delay = monitorEventLoopDelay({ resolution: 1 });
  const collections = longestCollection();
  delay.enable();
  await settled();
  report('tree: longest pause of the extension host while idle', delay.max / 1e6, 'ms');
  const rest = (what: string): void => {
    report(`tree: longest pause of the extension host ${what}`, delay.max / 1e6, 'ms');
    report(`tree: of it at most by collecting garbage`, collections.take(), 'ms');
    delay.reset();
  };
  delay.reset();
  collections.take();
  from = performance.now();
  let before = performance.now();
  const pages: number[] = [];
  await tree.loadAll(all, new AbortController().signal, () => {
    pages.push(performance.now() - before);
    before = performance.now();
  });
  const loaded = performance.now() - from;
  rest('while all are loaded');
  from = performance.now();
  await shown(view, all);
  const drawn = performance.now() - from;
  await settled();
  report(`tree: ${all.loaded.rows.length.toLocaleString('en')} rows loaded`, loaded / 1000, 's');
  const tenth = Math.floor(pages.length / 10);
  report('tree: a page among the first tenth of them', mean(pages.slice(1, tenth)), 'ms');
  report('tree: a page among the last tenth of them', mean(pages.slice(-tenth)), 'ms');
  report('tree: until all of them are in the view', drawn, 'ms');
  rest('while they are drawn');
  await tree.showCount(all);
  await settled();
  rest('when they are drawn again');
  delay.disable();
  collections.stop();
}

/** Each click after the person has read for a while, so that the page was fetched ahead; then three at once. */
async function measureMore(tree: TenantTree, view: vscode.TreeView<Node>, taken: Taken, all: ListNode): Promise<void> {
  const load = async (): Promise<void> => {
    const more = (await tree.getChildren(all)).at(-1);
    if (more?.kind !== 'more') throw new Error('There is nothing more to load.');
    await tree.loadMore(more);
  };
  const own: number[] = [];
  const drawn: number[] = [];
  let sum = 0;
  for (let page = 2; page <= 4; page++) {
    await settled();
    taken.told = 0;
    const from = performance.now();
    await load();
    await shown(view, all);
    sum += performance.now() - from;
    own.push(taken.told - from);
    drawn.push(taken.at - taken.told);
  }
  report('tree: Load more, click until VS Code is told, at most', Math.max(...own), 'ms');
  report('tree: Load more, VS Code told until it has taken in all rows, at most', Math.max(...drawn), 'ms');
  report('tree: 250 to 1,000 rows by Load more, the last one revealed', sum, 'ms');
  const from = performance.now();
  for (let page = 5; page <= 7; page++) {
    await load();
    await shown(view, all);
  }
  report('tree: 1,000 to 1,750 rows by Load more without a pause', performance.now() - from, 'ms');
}

/** "Load all" of a list that is unfolded and counted. */
async function measureAll(tree: TenantTree, view: vscode.TreeView<Node>, taken: Taken, name: string): Promise<void> {
  const { all, other } = await allIdentities(tree, name);
  await view.reveal(other, { expand: true });
  await settled();
  await view.reveal(all, { expand: true, select: false });
  await settled();
  await settled();
  const from = performance.now();
  await tree.loadAll(all, new AbortController().signal, () => undefined);
  const loaded = performance.now() - from;
  await shown(view, all);
  report(`tree: Load all of 1,000, ${name}: loaded`, loaded, 'ms');
  report(`tree: Load all of 1,000, ${name}: taken in by VS Code`, taken.at - from, 'ms');
  report(`tree: Load all of 1,000, ${name}: rows`, all.loaded.rows.length, 'rows');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The longest pause for which garbage was collected. */
function longestCollection(): { take(): number; stop(): void } {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    take: () => {
      const found = longest;
      longest = 0;
      return found;
    },
    stop: () => observer.disconnect(),
  };
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
