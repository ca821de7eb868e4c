/** One action on many people, as plain data: who, what was found out about each, what became of it. */
import type { Identity } from '../../api/identities';
import type { Mail, Skip } from '../action';
import { actionOf, type ActionId } from '../catalog';

/**
 * `planned`: not sent (yet). `sending`: on its way; read from a record, it is `unknown`. `started`: a task of the
 * service works on it. `done`: accepted, or its task ended well. `unknown`: sent, and no clear answer came; never sent
 * again by itself.
 */
export type RowState = 'planned' | 'sending' | 'started' | 'done' | 'failed' | 'unknown';

/** A person of a batch. */
export interface BatchRow {
  /** What was asked for: an id, an alias, an e-mail address. */
  readonly asked: string;
  /** Null when nobody was found. */
  readonly person: BatchPerson | null;
  readonly skip: Skip | null;
  /** Left out by hand. */
  readonly excluded: boolean;
  readonly state: RowState;
  /** What went wrong, as a sentence, or what the service said. */
  readonly message?: string;
  /** The service's, to quote to its support. */
  readonly trackingId?: string;
  /** The service's task that works on it. */
  readonly taskId?: string;
  /** The run that was to send it last, from 1. */
  readonly run?: number;
}

export interface BatchPerson {
  readonly id: string;
  readonly name: string;
  readonly alias?: string;
  /** Where mail goes, for the actions that send one. */
  readonly email?: string;
}

/**
 * `planning`: the plan is being made. `planned`: nothing was sent yet. `running`, `paused`. `ended`: nothing more is
 * sent; tasks of the service may still be running. `failed`: there is no plan (`problem` says why).
 */
export type Phase = 'planning' | 'planned' | 'running' | 'paused' | 'ended' | 'failed';

export interface Batch {
  readonly id: string;
  readonly tenantId: string;
  readonly action: ActionId;
  /** How a password-reset mail goes out. */
  readonly mail?: Mail;
  /** Where the people come from, in words: "12 selected people", "the view Unregistered". */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The first time. */
  readonly startedAt?: number;
  /** The last time. */
  readonly endedAt?: number;
  /** Oldest first; see `runsOf`. */
  readonly runs?: readonly BatchRun[];
  readonly phase: Phase;
  /** While planning: how many of how many people were looked at (0: not known yet). */
  readonly planProgress?: { readonly done: number; readonly of: number };
  readonly rows: readonly BatchRow[];
  /** Requests that were sent since the present run began, and when it did: for rate and remaining time. */
  readonly requestStats?: { readonly requests: number; readonly since: number };
  /** The rate limit or the service makes it wait until then (milliseconds since 1970). */
  readonly waitingUntil?: number;
  /** Why it was paused or stopped by itself, or why there is no plan: a sentence. */
  readonly problem?: string;
  /** True when another window runs it: this one only reads its record. */
  readonly elsewhere?: boolean;
  /** True when the window that ran it closed or was reloaded in the middle: what it had not sent was not sent. */
  readonly interrupted?: boolean;
  /** Another machine or container may run it, and gave no sign of life for a while. */
  readonly silent?: { readonly host: string };
  /** True when its record was damaged: whoever may have been in the lost part is unknown. */
  readonly damaged?: boolean;
  /** So many more people its list counts than it gave: whatever is done, it is not done to everybody. */
  readonly missing?: number;
  /** When it was hidden from the list (milliseconds since 1970). */
  readonly hiddenAt?: number;
}

/** What became of the people of a run. */
export type RunOutcome = Pick<Counts, 'planned' | 'sending' | 'started' | 'done' | 'failed' | 'unknown'>;

export interface BatchRun {
  readonly scope: Scope;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Missing while it goes on, and where its window closed in the middle. */
  readonly endedAt?: number;
  /** People it was to send. */
  readonly people: number;
  /** As it was when the next run began; the last run's is told by the rows. */
  readonly outcome?: RunOutcome;
}

export interface Counts {
  /** Would be, or was to be, acted on: neither skipped nor excluded. */
  readonly chosen: number;
  readonly skipped: number;
  readonly excluded: number;
  /** By state, of the chosen. */
  readonly planned: number;
  readonly sending: number;
  readonly started: number;
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
}

export function countsOf(rows: readonly BatchRow[]): Counts {
  const counts = {
    chosen: 0,
    skipped: 0,
    excluded: 0,
    planned: 0,
    sending: 0,
    started: 0,
    done: 0,
    failed: 0,
    unknown: 0,
  };
  for (const row of rows) {
    if (row.skip) counts.skipped++;
    else if (row.excluded) counts.excluded++;
    else {
      counts.chosen++;
      counts[row.state]++;
    }
  }
  return counts;
}

/** Requests for so many people. */
export function requestsFor(action: ActionId, people: number): number {
  return Math.ceil(people / actionOf(action).identitiesPerRequest);
}

/** Requests in a second within the client's own budget of 97 in 10.1 s. */
export const REQUESTS_PER_SECOND = 97 / 10.1;

/** Seconds that so many requests take within the rate limit, when nothing else uses it. */
export function secondsFor(requests: number): number {
  return Math.ceil(Math.max(0, requests - 1) / REQUESTS_PER_SECOND);
}

/** Which people a run sends. */
export type Scope = 'planned' | 'failed';

/** Numbers of the rows that a run with this scope would send. */
export function rowsIn(scope: Scope, rows: readonly BatchRow[]): number[] {
  return rows.flatMap((row, n) => (!row.skip && !row.excluded && row.person && row.state === scope ? [n] : []));
}

export function batchPerson({ id, name, alias, emailAddress }: Identity): BatchPerson {
  return { id, name, ...(alias ? { alias } : {}), ...(emailAddress ? { email: emailAddress } : {}) };
}
/** A batch without its people and without what is true for a moment only. */

export interface BatchSummary extends Omit<Batch, 'rows' | 'planProgress' | 'requestStats' | 'waitingUntil'> {
  readonly counts: Counts;
  /** Lines that its journal must have, as far as was noted. */
  readonly lines?: number;
}
/** A record that is there and cannot be used. */

export interface UnreadableRecord {
  readonly id: string;
  /** Why, as a clause without a word of what is in it. */
  readonly problem: string;
}
