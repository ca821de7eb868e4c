/**
 * Figures of an export under the service's real rate limit, into a file on this machine's disk: what it takes of the rate that is
 * allowed, when the first byte is on the disk, and what the heap grows by; not pass or fail.
 * Run with: npx tsx --expose-gc test/bench/export.bench.ts (takes about four minutes: the limit is what is measured against).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fetch from 'node-fetch';
import { createClient } from '../../src/api/client';
import { createRateLimits } from '../../src/api/rateLimit';
import { exportPeople, type ExportDeps } from '../../src/commands/lists/exportFile';
import { fetchAllWhole } from '../../src/lists/pages';
import { MemorySecrets, MemoryTenants } from '../unit/commands/memory';
import { ScriptedUi } from '../unit/commands/scriptedUi';
import { ScriptedWorkbench } from '../unit/commands/scriptedWorkbench';

/** What the service allows. */
const ALLOWED_PER_SECOND = 10;

const COLUMNS = [
  ...['name', 'alias', 'email', 'status', 'processingState', 'lifecycleState', 'manager', 'lastRefresh', 'id'],
  ...['attributes.department', 'attributes.city', 'attributes.title'],
];
/** Two of them from Search. */
const WITH_ACCESS = [...COLUMNS.slice(0, 10), 'accountCount', 'roleNames'];

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 1).padStart(8)} ${unit}\n`);
}

/** Megabytes in use after a collection, where node was started with --expose-gc. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** Rows, to be read about as quickly as they come. */
function linesOf(progress: readonly string[]): number {
  return Number(/^[\d,]+/.exec(progress.at(-1) ?? '')?.[0].replaceAll(',', '') ?? 0);
}

interface Demo {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Export {
  readonly identities: number;
  readonly latencyMs: number;
  readonly columns: readonly string[];
}

/** A demo tenant in a process of its own: what it calculates is not the client's time, and what it holds not the client's heap. */
async function withDemo({ identities, latencyMs }: Export, run: (demo: Demo) => Promise<void>): Promise<void> {
  const code = `
    const server = await import('./src/demo/server.ts');
    const { startDemo } = server.default ?? server;
    const { baseUrl, clientId, clientSecret } = await startDemo(${JSON.stringify({ identities, latencyMs })});
    console.log(JSON.stringify({ baseUrl, clientId, clientSecret }));`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', code];
  const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface(child.stdout)) {
      await run(JSON.parse(line) as Demo);
      return;
    }
  } finally {
    child.kill();
  }
}

/** When requests left, in milliseconds, and how many were refused for the rate. */
class Sent {
  times: number[] = [];
  refused = 0;

  readonly fetch: typeof fetch = async (...asked) => {
    this.times.push(performance.now());
    const response = await fetch(...asked);
    if (response.status === 429) this.refused++;
    return response;
  };

  /** Requests a second from the first to the last. */
  get rate(): number {
    return ((this.times.length - 1) * 1000) / ((this.times.at(-1) ?? 0) - (this.times[0] ?? 0));
  }
}

async function exporting({ identities, latencyMs, columns }: Export, demo: Demo): Promise<void> {
  const sent = new Sent();
  const needsSearch = columns === WITH_ACCESS;
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-bench-'));
  const name = `export ${String(identities)} x ${String(columns.length)}${needsSearch ? ' with Search' : ''}, ${String(latencyMs)} ms a request`;
  try {
    const client = createClient({
      baseUrl: demo.baseUrl,
      version: 'v2024',
      credentials: { kind: 'pat', clientId: demo.clientId, clientSecret: demo.clientSecret },
      rateLimits: createRateLimits(),
      fetch: sent.fetch,
    });
    // The tenant sorts its people for the first request; that is not the client's time. Nor is what it makes for the first page.
    await client.identities.list({ limit: 1, sorters: 'name,alias' });
    if (needsSearch) await client.search.count('*');
    const ui = new ScriptedUi();
    const workbench = Object.assign(new ScriptedWorkbench(), { target: 'people.csv', folderOfTarget: folder });
    const store = new MemoryTenants(new MemorySecrets());
    const acme = store.put({
      ...{ name: 'Acme', version: 'v2024', environment: 'sandbox', readOnly: true, kind: 'isc', auth: 'pat' },
      baseUrl: demo.baseUrl,
    });
    const deps = {
      ...{ ui, workbench, store, exporting: { columns } },
      clients: { for: () => Promise.resolve(client) },
      csvStyle: () => ({ delimiter: ',', byteOrderMark: true }),
    } as unknown as ExportDeps;
    ui.on('Load what these columns need?', 'Load');
    sent.times = [];
    const before = heap();
    let peak = before;
    let firstByteMs: number | undefined;
    const from = performance.now();
    const watch = setInterval(() => {
      try {
        if (statSync(join(folder, 'people.incomplete.csv')).size > 0) firstByteMs ??= performance.now() - from;
      } catch {
        // Not begun yet, or whole.
      }
    }, 5);
    const collect = setInterval(() => (peak = Math.max(peak, heap())), 5_000);
    const query = { by: 'filter', includeUncorrelated: false } as const;
    await exportPeople(deps, {
      tenantId: acme.id,
      name: 'All',
      pages: (signal) => fetchAllWhole(client, query, { signal, priority: 'batch' }),
    });
    const seconds = (performance.now() - from) / 1000;
    clearInterval(watch);
    clearInterval(collect);
    const requests = sent.times.length;
    row(`${name}: rows`, linesOf(ui.progress), 'rows');
    row(`${name}: time`, seconds, 's');
    row(`${name}: requests`, requests, '');
    row(`${name}: of the allowed rate, from dialog to file`, (100 * requests) / seconds / ALLOWED_PER_SECOND, '%');
    row(`${name}: of the allowed rate, first request to last`, (100 * sent.rate) / ALLOWED_PER_SECOND, '%');
    row(`${name}: first byte on the disk after`, firstByteMs ?? Number.NaN, 'ms');
    row(`${name}: heap at most, more than before`, peak - before, 'MB');
    row(`${name}: file`, statSync(join(folder, 'people.csv')).size / 1024 / 1024, 'MB');
    row(`${name}: 429 seen`, sent.refused, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(): Promise<void> {
  for (const what of [
    ...[0, 80, 500].map((latencyMs) => ({ identities: 100_000, latencyMs, columns: COLUMNS })),
    { identities: 25_000, latencyMs: 500, columns: WITH_ACCESS },
  ]) {
    await withDemo(what, (demo) => exporting(what, demo));
  }
}

void measure();
