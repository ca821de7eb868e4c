import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { Client } from '../../../src/api/client';
import { ListCounts } from '../../../src/tree/listCounts';
import { listFacts } from '../../../src/tree/listFacts';
import { LoadedList } from '../../../src/tree/loadedList';
import { listNode, tenantNode, type ListNode, type TenantNode } from '../../../src/tree/nodes';
import type { Tenant } from '../../../src/tenants/tenant';
import { clientOf } from '../api/backend';
import { waitUntil } from '../../waitUntil';

describe('numbers beside the lists of a tenant', () => {
  let demo: DemoTenant;
  let counts: ListCounts;
  let tenant: TenantNode;
  let lists: readonly ListNode[];
  let drawn: (readonly ListNode[])[];
  let now: number;
  let refused: boolean;
  let counted: number;
  before(async () => {
    demo = await startDemo({ identities: 300, rateLimit: Infinity });
  });
  after(() => demo.close());

  beforeEach(() => {
    now = 1_000_000;
    drawn = [];
    refused = false;
    tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
    lists = BUILT_IN_LISTS.map((list) => listNode(tenant, list, new LoadedList(list, () => 250)));
    const client = clientOf(demo);
    counts = new ListCounts({
      clients: { for: () => (refused ? Promise.reject(new Error('no secret')) : Promise.resolve(client)) },
      lists: () => lists,
      draw: (shown) => drawn.push(shown),
      now: () => now,
    });
    counted = demo.requests.count('listIdentities');
  });
  afterEach(() => {
    counts.dispose();
    demo.faults.clear();
  });

  const asked = (): number => demo.requests.count('listIdentities') - counted;
  /** What is asked later is answered: what was to be asked before it has arrived. */
  const settled = async (): Promise<void> => {
    await clientOf(demo).identities.get(demo.world.people.id(0));
  };
  async function until(isSo: () => boolean): Promise<void> {
    await waitUntil(isSo, String(isSo), { everyMs: 5 });
  }

  it('are asked for by one request each when it is unfolded, and drawn together', async () => {
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    assert.equal(asked(), BUILT_IN_LISTS.length);
    assert.equal(drawn.length, 1);
    const locked = lists.find(({ list }) => list.id === 'locked');
    const truth = Array.from({ length: 300 }, (_, n) => n).filter((n) => demo.world.status(n) === 'LOCKED').length;
    assert.equal(locked?.counted, truth);
    assert.deepEqual(
      demo.requests.list
        .filter(({ operation }) => operation === 'listIdentities')
        .filter(({ query }) => !/limit=1(&|$)/.test(query)),
      [],
    );
  });

  it('are kept for a minute, then asked for again', async () => {
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    counts.closed(tenant);
    now += 59_000;
    counts.opened(tenant);
    await settled();
    assert.equal(asked(), BUILT_IN_LISTS.length);
    counts.closed(tenant);
    now += 2_000;
    counts.opened(tenant);
    await until(() => asked() === 2 * BUILT_IN_LISTS.length);
  });

  it('are given up when it is folded: nothing is drawn, and all are asked for at the next time', async () => {
    demo.faults.add({ kind: 'delay', ms: 200, operation: 'listIdentities', times: 6 });
    counts.opened(tenant);
    await until(() => asked() === BUILT_IN_LISTS.length);
    counts.closed(tenant);
    const before = asked();
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    assert.equal(drawn.length, 1);
    assert.equal(asked(), before + BUILT_IN_LISTS.length);
  });

  it('that were read when it is folded and unfolded count as shown only once they are drawn', async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const isHeld = ({ query }: { query: string }): boolean => query.includes('LOCKED');
    demo.faults.add({ kind: 'hold', until: held, operation: 'listIdentities', when: isHeld });
    const before = demo.requests.list.length;
    counts.opened(tenant);
    const answered = (): number =>
      demo.requests.list
        .slice(before)
        .filter(({ operation, status }) => operation === 'listIdentities' && status === 200).length;
    await until(() => answered() === BUILT_IN_LISTS.length - 1);
    await settled();
    counts.closed(tenant);
    counts.opened(tenant);
    answer();
    await until(() => drawn.length > 0);
    assert.deepEqual(new Set(drawn[0]), new Set(lists.filter(({ counted: number }) => number !== undefined)));
    assert.equal(drawn[0]?.length, BUILT_IN_LISTS.length);
  });

  it('are not asked of a list that was opened, which shows its own', async () => {
    for (const list of lists) if (list.list.id !== 'locked') list.opened = true;
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    assert.equal(asked(), 1);
    assert.deepEqual(
      drawn[0]?.map(({ list }) => list.id),
      ['locked'],
    );
  });

  it('are asked for again after a change while it is unfolded, once for several changes', async () => {
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    const index = Array.from({ length: 300 }, (_, n) => n).find((n) => demo.world.status(n) === 'ACTIVE') ?? 0;
    demo.world.update(index, { status: 'LOCKED' });
    const before = asked();
    for (let changes = 0; changes < 5; changes++) counts.changed('t');
    await until(() => drawn.length > 1);
    assert.equal(asked(), before + BUILT_IN_LISTS.length);
    // Only what differs is drawn.
    assert.ok(drawn[1]?.some(({ list }) => list.id === 'locked'));
    assert.ok(!drawn[1]?.some(({ list }) => list.id === 'all'));
    demo.world.update(index, { status: 'ACTIVE' });
  });

  it('are not asked for after a change while nobody sees the view, but once it is seen again', async () => {
    let show = (visible: boolean): void => void visible;
    const never = () => ({ dispose: () => undefined });
    const view = {
      visible: true,
      onDidExpandElement: never,
      onDidCollapseElement: never,
      onDidChangeVisibility: (listener: (event: { visible: boolean }) => unknown) => {
        show = (visible) => void listener({ visible });
        return never();
      },
    };
    counts.follow(view);
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    show(false);
    mock.timers.enable({ apis: ['setTimeout'] });
    counts.changed('t');
    mock.timers.tick(500);
    mock.timers.reset();
    await settled();
    assert.equal(asked(), BUILT_IN_LISTS.length);
    show(true);
    await until(() => asked() === 2 * BUILT_IN_LISTS.length);
  });

  it('of a list that appears while the others are counted are asked for, too', async () => {
    const all = lists;
    lists = all.slice(1);
    demo.faults.add({ kind: 'delay', ms: 50, operation: 'listIdentities', times: 6 });
    counts.opened(tenant);
    await until(() => asked() === all.length - 1);
    lists = all;
    counts.opened(tenant);
    await until(() => asked() === all.length);
  });

  it('of a tenant that is gone are given up', async () => {
    demo.faults.add({ kind: 'delay', ms: 100, operation: 'listIdentities', times: 6 });
    counts.opened(tenant);
    await until(() => asked() === BUILT_IN_LISTS.length);
    counts.keepOnly(new Set());
    await settled();
    counts.changed('t');
    await settled();
    assert.deepEqual(drawn, []);
    assert.equal(asked(), BUILT_IN_LISTS.length);
  });

  it('are not asked for of a tenant that is folded or signed out', async () => {
    counts.changed('t');
    counts.opened(tenantNode({ id: 't', name: 'Acme' } as Tenant, 'expired'));
    await settled();
    assert.equal(asked(), 0);
  });

  it('that cannot be read are not shown, an old one neither, and are not asked for over and over', async () => {
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    refused = true;
    now += 61_000;
    counts.opened(tenant);
    await until(() => drawn.length > 1);
    for (const list of lists) assert.equal(list.counted, undefined);
    refused = false;
    const before = asked();
    counts.opened(tenant);
    await settled();
    assert.equal(asked(), before);
  });

  const saidOf = (list: ListNode | undefined): string | null | undefined =>
    list && new Map(listFacts(list).map(([name, value]) => [String(name), value])).get('Could not be counted');

  it('that cannot be read are explained in the tooltip, until they can', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'listIdentities', times: 1 });
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    const failed = lists.filter((list) => list.countFailure !== undefined);
    assert.equal(failed.length, 1);
    assert.ok(drawn[0]?.includes(failed[0] as ListNode));
    assert.match(saidOf(failed[0]) ?? '', /^\S.*\.$/);
    assert.equal(saidOf(lists.find((list) => !failed.includes(list))), undefined);
    now += 61_000;
    counts.opened(tenant);
    await until(() => drawn.length > 1);
    assert.deepEqual(drawn[1], failed);
    assert.equal(saidOf(failed[0]), undefined);
    assert.equal(typeof failed[0]?.counted, 'number');
  });

  it('that cannot be read for the same reason as before are not drawn again', async () => {
    refused = true;
    counts.opened(tenant);
    await until(() => drawn.length > 0);
    assert.equal(saidOf(lists[0]), 'No secret.');
    now += 61_000;
    counts.opened(tenant);
    await settled();
    assert.equal(drawn.length, 1);
  });

  it('of a list that was opened are explained by its own count', async () => {
    const list = lists.find((one) => one.list.id === 'locked');
    assert.ok(list);
    list.opened = true;
    const client = (): Promise<Client> => Promise.resolve(clientOf(demo));
    demo.faults.add({ kind: 'status', status: 403, operation: 'listIdentities', times: 1 });
    await list.loaded.count(client);
    assert.match(saidOf(list) ?? '', /^\S.*\.$/);
    await list.loaded.count(client);
    assert.equal(saidOf(list), undefined);
  });
});
