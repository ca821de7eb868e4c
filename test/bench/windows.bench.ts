/**
 * Figures of two windows, each a process of its own, that act on people of one tenant at the same time and share its rate limit;
 * every request is on disk before it leaves. Not pass or fail.
 * Run with: npx tsx test/bench/windows.bench.ts [people for each, default 300]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createClient } from '../../src/api/client';
import { createRateLimits } from '../../src/api/rateLimit';
import { startDemo } from '../../src/demo/server';
import { sharedUse } from '../../src/storage/sharedUse';
import { openBatches, until } from '../unit/actions/bulk/stage';

/** What the service allows. */
const ALLOWED_PER_SECOND = 10;
const WINDOWS = 2;

interface WindowTask {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly folder: string;
  readonly name: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

interface Seen {
  readonly seconds: number;
  readonly clicks: readonly number[];
}

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}\n`);
}

/** One window: acts, and somebody clicks meanwhile. */
async function actInWindow({ baseUrl, clientId, clientSecret, folder, name, people }: WindowTask): Promise<Seen> {
  const client = createClient({
    baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId, clientSecret },
    rateLimits: createRateLimits({ shared: sharedUse(join(folder, 'rate')) }),
  });
  const batches = openBatches(join(folder, name), client);
  const { id } = batches.plan({ tenantId: 't', action: 'reset', from: '', people: { kind: 'people', people } });
  await until(batches, id, ({ phase }) => phase === 'planned');
  const clicks: number[] = [];
  const clicking = setInterval(() => {
    const clicked = performance.now();
    void client.identities.list({ limit: 1 }).then(() => clicks.push(performance.now() - clicked));
  }, 2_000);
  const from = performance.now();
  await batches.run(id, 'planned');
  await until(batches, id, ({ phase }) => phase === 'ended');
  clearInterval(clicking);
  batches.dispose();
  return { seconds: (performance.now() - from) / 1000, clicks };
}

async function startWindow(task: WindowTask): Promise<Seen> {
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [...process.execArgv, self, 'window'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(task));
  return JSON.parse(await text(child.stdout)) as Seen;
}

async function measure(each: number): Promise<void> {
  const demo = await startDemo({ identities: each * WINDOWS + 100 });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-bench-'));
  try {
    const { baseUrl, clientId, clientSecret, world } = demo;
    const people = (from: number) =>
      Array.from({ length: each }, (_, n) => ({
        id: world.people.id(from + n),
        name: world.people.name(from + n).display,
      }));
    const windows = Array.from({ length: WINDOWS }, (_, n) =>
      startWindow({ baseUrl, clientId, clientSecret, folder, name: `window-${String(n)}`, people: people(n * each) }),
    );
    const seen = await Promise.all(windows);
    const seconds = Math.max(...seen.map((one) => one.seconds));
    const clicks = seen.flatMap((one) => one.clicks);
    const sent = demo.requests.list.filter(({ operation }) => operation === 'resetIdentity');
    const name = `${String(WINDOWS)} windows, ${String(each)} people each`;
    row(`${name}: run`, seconds, 's');
    row(`${name}: requests, clicks included`, sent.length + clicks.length, '');
    row(`${name}: of what the limit allows`, (100 * (sent.length + clicks.length)) / seconds / ALLOWED_PER_SECOND, '%');
    row(`${name}: slowest of ${String(clicks.length)} clicks meanwhile`, Math.max(...clicks), 'ms');
    row(`${name}: clicks that took more than a second`, clicks.filter((ms) => ms > 1_000).length, '');
    row(`${name}: people sent twice`, sent.length - new Set(sent.map(({ path }) => path)).size, '');
    row(`${name}: 429 seen`, demo.requests.list.filter(({ status }) => status === 429).length, '');
  } finally {
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [, , argument] = process.argv;
  if (argument !== 'window') return measure(Number(argument ?? 300));
  const task = JSON.parse(await text(process.stdin)) as WindowTask;
  process.stdout.write(JSON.stringify(await actInWindow(task)));
}

void main();
