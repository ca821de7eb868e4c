/**
 * Figures of the API module against the demo tenant under the service's real rate limit; not pass or fail.
 * Prints rows `name  value unit`. Run with: npx tsx --expose-gc test/bench/api.bench.ts
 * (takes about four minutes: the limit is what is measured against).
 */
import { createClient } from '../../src/api/client';
import type { Client } from '../../src/api/client';
import { createRateLimits } from '../../src/api/rateLimit';
import type { DemoTenant } from '../../src/demo/server';
import { startDemo } from '../../src/demo/server';

/** What the service allows. */
const ALLOWED_PER_SECOND = 10;
const PAGE = 250;

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}\n`);
}

function clientOf(demo: DemoTenant, rateLimits = createRateLimits()): Client {
  return createClient({
    baseUrl: demo.baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId: demo.clientId, clientSecret: demo.clientSecret },
    rateLimits,
  });
}

/** Megabytes in use after a collection, where node was started with --expose-gc. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

function refused(demo: DemoTenant): number {
  return demo.requests.list.filter(({ status }) => status === 429).length;
}

/** What is kept of the rows, where it grows outside the heap that is collected. */
function arrays(): number {
  return process.memoryUsage().arrayBuffers / 1024 / 1024;
}

/** As an export does it. */
async function listing(identities: number, latencyMs: number): Promise<void> {
  const demo = await startDemo({ identities, latencyMs });
  const name = `list ${String(identities)}, ${String(latencyMs)} ms a request`;
  try {
    const client = clientOf(demo);
    // The tenant sorts its people for the first request; that is not the client's time.
    await client.identities.list({ limit: 1, sorters: 'name,alias' });
    const before = heap();
    const arraysBefore = arrays();
    let peak = before;
    let rows = 0;
    let pages = 0;
    const from = performance.now();
    for await (const page of client.identities.listAll({ count: true }, { priority: 'batch' })) {
      rows += page.items.length;
      if (++pages % 50 === 0) peak = Math.max(peak, heap());
    }
    const seconds = (performance.now() - from) / 1000;
    row(`${name}: rows`, rows, 'rows');
    row(`${name}: time`, seconds, 's');
    row(`${name}: requests`, demo.requests.count('listIdentities') - 1, '');
    row(`${name}: rows a second`, rows / seconds, 'rows/s');
    row(`${name}: of what the limit allows`, (100 * rows) / seconds / (ALLOWED_PER_SECOND * PAGE), '%');
    row(`${name}: heap before`, before, 'MB');
    row(`${name}: heap at most, while listing`, peak, 'MB');
    row(`${name}: arrays outside the heap, more at the end`, arrays() - arraysBefore, 'MB');
    row(`${name}: 429 seen`, refused(demo), '');
  } finally {
    await demo.close();
  }
}

async function batch(requests: number): Promise<void> {
  const demo = await startDemo({ identities: 1_000 });
  try {
    const rateLimits = createRateLimits();
    const client = clientOf(demo, rateLimits);
    const { items } = await client.identities.list();
    let done = 0;
    const from = performance.now();
    let end = from;
    const all = Array.from({ length: requests }, async (_, n) => {
      await client.identities.get(items[n % items.length]?.id ?? '', { priority: 'batch' });
      done++;
      end = performance.now();
    });
    const clicks: number[] = [];
    while (done < requests) {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const clicked = performance.now();
      await client.identities.list({ limit: 1 });
      clicks.push(performance.now() - clicked);
    }
    await Promise.all(all);
    const seconds = (end - from) / 1000;
    row(`batch of ${requests}: time`, seconds, 's');
    row(`batch of ${requests}: requests a second, clicks included`, (requests + clicks.length) / seconds, '/s');
    const share = (100 * (requests + clicks.length)) / seconds / ALLOWED_PER_SECOND;
    row(`batch of ${requests}: of what the limit allows`, share, '%');
    row(`batch of ${requests}: slowest of ${clicks.length} clicks meanwhile`, Math.max(...clicks), 'ms');
    row(`batch of ${requests}: 429 seen`, refused(demo), '');
  } finally {
    await demo.close();
  }
}

/** Without a limit: what the module itself costs. */
async function overhead(): Promise<void> {
  const demo = await startDemo({ identities: 20_000, rateLimit: Infinity });
  try {
    const client = clientOf(demo, createRateLimits({ ceiling: 1_000_000 }));
    await client.identities.list({ limit: 1, sorters: 'name,alias' });
    const from = performance.now();
    let rows = 0;
    for await (const page of client.identities.listAll()) rows += page.items.length;
    row('list 20,000 without a limit: rows a second', rows / ((performance.now() - from) / 1000), 'rows/s');
  } finally {
    await demo.close();
  }
}

async function main(): Promise<void> {
  await overhead();
  await batch(600);
  for (const latencyMs of [0, 80, 500]) await listing(100_000, latencyMs);
}

void main();
