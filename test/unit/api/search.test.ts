import assert from 'node:assert/strict';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { clientOf } from './backend';

describe('api: search', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 2_300, rateLimit: Infinity });
  });
  after(() => demo.close());

  it('counts, and reads all by searchAfter, never by the offset that ends at 10,000', async () => {
    const client = clientOf(demo);
    const total = await client.search.count('*');
    assert.ok(total >= 2_300);
    const ids = new Set<string>();
    for await (const page of client.search.all('*')) {
      assert.equal(page.offset, ids.size);
      for (const { id } of page.items) ids.add(id);
    }
    assert.equal(ids.size, total);
    assert.equal(Math.max(...demo.requests.list.map(({ query }) => Number(/offset=(\d+)/.exec(query)?.[1] ?? 0))), 0);
  });

  it('ends when the service does not go on after the last row it gave', async () => {
    const client = clientOf(demo);
    const body = JSON.stringify(Array.from({ length: 1_000 }, (_, n) => ({ id: String(n) })));
    demo.faults.add({ kind: 'body', body, operation: 'searchPost', times: 5 });
    let pages = 0;
    const read = async () => {
      for await (const page of client.search.all('*')) pages += Math.sign(page.items.length);
    };
    try {
      await assert.rejects(read, { reason: 'badAnswer' });
      assert.equal(pages, 1);
    } finally {
      demo.faults.clear();
    }
  });

  it('finds a person with manager and total', async () => {
    const client = clientOf(demo);
    const [person] = (await client.identities.list({ limit: 1, sorters: '-name' })).items;
    const page = await client.search.identities(`id:${person?.id}`, { count: true, limit: 5 });
    assert.equal(page.total, 1);
    assert.equal(page.items[0]?.id, person?.id);
    assert.equal(page.hasMore, false);
  });

  it('knows on which source entitlements are, when nested things are asked for', async () => {
    const client = clientOf(demo);
    const [ada] = (await client.identities.list({ filters: 'alias eq "ada.winterbourne"' })).items;
    const entitlements = await client.entitlements.list(ada?.id ?? '');
    const [found] = (await client.search.identities(`id:"${ada?.id}"`, { limit: 1, includeNested: true })).items;
    const sources = new Map(found?.access?.map(({ id, source }) => [id, source?.name]));
    assert.ok(entitlements.items.length > 5);
    for (const { objectRef } of entitlements.items) assert.ok(sources.get(objectRef.id), String(objectRef.name));
    const [bare] = (await client.search.identities(`id:"${ada?.id}"`, { limit: 1, includeNested: false })).items;
    assert.equal(bare?.access, undefined);
  });

  it('is a read: allowed on a read-only client and asked again after a lost connection', async () => {
    const client = clientOf(demo, { readOnly: true });
    demo.faults.add({ kind: 'resetAfter', operation: 'searchPost' });
    assert.equal((await client.search.identities('*', { limit: 3 })).items.length, 3);
  });

  it('asks v2024 for a client of beta, in the budget of v2024', async () => {
    const keys: string[] = [];
    const client = clientOf(demo, {
      version: 'beta',
      rateLimits: (key) => {
        keys.push(key.split(' ').at(-1) ?? '');
        return { take: () => Promise.resolve(), pause: () => undefined, allowed: 1 };
      },
    });
    demo.requests.clear();
    await client.search.identities('*', { limit: 1 });
    await client.identities.list({ limit: 1 });
    assert.deepEqual(keys, ['v2024', 'beta']);
    assert.deepEqual(
      demo.requests.list.filter(({ version }) => version !== undefined).map(({ version }) => version),
      ['v2024', 'beta'],
    );
  });
});
