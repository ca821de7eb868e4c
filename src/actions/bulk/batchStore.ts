/** All batches of this window and the records of earlier ones: the one place that plans, runs and remembers them. */
import { randomUUID } from 'node:crypto';
import type { FollowedTask } from '../../tasks/task';
import { rowsIn, type Batch, type BatchSummary, type Scope, type UnreadableRecord } from './batch';
import { beginRun, unheardTasks } from './begin';
import { HeldBatches } from './heldBatches';
import type { OpenBatch } from './openBatch';
import { PlanChangedError, type BatchStoreOptions, type PlanRequest } from './options';
import { makePlan } from './planning';
import { KEEP_DAYS, needsNothing, outdated } from './retention';
import { problemOf } from '../../storage/problem';
import { READ_EVERY_MS, Recorded } from './recorded';
import { RecordChangedError, LockedError, summaryOf } from './records';
import { withNextRun, withRunEnded } from './runs';
import { outcomeOf } from './taskOutcome';
import { ThrottledEvent } from './throttledEvent';

export class BatchStore {
  private readonly held: HeldBatches;
  private readonly telling = new ThrottledEvent();
  private readonly now: () => number;
  private disposed = false;
  private hiddenShown = false;
  private readonly recorded: Recorded;

  constructor(private readonly options: BatchStoreOptions) {
    this.now = options.now ?? Date.now;
    this.recorded = new Recorded(options.records, this.now);
    this.held = new HeldBatches(options.records, options.log, (id, now) => this.telling.fire(id, now));
  }

  /** Batches, newest first: those of this window as they are, the others as recorded. Without hidden ones, usually. */
  all(): readonly BatchSummary[] {
    return this.everything().filter(({ hiddenAt }) => hiddenAt === undefined || this.hiddenShown);
  }

  private everything(): readonly BatchSummary[] {
    const others = this.recorded.list.filter(({ id }) => !this.held.of(id));
    const own = this.held.all().map(({ batch }) => summaryOf(batch));
    return [...own, ...others].sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The batch with its rows; its record is read the first time. Another window's is read anew each time. */
  get(id: string): Batch | undefined {
    return this.held.get(id);
  }

  /** As `get`, without holding anything else up: for whoever can wait. */
  load(id: string): Promise<Batch | undefined> {
    return this.held.load(id);
  }

  /** Begins to make a plan and returns at once. Nothing is sent before `run`. */
  plan(request: PlanRequest): Batch {
    const { people, mail, ...about } = request;
    const held = this.held.hold({
      id: randomUUID(),
      ...about,
      ...(mail ? { mail } : {}),
      createdAt: this.now(),
      phase: 'planning',
      planProgress: { done: 0, of: 0 },
      rows: [],
    });
    this.dropOldest();
    void makePlan(held, people, this.options);
    return held.batch;
  }

  /** Stops making a plan. */
  cancelPlan(id: string): void {
    this.held.of(id)?.planning?.abort();
  }

  /** Leaves people out, or takes them in again, while nothing was sent. */
  exclude(id: string, rows: readonly number[], excluded: boolean): void {
    const held = this.held.of(id);
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
   * @param even `silent`: a person was asked and said that the machine which may run it does not
   * @throws ApiError when the tenant has no client, LockedError, PlanChangedError, or the file system's error: then nothing was sent
   */
  async run(id: string, scope: Scope, even: 'free' | 'silent' = 'free'): Promise<void> {
    // What this window knows at this moment is what was asked about.
    const isOther = this.held.of(id)?.isOutdated() === true;
    const before = this.held.current(id) ?? (await this.load(id));
    const held = this.held.of(id);
    if (before?.elsewhere) throw new LockedError({ kind: 'alive', host: '', pid: 0 });
    if (isOther) throw new PlanChangedError();
    if (!before || !held || (before.phase !== 'planned' && before.phase !== 'ended')) return;
    const numbers = rowsIn(scope, held.rows);
    if (numbers.length === 0) return;
    const client = await this.options.client(before.tenantId);
    if (this.disposed || this.get(id) !== before) throw new PlanChangedError();
    const now = this.now();
    const runs = withNextRun(before, scope, numbers.length, now);
    const requestStats = { requests: 0, since: now };
    held.update({ phase: 'running', startedAt: before.startedAt ?? now, runs, requestStats });
    try {
      held.journal = this.options.records.open(held.batch, held.stamp, even);
      held.journal.meta(held.batch);
      held.record({ rows: numbers, state: 'planned', run: runs.length });
      held.run = beginRun(held, client, numbers, {
        now: this.now,
        reason: this.options.describeFailure,
        trouble: this.options.describeProblem,
        follow: this.options.follow,
        changed: this.options.onIdentitiesChanged,
        ended: () => {
          this.finish(held);
        },
      });
    } catch (error) {
      held.back(before);
      throw error instanceof RecordChangedError ? new PlanChangedError() : error;
    }
  }

  pause(id: string): void {
    const held = this.held.of(id);
    if (held?.batch.phase !== 'running') return;
    held.run?.pause();
    held.update({ phase: 'paused' });
  }

  resume(id: string): void {
    const held = this.held.of(id);
    if (held?.batch.phase !== 'paused') return;
    const { requests = 0 } = held.batch.requestStats ?? {};
    held.update({ phase: 'running', requestStats: { requests, since: this.now() } });
    held.run?.resume();
  }

  /** Nothing more is sent; the answers of what is on its way are waited for. */
  cancel(id: string): void {
    this.held.of(id)?.stop();
  }

  /** Forgets a batch that does not run. @throws LockedError while another window runs it, or the file system's error */
  remove(id: string): void {
    const held = this.held.of(id);
    if (held?.run) return;
    held?.planning?.abort();
    try {
      this.options.records.remove(id);
      this.held.forget(id);
    } finally {
      this.recorded.forget();
      this.telling.fire(id, true);
    }
  }

  /** The same where nobody waits for it: what stays is there at the next look. */
  private letGo(id: string): void {
    try {
      this.remove(id);
    } catch (error) {
      this.options.log.warn(`The record of a batch cannot be removed: ${problemOf(error)}`);
    }
  }

  /** Stops and forgets the batches of a tenant that was removed. */
  forget(tenantId: string): void {
    for (const batch of this.everything()) {
      if (batch.tenantId !== tenantId) continue;
      this.held.of(batch.id)?.abandon();
      this.letGo(batch.id);
    }
  }

  /** The counts of a record are known better now. */
  recounted(id: string): void {
    this.recorded.forget();
    this.telling.fire(id, true);
  }

  /** Records that are there and cannot be used. */
  unreadable(): readonly UnreadableRecord[] {
    return this.recorded.unreadable;
  }

  /** Takes from the list what needs nothing more: it stays on record, and `showHidden` shows it again. */
  async hideFinished(): Promise<void> {
    const hiding: Promise<void>[] = [];
    for (const summary of this.all().filter(needsNothing)) {
      if (summary.startedAt === undefined) this.letGo(summary.id);
      else hiding.push(this.hide(summary.id));
    }
    await Promise.all(hiding);
  }

  /** Whether the list shows what was hidden, too. */
  get showsHidden(): boolean {
    return this.hiddenShown;
  }

  showHidden(shown: boolean): void {
    this.hiddenShown = shown;
    // Of no batch, but of the list.
    this.telling.fire('', true);
  }

  /**
   * Goes after people whom a task of the service works on, where no window heard of its end: the one that followed it closed or
   * crashed in between.
   *
   * @param tasks that are followed, or were
   */
  async catchUp(tasks: readonly FollowedTask[]): Promise<void> {
    this.options.records.tidy();
    for (const { id, counts, elsewhere } of this.everything()) {
      if (counts.started === 0 || elsewhere) continue;
      const batch = await this.load(id);
      if (this.disposed) return;
      const held = this.held.of(id);
      if (!batch || !held || held.run || held.isOutdated()) continue;
      for (const task of unheardTasks(held, tasks, this.options.follow)) await this.taskEnded({ ...task, batchId: id });
    }
  }

  /** A task that was followed for a batch came to its end. */
  async taskEnded(task: FollowedTask): Promise<void> {
    if (task.batchId === undefined || this.disposed) return;
    const batch = this.held.current(task.batchId) ?? (await this.load(task.batchId));
    if (this.disposed) return;
    const held = this.held.of(task.batchId);
    if (batch?.elsewhere || held?.isOutdated()) {
      // Another window runs the rest of it, or writes to it: this is put on record once that is through.
      setTimeout(() => void this.taskEnded(task), READ_EVERY_MS).unref();
      return;
    }
    if (!held) return;
    const entries = outcomeOf(task, held.rows);
    if (entries.length === 0) return;
    held.record(...entries);
    for (const { rows } of entries) held.touched.push(...rows.flatMap((n) => held.rows[n]?.person?.id ?? []));
    this.announce(held);
  }

  onDidChange(listener: (id: string) => void): { dispose(): void } {
    return this.telling.on(listener);
  }

  /** Stops all runs: called when the window closes, their records tell what was sent. */
  dispose(): void {
    for (const held of this.held.all()) {
      held.planning?.abort();
      if (held.run) held.update({ interrupted: true });
      held.run?.stop();
    }
    this.disposed = true;
    this.telling.dispose();
  }

  private finish(held: OpenBatch): void {
    held.run = undefined;
    // Only after a fault: an answer that nobody took.
    const lost = held.rows.flatMap(({ state }, n) => (state === 'sending' ? [n] : []));
    if (lost.length > 0) held.record({ rows: lost, state: 'unknown' });
    const endedAt = this.now();
    held.update({ phase: 'ended', endedAt, runs: withRunEnded(held.batch, endedAt) });
    held.close();
    this.announce(held);
  }

  private announce(held: OpenBatch): void {
    const { batch, rows, touched } = held;
    if (touched.length > 0 && batch.phase === 'ended') {
      this.options.onIdentitiesChanged('many', batch.tenantId, touched.splice(0));
    }
    if (batch.phase !== 'ended' || rows.some(({ state }) => state === 'started')) return;
    // A tenant that was removed meanwhile took its batches along.
    if (this.held.of(batch.id) === held) this.options.onEnded(batch);
  }

  private async hide(id: string): Promise<void> {
    if (!this.held.current(id)) await this.load(id);
    if (this.disposed) return;
    const held = this.held.of(id);
    if (!held || held.run || held.isOutdated()) return;
    held.update({ hiddenAt: this.now() });
    held.record();
    this.telling.fire(id, true);
  }

  private dropOldest(): void {
    const { remove, hide } = outdated(this.everything(), this.now(), this.options.keepDays?.() ?? KEEP_DAYS);
    for (const id of remove) this.letGo(id);
    for (const id of hide) void this.hide(id);
  }
}
