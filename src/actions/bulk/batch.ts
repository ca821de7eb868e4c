/** One action on many people, as plain data: who, what was found out about each, what became of it. */
import * as v from 'valibot';
import type { Identity } from '../../api/identities';
import { COUNT, readOrField, TIME_MS, tolerantObject, type Output } from '../../schema';
import { MAIL, SKIP } from '../action';
import { ACTION_IDS, actionOf, type ActionId } from '../catalog';
import { t } from '../../text/l10n';

/**
 * `planned`: not sent (yet). `sending`: on its way; read from a record, it is `unknown`. `started`: a task of the
 * service works on it. `done`: accepted, or its task ended well. `unknown`: sent, and no clear answer came; never sent
 * again by itself.
 */
export const ROW_STATES = ['planned', 'sending', 'started', 'done', 'failed', 'unknown'] as const;
export type RowState = (typeof ROW_STATES)[number];

const BATCH_PERSON = v.object({
  id: v.string(),
  name: v.string(),
  alias: v.exactOptional(v.string()),
  /** Where mail goes, for the actions that send one. */
  email: v.exactOptional(v.string()),
});
export type BatchPerson = Output<typeof BATCH_PERSON>;

/** A person of a batch. */
export const BATCH_ROW = v.object({
  /** What was asked for: an id, an alias, an e-mail address. */
  asked: v.string(),
  /** Null when nobody was found. */
  person: v.nullable(BATCH_PERSON),
  skip: v.nullable(SKIP),
  /** Left out by hand. */
  excluded: v.boolean(),
  state: v.picklist(ROW_STATES),
  /** What went wrong, as a sentence, or what the service said. */
  message: v.exactOptional(v.string()),
  /** The service's, to quote to its support. */
  trackingId: v.exactOptional(v.string()),
  /** The service's task that works on it. */
  taskId: v.exactOptional(v.string()),
  /** The run that was to send it last, from 1. */
  run: v.exactOptional(COUNT),
});
export type BatchRow = Output<typeof BATCH_ROW>;

/**
 * `planning`: the plan is being made. `planned`: nothing was sent yet. `running`, `paused`. `ended`: nothing more is
 * sent; tasks of the service may still be running. `failed`: there is no plan (`problem` says why).
 */
const PHASES = ['planning', 'planned', 'running', 'paused', 'ended', 'failed'] as const;
export type Phase = (typeof PHASES)[number];

/** What became of the people of a run, by state. */
const RUN_OUTCOME = v.object({
  planned: COUNT,
  sending: COUNT,
  started: COUNT,
  done: COUNT,
  failed: COUNT,
  unknown: COUNT,
});
export type RunOutcome = Output<typeof RUN_OUTCOME>;

const COUNTS = v.object({
  /** Would be, or was to be, acted on: neither skipped nor excluded. */
  chosen: COUNT,
  skipped: COUNT,
  excluded: COUNT,
  /** By state, of the chosen. */
  ...RUN_OUTCOME.entries,
});
export type Counts = Output<typeof COUNTS>;

/** Which people a run sends. */
const SCOPES = ['planned', 'failed'] as const;
export type Scope = (typeof SCOPES)[number];

const BATCH_RUN = v.object({
  scope: v.picklist(SCOPES),
  /** Milliseconds since 1970. */
  startedAt: TIME_MS,
  /** Missing while it goes on, and where its window closed in the middle. */
  endedAt: v.exactOptional(TIME_MS),
  /** People it was to send. */
  people: COUNT,
  /** As it was when the next run began; the last run's is told by the rows. */
  outcome: v.exactOptional(RUN_OUTCOME),
});
export type BatchRun = Output<typeof BATCH_RUN>;

/** What a record says of its batch, without its people. Any version of this extension, a damaged disk or a hand may have written it. */
const STORED_SUMMARY = tolerantObject(
  {
    id: v.string(),
    tenantId: v.string(),
    /** Where the people come from, in words: "12 selected people", "the list Unregistered". */
    from: v.string(),
    action: v.picklist(ACTION_IDS),
    /** How a password-reset mail goes out. */
    mail: v.exactOptional(MAIL),
    /** Milliseconds since 1970. */
    createdAt: TIME_MS,
    /** The first time. */
    startedAt: v.exactOptional(TIME_MS),
    /** The last time. */
    endedAt: v.exactOptional(TIME_MS),
    phase: v.picklist(PHASES),
    counts: COUNTS,
  },
  {
    /** Oldest first; see `runsOf`. */
    runs: v.array(BATCH_RUN),
    /** Lines that its journal must have, as far as was noted. */
    lines: COUNT,
    /** Why it was paused or stopped by itself, or why there is no plan: a sentence. */
    problem: v.string(),
    /** True when the window that ran it closed or was reloaded in the middle: what it had not sent was not sent. */
    interrupted: v.boolean(),
    /** True when a person stopped its last run. */
    stopped: v.boolean(),
    /** True when its record was damaged: whoever may have been in the lost part is unknown. */
    damaged: v.boolean(),
    /** So many more people its list counts than it gave: whatever is done, it is not done to everybody. */
    missing: COUNT,
    /** When it was hidden from the list (milliseconds since 1970). */
    hiddenAt: TIME_MS,
  },
);
type StoredSummary = Output<typeof STORED_SUMMARY>;

/** What is found out about a batch when its record is looked at. */
interface Looked {
  /** True when another window runs it: this one only reads its record. */
  readonly elsewhere?: boolean;
  /** Another machine or container may run it, and gave no sign of life for a while. */
  readonly silent?: { readonly host: string };
}

export interface Batch extends Omit<StoredSummary, 'counts' | 'lines'>, Looked {
  readonly rows: readonly BatchRow[];
  /** While planning: how many of how many people were looked at (0: not known yet). */
  readonly planProgress?: { readonly done: number; readonly of: number };
  /** Requests that were sent since the present run began, and when it did: for rate and remaining time. */
  readonly requestStats?: { readonly requests: number; readonly since: number };
  /** The rate limit or the service makes it wait until then (milliseconds since 1970). */
  readonly waitingUntil?: number;
}

/** A batch without its people and without what is true for a moment only. */
export interface BatchSummary extends StoredSummary, Looked {}

/** A record that is there and cannot be used. */
export interface UnreadableRecord {
  readonly id: string;
  /** Why, as a clause without a word of what is in it. */
  readonly problem: string;
}

/** What it means that a field of a summary is missing or wrong. */
const PROBLEMS: Readonly<Record<string, string>> = {
  '': t('it is not a record'),
  action: t('its action is unknown to this version'),
  mail: t('its delivery method cannot be read'),
  createdAt: t('its times cannot be read'),
  startedAt: t('its times cannot be read'),
  endedAt: t('its times cannot be read'),
  phase: t('its state is unknown to this version'),
  counts: t('its counts are missing'),
};

/** The summary of a record. @returns a clause that says what is wrong with it otherwise */
export function parseSummary(value: unknown): BatchSummary | string {
  const found = readOrField(STORED_SUMMARY, value);
  return 'output' in found ? found.output : (PROBLEMS[found.wrong] ?? t('its subject is missing'));
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

/** Whether a person stopped it before all was sent. */
export function wasStopped(
  { phase, stopped }: { readonly phase: Phase; readonly stopped?: boolean | undefined },
  { planned }: Counts,
): boolean {
  return phase === 'ended' && stopped === true && planned > 0;
}

/** Requests for so many people. */
export function requestsFor(action: ActionId, people: number): number {
  return Math.ceil(people / actionOf(action).identitiesPerRequest);
}

/** Numbers of the rows that a run with this scope would send. */
export function rowsIn(scope: Scope, rows: readonly BatchRow[]): number[] {
  return rows.flatMap((row, n) => (!row.skip && !row.excluded && row.person && row.state === scope ? [n] : []));
}

/**
 * How a batch that does not run would go on: with whom, or by resuming. Undefined where there is nothing to send, or where it is
 * for the person to say whether what failed or what was not sent is meant.
 */
export function nextStep({ phase, rows }: Batch): Scope | 'resume' | undefined {
  if (phase === 'paused') return 'resume';
  if (phase !== 'planned' && phase !== 'ended') return undefined;
  const [only, ...others] = SCOPES.filter((scope) => rowsIn(scope, rows).length > 0);
  return others.length === 0 ? only : undefined;
}

export function batchPerson({ id, name, alias, emailAddress }: Identity): BatchPerson {
  return { id, name, ...(alias ? { alias } : {}), ...(emailAddress ? { email: emailAddress } : {}) };
}
