import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { IdentityNode, Node, TenantNode, ViewNode } from '../../src/tree/nodes';
import { surroundings } from './surroundings';

type Surroundings = Awaited<ReturnType<typeof surroundings>>;

suite('tenant tree', () => {
  let s: Surroundings;
  setup(async () => {
    s = await surroundings();
  });
  teardown(() => s.dispose());

  async function firstView(): Promise<ViewNode> {
    const [root] = await s.tree.getChildren();
    const [view] = await s.tree.getChildren(root);
    assert.equal(view?.kind, 'view');
    return view;
  }

  const word = (node: Node): string => {
    const { label, description } = s.tree.getTreeItem(node);
    return `${typeof label === 'string' ? label : (label?.label ?? '')}: ${String(description)}`;
  };

  test('shows a tenant, its identities in pages and a person’s role assignments', async () => {
    await s.connect();
    const [root] = await s.tree.getChildren();
    assert.ok(root);
    assert.equal(word(root), 'Acme: sandbox');
    const view = await firstView();
    const rows = await s.tree.getChildren(view);
    assert.equal(rows.length, 251);
    assert.equal(word(rows[250] as Node), 'Load more: 250 of 2,000');
    assert.equal(rows.filter(({ kind }) => kind === 'identity').length, 250);
    const assigned = await Promise.all(rows.slice(0, 20).map((row) => s.tree.getChildren(row)));
    assert.ok(assigned.flat().some(({ kind }) => kind === 'roleAssignment'));
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
    s.tree.refresh(view);
    assert.deepEqual(
      (await s.tree.getChildren(view)).map((row) => s.tree.getTreeItem(row).id),
      ids,
    );
  });

  test('loads more to the last page, each person once', async () => {
    await s.connect();
    const view = await firstView();
    let rows = await s.tree.getChildren(view);
    for (let last = rows.at(-1); last?.kind === 'more'; last = rows.at(-1)) {
      await s.tree.loadMore(last);
      rows = await s.tree.getChildren(view);
    }
    assert.equal(rows.length, 2000);
    assert.equal(new Set(rows.map((row) => (row as IdentityNode).identity.id)).size, 2000);
  });

  test('keeps what is loaded when a page fails, and retries it', async () => {
    await s.connect();
    const view = await firstView();
    const [more] = (await s.tree.getChildren(view)).slice(-1);
    assert.equal(more?.kind, 'more');
    s.demo.faults.add({ operation: 'listIdentities', times: 1, kind: 'html', status: 400 });
    await s.tree.loadMore(more);
    const failed = await s.tree.getChildren(view);
    assert.equal(failed.length, 251);
    const error = failed.at(-1);
    assert.equal(error?.kind, 'error');
    assert.match(word(error), /^Could not load identities: Retry$/);
    await s.tree.retry(error);
    assert.equal((await s.tree.getChildren(view)).length, 501);
  });

  test('turns refused credentials into a signed-out tenant, and back when there are new ones', async () => {
    const tenant = await s.connect();
    await s.secrets.set(tenant.id, { kind: 'pat', clientId: s.demo.clientId, clientSecret: 'wrong' });
    const rows = await s.tree.getChildren(await firstView());
    assert.equal(rows[0]?.kind, 'error');
    const [root] = (await s.tree.getChildren()) as TenantNode[];
    assert.ok(root?.signedOut);
    assert.equal(word(root), 'Acme: sign in again');
    await s.secrets.set(tenant.id, { kind: 'pat', clientId: s.demo.clientId, clientSecret: s.demo.clientSecret });
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
    await s.tree.whileBusy(tenant.id, row.identity.id, 'synchronizing attributes', () => {
      assert.equal(s.tree.getTreeItem(row).description, 'synchronizing attributes');
      return Promise.resolve();
    });
    assert.equal(word(row), before);
  });

  test('makes tooltips of tenant data as text, not as Markdown', async () => {
    await s.connect();
    const [row] = (await s.tree.getChildren(await firstView())) as IdentityNode[];
    assert.ok(row);
    row.identity = { ...row.identity, name: '[x](command:evil) **b** <img>' };
    const item = s.tree.resolveTreeItem(new vscode.TreeItem(''), row);
    const { value, isTrusted, supportHtml } = item.tooltip as vscode.MarkdownString;
    assert.ok(!isTrusted && !supportHtml);
    assert.doesNotMatch(value, /[^\\]\[x\]/);
  });
});
