/**
 * Figures of the record of a bulk action on many identities, read as after a reload; not pass or fail.
 * Run with: npx tsx --expose-gc test/bench/record.bench.ts [identities, default 50,000]
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Batch, BatchRow } from '../../src/actions/bulk/batch';
import { batchRecords, type Records } from '../../src/actions/bulk/records';

const LINES_A_FLUSH = 250;

function row(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(60)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}\n`);
}

function batchOf(people: number): Batch {
  const rows: BatchRow[] = Array.from({ length: people }, (_, n) => {
    const id = n.toString(16).padStart(32, '2c9180835d2e51680');
    const name = `Adélaïde Winterbourne-Quillfeather ${String(n)}`;
    return {
      asked: id,
      person: { id, name, alias: `adelaide.winterbourne${String(n)}`, email: `adelaide.${String(n)}@example.com` },
      skip: null,
      excluded: false,
      state: 'planned',
      run: 1,
    };
  });
  return {
    id: randomUUID(),
    tenantId: 't',
    from: '',
    action: 'reset',
    createdAt: 1,
    startedAt: 2,
    phase: 'running',
    rows,
  };
}

/** Every identity was sent and answered, each with two lines of its own; only some are flushed, to be done within seconds. */
function write(records: Records, batch: Batch): void {
  const journal = records.open(batch, undefined);
  journal.meta(batch);
  for (let n = 0; n < batch.rows.length; n++) {
    journal.append({ rows: [n], state: n % LINES_A_FLUSH === 0 ? 'sending' : 'started' });
    journal.append({ rows: [n], state: 'done', message: 'Accepted' });
  }
  journal.meta({ ...batch, phase: 'ended' });
  journal.close();
}

/**
 * The longest time in which nothing else got its turn: as a clock sees it, and as the processor was at work in this process (all of
 * its threads), which is less where others use the machine, too.
 */
async function pauseOf(run: () => unknown): Promise<{ longest: number; busiest: number; took: number }> {
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  await new Promise((resolve) => setTimeout(resolve, 100));
  pauses.reset();
  let isOver = false;
  let busiest = 0;
  let before = process.cpuUsage();
  const turn = (): void => {
    const { user, system } = process.cpuUsage(before);
    busiest = Math.max(busiest, (user + system) / 1000);
    before = process.cpuUsage();
    if (!isOver) setImmediate(turn);
  };
  turn();
  const from = performance.now();
  await run();
  const took = performance.now() - from;
  await new Promise((resolve) => setTimeout(resolve, 50));
  isOver = true;
  pauses.disable();
  return { longest: pauses.max / 1e6, busiest, took };
}

async function main(): Promise<void> {
  const people = Number(process.argv[2] ?? 50_000);
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-bench-'));
  const records = batchRecords(folder, { warn: (line) => process.stderr.write(`${line}\n`) });
  const name = `record of ${people.toLocaleString('en')}`;
  try {
    const batch = batchOf(people);
    write(records, batch);
    for (const file of ['rows.json', 'journal.jsonl']) {
      row(`${name}: size of ${file}`, statSync(join(folder, batch.id, file)).size / 1e6, 'MB');
    }
    for (const round of ['first', 'again']) {
      const { longest, busiest, took } = await pauseOf(async () => {
        const read = await records.load(batch.id);
        if (read?.rows.filter(({ state }) => state === 'done').length !== people) throw new Error('It is not whole');
      });
      row(`${name}: read in slices, ${round}`, took, 'ms');
      row(`${name}: longest pause meanwhile`, longest, 'ms');
      row(`${name}: longest pause meanwhile, processor time`, busiest, 'ms');
    }
    row(`${name}: read at once`, (await pauseOf(() => records.read(batch.id))).took, 'ms');
    const next = await pauseOf(() => {
      const journal = records.open(batch, records.stamp(batch.id));
      journal.close();
    });
    row(`${name}: opened for another run`, next.took, 'ms');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
