import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import { retryAfterOf } from '../../../src/api/errorMapping';
import { createRateLimits } from '../../../src/api/rateLimit';
import type { Bucket } from '../../../src/api/rateLimit';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { caught, clientOf } from './backend';
import { waitUntil } from '../../waitUntil';

function bucketOf(ceiling: number, windowMs: number): Bucket {
  return createRateLimits({ ceiling, windowMs })('anyone');
}

/** The most requests that fall into any window of that length. */
function densest(times: readonly number[], windowMs: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}

describe('api: rate limit', () => {
  it('keeps the pace of batches together with other processes, and lets a person go between', async () => {
    const shared = () => ({ note: () => undefined, others: () => [Date.now()] });
    const bucket = createRateLimits({ ceiling: 10, windowMs: 100_000, shared })('anyone');
    const stop = new AbortController();
    const waits: number[] = [];
    const onWait = (ms: number) => waits.push(ms);
    const batch = caught(bucket.take({ priority: 'batch', signal: stop.signal, onWait }));
    assert.equal(waits.length, 1, 'another process let one go just now');
    assert.ok((waits[0] ?? 0) > 9_000 && (waits[0] ?? 0) <= 10_000, String(waits[0]));
    await bucket.take({ onWait });
    assert.equal(waits.length, 1, 'there is room for a person');
    stop.abort();
    assert.ok(ApiError.is(await batch, 'cancelled'));
  });

  it('never lets more go than the window allows, in any window, whatever the mix', async () => {
    const bucket = bucketOf(10, 150);
    const times: number[] = [];
    const one = async (priority: 'interactive' | 'batch') => {
      await bucket.take({ priority });
      times.push(performance.now());
    };
    await Promise.all(Array.from({ length: 60 }, (_, n) => one(n % 3 === 0 ? 'interactive' : 'batch')));
    assert.equal(times.length, 60);
    // Letting go and being noticed here are some milliseconds apart on a busy machine.
    assert.ok(densest(times, 100) <= 10, `${densest(times, 100)} in one window`);
  });

  it('lets what a person waits for go before what was queued earlier for a batch', async () => {
    const bucket = bucketOf(4, 80);
    const order: string[] = [];
    const take = (name: string, priority: 'interactive' | 'batch') =>
      bucket.take({ priority }).then(() => order.push(name));
    const batch = Array.from({ length: 12 }, () => take('batch', 'batch'));
    const clicks = Array.from({ length: 3 }, () => take('click', 'interactive'));
    await Promise.all([...batch, ...clicks]);
    assert.ok(order.lastIndexOf('click') <= 4, order.join());
  });

  it('paces a batch, so that a slot comes free every moment', async () => {
    const bucket = bucketOf(10, 200);
    const order: string[] = [];
    const batch = Array.from({ length: 25 }, () => bucket.take({ priority: 'batch' }).then(() => order.push('batch')));
    await waitUntil(() => order.length >= 12, 'twelve had their turn', { everyMs: 5 });
    await bucket.take();
    order.push('click');
    await Promise.all(batch);
    // It did not wait for a new window, in which ten of the batch would go at once.
    assert.ok(order.indexOf('click') < 20, order.join());
  });

  it('can be left while waiting, and the slot goes to someone else', async () => {
    const bucket = bucketOf(1, 60);
    await bucket.take();
    const stop = new AbortController();
    const left = caught(bucket.take({ signal: stop.signal }));
    const stays = bucket.take({ signal: new AbortController().signal });
    stop.abort();
    assert.ok(ApiError.is(await left, 'cancelled'));
    await stays;
    assert.ok(ApiError.is(await caught(bucket.take({ signal: AbortSignal.abort() })), 'cancelled'));
  });

  it('tells how long there is to wait', async () => {
    const bucket = bucketOf(1, 80);
    await bucket.take({ onWait: () => assert.fail('no wait') });
    const waits: number[] = [];
    await bucket.take({ onWait: (milliseconds) => waits.push(milliseconds) });
    assert.equal(waits.length, 1);
    assert.ok((waits[0] ?? 0) > 0 && (waits[0] ?? 0) <= 80);
  });

  it('stops for everyone on a 429, lowers the budget once a burst, and earns it back', async () => {
    const bucket = bucketOf(10, 40);
    bucket.pause(50);
    bucket.pause(30);
    assert.equal(bucket.allowed, 7);
    const from = performance.now();
    await bucket.take();
    assert.ok(performance.now() - from >= 49);
    while (bucket.allowed < 10) await bucket.take();
  });

  it('earns it back in windows without requests as well', async () => {
    const bucket = bucketOf(100, 10);
    bucket.pause(0);
    assert.equal(bucket.allowed, 70);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bucket.take();
    assert.equal(bucket.allowed, 100);
  });

  it('leaves no timer behind when the last one who waits has left', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const bucket = bucketOf(10, 1_000);
    bucket.pause(60_000);
    await new Promise((resolve) => setImmediate(resolve)); // the runner's own timer for this test
    const before = timers();
    const stop = new AbortController();
    const left = caught(bucket.take({ signal: stop.signal }));
    assert.equal(timers(), before + 1);
    stop.abort();
    await left;
    assert.equal(timers(), before);
  });

  it('keeps one budget per client and version for the whole process', () => {
    const limits = createRateLimits();
    assert.equal(limits('a v2024'), limits('a v2024'));
    assert.notEqual(limits('a v2024'), limits('a beta'));
  });

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
    const header = (value: string | null, date: string | null = null) =>
      retryAfterOf({ header: (name) => (name === 'date' ? date : value) }, now);
    assert.equal(header('7'), 7_000);
    assert.equal(header(' 0 '), 0);
    assert.equal(header('1.5'), 1_500);
    assert.equal(header('Wed, 21 Oct 2026 07:28:30 GMT'), 30_000);
    assert.equal(header('Wed, 21 Oct 2026 07:27:00 GMT'), 0);
    // The service's clock and this computer's are a minute apart.
    assert.equal(header('Wed, 21 Oct 2026 07:27:05 GMT', 'Wed, 21 Oct 2026 07:27:00 GMT'), 5_000);
    assert.equal(header('Wed, 21 Oct 2026 07:28:30 GMT', 'yesterday'), 30_000);
    assert.equal(header('soon'), undefined);
    assert.equal(header('-5'), undefined);
    assert.equal(header(''), undefined);
    assert.equal(header(null), undefined);
  });

  describe('against the tenant', () => {
    let demo: DemoTenant;
    beforeEach(async () => {
      demo = await startDemo({ identities: 50 });
    });
    afterEach(() => demo.close());

    it('meets no 429 in a batch and answers a person within a second', async () => {
      demo.rateLimit.limit = 40;
      demo.rateLimit.windowMs = 1_000;
      // On a busy machine requests arrive less evenly than they are sent.
      const rateLimits = createRateLimits({ ceiling: 38, windowMs: 1_200 });
      const client = clientOf(demo, { rateLimits });
      const other = clientOf(demo, { rateLimits });
      const { items } = await client.identities.list();
      let open = 80;
      const batch = Array.from({ length: open }, async (_, n) => {
        await client.identities.get(items[n % items.length]?.id ?? '', { priority: 'batch' });
        open--;
      });
      const waits: number[] = [];
      const begun = performance.now();
      while (open > 0) {
        const from = performance.now();
        await other.identities.list({ limit: 1 });
        waits.push(performance.now() - from);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await Promise.all(batch);
      assert.equal(demo.requests.list.filter(({ status }) => status === 429).length, 0);
      // A click waits for a slot, not for the batch.
      const whole = performance.now() - begun;
      assert.ok(Math.max(...waits) < whole / 2, `waited ${Math.max(...waits)} of ${whole} ms`);
    });

    it('meets no 429 either when the token endpoint is slow in the middle of a batch', async () => {
      const short = await startDemo({ identities: 10, tokenLifetime: 2, rateLimit: 40 });
      try {
        short.rateLimit.windowMs = 1_000;
        const client = clientOf(short, { rateLimits: createRateLimits({ ceiling: 34, windowMs: 1_250 }) });
        const [person] = (await client.identities.list({ limit: 1 })).items;
        short.faults.add({ kind: 'delay', ms: 1_500, operation: 'token' });
        const batch = Array.from({ length: 110 }, () => client.identities.get(person?.id ?? '', { priority: 'batch' }));
        await Promise.all(batch);
        assert.equal(short.faults.pending, 0);
        assert.equal(short.requests.list.filter(({ status }) => status === 429).length, 0);
      } finally {
        await short.close();
      }
    });

    it('obeys Retry-After for every client of the pair, and for no other version', async () => {
      const rateLimits = createRateLimits();
      const client = clientOf(demo, { rateLimits });
      const other = clientOf(demo, { rateLimits });
      const beta = clientOf(demo, { rateLimits, version: 'beta' });
      await Promise.all([client.oauth.claims(), other.oauth.claims(), beta.oauth.claims()]);
      demo.requests.clear();
      demo.faults.add({ kind: 'status', status: 429, retryAfter: '1', operation: 'getRole' });
      const limited = client.roles.get('nothing');
      await waitUntil(() => demo.requests.list[0]?.status !== undefined, 'the first is answered');
      await new Promise((resolve) => setTimeout(resolve, 20)); // the answer is on its way back
      await Promise.all([caught(limited), other.identities.list(), beta.identities.list()]);
      const [first, ...rest] = demo.requests.list;
      for (const { at, version } of rest) {
        const gap = at - (first?.at ?? 0);
        assert.ok(version === 'beta' ? gap < 900 : gap >= 990, `${version} after ${gap} ms`);
      }
    });

    it('does not wait for a service that wants more than a minute', async () => {
      const client = clientOf(demo);
      demo.faults.add({ kind: 'status', status: 429, retryAfter: '3600', operation: 'listIdentities' });
      const error = await caught(client.identities.list());
      assert.ok(ApiError.is(error, 'rateLimited'));
      assert.equal(error.details.retryAfterMs, 3_600_000);
      assert.equal(demo.requests.count('listIdentities'), 1);
    });

    it('waits for the date of a Retry-After', async () => {
      const client = clientOf(demo);
      const retryAfter = new Date(Date.now() + 2_000).toUTCString();
      demo.faults.add({ kind: 'status', status: 429, retryAfter, operation: 'listIdentities' });
      await client.identities.list();
      const times = demo.requests.list.filter(({ operation }) => operation === 'listIdentities').map(({ at }) => at);
      assert.equal(times.length, 2);
      assert.ok((times[1] ?? 0) >= Date.parse(retryAfter));
    });

    it('lets nobody else wait for a person who was synchronized by someone else just now', async () => {
      const rateLimits = createRateLimits();
      const client = clientOf(demo, { rateLimits });
      const [person, other] = (await client.identities.list()).items;
      demo.requests.clear();
      const refused = { kind: 'status', status: 429, retryAfter: '1' } as const;
      demo.faults.add({ ...refused, operation: 'synchronizeAttributesForIdentity', times: 2 });
      const waits: number[] = [];
      const onWait = (milliseconds: number) => void waits.push(milliseconds);
      const from = performance.now();
      const synchronized = client.identities.synchronize(person?.id ?? '', { onWait });
      await waitUntil(() => waits.length > 0, 'it waits');
      await client.identities.get(other?.id ?? '', { onWait: () => assert.fail('waits') });
      // The second refusal is about the budget.
      await waitUntil(() => waits.length > 1, 'it waits again', { everyMs: 10 });
      await client.identities.get(other?.id ?? '');
      assert.ok(performance.now() - from >= 1_900);
      await synchronized;
      assert.equal(demo.requests.count('synchronizeAttributesForIdentity'), 3);
    });

    it('synchronizes an identity once in 10 s, and asks the service only then', async () => {
      const client = clientOf(demo);
      const [first, second] = (await client.identities.list()).items;
      await client.identities.synchronize(first?.id ?? '');
      demo.requests.clear();
      const error = await caught(client.identities.synchronize(first?.id ?? ''));
      assert.ok(ApiError.is(error, 'rateLimited'));
      assert.equal(error.details.sent, false);
      assert.ok((error.details.retryAfterMs ?? 0) > 9_000 && (error.details.retryAfterMs ?? 0) <= 10_000);
      assert.equal(demo.requests.count(), 0);
      await client.identities.synchronize(second?.id ?? '');
      // What was refused did not happen and may be tried again.
      await caught(client.identities.synchronize('nobody'));
      assert.ok(ApiError.is(await caught(client.identities.synchronize('nobody')), 'notFound'));
    });

    it('asks again at once after what surely did not start, and waits after what may have', async () => {
      const client = clientOf(demo);
      const operation = 'synchronizeAttributesForIdentity';
      const id = (await client.identities.list()).items[4]?.id ?? '';
      demo.requests.clear();
      demo.faults.add({ kind: 'status', status: 400, operation });
      assert.ok(ApiError.is(await caught(client.identities.synchronize(id)), 'invalid'));
      demo.faults.add({ kind: 'status', status: 502, operation });
      assert.ok(ApiError.is(await caught(client.identities.synchronize(id)), 'server'));
      const held = await caught(client.identities.synchronize(id));
      assert.ok(ApiError.is(held, 'rateLimited'));
      assert.equal(held.details.sent, false);
      assert.equal(demo.requests.count(operation), 2);
    });
  });
});
