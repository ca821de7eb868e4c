import { isRecord } from '../../storage/shape';
import {
  noParams,
  personLink,
  type ParamParsers,
  type PersonLink,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';

/** All a panel of a batch remembers over a window reload. */
export interface BatchKeys {
  readonly batchId: string;
  /** To have a title before the first answer. */
  readonly title: string;
  /** Something was sent, or may have been: a plan that is lost over a reload is another thing than a lost record. */
  readonly begun: boolean;
}

/** Which people of a batch are listed. */
export const SHOWN = [
  'all',
  'chosen',
  'excluded',
  'skipped',
  'skip.duplicate',
  'skip.notFound',
  'skip.ambiguous',
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

export interface RowQuery {
  readonly shown: Shown;
  /** Words that are looked for in name, alias, e-mail, what was asked for and what the service said. */
  readonly filter: string;
}

export interface RowWindow extends RowQuery {
  readonly offset: number;
  readonly limit: number;
}

/** A person of the batch, in words. */
export interface BatchRowView {
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
  readonly rows: readonly BatchRowView[];
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

export type BatchView = BatchPresent | { readonly state: 'gone'; readonly sentence: string };

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

export interface BatchRequests {
  readonly ready: { readonly params: null; readonly result: BatchStart };
  readonly batch: { readonly params: null; readonly result: BatchView };
  readonly rows: { readonly params: RowWindow; readonly result: BatchRows };
  readonly exclude: {
    readonly params: { readonly rows: readonly number[]; readonly excluded: boolean };
    readonly result: null;
  };
  /** Everybody who matches. */
  readonly excludeAll: { readonly params: RowQuery & { readonly excluded: boolean }; readonly result: null };
  readonly act: { readonly params: { readonly action: BatchPanelAction }; readonly result: null };
  readonly copy: { readonly params: { readonly text: string }; readonly result: null };
  readonly openIdentity: { readonly params: PersonLink & { readonly owns: boolean }; readonly result: null };
}

/** Rows of one window at most: more is not drawn at once. */
const WINDOW = 500;

export const batchParams: ParamParsers<BatchRequests> = {
  ready: noParams,
  batch: noParams,
  rows: (params) => {
    const query = rowQuery(params);
    if (!query || !isRecord(params)) return undefined;
    const { offset, limit } = params;
    return isCount(offset) && isCount(limit) && limit > 0 && limit <= WINDOW ? { ...query, offset, limit } : undefined;
  },
  exclude: (params) => {
    if (!isRecord(params)) return undefined;
    const { rows, excluded } = params;
    if (!Array.isArray(rows) || rows.length > WINDOW || typeof excluded !== 'boolean') return undefined;
    const numbers: unknown[] = rows;
    return numbers.every(isCount) ? { rows: numbers, excluded } : undefined;
  },
  excludeAll: (params) => {
    const query = rowQuery(params);
    if (!query || !isRecord(params) || typeof params['excluded'] !== 'boolean') return undefined;
    return { ...query, excluded: params['excluded'] };
  },
  act: (params) => {
    const action = isRecord(params) ? BATCH_ACTIONS.find((known) => known === params['action']) : undefined;
    return action && { action };
  },
  copy: (params) => (isRecord(params) && typeof params['text'] === 'string' ? { text: params['text'] } : undefined),
  openIdentity: (params) => {
    const person = personLink(params);
    return person && isRecord(params) && typeof params['owns'] === 'boolean'
      ? { ...person, owns: params['owns'] }
      : undefined;
  },
};

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export function parseBatchKeys(state: unknown): BatchKeys | undefined {
  if (!isRecord(state)) return undefined;
  const { batchId, title, begun } = state;
  if (typeof batchId !== 'string' || batchId === '' || typeof title !== 'string') return undefined;
  return { batchId, title, begun: begun === true };
}

function rowQuery(params: unknown): RowQuery | undefined {
  if (!isRecord(params)) return undefined;
  const shown = SHOWN.find((known) => known === params['shown']);
  const { filter } = params;
  return shown && typeof filter === 'string' && filter.length <= 1000 ? { shown, filter } : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
