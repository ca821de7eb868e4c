import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createTreeItem } from '../../src/ui/treeItem';
import { fetchPage } from '../../src/lists/pages';
import { START } from '../../src/lists/query';
import { plain } from '../../src/text/plain';
import type { IdentityNode, Node, TenantNode, ListNode } from '../../src/tree/nodes';
import { waitUntil } from '../waitUntil';
import { surroundings } from './surroundings';

type Surroundings = Awaited<ReturnType<typeof surroundings>>;

/** Not the request that counts. */
const isPage = ({ query }: { readonly query: string }): boolean => !query.includes('count=true');

/** What a person reads of Markdown whose punctuation is written as character references. */
function shown(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

suite('tenant tree', () => {
  let s: Surroundings;
  setup(async () => {
    s = await surroundings();
  });
  teardown(() => s.dispose());

  async function firstView(): Promise<ListNode> {
    const [root] = await s.tree.getChildren();
    const [view] = await s.tree.getChildren(root);
    assert.equal(view?.kind, 'list');
    return view;
  }

  const word = (node: Node): string => {
    const { label, description } = s.tree.getTreeItem(node);
    return `${String(label)}: ${String(description)}`;
  };

  test('shows a tenant, its identities in pages and a person’s role assignments', async () => {
    await s.connect();
    const [root] = await s.tree.getChildren();
    assert.ok(root);
    assert.equal(word(root), 'Acme: sandbox');
    const view = await firstView();
    assert.equal((await s.tree.getChildren(view)).length, 251);
    await s.tree.showCount(view);
    const rows = await s.tree.getChildren(view);
    assert.equal(word(rows[250] as Node), 'Load more: 250 of 2,000');
    assert.equal(rows.filter(({ kind }) => kind === 'identity').length, 250);
    const assigned = await Promise.all(rows.slice(0, 20).map((row) => s.tree.getChildren(row)));
    assert.ok(assigned.flat().some(({ kind }) => kind === 'roleAssignment'));
  });

  test('says the state of an identity first, and nothing of those that are simply active', async () => {
    await s.connect();
    const rows = await s.tree.getChildren(await firstView());
    const described = (name: string): string => {
      const row = rows.find((one) => one.kind === 'identity' && one.identity.name === name);
      assert.ok(row, name);
      return String(s.tree.getTreeItem(row).description);
    };
    assert.equal(described('Ada Winterbourne'), 'ada.winterbourne@example.com');
    assert.equal(described('Aaron Achterberg'), 'locked · aaron.achterberg@example.com');
    assert.equal(described('Aaliyah Bennett-Cole'), 'processing error · aaliyah.bennettcole@example.com');
    assert.equal(described('Abner Quillfeather'), 'deactivated · leaveOfAbsence · abner.quillfeather@example.com');
  });

  test('gives every row a stable unique id, its parent and a label that a screen reader can say', async () => {
    await s.connect();
    const view = await firstView();
    const rows = await s.tree.getChildren(view);
    const ids = rows.map((row) => s.tree.getTreeItem(row).id);
    assert.equal(new Set(ids).size, rows.length);
    for (const row of rows) {
      assert.equal(s.tree.getParent(row), view);
      assert.ok(s.tree.getTreeItem(row).accessibilityInformation?.label);
    }
    await s.tree.refresh(view);
    assert.deepEqual(
      (await s.tree.getChildren(view)).map((row) => s.tree.getTreeItem(row).id),
      ids,
    );
  });

  test('goes on after a page that came short, and says when fewer came than are counted', async () => {
    s.demo.shapes.pages = 'short';
    await s.connect();
    const view = await firstView();
    await s.tree.loadAll(view, new AbortController().signal, () => undefined);
    const rows = await s.tree.getChildren(view);
    const last = rows.at(-1);
    assert.equal(last?.kind, 'short');
    assert.equal(word(last), '1,967 of 2,000 received: Reload');
    s.demo.shapes.pages = 'whole';
    await s.tree.refresh(view);
    await s.tree.loadAll(view, new AbortController().signal, () => undefined);
    assert.equal(view.loaded.rows.length, 2000);
    assert.ok((await s.tree.getChildren(view)).every(({ kind }) => kind !== 'short' && kind !== 'more'));
  });

  test('loads more to the last page, each person once', async () => {
    await s.connect();
    const view = await firstView();
    let rows = await s.tree.getChildren(view);
    for (let last = rows.at(-1); last?.kind === 'more'; last = rows.at(-1)) {
      await s.tree.loadMore(last);
      rows = await s.tree.getChildren(view);
    }
    assert.equal(view.loaded.rows.length, 2000);
    assert.equal(new Set(view.loaded.rows.map(({ identity }) => identity.id)).size, 2000);
  });

  test('puts people past the first thousand into groups, and draws one group when a page is added to it', async () => {
    const tenant = await s.connect();
    const view = await firstView();
    await s.tree.getChildren(view);
    const fired: unknown[] = [];
    s.tree.onDidChangeTreeData((what) => fired.push(what));
    const load = async (): Promise<void> => {
      const more = (await s.tree.getChildren(view)).at(-1);
      assert.equal(more?.kind, 'more');
      await s.tree.loadMore(more);
    };
    for (let page = 2; page <= 5; page++) await load();
    const [group, more, ...none] = (await s.tree.getChildren(view)).slice(1000);
    assert.ok(group?.kind === 'group' && more?.kind === 'more' && none.length === 0);
    assert.match(word(group), /^1,001 – 1,250: \S.* – \S/);
    assert.match(word(more), /^Load more: 1,250/);
    assert.equal(s.tree.getTreeItem(group).collapsibleState, vscode.TreeItemCollapsibleState.Expanded);
    assert.equal((await s.tree.getChildren(group)).length, 250);
    await waitUntil(() => fired.length > 0, 'single rows are drawn, all having been taken in');
    fired.length = 0;
    await load();
    assert.deepEqual(fired, [[group, more]]);
    const [first, ...others] = (await s.tree.getChildren(group)) as IdentityNode[];
    assert.equal(others.length, 499);
    assert.ok(first);
    assert.equal(s.tree.getParent(first), group);
    assert.equal(s.tree.getParent(group), view);
    s.changes.fire({ kind: 'deleted', tenantId: tenant.id, identityId: view.loaded.rows[3]?.identity.id ?? '' });
    assert.equal(s.tree.getParent(first), view);
    assert.equal((await s.tree.getChildren(group)).length, 499);
  });

  test('keeps what is loaded when a page fails, and retries it', async () => {
    await s.connect();
    const view = await firstView();
    const [more] = (await s.tree.getChildren(view)).slice(-1);
    assert.equal(more?.kind, 'more');
    s.demo.faults.add({ operation: 'listIdentities', when: isPage, kind: 'html', status: 400 });
    await s.tree.loadMore(more);
    const failed = await s.tree.getChildren(view);
    assert.equal(failed.length, 251);
    const error = failed.at(-1);
    assert.equal(error?.kind, 'error');
    assert.match(word(error), /^Could not load identities: Retry · ./);
    await s.tree.retry(error);
    assert.equal((await s.tree.getChildren(view)).length, 501);
  });

  test('turns refused credentials into a signed-out tenant, and back when there are new ones', async () => {
    const tenant = await s.connect();
    await s.secrets.set(tenant, { kind: 'pat', clientId: s.demo.clientId, clientSecret: 'wrong' });
    const rows = await s.tree.getChildren(await firstView());
    assert.equal(rows[0]?.kind, 'error');
    const [root] = (await s.tree.getChildren()) as TenantNode[];
    assert.ok(root?.signedOut);
    assert.equal(word(root), 'Acme: sign in again');
    await s.secrets.set(tenant, { kind: 'pat', clientId: s.demo.clientId, clientSecret: s.demo.clientSecret });
    await s.tree.getChildren();
    assert.equal((await s.tree.getChildren(await firstView())).length, 251);
  });

  test('says that a tenant has nobody', async () => {
    await s.dispose();
    s = await surroundings(0);
    await s.connect();
    const rows = await s.tree.getChildren(await firstView());
    assert.deepEqual(rows.map(word), ['No identities match: undefined']);
  });

  test('drops a tenant that is removed while its list is loading', async () => {
    const tenant = await s.connect();
    s.demo.faults.add({ operation: 'listIdentities', times: 1, kind: 'delay', ms: 300 });
    const view = await firstView();
    const loading = s.tree.getChildren(view);
    await s.store.remove(tenant.id);
    assert.deepEqual(await s.tree.getChildren(), []);
    await loading;
  });

  test('shows words on the row of a person while something runs on her', async () => {
    const tenant = await s.connect();
    const [row] = (await s.tree.getChildren(await firstView())) as IdentityNode[];
    assert.ok(row);
    const before = word(row);
    await s.tree.whileBusy(tenant.id, row.identity.id, plain('synchronizing attributes'), () => {
      assert.equal(s.tree.getTreeItem(row).description, 'synchronizing attributes');
      return Promise.resolve();
    });
    assert.equal(word(row), before);
  });

  test('makes tooltips of tenant data as text, not as Markdown', async () => {
    await s.connect();
    const [row] = (await s.tree.getChildren(await firstView())) as IdentityNode[];
    assert.ok(row);
    row.identity = {
      ...row.identity,
      name: '[x](command:evil) **b** <img> https://evil.example www.evil.example a@evil.example',
    };
    const item = await s.tree.resolveTreeItem(createTreeItem(plain('')), row);
    const { value, isTrusted, supportHtml } = item.tooltip as vscode.MarkdownString;
    assert.ok(!isTrusted && !supportHtml);
    assert.doesNotMatch(value, /\[x\]|command:|<img|https:\/\/|www\.|@/);
  });

  async function viewNamed(name: string): Promise<ListNode> {
    const [root] = await s.tree.getChildren();
    const views = (await s.tree.getChildren(root)) as ListNode[];
    const view = views.find((node) => s.tree.getTreeItem(node).label === name);
    assert.ok(view, name);
    return view;
  }

  test('has views for what needs care, each asking for what its name says', async () => {
    await s.connect();
    const [root] = await s.tree.getChildren();
    const views = (await s.tree.getChildren(root)) as ListNode[];
    assert.deepEqual(
      views.map((view) => s.tree.getTreeItem(view).label),
      ['All identities', 'Processing errors', 'Uncorrelated', 'Unregistered', 'Locked', 'Protected'],
    );
    const ask = async (name: string): Promise<IdentityNode[]> => {
      const rows = await s.tree.getChildren(await viewNamed(name));
      return rows.filter((row) => row.kind === 'identity');
    };
    const errors = await ask('Processing errors');
    assert.ok(errors.length > 0 && errors.every(({ identity }) => identity.processingState === 'ERROR'));
    for (const [name, status] of [
      ['Unregistered', 'UNREGISTERED'],
      ['Locked', 'LOCKED'],
    ] as const) {
      const rows = await ask(name);
      assert.ok(rows.length > 0 && rows.every(({ identity }) => identity.identityStatus === status), name);
    }
    assert.ok((await ask('Uncorrelated')).length > 0);
    assert.ok((await ask('Protected')).length > 0);
  });

  test('says what a view asks for and whom it hides', async () => {
    await s.connect();
    const text = async (name: string): Promise<string> => {
      const item = await s.tree.resolveTreeItem(createTreeItem(plain('')), await viewNamed(name));
      return shown((item.tooltip as vscode.MarkdownString).value);
    };
    assert.match(await text('All identities'), /Hidden: uncorrelated identities/);
    assert.match(await text('Locked'), /Filter: status is LOCKED/);
    assert.match(await text('Locked'), /As sent: cloudStatus eq "LOCKED"/);
    assert.match(await text('Uncorrelated'), /Hidden: no identities/);
  });

  test('counts by a request of its own after the first page', async () => {
    await s.connect();
    const view = await firstView();
    s.demo.requests.clear();
    await s.tree.getChildren(view);
    await s.tree.showCount(view);
    const lists = s.demo.requests.list.filter(({ operation }) => operation === 'listIdentities');
    assert.doesNotMatch(lists[0]?.query ?? '', /count=true/);
    assert.match(lists[1]?.query ?? '', /count=true/);
    assert.match(lists[1]?.query ?? '', /limit=1\b/);
    assert.equal(word(view), 'All identities: 2,000');
  });

  test('keeps as many rows over a refresh as were loaded, and all of them when it fails', async () => {
    await s.connect();
    const view = await firstView();
    await s.tree.loadAll(view, AbortSignal.timeout(20_000), () => undefined);
    const ids = view.loaded.rows.map(({ id }) => id);
    assert.equal(ids.length, 2000);
    await s.tree.refresh(view);
    assert.deepEqual(
      view.loaded.rows.map(({ id }) => id),
      ids,
    );
    s.demo.faults.add({ operation: 'listIdentities', when: isPage, kind: 'html', status: 400 });
    await s.tree.refresh(view);
    const rows = await s.tree.getChildren(view);
    assert.equal(view.loaded.rows.length, 2000);
    assert.equal(rows.at(-1)?.kind, 'error');
    await s.tree.retry(rows.at(-1) as never);
    assert.equal(view.loaded.rows.length, 2000);
    assert.notEqual((await s.tree.getChildren(view)).at(-1)?.kind, 'error');
  });

  test('stops loading all when told to, and keeps what came', async () => {
    await s.connect();
    const view = await firstView();
    const abort = new AbortController();
    await s.tree.loadAll(view, abort.signal, ({ rows }) => {
      if (rows.length >= 500) abort.abort();
    });
    const rows = await s.tree.getChildren(view);
    assert.equal(rows.length, 501);
    assert.equal(rows.at(-1)?.kind, 'more');
  });

  test('sorts a view as chosen and remembers it', async () => {
    const tenant = await s.connect();
    const view = await firstView();
    const [first] = await s.tree.getChildren(view);
    await s.views.sort(view.list, '-name');
    const again = await firstView();
    assert.notEqual(again, view);
    const [last] = await s.tree.getChildren(again);
    assert.notEqual(last?.id, first?.id);
    const query = s.views.forTenant(tenant)[0]?.query;
    assert.ok(query?.by === 'filter' && query.sorter === '-name');
  });

  test('shows a person who is in no loaded list below a view of people that were found', async () => {
    const tenant = await s.connect();
    const [root] = await s.tree.getChildren();
    await s.tree.getChildren(root);
    const client = await s.clients.for(tenant.id);
    const [person] = (await client.identities.list({ limit: 1, sorters: '-name' })).items;
    assert.ok(person);
    const row = s.tree.rowFor(tenant.id, person);
    assert.ok(row);
    assert.equal(s.tree.getTreeItem(row.parent).label, 'Found');
    assert.equal(s.tree.getParent(row.parent), root);
    assert.deepEqual((await s.tree.getChildren(row.parent)).map(word), [word(row)]);
    assert.equal(s.tree.rowFor(tenant.id, person), row);
  });

  test('shows what a query found as a list of this window, without asking again, until it is removed', async () => {
    const tenant = await s.connect();
    const [root] = await s.tree.getChildren();
    const lists = (await s.tree.getChildren(root)).length;
    const query = { by: 'filter', filter: 'name sw "A"', includeUncorrelated: true } as const;
    const client = await s.clients.for(tenant.id);
    const rows = await fetchPage(client, query, START, 10);
    s.demo.requests.clear();
    const list = s.tree.openList(tenant.id, { name: 'Those with A', query, rows, total: undefined });
    assert.ok(list);
    assert.equal((await s.tree.getChildren(root)).length, lists + 1);
    assert.equal((await s.tree.getChildren(list)).length, 11);
    await waitUntil(() => list.loaded.total !== undefined, 'the list is counted');
    assert.deepEqual(s.demo.requests.list.filter(isPage), []);
    assert.match(word(list), /^Those with A: (\d+ · )?temporary$/);
    await s.tree.loadMore(list.more);
    assert.equal(list.loaded.rows.length, list.loaded.total);
    s.tree.removeList(list);
    assert.equal((await s.tree.getChildren(root)).length, lists);
  });
});
