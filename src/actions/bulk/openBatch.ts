import type { ApiLog } from '../../api/client';
import { problemOf } from '../../storage/problem';
import type { Batch, BatchRow } from './batch';
import type { Run } from './run';
import { LockedError, type Entry, type Journal, type Records } from './records';
import { afterwards } from './replay';
import { t } from '../../text/l10n';

export interface HeldDeps {
  readonly records: Pick<Records, 'append' | 'stamp'>;
  readonly log: Pick<ApiLog, 'warn'>;
  /** Something that is shown may differ; `now`: worth showing at once. */
  readonly tell: (id: string, now: boolean) => void;
}

/** A batch as this window holds it: what is shown of it, and what is kept of it. */
export class OpenBatch {
  readonly rows: BatchRow[];
  planning?: AbortController | undefined;
  run?: Run | undefined;
  /** Open while it runs. */
  journal?: Journal | undefined;
  /** Of the record as this window left or found it; undefined while nothing is on record. */
  stamp?: string | undefined;
  /** Whom the run changed, told at its end: nobody reads ten thousand people again one by one. */
  readonly touched: string[] = [];
  private shown: Batch;

  constructor(
    batch: Batch,
    private readonly deps: HeldDeps,
  ) {
    this.rows = [...batch.rows];
    this.shown = { ...batch, rows: this.rows };
  }

  get batch(): Batch {
    return this.shown;
  }

  /** Another window wrote to the record since: what this one knows must not be sent. */
  isOutdated(): boolean {
    // What writes to it now is this window, until the record is closed: whoever looks in between must not read half of the end.
    if (this.run ?? this.journal) return false;
    return this.stamp !== undefined && this.deps.records.stamp(this.shown.id) !== this.stamp;
  }

  /** What was true for a moment only (how far a plan is, a wait) goes with the next change. */
  update(change: Partial<Batch>): void {
    const next: { -readonly [K in keyof Batch]: Batch[K] } = { ...this.shown };
    delete next.waitingUntil;
    delete next.planProgress;
    if (change.phase === 'running') {
      delete next.hiddenAt;
      delete next.silent;
      delete next.problem;
      delete next.interrupted;
      delete next.stopped;
      delete next.endedAt;
    }
    this.shown = Object.assign(next, change);
    this.deps.tell(this.shown.id, change.phase !== undefined);
  }

  /** A person stops the run. */
  stop(): void {
    if (!this.run) return;
    this.update({ stopped: true });
    this.run.stop();
  }

  /** Nothing more of it is sent, and what still comes in is not kept. */
  abandon(): void {
    this.run?.stop();
    this.close();
    this.run = undefined;
  }

  countRequests(): void {
    const { requestStats: sent } = this.shown;
    if (sent && this.run) this.shown = { ...this.shown, requestStats: { ...sent, requests: this.run.requests } };
  }

  /** Notes that rows are about to leave: first on record. @throws the file system's error, with nothing noted */
  recordSending(rows: readonly number[]): void {
    const entry: Entry = { rows, state: 'sending' };
    if (!this.journal) throw new Error('The record is closed');
    this.journal.append(entry);
    this.put(entry);
  }

  /** Notes what became of rows. What cannot be kept on record will be shown as unknown after a reload, which is safe. */
  record(...entries: readonly Entry[]): void {
    // What another window wrote meanwhile is read before anything is sent: what is kept now must not hide it.
    const isOutdated = this.isOutdated();
    for (const entry of entries) this.put(entry);
    try {
      if (this.journal) for (const entry of entries) this.journal.append(entry);
      else this.deps.records.append(this.shown.id, entries, this.shown);
    } catch (error) {
      this.notKept(error);
    }
    if (!this.journal && !isOutdated) this.stamp = this.deps.records.stamp(this.shown.id);
  }

  /** Shows other windows that this one lives. @returns false when somebody else runs the batch by now */
  beat(): boolean {
    try {
      return this.journal?.beat(this.shown) ?? true;
    } catch (error) {
      this.notKept(error);
      return true;
    }
  }

  /** Closes the record of a run. */
  close(): void {
    try {
      this.journal?.meta(this.shown);
    } catch (error) {
      this.notKept(error);
    }
    this.journal?.close();
    this.journal = undefined;
    this.stamp = this.deps.records.stamp(this.shown.id);
  }

  /** A run that could not begin leaves the batch as it was. */
  back(before: Batch): void {
    this.journal?.close();
    this.journal = undefined;
    this.shown = before;
    this.deps.tell(before.id, true);
  }

  private put(entry: Entry): void {
    for (const n of entry.rows) {
      const row = this.rows[n];
      if (row) this.rows[n] = afterwards(row, entry);
    }
    this.deps.tell(this.shown.id, false);
  }

  private notKept(error: unknown): void {
    const why = error instanceof LockedError ? t('it is now running in another window') : problemOf(error);
    this.deps.log.warn(`The outcome of a batch is not on record: ${why}`);
    // After a reload these are unknown: whoever looks now must not take them for kept.
    if (this.shown.problem === undefined) this.update({ problem: t('Not all outcomes are on record: {0}.', why) });
  }
}
