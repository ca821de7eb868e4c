import type { Client } from '../../api/client';
import { actionOf } from '../catalog';
import type { FollowedTask } from '../../tasks/task';
import type { BatchPerson } from './batch';
import type { OpenBatch } from './openBatch';
import type { BatchStoreOptions } from './options';
import { BEAT_MS } from './records';
import { startRun, type Run } from './run';
import { startedByTask } from './taskOutcome';

/** Milliseconds. Shorter waits are the even pace of the rate limit. */
const WORTH_TELLING_MS = 3_500;

export interface Beginning {
  readonly now: () => number;
  /** Why it failed for one person, as a sentence. */
  readonly reason: (error: unknown) => string;
  /** Why the run paused or stopped, as a sentence. */
  readonly trouble: (error: unknown) => string;
  readonly follow: BatchStoreOptions['follow'];
  readonly changed: BatchStoreOptions['onIdentitiesChanged'];
  /** Nothing more is sent, and every answer is in. Does not throw. */
  readonly ended: () => void;
}

/**
 * Begins to send the rows of a batch whose record is open: each is on record as `sending` before its request leaves. A window
 * that finds its record in other hands stops.
 */
export function beginRun(
  held: OpenBatch,
  client: Client,
  rows: readonly number[],
  { now, reason, trouble, follow, changed, ended }: Beginning,
): Run {
  const { action, mail } = held.batch;
  const run = startRun({
    client,
    action,
    mail,
    rows,
    person: (n) => held.rows[n]?.person ?? { id: '', name: '' },
    describe: reason,
    recordState: (numbers, state) => {
      if (state === 'sending') held.recordSending(numbers);
      else held.record({ rows: numbers, state });
      held.countRequests();
    },
    recordOutcome: (numbers, outcome) => {
      held.record({ rows: numbers, ...outcome });
      const people = peopleOf(held, numbers);
      const ids = people.map(({ id }) => id);
      if (outcome.taskId !== undefined) follow(held.batch, outcome.taskId, people);
      else if (outcome.state === 'done' && actionOf(action).removes) changed('deleted', held.batch.tenantId, ids);
      else held.touched.push(...ids);
    },
    onProblem: (kind, error) => {
      const problem = trouble(error);
      held.update(kind === 'pause' ? { problem, phase: 'paused' } : { problem });
    },
    onWait: (milliseconds) => {
      if (milliseconds > WORTH_TELLING_MS) held.update({ waitingUntil: now() + milliseconds });
    },
  });
  const beats = setInterval(() => {
    if (!held.beat()) run.stop();
  }, BEAT_MS).unref();
  void run.ended
    .catch((error: unknown) => {
      held.update({ problem: trouble(error) });
    })
    .then(() => {
      clearInterval(beats);
      ended();
    });
  return run;
}

/**
 * Where nobody heard of the end of a task that works on people of this batch: it is followed again, or `tasks` has its end. Who
 * was started without a task that could be asked is unknown from now on.
 *
 * @param tasks that are followed, or were
 * @returns those that ended
 */
export function unheardTasks(
  held: OpenBatch,
  tasks: readonly FollowedTask[],
  follow: BatchStoreOptions['follow'],
): FollowedTask[] {
  const ended: FollowedTask[] = [];
  for (const [taskId, rows] of startedByTask(held.rows)) {
    const task = tasks.find((each) => each.tenantId === held.batch.tenantId && each.id === taskId);
    if (taskId === undefined) held.record({ rows, state: 'unknown' });
    else if (!task) follow(held.batch, taskId, peopleOf(held, rows));
    else if (task.state !== 'running') ended.push(task);
  }
  return ended;
}

function peopleOf(held: OpenBatch, numbers: readonly number[]): BatchPerson[] {
  return numbers.flatMap((n) => held.rows[n]?.person ?? []);
}
