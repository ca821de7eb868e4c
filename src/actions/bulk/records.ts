/**
 * What is kept of a batch over a reload: who, and for each what surely was sent, surely was not, or is unknown.
 *
 * A folder each: `rows.json` its people when it last began to run, `journal.jsonl` all that happened since (journal.ts),
 * `meta.json` what it is and how much of it there must be, `lock-<n>` who runs it (lock.ts). A folder without `meta.json` is
 * of a run that never began.
 */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiLog } from '../../api/client';
import { listNames, makeFolder, stampOf, writeWhole } from '../../storage/files';
import { isUuid } from '../../schema';
import { problemOf } from '../../storage/problem';
import { countsOf, parseSummary, type Batch, type BatchSummary, type UnreadableRecord } from './batch';
import { beginJournal, checksum, continueJournal, readJournal, type Entry, type JournalText } from './journal';
import { LockedError, lockState, takeLock, type Lock } from './lock';
import { Recount } from './recount';
import { batchFrom, rowsText, sumOf } from './replay';
import { atOnce, inSlices, type Slices } from './slices';
import { t } from '../../text/l10n';

export type { Entry } from './journal';
export { BEAT_MS, LockedError } from './lock';

/** The open record of a batch that this window runs. */
export interface Journal {
  /** @throws the file system's error: then nothing may leave */
  append(entry: Entry): void;
  /** Notes how far it is, and shows others that this window lives. @returns false when somebody else runs it by now */
  beat(batch: Batch): boolean;
  /** @throws the file system's error */
  meta(batch: Batch): void;
  close(): void;
}

export interface Records {
  /** Newest first. Never throws. */
  list(): readonly BatchSummary[];
  /** What `list` leaves out. Never throws. */
  unreadable(): readonly UnreadableRecord[];
  /** Undefined when it is not there or cannot be read. Never throws. */
  read(id: string): Batch | undefined;
  /** As `read`, in slices: fifty thousand identities take half a second. Never rejects. */
  load(id: string): Promise<Batch | undefined>;
  /** Differs once anybody wrote to the record of a batch, and always where that cannot be told. Never throws. */
  stamp(id: string): string;
  /**
   * Begins or goes on with the record of a batch that is to run now.
   *
   * @param stamp of the record as this window knows it, undefined when there is none yet
   * @throws LockedError, RecordChangedError when the record is not as known, or the file system's error
   */
  open(batch: Batch, stamp: string | undefined, even?: 'free' | 'silent'): Journal;
  /**
   * Keeps more of a batch that does not run any more.
   *
   * @param now the batch with these entries in it
   * @throws LockedError while somebody runs it, or the file system's error
   */
  append(id: string, entries: readonly Entry[], now: Batch): void;
  /** Forgets a batch, also one that cannot be read. @throws LockedError while another window runs it */
  remove(id: string): void;
  /** Removes what is left of runs that never began: a window was closed before it had written what it was about. Never throws. */
  tidy(): void;
}

/** The record is not what this window knows: another one wrote to it. */
export class RecordChangedError extends Error {}

/** @param recounted the counts that `list` tells of a batch differ now, without anybody having written to its record */
export function batchRecords(
  folder: string,
  log: Pick<ApiLog, 'warn'>,
  recounted: (id: string) => void = () => undefined,
): Records {
  /** Ids are made here. Any other text could lead out of the folder. */
  const folderOf = (id: string): string => {
    if (!isUuid(id)) throw new Error('This is no id of a batch');
    return join(folder, id);
  };
  const fileOf = (id: string, file: 'meta.json' | 'rows.json' | 'journal.jsonl'): string => join(folderOf(id), file);
  const told = new Map<string, string>();
  /** Tells once what is wrong with a record. */
  const note = (id: string, problem: string): void => {
    if (told.get(id) === problem) return;
    told.set(id, problem);
    log.warn(`The record of a batch cannot be read (${id}): ${problem}`);
  };

  const summary = (id: string): BatchSummary | string | undefined => {
    try {
      const meta = parseSummary(JSON.parse(readFileSync(fileOf(id, 'meta.json'), 'utf8')));
      if (typeof meta === 'string') return meta;
      return meta.id === id ? interrupted(meta, folderOf(id)) : t('it is a copy of another record');
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return missing ? undefined : problemOf(error);
    }
  };

  const writeMeta = (batch: Batch, lines: number): void => {
    writeWhole(fileOf(batch.id, 'meta.json'), JSON.stringify({ ...summaryOf(batch), lines }));
  };

  const stamp = (id: string): string =>
    ['meta.json', 'rows.json', 'journal.jsonl'].map((name) => stampOf(join(folder, id, name))).join();

  /** What it is read from is taken at once: in between, another window may begin a new journal for other rows. */
  function* reading(id: string): Slices<Batch | string | undefined> {
    const meta = summary(id);
    if (meta === undefined || typeof meta === 'string') return meta;
    return yield* batchFrom(meta, readFileSync(fileOf(id, 'rows.json')), journalBytes(id));
  }

  /** A journal that cannot be read is as good as empty. */
  const journalBytes = (id: string): Buffer => {
    try {
      return readFileSync(fileOf(id, 'journal.jsonl'));
    } catch {
      return Buffer.alloc(0);
    }
  };

  /** What was read of a record; what is wrong with it is told. */
  const found = (id: string, outcome: Batch | string | undefined): Batch | undefined => {
    if (typeof outcome !== 'string') return outcome;
    note(id, outcome);
    return undefined;
  };

  const bytes = (id: string): number =>
    (['rows.json', 'journal.jsonl'] as const)
      .map((name) => statSync(fileOf(id, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size);

  const recount = new Recount({ stamp, reading, bytes }, recounted);

  const idsIn = (): string[] => [...listNames(folder)].filter(isUuid);

  return {
    list: () =>
      idsIn()
        .flatMap((id) => {
          const found = summary(id);
          return typeof found === 'object' ? [recount.of(found)] : [];
        })
        .sort((a, b) => b.createdAt - a.createdAt),

    unreadable: () =>
      idsIn().flatMap((id) => {
        const found = summary(id);
        if (typeof found !== 'string') return [];
        note(id, found);
        return [{ id, problem: found }];
      }),

    read(id) {
      if (!isUuid(id)) return undefined;
      try {
        return found(id, atOnce(reading(id)));
      } catch (error) {
        return found(id, problemOf(error));
      }
    },

    async load(id) {
      if (!isUuid(id)) return undefined;
      try {
        return found(id, await inSlices(reading(id)));
      } catch (error) {
        return found(id, problemOf(error));
      }
    },

    stamp,

    open(batch, known, even) {
      const { id } = batch;
      makeFolder(folderOf(id));
      const lock = takeLock(folderOf(id), even);
      try {
        // Read under the lock: whoever held it before may have sent what this window thinks is still to send.
        if (known !== undefined ? stamp(id) !== known : summary(id) !== undefined) throw new RecordChangedError();
        return openedJournal(batch, lock);
      } catch (error) {
        lock.release();
        if (summary(id) === undefined) rmSync(folderOf(id), { recursive: true, force: true });
        throw error;
      }
    },

    append(id, entries, now) {
      const lock = takeLock(folderOf(id));
      try {
        const { lines } = entries.length > 0 ? journalOf(id) : { lines: 0 };
        const known = summary(id);
        const noted = typeof known === 'object' ? (known.lines ?? 0) : 0;
        const journal = continueJournal(fileOf(id, 'journal.jsonl'), lines);
        try {
          for (const entry of entries) journal.append(entry);
          // Fewer than were noted before: some are lost, and that must not be forgotten.
          writeMeta(now, Math.max(noted, journal.lines));
        } finally {
          journal.close();
        }
      } finally {
        lock.release();
      }
    },

    remove(id) {
      const state = lockState(folderOf(id));
      if (state.kind === 'alive') throw new LockedError(state);
      // Nothing is left to lock once it is gone; a window that takes the lock in between loses it and sends nothing.
      rmSync(folderOf(id), { recursive: true, force: true });
      recount.forget(id);
    },

    tidy() {
      for (const id of idsIn()) {
        if (summary(id) !== undefined || lockState(folderOf(id)).kind !== 'free') continue;
        try {
          rmSync(folderOf(id), { recursive: true, force: true });
        } catch (error) {
          note(id, problemOf(error));
        }
      }
    },
  };

  function journalOf(id: string): JournalText {
    const sum = sumOf(readFileSync(fileOf(id, 'rows.json')));
    return atOnce(readJournal(readFileSync(fileOf(id, 'journal.jsonl')), sum, 0));
  }

  /**
   * Who was excluded and who was skipped stands in the rows; what became of each since then in the journal. Stopped at any
   * moment in here, all of it reads as before or as after: the new journal is not begun before the rows that hold the old.
   */
  function openedJournal(batch: Batch, lock: Lock): Journal {
    const { id } = batch;
    const isFirst = statSync(fileOf(id, 'meta.json'), { throwIfNoEntry: false }) === undefined;
    const text = rowsText(batch.rows);
    const sum = checksum(text);
    if (!isFirst) writeMeta(batch, 0);
    writeWhole(fileOf(id, 'rows.json'), `${sum}\n${text}`);
    const journal = beginJournal(fileOf(id, 'journal.jsonl'), sum);
    return {
      append: (entry) => {
        // A machine that slept for an hour wakes up with its requests ready to leave, and with answers to write down: the record
        // may be somebody else's by now.
        if (!lock.isOurs()) throw new LockedError(lockState(folderOf(id)));
        journal.append(entry);
      },
      beat(now) {
        const ours = lock.beat();
        if (ours) writeMeta(now, journal.lines);
        return ours;
      },
      meta: (now) => {
        if (!lock.isOurs()) throw new LockedError(lockState(folderOf(id)));
        writeMeta(now, journal.lines);
      },
      close: () => {
        journal.close();
        lock.release();
      },
    };
  }
}

type Momentary<T> = { -readonly [K in keyof T]: T[K] };

export function summaryOf({ rows, ...batch }: Batch): BatchSummary {
  const summary: Momentary<typeof batch> = { ...batch };
  delete summary.planProgress;
  delete summary.requestStats;
  delete summary.waitingUntil;
  delete summary.elsewhere;
  delete summary.silent;
  return { ...summary, counts: countsOf(rows) };
}

/** A record that says "running" and that nobody runs belongs to a window that closed or was reloaded meanwhile. */
function interrupted(meta: BatchSummary, folder: string): BatchSummary {
  if (meta.phase !== 'running' && meta.phase !== 'paused') return meta;
  const state = lockState(folder);
  if (state.kind === 'alive') return { ...meta, elsewhere: true };
  const silent = state.kind === 'silent' ? { silent: { host: state.host } } : {};
  return { ...meta, phase: 'ended', interrupted: true, ...silent };
}
