/**
 * What is kept of a batch over a reload: who, and for each what surely was sent, surely was not, or is unknown.
 *
 * A folder each: `meta.json` what it is, `rows.json` its people when it first ran, `journal.jsonl` one line for all that
 * happened since (written before a request leaves, and after its answer), `lock` the process that runs it.
 */
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { ApiLog } from '../api/client';
import { countsOf, type Batch, type BatchRow, type Counts } from './batch';

/** A batch without its people and without what is true for a moment only. */
export interface BatchSummary extends Omit<Batch, 'rows' | 'looked' | 'sent' | 'waitingUntil'> {
  readonly counts: Counts;
}

/** One line: what became of these rows. */
export interface Entry extends Pick<BatchRow, 'state' | 'message' | 'trackingId' | 'taskId'> {
  readonly rows: readonly number[];
}

/** The open record of a batch that this window runs. */
export interface Journal {
  /** @throws the file system's error */
  append(entry: Entry): void;
  /** @throws the file system's error */
  meta(batch: Batch): void;
  close(): void;
}

export interface Records {
  /** Newest first. Never throws: what cannot be read is left alone and logged. */
  list(): readonly BatchSummary[];
  read(id: string): Batch | undefined;
  /** Differs once anybody wrote to the record of a batch. */
  stamp(id: string): string;
  /**
   * Begins or goes on with the record of a batch that is to run now.
   *
   * @throws RunsElsewhere, or the file system's error
   */
  open(batch: Batch): Journal;
  /** Keeps one more thing of a batch that does not run any more. @throws the file system's error */
  append(id: string, entry: Entry): void;
  /** Forgets a batch, unless another window runs it. */
  remove(id: string): void;
}

/** Another window runs this batch. */
export class RunsElsewhere extends Error {}

export function batchRecords(folder: string, log: Pick<ApiLog, 'warn'>): Records {
  const fileOf = (id: string, file: string): string => join(folder, encodeURIComponent(id), file);
  const note = (what: string, error: unknown): void => {
    // A parser quotes what it stumbled over: names of people are not for the log.
    const why = error instanceof SyntaxError ? 'it is damaged' : error instanceof Error ? error.message : String(error);
    log.warn(`${what}: ${why}`);
  };

  const summary = (id: string): BatchSummary | undefined => {
    try {
      const meta = JSON.parse(readFileSync(fileOf(id, 'meta.json'), 'utf8')) as BatchSummary;
      if (typeof meta.id !== 'string' || typeof meta.tenantId !== 'string') return undefined;
      return interrupted(meta, runsElsewhere(fileOf(id, 'lock')));
    } catch (error) {
      note(`The record of a batch cannot be read (${id})`, error);
      return undefined;
    }
  };

  return {
    list: () =>
      namesIn(folder)
        .flatMap((name) => summary(decodeURIComponent(name)) ?? [])
        .sort((a, b) => b.createdAt - a.createdAt),

    read(id) {
      const meta = summary(id);
      if (!meta) return undefined;
      try {
        const rows = JSON.parse(readFileSync(fileOf(id, 'rows.json'), 'utf8')) as BatchRow[];
        replay(rows, readFileSync(fileOf(id, 'journal.jsonl'), 'utf8'));
        if (!meta.elsewhere) {
          for (const [n, row] of rows.entries()) if (row.state === 'sending') rows[n] = { ...row, state: 'unknown' };
        }
        return { ...meta, rows };
      } catch (error) {
        note(`The record of a batch cannot be read (${id})`, error);
        return undefined;
      }
    },

    stamp: (id) =>
      ['meta.json', 'journal.jsonl']
        .map((name) => {
          const { mtimeMs, size, ino } = statSync(fileOf(id, name), { throwIfNoEntry: false }) ?? {};
          return [mtimeMs, size, ino].join(' ');
        })
        .join(),

    open(batch) {
      const { id } = batch;
      mkdirSync(join(folder, encodeURIComponent(id)), { recursive: true });
      takeLock(fileOf(id, 'lock'));
      let journal: number;
      try {
        // Who was excluded and who was skipped stands here; what became of each since then is in the journal.
        writeWhole(fileOf(id, 'rows.json'), batch.rows);
        writeFileSync(fileOf(id, 'journal.jsonl'), '');
        journal = openSync(fileOf(id, 'journal.jsonl'), 'a');
      } catch (error) {
        rmSync(fileOf(id, 'lock'), { force: true });
        throw error;
      }
      return {
        append: (entry) => {
          writeFileSync(journal, lineOf(entry));
        },
        meta: (now) => {
          writeWhole(fileOf(id, 'meta.json'), summaryOf(now));
        },
        close: () => {
          closeSync(journal);
          rmSync(fileOf(id, 'lock'), { force: true });
        },
      };
    },

    append(id, entry) {
      writeFileSync(fileOf(id, 'journal.jsonl'), lineOf(entry), { flag: 'a' });
    },

    remove(id) {
      if (runsElsewhere(fileOf(id, 'lock'))) return;
      try {
        rmSync(join(folder, encodeURIComponent(id)), { recursive: true, force: true });
      } catch (error) {
        note('The record of a batch cannot be removed', error);
      }
    },
  };
}

type Momentary<T> = { -readonly [K in keyof T]: T[K] };

export function summaryOf({ rows, ...batch }: Batch): BatchSummary {
  const summary: Momentary<typeof batch> = { ...batch };
  delete summary.looked;
  delete summary.sent;
  delete summary.waitingUntil;
  return { ...summary, counts: countsOf(rows) };
}

/** A record that says "running" and that nobody runs belongs to a window that closed or was reloaded meanwhile. */
function interrupted(meta: BatchSummary, elsewhere: boolean): BatchSummary {
  if (elsewhere) return { ...meta, elsewhere };
  return meta.phase === 'running' || meta.phase === 'paused' ? { ...meta, phase: 'ended', interrupted: true } : meta;
}

/** Begins a line of its own: what a crash or a full disk cut off before must not take this one along. */
function lineOf(entry: Entry): string {
  return `\n${JSON.stringify(entry)}\n`;
}

/** A line that was cut off is left out: its request had not left, or its answer is unknown. */
function replay(rows: BatchRow[], journal: string): void {
  for (const line of journal.split('\n')) {
    const { rows: numbers, ...after } = entryOf(line) ?? { rows: [], state: 'unknown' };
    for (const n of numbers) {
      const row = rows[n];
      if (row) rows[n] = afterwards(row, after);
    }
  }
}

function entryOf(line: string): Entry | undefined {
  // A thrown error costs ten times a line, and every second line is empty.
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

/** The row with what became of it. */
export function afterwards(row: BatchRow, { state, message, trackingId, taskId }: Omit<Entry, 'rows'>): BatchRow {
  const { asked, person, skip, excluded } = row;
  return {
    asked,
    person,
    skip,
    excluded,
    state,
    ...(message === undefined ? {} : { message }),
    ...(trackingId === undefined ? {} : { trackingId }),
    ...(taskId === undefined ? {} : { taskId }),
  };
}

/** All of it or nothing: a crash in the middle leaves the old file. */
function writeWhole(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(content));
  renameSync(`${file}.new`, file);
}

function takeLock(file: string): void {
  if (runsElsewhere(file)) throw new RunsElsewhere();
  rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    // Two windows at the same moment: one of them was first.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new RunsElsewhere();
    rmSync(file, { force: true });
    throw error;
  }
}

/** True when the lock belongs to another process that lives. A lock from before the machine's start is nobody's. */
function runsElsewhere(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (statSync(file).mtimeMs < Date.now() - uptime() * 1000 || pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
