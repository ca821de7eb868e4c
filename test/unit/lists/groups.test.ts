import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Identity } from '../../../src/api/identities';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { columnsFor } from '../../../src/lists/columns';
import { fetchGroups } from '../../../src/lists/groups';
import { fetchAllWhole } from '../../../src/lists/pages';
import type { IdentityQuery } from '../../../src/lists/query';
import { clientOf } from '../api/backend';

const ALL: IdentityQuery = { by: 'filter', includeUncorrelated: false };
const SALES: IdentityQuery = { by: 'search', query: 'attributes.department:Sales' };

let demo: DemoTenant;
before(async () => {
  demo = await startDemo({ identities: 900, rateLimit: Infinity });
});
after(() => demo.close());
afterEach(() => demo.faults.clear());

/** How many of these have which value, by the column itself; blank: none. */
async function counted(query: IdentityQuery, key: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const column = (people: readonly Identity[]) => columnsFor(people, [key]).find((one) => one.key === key);
  for await (const { items } of fetchAllWhole(clientOf(demo), query)) {
    for (const person of items) {
      const value = String(column(items)?.valueOf(person) ?? '');
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return counts;
}

describe('groups of a list, counted by Search', () => {
  for (const [query, key] of [
    [SALES, 'attributes.city'],
    [SALES, 'status'],
    [SALES, 'lifecycleState'],
    [SALES, 'manager'],
    [{ by: 'search', query: '*' }, 'attributes.department'],
  ] as const) {
    it(`are those that its rows have: ${key} of ${query.query}`, async () => {
      const truth = new Map(await counted(query, key));
      const total = [...truth.values()].reduce((sum, n) => sum + n, 0);
      const blank = truth.get('') ?? 0;
      truth.delete('');
      demo.requests.clear();
      const found = await fetchGroups(clientOf(demo), query, key);
      assert.equal(demo.requests.list.filter(({ operation }) => operation === 'searchAggregate').length, 1);
      assert.deepEqual(new Map(found?.groups.map(({ value, count }) => [value, count])), truth);
      assert.deepEqual([found?.others, found?.withoutValue, found?.total], [0, blank, total]);
      const counts = found?.groups.map(({ count }) => count) ?? [];
      assert.deepEqual(
        counts,
        [...counts].sort((a, b) => b - a),
      );
    });
  }

  it('are those of flags by their words, of numbers, and of all correlated identities', async () => {
    const client = clientOf(demo);
    const flags = await fetchGroups(client, SALES, 'isManager');
    assert.deepEqual(flags?.groups.map(({ value }) => value).sort(), ['false', 'true']);
    const numbers = await fetchGroups(client, SALES, 'roleCount');
    assert.ok(numbers && numbers.groups.length > 1 && numbers.groups.every(({ value }) => /^\d+$/.test(value)));
    const all = await fetchGroups(client, ALL, 'attributes.department');
    assert.ok(all && all.total >= 900);
  });

  it('say how many have other values than the biggest', async () => {
    const all = await fetchGroups(clientOf(demo), SALES, 'attributes.city');
    const few = await fetchGroups(clientOf(demo), SALES, 'attributes.city', { size: 2 });
    assert.ok(all && few);
    assert.deepEqual(few.groups, all.groups.slice(0, 2));
    assert.equal(
      few.others,
      all.groups.slice(2).reduce((sum, { count }) => sum + count, 0),
    );
    assert.ok(few.others > 0);
    assert.equal(few.withoutValue, all.withoutValue);
  });

  it('are not there where Search cannot tell: a filter, uncorrelated identities, a column without a field, a refused field', async () => {
    const client = clientOf(demo);
    demo.requests.clear();
    assert.equal(await fetchGroups(client, { ...ALL, filter: 'name sw "A"' }, 'status'), undefined);
    assert.equal(await fetchGroups(client, { ...ALL, includeUncorrelated: true }, 'status'), undefined);
    for (const key of ['lastRefresh', 'lifecycleSetManually', 'roleNames', 'roleEnds', 'nonsense', 'constructor']) {
      assert.equal(await fetchGroups(client, SALES, key), undefined, key);
    }
    assert.equal(demo.requests.count(), 0);
    demo.faults.add({ kind: 'status', status: 400, operation: 'searchAggregate' });
    assert.equal(await fetchGroups(client, SALES, 'status'), undefined);
  });

  it('fail where the token may not search, or what comes is no answer', async () => {
    const client = clientOf(demo);
    demo.faults.add({ kind: 'status', status: 403, operation: 'searchAggregate' });
    await assert.rejects(fetchGroups(client, SALES, 'status'), { reason: 'forbidden' });
    for (const body of ['{}', '[]', '{"aggregations":{}}', '{"aggregations":{"values":{"buckets":3}}}']) {
      demo.faults.add({ kind: 'body', body, operation: 'searchAggregate' });
      await assert.rejects(fetchGroups(client, SALES, 'status'), { reason: 'badAnswer' }, body);
    }
  });

  it('leave out buckets that cannot be read, and claim nothing of identities with several values', async () => {
    const bucket = (key: unknown, doc_count: unknown) => ({ key, doc_count });
    const buckets = [bucket('A', 600), bucket('B', 600), bucket('C', -1), bucket({}, 1), 'D'];
    demo.faults.add({
      kind: 'body',
      body: JSON.stringify({ aggregations: { values: { buckets } } }),
      operation: 'searchAggregate',
    });
    const found = await fetchGroups(clientOf(demo), ALL, 'status');
    assert.deepEqual(
      found?.groups.map(({ value }) => value),
      ['A', 'B'],
    );
    assert.equal(found?.withoutValue, undefined);
  });
});
