import * as v from 'valibot';
import { COUNT, FILLED, readerOf, type Output } from '../../schema';
import {
  COPIED,
  NO_PARAMS,
  parsersFor,
  PERSON_LINK,
  type PersonLink,
  type RequestsOf,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';

/** All a panel of a batch remembers over a window reload. */
const BATCH_KEYS = v.object({
  batchId: FILLED,
  /** To have a title before the first answer. */
  title: v.string(),
  /** Something was sent, or may have been: a plan that is lost over a reload is another thing than a lost record. */
  begun: v.fallback(v.boolean(), false),
});
export type BatchKeys = Output<typeof BATCH_KEYS>;

/** Which people of a batch are listed. */
export const SHOWN = [
  'all',
  'chosen',
  'excluded',
  'skipped',
  'skip.duplicate',
  'skip.notFound',
  'skip.ambiguous',
  'skip.sameName',
  'skip.protected',
  'skip.owner',
  'skip.unchecked',
  'skip.unreadable',
  'skip.noEmail',
  'skip.registered',
  'planned',
  'going',
  'done',
  'failed',
  'unknown',
] as const;
export type Shown = (typeof SHOWN)[number];

/** Rows of one window at most: more is not drawn at once. */
const MOST_ROWS = 500;
const LONGEST_FILTER = 1000;

const ROW_QUERY = v.object({
  shown: v.picklist(SHOWN),
  /** Words that are looked for in name, alias, e-mail, what was asked for and what the service said. */
  filter: v.pipe(v.string(), v.maxLength(LONGEST_FILTER)),
});
export type RowQuery = Output<typeof ROW_QUERY>;

const ROW_WINDOW = v.object({
  ...ROW_QUERY.entries,
  offset: COUNT,
  limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_ROWS)),
});
export type RowWindow = Output<typeof ROW_WINDOW>;

/** A person of the batch, in words. */
export interface BatchRowContent {
  /** Number of the row in the batch: its key. */
  readonly row: number;
  /** What was asked for, where nobody was found for it. */
  readonly asked: string;
  readonly person: PersonLink | null;
  readonly alias: string;
  readonly email: string;
  readonly state: StateBadge;
  /** What the service said, or what went wrong. */
  readonly message: string;
  readonly trackingId: string;
  readonly excluded: boolean;
  /** False for whom the plan leaves out anyway. */
  readonly canExclude: boolean;
  /** What the person owns stands in the way: it can be shown. */
  readonly owner: boolean;
}

/** A window of the people that match, and where it begins: not past the end of a list that got shorter. */
export interface BatchRows {
  readonly rows: readonly BatchRowContent[];
  readonly offset: number;
  readonly matching: number;
  /** How many of those that match can be left out by hand, or taken in again. */
  readonly canLeaveOut: number;
  readonly canTakeIn: number;
}

const BATCH_ACTIONS = [
  'run',
  'retryFailed',
  'runRest',
  'pause',
  'resume',
  'cancel',
  'cancelPlan',
  'exportCsv',
  'exportJson',
  'unlock',
  'signIn',
  'showLog',
] as const;
export type BatchPanelAction = (typeof BATCH_ACTIONS)[number];

export interface BatchButton {
  readonly action: BatchPanelAction;
  readonly label: string;
  readonly icon: string;
  readonly primary: boolean;
  readonly enabled: boolean;
}

/** A number with what it counts: "17", "will be deleted". People behind it: it narrows the table to them. */
export interface Counter {
  readonly value: string;
  readonly label: string;
  readonly shown: Shown | null;
}

export interface Progress {
  readonly done: number;
  /** Zero: not known yet. */
  readonly of: number;
  readonly words: string;
}

/** Something to know, in words: why it waits, what "unknown" means. */
export interface BatchNote {
  readonly text: string;
  readonly icon: string;
  readonly tone: StateBadge['tone'];
  readonly button: BatchButton | null;
}

/** The three faces of a batch, and the two ways not to have one. */
export type BatchStage = 'planning' | 'plan' | 'run' | 'result' | 'failed';

export interface BatchPresent {
  readonly state: 'present';
  readonly face: BatchStage;
  readonly heading: string;
  /** "Plan", "Running", "Paused", "Result". */
  readonly standing: StateBadge;
  readonly tenant: TenantBadge;
  /** Where the people come from, and when. */
  readonly origin: string;
  /** What will happen and what cannot be undone; empty where that is past. */
  readonly effect: string;
  readonly progress: Progress | null;
  /** What each run brought, oldest first; empty where there was one at most. */
  readonly runs: readonly string[];
  /** Rate, remaining time. */
  readonly pace: readonly string[];
  readonly notes: readonly BatchNote[];
  readonly figures: readonly Counter[];
  readonly buttons: readonly BatchButton[];
  /** Rows of the whole batch. */
  readonly people: number;
  readonly canExclude: boolean;
  /** Milliseconds after which it is worth asking again without being told; null: nothing happens by itself. */
  readonly askAgain: number | null;
  /** Head of the column of addresses. */
  readonly address: string;
  readonly keys: BatchKeys;
}

export type BatchContent = BatchPresent | { readonly state: 'gone'; readonly sentence: string };

type BatchTextKey =
  | 'actions'
  | 'alias'
  | 'copied'
  | 'copyTracking'
  | 'excludeAll'
  | 'figures'
  | 'filterPeople'
  | 'first'
  | 'include'
  | 'includeAll'
  | 'last'
  | 'loadedAt'
  | 'loading'
  | 'name'
  | 'next'
  | 'nobody'
  | 'noMatch'
  | 'openPerson'
  | 'owns'
  | 'pages'
  | 'people'
  | 'previous'
  | 'progress'
  | 'retry'
  | 'showLog'
  | 'shown'
  | 'signIn'
  | 'state'
  | 'tracking'
  | 'will'
  | 'window';
export type BatchTexts = Readonly<Record<BatchTextKey, string>>;

export interface BatchStart {
  readonly keys: BatchKeys;
  readonly texts: BatchTexts;
}

const BATCH_PARAMS = {
  ready: NO_PARAMS,
  batch: NO_PARAMS,
  rows: ROW_WINDOW,
  exclude: v.object({ rows: v.pipe(v.array(COUNT), v.maxLength(MOST_ROWS)), excluded: v.boolean() }),
  /** Everybody who matches. */
  excludeAll: v.object({ ...ROW_QUERY.entries, excluded: v.boolean() }),
  act: v.object({ action: v.picklist(BATCH_ACTIONS) }),
  copy: COPIED,
  openIdentity: v.object({ ...PERSON_LINK.entries, owns: v.boolean() }),
};

interface BatchAnswers {
  readonly ready: BatchStart;
  readonly batch: BatchContent;
  readonly rows: BatchRows;
  readonly exclude: null;
  readonly excludeAll: null;
  readonly act: null;
  readonly copy: null;
  readonly openIdentity: null;
}
export type BatchRequests = RequestsOf<typeof BATCH_PARAMS, BatchAnswers>;

export const batchParams = parsersFor(BATCH_PARAMS);

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export const parseBatchKeys = readerOf(BATCH_KEYS);
