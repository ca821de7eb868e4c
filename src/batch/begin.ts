import type { Client } from '../api/client';
import type { Held } from './held';
import { startRun, type Run } from './run';
import type { Outcome } from './send';

/** Milliseconds. Shorter waits are the even pace of the rate limit. */
const WORTH_TELLING_MS = 3_500;

export interface Beginning {
  readonly now: () => number;
  /** Why it failed for one person, as a sentence. */
  readonly reason: (error: unknown) => string;
  /** Why the run paused or stopped, as a sentence. */
  readonly trouble: (error: unknown) => string;
  /** Takes what became of these rows. Does not throw. */
  readonly take: (rows: readonly number[], outcome: Outcome) => void;
}

/** Begins to send the rows of a batch whose record is open: each is on record as `sending` before its request leaves. */
export function beginRun(
  held: Held,
  client: Client,
  rows: readonly number[],
  { now, reason, trouble, take }: Beginning,
): Run {
  const { action, mail } = held.batch;
  return startRun({
    client,
    action,
    mail,
    rows,
    person: (n) => held.rows[n]?.person ?? { id: '', name: '' },
    describe: reason,
    mark: (numbers, state) => {
      if (state === 'sending') held.leaving(numbers);
      else held.keep({ rows: numbers, state });
      held.countRequests();
    },
    outcome: take,
    trouble: (kind, error) => {
      const problem = trouble(error);
      held.update(kind === 'pause' ? { problem, phase: 'paused' } : { problem });
    },
    waiting: (milliseconds) => {
      if (milliseconds > WORTH_TELLING_MS) held.update({ waitingUntil: now() + milliseconds });
    },
  });
}
