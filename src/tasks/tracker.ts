/** Follows the service's tasks to their end. No vscode. */
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Difference } from './identityDiff';
import { hasProgressed, taskKey, withStatus, type FollowedTask } from './task';

/** Where tasks are remembered over a reload. Never throws: a task that cannot be remembered is followed all the same. */
export interface TaskMemory {
  read(): readonly FollowedTask[];
  write(task: FollowedTask): void;
  remove(task: FollowedTask): void;
  /** True for the first window that asks: it tells the end, so that two windows do not tell it twice. */
  claimEnd(task: FollowedTask): boolean;
  /** Why tasks cannot be remembered now, as a clause; undefined when all is well. */
  readonly problem?: string | undefined;
  /** What is remembered and cannot be read; it is left alone. */
  readonly unreadable?: number;
}

export interface TrackerOptions {
  readonly client: (tenantId: string) => Promise<Client>;
  readonly memory: TaskMemory;
  /** Something a view shows may differ. */
  readonly changed: () => void;
  /** A task came to its end, or the service stopped telling of it. `first`: no other window told it before. */
  readonly ended: (task: FollowedTask, first: boolean) => void;
  /** A look failed; told for every failure. */
  readonly failed: (tenantId: string, error: unknown) => void;
  /** Days that hidden tasks stay on record. */
  readonly keepDays?: () => number;
  readonly now?: () => number;
  /** Milliseconds; tests are faster. */
  readonly pauses?: Partial<Pauses>;
}

interface Pauses {
  /** Before the first look. */
  readonly first: number;
  /** At most, while tasks move on. */
  readonly moving: number;
  /** At most, while they stand still or looks fail. */
  readonly still: number;
  /** Between the looks at two tasks of a tenant, on average: many tasks must not eat the rate limit. */
  readonly perTask: number;
  /** How long after its start the service may not know a task yet. */
  readonly unknown: number;
}

const PAUSES: Pauses = { first: 1_000, moving: 5_000, still: 30_000, perTask: 250, unknown: 60_000 };
/** Days that hidden tasks stay on record, unless the settings say otherwise. */
const KEEP_DAYS = 90;
const DAY_MS = 86_400_000;
/** Ended tasks that are shown; older ones hide by themselves. */
const MOST_SHOWN = 100;

interface Poller {
  readonly abort: AbortController;
  pause: number;
  /** Ends the present pause. */
  wake: () => void;
}

/**
 * One poller per tenant, and none where nothing runs. A tenant whose credentials are refused is left alone until
 * `resume`; the tasks of a removed tenant are forgotten.
 */
export class Tracker {
  private readonly tasks = new Map<string, FollowedTask>();
  private readonly diffAtEnd = new Map<string, () => Promise<readonly Difference[]>>();
  private readonly pollers = new Map<string, Poller>();
  private readonly pauses: Pauses;
  private readonly now: () => number;

  constructor(private readonly options: TrackerOptions) {
    this.pauses = { ...PAUSES, ...options.pauses };
    this.now = options.now ?? Date.now;
    for (const task of options.memory.read()) this.tasks.set(taskKey(task), task);
    for (const { tenantId } of this.running()) this.poll(tenantId);
  }

  /** Newest first, also those that are hidden. */
  all(): readonly FollowedTask[] {
    return [...this.tasks.values()].sort((a, b) => b.startedAt - a.startedAt);
  }

  get(task: Pick<FollowedTask, 'tenantId' | 'id'>): FollowedTask | undefined {
    return this.tasks.get(taskKey(task));
  }

  running(tenantId?: string): readonly FollowedTask[] {
    return [...this.tasks.values()].filter(
      (task) => task.state === 'running' && (tenantId === undefined || task.tenantId === tenantId),
    );
  }

  /** Follows a task from now on. `diffAtEnd` is asked once, after its end, for what it changed. */
  follow(task: FollowedTask, atEnd?: () => Promise<readonly Difference[]>): void {
    if (atEnd) this.diffAtEnd.set(taskKey(task), atEnd);
    this.put(task, true);
    this.dropOldest();
    this.poll(task.tenantId);
  }

  /** Looks no more. The task goes on in the service. */
  stopFollowing(task: Pick<FollowedTask, 'tenantId' | 'id'>): void {
    const known = this.get(task);
    if (known?.state !== 'running') return;
    this.diffAtEnd.delete(taskKey(task));
    this.put({ ...known, state: 'stopped' }, true);
  }

  /** Hides what ended, and was not hidden before. It stays on record: it tells who was processed or invited. */
  hideFinished(): void {
    const hiddenAt = this.now();
    for (const task of this.tasks.values()) {
      if (task.state !== 'running' && task.hiddenAt === undefined) this.put({ ...task, hiddenAt }, true);
    }
  }

  /** Hides one that ended, and was not hidden before. */
  hide(task: Pick<FollowedTask, 'tenantId' | 'id'>): void {
    const known = this.get(task);
    if (!known || known.state === 'running' || known.hiddenAt !== undefined) return;
    this.put({ ...known, hiddenAt: this.now() }, true);
  }

  /** Looks again at once where there is something to follow: after signing in, or when a person wants to know. */
  resume(tenantId?: string): void {
    for (const task of this.running(tenantId)) this.poll(task.tenantId);
  }

  /** Forgets the tasks of a tenant that was removed. */
  forgetTenant(tenantId: string): void {
    const gone = [...this.tasks.values()].filter((task) => task.tenantId === tenantId);
    this.pollers.get(tenantId)?.abort.abort();
    this.pollers.delete(tenantId);
    for (const task of gone) this.forget(task);
    if (gone.length > 0) this.options.changed();
  }

  dispose(): void {
    for (const { abort } of this.pollers.values()) abort.abort();
    this.pollers.clear();
  }

  private put(task: FollowedTask, remember: boolean): void {
    this.tasks.set(taskKey(task), task);
    if (remember) this.options.memory.write(task);
    this.options.changed();
  }

  private forget(task: FollowedTask): void {
    this.tasks.delete(taskKey(task));
    this.diffAtEnd.delete(taskKey(task));
    this.options.memory.remove(task);
  }

  private dropOldest(): void {
    const oldest = this.now() - (this.options.keepDays?.() ?? KEEP_DAYS) * DAY_MS;
    for (const task of this.all()) {
      if (task.hiddenAt !== undefined && task.hiddenAt < oldest) this.forget(task);
    }
    const shown = this.all().filter(({ state, hiddenAt }) => state !== 'running' && hiddenAt === undefined);
    for (const task of shown.slice(MOST_SHOWN)) this.put({ ...task, hiddenAt: this.now() }, true);
  }

  private poll(tenantId: string): void {
    const present = this.pollers.get(tenantId);
    if (present) {
      present.pause = this.pauses.first;
      present.wake();
      return;
    }
    const poller: Poller = { abort: new AbortController(), pause: this.pauses.first, wake: () => undefined };
    this.pollers.set(tenantId, poller);
    void this.run(tenantId, poller).finally(() => {
      if (this.pollers.get(tenantId) !== poller) return;
      this.pollers.delete(tenantId);
    });
  }

  private async run(tenantId: string, poller: Poller): Promise<void> {
    const { first, moving, still, perTask } = this.pauses;
    poller.pause = first;
    for (;;) {
      const present = this.running(tenantId).length;
      await pause(poller, Math.max(poller.pause, present * perTask));
      let moved = false;
      for (const task of this.running(tenantId)) {
        if (poller.abort.signal.aborted) return;
        const poll = await this.look(task, poller.abort.signal);
        if (poll === 'signedOut') return;
        moved ||= poll === 'moved';
      }
      if (poller.abort.signal.aborted || this.running(tenantId).length === 0) {
        // Given back in the same breath as the last look at what runs: a task followed now gets a poller of its own.
        if (this.pollers.get(tenantId) === poller) this.pollers.delete(tenantId);
        return;
      }
      poller.pause = moved ? Math.min(moving, poller.pause * 1.2) : Math.min(still, poller.pause * 1.6);
    }
  }

  private async look(task: FollowedTask, signal: AbortSignal): Promise<'moved' | 'still' | 'signedOut'> {
    try {
      const client = await this.options.client(task.tenantId);
      const status = await client.tasks.get(task.id, { signal, priority: 'batch' });
      return await this.take(task, withStatus(task, status, this.now()));
    } catch (error) {
      if (signal.aborted || this.get(task)?.state !== 'running') return 'still';
      this.options.failed(task.tenantId, error);
      // Whoever was told may have forgotten the tenant.
      if (!this.tasks.has(taskKey(task))) return 'still';
      if (ApiError.is(error, 'auth')) {
        this.put({ ...task, problem: error }, false);
        return 'signedOut';
      }
      if (this.isLost(task, error)) await this.end({ ...task, state: 'lost', endedAt: this.now(), problem: error });
      else this.put({ ...task, problem: error }, false);
      return 'still';
    }
  }

  private async take(task: FollowedTask, next: FollowedTask): Promise<'moved' | 'still'> {
    // Someone may have stopped following, or removed the tenant, while the answer was on its way.
    if (this.get(task)?.state !== 'running') return 'still';
    if (next.state !== 'running') await this.end(next);
    else if (hasProgressed(task, next) || task.problem !== undefined) this.put(next, false);
    return hasProgressed(task, next) ? 'moved' : 'still';
  }

  private async end(task: FollowedTask): Promise<void> {
    const key = taskKey(task);
    const look = this.diffAtEnd.get(key);
    this.diffAtEnd.delete(key);
    // What a task changed is an extra: when it cannot be read the end is told all the same.
    const differences = await look?.().catch((error: unknown) => {
      this.options.failed(task.tenantId, error);
      return undefined;
    });
    if (!this.tasks.has(key)) return;
    const ended = differences ? { ...task, differences } : task;
    this.put(ended, true);
    this.options.ended(ended, this.options.memory.claimEnd(ended));
  }

  private isLost(task: FollowedTask, error: unknown): boolean {
    if (ApiError.is(error, 'forbidden') || ApiError.is(error, 'unsupported')) return true;
    // By the service's own word: that a tenant cannot be read here says nothing about its tasks.
    return (
      ApiError.is(error, 'notFound') &&
      error.details.status === 404 &&
      this.now() - task.startedAt > this.pauses.unknown
    );
  }
}

function pause(poller: Poller, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const { signal } = poller.abort;
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    // Never the reason why a process lives on.
    timer.unref();
    signal.addEventListener('abort', done);
    poller.wake = done;
    if (signal.aborted) done();
  });
}
