import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Identity } from '../../../src/api/identities';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { FoundList } from '../../../src/lists/list';
import type { IdentityQuery } from '../../../src/lists/query';
import type { Tenant } from '../../../src/tenants/tenant';
import { NodeStore } from '../../../src/tree/nodeStore';
import type { TenantNode } from '../../../src/tree/nodes';

describe('lists of this window', () => {
  const people = (...ids: readonly string[]): Identity[] => ids.map((id) => ({ id, name: `Identity ${id}` }));
  const search = (query: string): IdentityQuery => ({ by: 'search', query });
  let tenants: Tenant[];
  let store: NodeStore;
  let acme: TenantNode;

  beforeEach(() => {
    tenants = ['acme', 'other'].map(
      (id) => ({ id, name: id, baseUrl: 'http://127.0.0.1', version: 'v2024' }) as Tenant,
    );
    store = new NodeStore({
      tenants: { all: () => tenants },
      clients: { signedOutReason: () => undefined },
      lists: { forTenant: () => BUILT_IN_LISTS },
      pageSize: () => 250,
    });
    [acme] = store.readTenants() as [TenantNode];
  });

  const found = (query: string, ids: readonly string[], more: Partial<FoundList> = {}): FoundList => ({
    name: query,
    query: search(query),
    rows: { items: people(...ids), next: undefined },
    total: ids.length,
    ...more,
  });
  const names = (tenant = acme): (string | undefined)[] =>
    store.readLists(tenant).map(({ list }) => list.name ?? list.id);
  const builtIn = BUILT_IN_LISTS.map(({ id }) => id);

  it('stand above the others of their tenant, through every refresh, until they are removed', () => {
    const one = store.openList(acme, found('one', ['1']));
    const two = store.openList(acme, found('two', ['1', '2']));
    assert.notEqual(one.id, two.id);
    store.readTenants();
    assert.deepEqual(names(), ['one', 'two', ...builtIn]);
    const [, other] = store.readTenants();
    assert.ok(other);
    assert.deepEqual(names(other), builtIn);
    assert.equal(store.readLists(acme)[0], one);
    store.removeList(one);
    assert.deepEqual(names(), ['two', ...builtIn]);
  });

  it('show at once what was found, and go on from there', () => {
    const next = { offset: 2, isSure: true, after: ['b', '2'] };
    const { loaded } = store.openList(acme, found('*', [], { rows: { items: people('1', '2'), next }, total: 9 }));
    assert.deepEqual([loaded.rows.length, loaded.total, loaded.started, loaded.hasMore], [2, 9, true, true]);
    const unknown = store.openList(
      acme,
      found('a*', [], { rows: { items: people('1', '2'), next }, total: undefined }),
    );
    assert.deepEqual([unknown.loaded.total, unknown.loaded.hasMore], [undefined, true]);
  });

  it('keep their row when the same is found again, with what was found now', () => {
    const first = store.openList(acme, found('ada', ['1', '2']));
    assert.equal(store.openList(acme, found('ada', ['1'])), first);
    assert.deepEqual([first.loaded.rows.length, first.loaded.total], [1, 1]);
    assert.notEqual(store.openList(acme, found('eve', ['1'])), first);
    const [, other] = store.readTenants();
    assert.ok(other && store.openList(other, found('ada', ['1'])) !== first);
  });

  it('go with their tenant, and are asked anew when it answers differently', () => {
    const list = store.openList(acme, found('ada', ['1']));
    tenants = tenants.map((tenant) => ({ ...tenant, version: 'beta' }));
    store.readTenants();
    assert.deepEqual([list.loaded.started, list.loaded.rows.length], [false, 0]);
    assert.deepEqual(names().slice(0, 1), ['ada']);
    tenants = tenants.slice(1);
    store.readTenants();
    assert.ok(!store.lists.includes(list));
  });

  it('stand beside the identities that were looked up one by one', () => {
    const row = store.addFound(acme, { id: '7', name: 'Ada' });
    store.openList(acme, found('ada', ['7']));
    assert.deepEqual(names().slice(0, 2), ['found', 'ada']);
    assert.equal(row?.parent.loaded.total, 1);
    assert.equal(store.nodesOf('acme', '7').length, 2);
  });
});
