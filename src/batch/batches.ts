/** All batches of this window and the records of earlier ones: the one place that plans, runs and remembers them. */
import { randomUUID } from 'node:crypto';
import type { ApiLog, Client } from '../api/client';
import type { OwnershipAssociation } from '../api/identities';
import type { FollowedTask } from '../tasks/task';
import { rowsIn, type Batch, type BatchAction, type BatchPerson, type Mail, type Scope } from './batch';
import { Held } from './held';
import type { Source } from './people';
import { planRows } from './plan';
import { RunsElsewhere, summaryOf, type BatchSummary, type Records } from './records';
import { startRun, type Run } from './run';
import type { Outcome } from './send';
import { outcomeOf } from './taskOutcome';
import { Telling } from './telling';

export interface PlanRequest {
  readonly tenantId: string;
  readonly action: BatchAction;
  readonly mail?: Mail;
  /** Where the people come from, in words. */
  readonly from: string;
  readonly people: Source;
}

export interface BatchesOptions {
  readonly records: Records;
  readonly client: (tenantId: string) => Promise<Client>;
  /** What somebody owns, in words; empty for nothing. */
  readonly owned: (associations: readonly OwnershipAssociation[]) => string;
  /** Why it failed for one person, as a sentence. */
  readonly reason: (error: unknown) => string;
  /** Why there is no plan, or why the run paused or stopped, as a sentence. */
  readonly trouble: (error: unknown) => string;
  /** The service's task that works on these people of the batch. */
  readonly follow: (batch: Batch, taskId: string, people: readonly BatchPerson[]) => void;
  /** These people are deleted, or may differ now. */
  readonly changed: (kind: 'deleted' | 'many', tenantId: string, identityIds: readonly string[]) => void;
  /** A run came to its end, and so did the tasks of the service that it started. */
  readonly ended: (batch: Batch) => void;
  readonly log: Pick<ApiLog, 'warn'>;
  readonly now?: () => number;
}

/** What was to be sent is not what it was a moment ago. */
export class PlanChanged extends Error {}

/** Plans kept, and batches on record. */
const KEPT = 20;
/** Shorter waits are the even pace of the rate limit. */
const WORTH_TELLING = 3_500;
/** Milliseconds between two looks at the records of other windows. */
const READ_EVERY = 5_000;

export class Batches {
  private readonly held = new Map<string, Held>();
  private readonly telling = new Telling();
  private readonly now: () => number;
  private disposed = false;
  private onDisk: { readonly readAt: number; readonly list: readonly BatchSummary[] } | undefined;

  constructor(private readonly options: BatchesOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Every batch, newest first: those of this window as they are, the others as recorded. */
  all(): readonly BatchSummary[] {
    const here = [...this.held.values()].map(({ batch }) => summaryOf(batch));
    const recorded = this.recorded().filter(({ id }) => !this.held.has(id));
    return [...here, ...recorded].sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The batch with its rows; its record is read the first time. Another window's is read anew each time. */
  get(id: string): Batch | undefined {
    const known = this.held.get(id);
    if (known && !this.isOutdated(known)) return known.batch;
    this.held.delete(id);
    const stamp = this.options.records.stamp(id);
    const batch = this.options.records.read(id);
    if (known) this.telling.tell(id, false);
    if (!batch || batch.elsewhere) return batch;
    const held = this.hold(batch);
    held.stamp = stamp;
    return held.batch;
  }

  /** Begins to make a plan and returns at once. Nothing is sent before `run`. */
  plan(request: PlanRequest): Batch {
    const { tenantId, action, mail, from, people } = request;
    const held = this.hold({
      id: randomUUID(),
      tenantId,
      action,
      ...(mail ? { mail } : {}),
      from,
      createdAt: this.now(),
      phase: 'planning',
      looked: { done: 0, of: 0 },
      rows: [],
    });
    this.dropOldest();
    void this.makePlan(held, people);
    return held.batch;
  }

  /** Stops making a plan. */
  cancelPlan(id: string): void {
    this.held.get(id)?.planning?.abort();
  }

  /** Leaves people out, or takes them in again, while nothing was sent. */
  exclude(id: string, rows: readonly number[], excluded: boolean): void {
    const held = this.held.get(id);
    if (held?.batch.phase !== 'planned') return;
    for (const n of rows) {
      const row = held.rows[n];
      if (row && !row.skip) held.rows[n] = { ...row, excluded };
    }
    held.update({});
  }

  /**
   * Sends: those who were not sent yet, or those that failed. Resolves when it has begun.
   *
   * @throws ApiError when the tenant has no client, RunsElsewhere, PlanChanged, or the file system's error: then nothing
   *   was sent
   */
  async run(id: string, scope: Scope): Promise<void> {
    const before = this.get(id);
    const held = this.held.get(id);
    if (before?.elsewhere) throw new RunsElsewhere();
    if (!before || !held || (before.phase !== 'planned' && before.phase !== 'ended')) return;
    const numbers = rowsIn(scope, held.rows);
    if (numbers.length === 0) return;
    const client = await this.options.client(before.tenantId);
    if (this.disposed || this.get(id) !== before) throw new PlanChanged();
    held.update({ phase: 'running', startedAt: this.now(), sent: { requests: 0, since: this.now() } });
    try {
      held.journal = this.options.records.open(held.batch);
      held.journal.meta(held.batch);
      held.keep({ rows: numbers, state: 'planned' });
      held.run = this.start(held, client, numbers);
    } catch (error) {
      held.back(before);
      throw error;
    }
    void held.run.ended.then(
      () => {
        this.finish(held);
      },
      (error: unknown) => {
        held.update({ problem: this.options.trouble(error) });
        this.finish(held);
      },
    );
  }

  pause(id: string): void {
    const held = this.held.get(id);
    if (held?.batch.phase !== 'running') return;
    held.run?.pause();
    held.update({ phase: 'paused' });
  }

  resume(id: string): void {
    const held = this.held.get(id);
    if (held?.batch.phase !== 'paused') return;
    const requests = held.batch.sent?.requests ?? 0;
    held.update({ phase: 'running', sent: { requests, since: this.now() } });
    held.run?.resume();
  }

  /** Nothing more is sent; the answers of what is on its way are waited for. */
  cancel(id: string): void {
    this.held.get(id)?.run?.stop();
  }

  /** Forgets a batch that does not run. */
  remove(id: string): void {
    const held = this.held.get(id);
    if (held?.run) return;
    held?.planning?.abort();
    this.held.delete(id);
    this.options.records.remove(id);
    this.onDisk = undefined;
    this.telling.tell(id, true);
  }

  /** Stops and forgets the batches of tenants that are no longer connected. */
  keepOnly(tenantIds: ReadonlySet<string>): void {
    for (const { id, tenantId } of this.all()) {
      if (tenantIds.has(tenantId)) continue;
      const held = this.held.get(id);
      held?.run?.stop();
      held?.close();
      if (held) held.run = undefined;
      this.remove(id);
    }
  }

  /** A task that was followed for a batch came to its end. */
  taskEnded(task: FollowedTask): void {
    if (task.batchId === undefined || this.get(task.batchId)?.elsewhere) return;
    const held = this.held.get(task.batchId);
    if (!held) return;
    for (const entry of outcomeOf(task, held.rows)) {
      held.keep(entry);
      held.touched.push(...entry.rows.flatMap((n) => held.rows[n]?.person?.id ?? []));
    }
    this.announce(held);
  }

  onDidChange(listener: (id: string) => void): { dispose(): void } {
    return this.telling.on(listener);
  }

  /** Stops all runs: called when the window closes, their records tell what was sent. */
  dispose(): void {
    for (const held of this.held.values()) {
      held.planning?.abort();
      if (held.run) held.update({ interrupted: true });
      held.run?.stop();
    }
    this.disposed = true;
    this.telling.dispose();
  }

  /** Another window wrote to the record since: what this one knows must not be sent. */
  private isOutdated({ batch, stamp, run }: Held): boolean {
    return !run && stamp !== undefined && this.options.records.stamp(batch.id) !== stamp;
  }

  /** What is on disk; other windows write there too, so it is looked at anew now and then. */
  private recorded(): readonly BatchSummary[] {
    const now = this.now();
    if (this.onDisk === undefined || now - this.onDisk.readAt > READ_EVERY) {
      this.onDisk = { readAt: now, list: this.options.records.list() };
    }
    return this.onDisk.list;
  }

  private hold(batch: Batch): Held {
    const held = new Held(batch, {
      records: this.options.records,
      log: this.options.log,
      tell: (id, now) => {
        this.telling.tell(id, now);
      },
    });
    this.held.set(batch.id, held);
    return held;
  }

  private async makePlan(held: Held, people: Source): Promise<void> {
    const { owned, reason, client, trouble } = this.options;
    const { tenantId, action, mail } = held.batch;
    const { signal } = (held.planning = new AbortController());
    try {
      const rows = await planRows({
        client: await client(tenantId),
        action,
        mail,
        people,
        owned,
        failed: reason,
        reading: {
          signal,
          progress: (done, of) => {
            held.update({ looked: { done, of } });
          },
        },
      });
      for (const row of rows) held.rows.push(row);
      held.update({ phase: 'planned' });
    } catch (error) {
      held.update(signal.aborted ? { phase: 'failed' } : { phase: 'failed', problem: trouble(error) });
    } finally {
      held.planning = undefined;
    }
  }

  private start(held: Held, client: Client, rows: readonly number[]): Run {
    const { action, mail } = held.batch;
    return startRun({
      client,
      action,
      mail,
      rows,
      person: (n) => held.rows[n]?.person ?? { id: '', name: '' },
      describe: this.options.reason,
      mark: (numbers, state) => {
        if (state === 'sending') held.leaving(numbers);
        else held.keep({ rows: numbers, state });
        held.countRequests();
      },
      outcome: (numbers, outcome) => {
        this.take(held, numbers, outcome);
      },
      trouble: (kind, error) => {
        const problem = this.options.trouble(error);
        held.update(kind === 'pause' ? { problem, phase: 'paused' } : { problem });
      },
      waiting: (milliseconds) => {
        if (milliseconds > WORTH_TELLING) held.update({ waitingUntil: this.now() + milliseconds });
      },
    });
  }

  private take(held: Held, numbers: readonly number[], outcome: Outcome): void {
    held.keep({ rows: numbers, ...outcome });
    const { batch } = held;
    const people = numbers.flatMap((n) => held.rows[n]?.person ?? []);
    const ids = people.map(({ id }) => id);
    if (outcome.taskId !== undefined) this.options.follow(batch, outcome.taskId, people);
    else if (outcome.state === 'done' && batch.action === 'delete') {
      this.options.changed('deleted', batch.tenantId, ids);
    } else held.touched.push(...ids);
  }

  private finish(held: Held): void {
    held.run = undefined;
    // Only after a fault: an answer that nobody took.
    const lost = held.rows.flatMap(({ state }, n) => (state === 'sending' ? [n] : []));
    if (lost.length > 0) held.keep({ rows: lost, state: 'unknown' });
    held.update({ phase: 'ended', endedAt: this.now() });
    held.close();
    this.announce(held);
  }

  private announce(held: Held): void {
    const { batch, rows, touched } = held;
    if (touched.length > 0 && batch.phase === 'ended') {
      this.options.changed('many', batch.tenantId, touched.splice(0));
    }
    if (batch.phase !== 'ended' || rows.some(({ state }) => state === 'started')) return;
    // A tenant that was removed meanwhile took its batches along.
    if (this.held.get(batch.id) === held) this.options.ended(batch);
  }

  private dropOldest(): void {
    const idle = this.all().filter(({ phase, elsewhere }) => phase !== 'running' && phase !== 'paused' && !elsewhere);
    // Plans that were never run do not push out what tells what was sent.
    const plans = idle.filter(({ startedAt }) => startedAt === undefined);
    const records = idle.filter(({ startedAt }) => startedAt !== undefined);
    for (const { id } of [...plans.slice(KEPT), ...records.slice(KEPT)]) this.remove(id);
  }
}
