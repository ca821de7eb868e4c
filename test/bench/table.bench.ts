/**
 * Figures of a table of many identities without its page: what a click or a key costs the extension host; not pass or fail.
 * Run with: npx tsx --expose-gc test/bench/table.bench.ts [identities, default 100,000]
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Identity } from '../../src/api/identities';
import { createRateLimits } from '../../src/api/rateLimit';
import { startDemo } from '../../src/demo/server';
import { presentTableRow } from '../../src/panels/table/present';
import { Table } from '../../src/panels/table/table';
import { clientOf } from '../unit/api/backend';

const COLUMNS = [
  ...['name', 'alias', 'email', 'status', 'processingState', 'lifecycleState', 'manager', 'lastRefresh', 'id'],
  ...['attributes.department', 'attributes.city', 'attributes.title'],
].map((column) => ({ column }));
/** Rows that a page asks for at once. */
const WINDOW = 200;
const ROUNDS = 5;

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 1).padStart(8)} ${unit}\n`);
}

/** Median milliseconds until it is done, and the longest time in which nothing else got its turn. */
async function timed(name: string, act: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  let longest = 0;
  for (let n = 0; n < ROUNDS; n++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const begun = performance.now();
    await act();
    took.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    longest = Math.max(longest, delay.max / 1e6);
  }
  row(name, took.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0, 'ms');
  row(`${name}: longest pause`, longest, 'ms');
}

async function main(): Promise<void> {
  const identities = Number(process.argv[2] ?? 100_000);
  const demo = await startDemo({ identities, rateLimit: Infinity });
  const client = clientOf(demo, { rateLimits: createRateLimits({ ceiling: 100_000 }) });
  const table = new Table(
    { kind: 'query', query: { by: 'filter', sorter: 'name', includeUncorrelated: false } },
    {
      client: () => Promise.resolve(client),
      pageSize: () => 250,
      columns: COLUMNS,
      keepColumns: () => Promise.resolve(),
      changed: () => undefined,
    },
  );
  try {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    delay.enable();
    const begun = performance.now();
    await table.gathering.load(Infinity);
    delay.disable();
    await table.filter('');
    global.gc?.();
    row(
      `table: ${identities.toLocaleString('en')} identities loaded, no rate limit`,
      (performance.now() - begun) / 1000,
      's',
    );
    row('table: longest pause while they are loaded (with the demo tenant)', delay.max / 1e6, 'ms');
    row('table: heap for them', (process.memoryUsage().heapUsed - before) / 1e6, 'MB');
    for (const column of ['name', 'attributes.department', 'lastRefresh']) {
      await timed(`table: sort by ${column}`, () => table.sort({ column, order: 'descending' }));
    }
    await table.sort({ column: 'name', order: null });
    const [first] = table.view.people();
    const person = (first?.identity ?? {}) as Identity;
    await timed('table: filter, one letter', () => table.filter('a'));
    await timed('table: filter, nobody', () => table.filter('nobody is called so'));
    await timed('table: filter, one identity', () => table.filter(person.alias ?? ''));
    await table.filter('');
    await timed('table: group by attributes.department', () => table.group('attributes.department'));
    await table.group(null);
    await timed('table: select all', () => Promise.resolve(table.view.select('all', 0, 0)));
    const from = Math.floor(table.view.order.length / 2);
    await timed(`table: a window of ${String(WINDOW)} rows`, () => {
      for (let n = from; n < from + WINDOW; n++) {
        const entry = table.view.entryAt(n);
        if (entry)
          presentTableRow(
            n,
            entry,
            table.view,
            () => undefined,
            () => false,
          );
      }
      return Promise.resolve();
    });
  } finally {
    table.dispose();
    await demo.close();
  }
}

void main();
