import assert from 'node:assert/strict';
import fc from 'fast-check';
import nodeFetch from 'node-fetch';
import { ApiError } from '../../../src/api/errors';
import type { Page } from '../../../src/api/paging';
import { iteratePages } from '../../../src/api/paging';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { caught, clientOf } from './backend';
import { waitUntil } from '../../waitUntil';

interface Row {
  readonly id: string;
}

/** A sorted list that changes before every answer as `changes` say: rows at a place vanish or appear. */
function changingList(size: number, changes: readonly Change[]) {
  const rows = Array.from({ length: size }, (_, n) => ({ id: String(n), key: n }));
  const stable = new Set(rows.map(({ id }) => id));
  let answered = 0;
  return {
    stable,
    fetchPage: ({ limit, offset, count }: { limit: number; offset: number; count: boolean }): Promise<Page<Row>> => {
      const change = changes[answered++];
      if (change !== undefined) {
        for (const { id } of rows.splice(Math.floor(change.at * rows.length), change.removed)) stable.delete(id);
        const place = Math.floor(change.at * rows.length);
        const [before, after] = [rows[place - 1]?.key ?? -1, rows[place]?.key ?? size];
        for (let n = 0; n < change.added; n++) {
          rows.splice(place + n, 0, {
            id: `new ${answered} ${n}`,
            key: before + ((after - before) * (n + 1)) / (change.added + 1),
          });
        }
      }
      const items = rows.slice(offset, offset + limit);
      const page = { items, offset, hasMore: items.length >= limit };
      return Promise.resolve(count ? { ...page, total: rows.length } : page);
    },
  };
}

interface Change {
  readonly at: number;
  readonly removed: number;
  readonly added: number;
}

async function idsOf(pages: AsyncIterable<Page<Row>>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...page.items.map(({ id }) => id));
  return ids;
}

describe('api: reading whole lists', () => {
  it('yields every row that stays exactly once, however the list changes meanwhile', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      removed: fc.nat({ max: 12 }),
      added: fc.nat({ max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 120 }),
        fc.integer({ min: 2, max: 20 }),
        fc.array(change, { maxLength: 40 }),
        async (size, limit, changes) => {
          const { stable, fetchPage } = changingList(size, changes);
          const ids = await idsOf(iteratePages({ limit, fetchPage }));
          assert.equal(new Set(ids).size, ids.length, 'a row came twice');
          const seen = new Set(ids);
          assert.deepEqual(
            [...stable].filter((id) => !seen.has(id)),
            [],
            'a row was missed',
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends even if the list is in another order every time', async () => {
    let turn = 0;
    const fetchPage = ({ limit, offset }: { limit: number; offset: number }): Promise<Page<Row>> => {
      turn++;
      const items = Array.from({ length: Math.min(limit, 50 - offset) }, (_, n) => ({ id: `${turn} ${n}` }));
      return Promise.resolve({ items, offset, hasMore: items.length >= limit });
    };
    await idsOf(iteratePages({ limit: 10, fetchPage }));
    assert.ok(turn < 200);
  });

  for (const [title, items] of [
    ['the same page', ['1', '2', '3']],
    ['rows that cannot be used', []],
  ] as const) {
    it(`ends if ${title} comes for ever`, async () => {
      let turn = 0;
      const fetchPage = ({ offset }: { offset: number }): Promise<Page<Row>> => {
        if (++turn > 1_000) assert.fail('does not end');
        return Promise.resolve({ items: items.map((id) => ({ id })), offset, hasMore: true });
      };
      await assert.rejects(() => idsOf(iteratePages({ limit: 3, fetchPage })), { reason: 'badAnswer' });
    });
  }

  describe('against the tenant', () => {
    let demo: DemoTenant;
    before(async () => {
      demo = await startDemo({ identities: 1_000, rateLimit: Infinity });
    });
    after(() => demo.close());

    it('reads everyone, with one request of overlap a page, and counts once', async () => {
      const client = clientOf(demo);
      const total = (await client.identities.list({ limit: 1, count: true })).total ?? 0;
      demo.requests.clear();
      const ids = new Set<string>();
      for await (const page of client.identities.listAll({ count: true })) {
        assert.equal(page.total, total);
        for (const { id } of page.items) ids.add(id);
      }
      assert.equal(ids.size, total);
      assert.equal(demo.requests.count('listIdentities'), Math.ceil((total - 1) / 249));
      assert.equal(demo.requests.list.filter(({ query }) => query.includes('count=true')).length, 1);
    });

    it('goes on after a page that came short while more are counted, and tells the number to compare with', async () => {
      const client = clientOf(demo);
      const whole = (await client.identities.list({ limit: 1, count: true })).total ?? 0;
      demo.shapes.pages = 'short';
      try {
        const ids = new Set<string>();
        let total: number | undefined;
        for await (const page of client.identities.listAll({ count: true, limit: 100 })) {
          total = page.total;
          for (const { id } of page.items) ids.add(id);
        }
        const leftOut = Math.ceil(demo.world.people.correlated / 61);
        assert.equal(total, whole);
        assert.equal(ids.size, whole - leftOut);
      } finally {
        demo.shapes.pages = 'whole';
      }
    });

    it('takes the refusal of a page after the last counted row for the end, and no other one', async () => {
      const client = clientOf(demo);
      demo.shapes.pastTheEnd = 'refused';
      try {
        const { total = 0 } = await client.identities.list({ limit: 1, count: true });
        for (const limit of [total, total - 1, 250, 100].filter((each) => each <= 250)) {
          const ids = await idsOf(client.identities.listAll({ limit }));
          assert.equal(new Set(ids).size, total, String(limit));
        }
        demo.faults.add({
          kind: 'status',
          status: 400,
          operation: 'listIdentities',
          when: ({ query }) => query.includes('offset=99'),
        });
        await assert.rejects(idsOf(client.identities.listAll({ limit: 100 })), { reason: 'invalid' });
      } finally {
        demo.faults.clear();
        demo.shapes.pastTheEnd = 'empty';
      }
    });

    it('refuses pages that have no room for a next row, and pages the service does not answer', async () => {
      const client = clientOf(demo);
      demo.requests.clear();
      for (const limit of [-1, 0, 1, 251]) {
        const error = await caught(client.identities.listAll({ limit })[Symbol.asyncIterator]().next());
        assert.ok(ApiError.is(error, 'invalid'), String(limit));
      }
      assert.equal(demo.requests.count(), 0);
    });

    it('loses nobody when people are deleted meanwhile', async () => {
      const client = clientOf(demo);
      const before = new Set<string>();
      for await (const page of client.identities.listAll()) for (const { id } of page.items) before.add(id);
      const found = new Set<string>();
      const gone = new Set<string>();
      for await (const page of client.identities.listAll({ limit: 50 })) {
        for (const { id } of page.items) {
          assert.ok(!found.has(id));
          found.add(id);
        }
        for (const { id } of page.items.slice(0, 3)) {
          const index = demo.world.find(id);
          if (index !== undefined) demo.world.delete(index);
          gone.add(id);
        }
      }
      assert.deepEqual(
        [...before].filter((id) => !found.has(id)),
        [],
      );
      assert.ok(gone.size > 30 && gone.size < 100);
    });

    it('has the next page on its way while the caller works, and no more than that', async () => {
      const client = clientOf(demo);
      await client.oauth.claims();
      demo.requests.clear();
      const pages = client.identities.listAll({ limit: 100 })[Symbol.asyncIterator]();
      await pages.next();
      const answered = () => demo.requests.list.filter(({ status }) => status !== undefined).length;
      await waitUntil(() => answered() >= 2, 'two pages are answered');
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(demo.requests.count(), 2);
      await pages.next();
      await pages.return?.();
    });

    it('has more pages on their way when the caller is quicker than the service', async () => {
      const client = clientOf(demo);
      await client.oauth.claims();
      demo.requests.clear();
      demo.faults.add({ kind: 'hang', when: ({ query }) => !query.includes('offset=0') });
      const stop = new AbortController();
      const pages = client.identities.listAll({ limit: 50 }, { signal: stop.signal })[Symbol.asyncIterator]();
      await pages.next();
      const next = caught(pages.next());
      await waitUntil(() => demo.requests.count() === 9, 'eight pages are asked for');
      const offsets = demo.requests.list.map(({ query }) => Number(new URLSearchParams(query).get('offset')));
      assert.deepEqual(
        offsets.sort((a, b) => a - b),
        [0, 49, 98, 147, 196, 245, 294, 343, 392],
      );
      stop.abort();
      assert.ok(ApiError.is(await next, 'cancelled'));
      demo.faults.clear();
    });

    it('leaves nothing running when the caller leaves', async () => {
      let running = 0;
      const client = clientOf(demo, {
        fetch: async (url, init) => {
          running++;
          try {
            return await nodeFetch(url, init);
          } finally {
            running--;
          }
        },
      });
      demo.faults.add({ kind: 'hang', when: ({ query }) => query.includes('offset=9') });
      for await (const page of client.identities.listAll({ limit: 10 })) {
        assert.equal(page.items.length, 10);
        await waitUntil(() => demo.faults.pending === 0, 'the next page is asked for');
        assert.equal(running, 1);
        break;
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(running, 0);
    });

    it('stops at the signal, in the middle of a request or between two', async () => {
      const client = clientOf(demo);
      await client.oauth.claims();
      const stop = new AbortController();
      demo.faults.add({ kind: 'hang', when: ({ query }) => query.includes('offset=99') });
      try {
        for await (const page of client.identities.listAll({ limit: 100 }, { signal: stop.signal })) {
          assert.equal(page.offset, 0);
          setTimeout(() => {
            stop.abort();
          }, 20);
        }
        assert.fail('ended');
      } catch (e) {
        assert.ok(ApiError.is(e, 'cancelled'), String(e));
      }
      const before = new AbortController();
      const pages = client.identities.listAll({ limit: 100 }, { signal: before.signal })[Symbol.asyncIterator]();
      await pages.next();
      before.abort();
      await assert.rejects(async () => pages.next(), { reason: 'cancelled' });
    });

    it('passes a failure on, after the pages before it', async () => {
      const client = clientOf(demo);
      demo.faults.add({ kind: 'status', status: 500, when: ({ query }) => query.includes('offset=198') });
      let pages = 0;
      await assert.rejects(
        async () => {
          for await (const page of client.identities.listAll({ limit: 100 })) pages += page.items.length > 0 ? 1 : 0;
        },
        { reason: 'server' },
      );
      assert.equal(pages, 2);
    });
  });
});
