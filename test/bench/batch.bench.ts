/**
 * Figures of acting on many people, one request each, planned, run and kept on record as the extension does; not pass
 * or fail. Run with: npx tsx --expose-gc test/bench/batch.bench.ts [people under the rate limit, default 600]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createClient, type Client } from '../../src/api/client';
import { createRateLimits } from '../../src/api/rateLimit';
import { batchRecords } from '../../src/actions/bulk/records';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { actionOf, type ActionId } from '../../src/actions/catalog';
import { openBatches, OPERATIONS, timesNamed, until } from '../unit/actions/bulk/stage';

/** What the service allows. */
const ALLOWED_PER_SECOND = 10;

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(52)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}\n`);
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Requests of an action, and how many people were named in more than one; of actions that name many in one, the latter only. */
function counter(demo: DemoTenant, action: ActionId): { requests: number; twice: () => number } {
  const paths = new Map<string, number>();
  const counts = {
    requests: 0,
    twice: () => {
      const sent = demo.requests.list.filter(({ operation }) => operation === OPERATIONS[action]);
      const times = actionOf(action).identitiesPerRequest > 1 ? timesNamed(sent) : paths;
      return [...times.values()].filter((many) => many > 1).length;
    },
  };
  const log = demo.requests;
  const add = log.add.bind(log);
  log.add = (request) => {
    add(request);
    if (request.operation !== OPERATIONS[action]) return;
    counts.requests++;
    paths.set(request.path, (paths.get(request.path) ?? 0) + 1);
  };
  return counts;
}

async function acting(action: ActionId, people: number, limited: boolean): Promise<void> {
  const demo = await startDemo({ identities: people, ...(limited ? {} : { rateLimit: Infinity }) });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-bench-'));
  const name = `${action} ${String(people)}${limited ? '' : ' without a limit'}`;
  const client: Client = createClient({
    baseUrl: demo.baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId: demo.clientId, clientSecret: demo.clientSecret },
    rateLimits: createRateLimits(limited ? {} : { ceiling: 1_000_000 }),
  });
  const log = { warn: (line: string) => process.stderr.write(`${line}\n`) };
  const batches = openBatches(folder, client, { log });
  const counts = counter(demo, action);
  try {
    await client.identities.list({ limit: 1, sorters: 'name,alias' });
    const from = performance.now();
    const query = { by: 'filter', includeUncorrelated: false } as const;
    const { id } = batches.plan({ tenantId: 't', action, from: '', people: { kind: 'list', query } });
    await until(batches, id, ({ phase }) => phase === 'planned');
    row(`${name}: plan`, (performance.now() - from) / 1000, 's');
    const before = heap();
    let peak = before;
    const pauses = monitorEventLoopDelay({ resolution: 5 });
    pauses.enable();
    const began = performance.now();
    const clicks: number[] = [];
    const clicking = setInterval(() => {
      const clicked = performance.now();
      void client.identities.list({ limit: 1 }).then(() => clicks.push(performance.now() - clicked));
    }, 2_000);
    const measuring = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed / 1024 / 1024)), 5_000);
    await batches.run(id, 'planned');
    await until(batches, id, ({ phase }) => phase === 'ended');
    clearInterval(clicking);
    clearInterval(measuring);
    const seconds = (performance.now() - began) / 1000;
    pauses.disable();
    row(`${name}: run`, seconds, 's');
    row(`${name}: requests, clicks included`, counts.requests + clicks.length, '');
    row(`${name}: requests/s`, (counts.requests + clicks.length) / seconds, '/s');
    if (limited) {
      const share = (100 * (counts.requests + clicks.length)) / seconds / ALLOWED_PER_SECOND;
      row(`${name}: of what the limit allows`, share, '%');
    }
    if (clicks.length > 0) {
      row(`${name}: slowest of ${String(clicks.length)} clicks meanwhile`, Math.max(...clicks), 'ms');
    }
    row(`${name}: people sent twice`, counts.twice(), '');
    row(`${name}: 429 seen`, demo.requests.list.filter(({ status }) => status === 429).length, '');
    row(`${name}: longest pause (server included)`, pauses.max / 1e6, 'ms');
    row(`${name}: heap before the run`, before, 'MB');
    row(`${name}: heap at most, uncollected`, peak, 'MB');
    row(`${name}: heap after the run`, heap(), 'MB');
    const read = performance.now();
    const again = batchRecords(folder, log).read(id);
    row(`${name}: record read after a reload`, performance.now() - read, 'ms');
    if (again?.rows.length !== people) throw new Error('the record is not whole');
  } finally {
    batches.dispose();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  await acting('synchronize', 10_000, false);
  await acting('process', 10_000, false);
  await acting('process', 10_000, true);
  await acting('synchronize', Number(process.argv[2] ?? 600), true);
}

void main();
