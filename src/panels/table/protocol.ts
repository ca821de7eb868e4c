import * as v from 'valibot';
import { COUNT, FILLED, readerOf, type Output } from '../../schema';
import { NARROWEST_PX, WIDEST_PX } from '../../lists/keptColumns';
import { NO_PARAMS, parsersFor, type RequestsOf, type StateBadge, type TenantBadge } from '../shared/protocol';

/** Whom a table is about, as far as that may be kept over a window reload: people who were pasted or selected may not. */
const SOURCE = v.variant('kind', [
  /** A list below a tenant, by its id. */
  v.object({ kind: v.literal('list'), listId: FILLED }),
  v.object({
    kind: v.literal('query'),
    query: v.variant('by', [
      v.object({ by: v.literal('search'), query: FILLED }),
      v.object({
        by: v.literal('filter'),
        filter: v.optional(FILLED),
        sorter: v.optional(FILLED),
        includeUncorrelated: v.boolean(),
      }),
    ]),
  }),
  /** People of this window; the id is made anew for each. */
  v.object({ kind: v.literal('people'), peopleId: FILLED }),
]);
export type TableSource = Output<typeof SOURCE>;

const TABLE_KEYS = v.object({ tenantId: FILLED, source: SOURCE, title: v.string() });
export type TableKeys = Output<typeof TABLE_KEYS>;

/** Rows of one window at most. */
const MOST_ROWS = 500;
const LONGEST_FILTER = 1000;
const MOST_COLUMNS = 1000;

const KEY = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_FILTER));
const PLACE = { order: COUNT };
const FILTER_TEXT = v.pipe(v.string(), v.maxLength(LONGEST_FILTER));

/** What a cell shows; no text: nothing is known. */
export interface TableCell {
  readonly text: string;
  /** Of a state: a codicon beside its word. */
  readonly icon?: string;
  readonly tone?: StateBadge['tone'];
  /** The tooltip, where it says more: an exact time, all of a long text. */
  readonly title?: string;
  /** It is being asked for. */
  readonly loading?: true;
}

export interface TableRow {
  /** Place in the order shown, from 0. */
  readonly index: number;
  /** Stays the same when the order changes. */
  readonly key: string;
  /** What screen readers call the row. */
  readonly name: string;
  readonly selected: boolean;
  /** One for each column; none for an entry that names nobody. */
  readonly cells: readonly TableCell[];
  /** Why an entry of a pasted list names nobody, or several; such a row cannot be selected. */
  readonly problem: StateBadge | null;
}

/** A window of the rows. */
export interface TableRows {
  /** As in `TablePresent`: rows of another version do not belong together. */
  readonly version: number;
  /** Counts the orders: places are sent with the one that they were seen in, and count for nothing in another. */
  readonly order: number;
  readonly offset: number;
  readonly rows: readonly TableRow[];
  /** Where the row stands now that was asked for by `find`; null: it is not shown any more. */
  readonly found?: number | null;
}

export interface TableColumn {
  readonly key: string;
  readonly label: string;
  readonly kind: 'text' | 'state' | 'moment' | 'flag' | 'number';
  readonly widthPx: number;
  readonly sorted: 'ascending' | 'descending' | null;
  /** Only rows with this text in the column, or with exactly this value, are shown; null: all. */
  readonly filter: { readonly text: string; readonly exact: boolean } | null;
}

/** Rows that have the same in a column. */
export interface TableGroup {
  /** What `filterColumn` is asked with; null: nothing is known. */
  readonly value: string | null;
  readonly label: string;
  readonly count: number;
  /** Of the largest group, 0…1: the length of its bar. */
  readonly share: number;
  /** The rows are narrowed to it. */
  readonly chosen: boolean;
}

export interface TableGroups {
  readonly column: string;
  readonly label: string;
  /** The largest first. */
  readonly groups: readonly TableGroup[];
  /** "and 12 more values"; empty where all are listed. */
  readonly more: string;
  /** What was counted: "of all 2,000 identities", "of the 5,000 loaded", "by ISC's search index". */
  readonly counted: string;
}

const TABLE_ACTIONS = [
  'loadAll',
  'loadFacts',
  'stop',
  'reload',
  'retry',
  'export',
  'copyMarkdown',
  'chooseColumns',
  'resetFilters',
  'actOnSelected',
  'signIn',
  'showLog',
] as const;
export type TableAction = (typeof TABLE_ACTIONS)[number];

export interface TableButton {
  readonly action: TableAction;
  readonly label: string;
  readonly icon: string;
  readonly enabled: boolean;
}

/** Something to know, in words: what the order is made of, what failed, what a column cannot say. */
export interface TableNote {
  readonly text: string;
  readonly icon: string;
  readonly tone: StateBadge['tone'];
  readonly button: TableButton | null;
}

export interface TablePresent {
  readonly state: 'present';
  readonly heading: string;
  readonly tenant: TenantBadge;
  /** "2,000 identities", "5,000 of 100,000 identities loaded". */
  readonly standing: string;
  /** While rows or columns are loaded; `of` is 0 where it is not known. */
  readonly progress: { readonly done: number; readonly of: number; readonly words: string } | null;
  readonly notes: readonly TableNote[];
  readonly columns: readonly TableColumn[];
  /** In all columns that are shown; empty: no filter. */
  readonly filter: string;
  /** Rows without any filter; with those on top that name nobody. */
  readonly total: number;
  /** Rows that match the filters; with those on top that name nobody. */
  readonly matching: number;
  readonly selected: number;
  /** Counts what changes rows, their order or the selection. */
  readonly version: number;
  readonly groups: TableGroups | null;
  readonly buttons: readonly TableButton[];
  readonly keys: TableKeys;
}

type TableContent = TablePresent | { readonly state: 'gone'; readonly sentence: string };

type TableTextKey =
  | 'actions'
  | 'ascending'
  | 'clearFilter'
  | 'clearFilters'
  | 'clearSelection'
  | 'close'
  | 'columnMenu'
  | 'contains'
  | 'descending'
  | 'equals'
  | 'filterColumn'
  | 'filterRows'
  | 'filters'
  | 'groupBy'
  | 'hideColumn'
  | 'isUnknown'
  | 'loading'
  | 'loadedAt'
  | 'moreActions'
  | 'moveLeft'
  | 'moveRight'
  | 'narrower'
  | 'noGroup'
  | 'noMatch'
  | 'nobody'
  | 'progress'
  | 'resize'
  | 'retry'
  | 'selectAll'
  | 'selected'
  | 'showLog'
  | 'shown'
  | 'signIn'
  | 'sortAscending'
  | 'sortDescending'
  | 'stop'
  | 'table'
  | 'unknown'
  | 'wider';
export type TableTexts = Readonly<Record<TableTextKey, string>>;

const PARAMS = {
  ready: NO_PARAMS,
  table: NO_PARAMS,
  rows: v.object({
    offset: COUNT,
    limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_ROWS)),
    /** The key of a row: where it stands now is answered, too. */
    find: v.optional(KEY),
  }),
  sort: v.object({ column: KEY, order: v.nullable(v.picklist(['ascending', 'descending'])) }),
  filter: v.object({ text: FILTER_TEXT }),
  /** Null takes the filter of the column away. `exact` with an empty text: rows of which nothing is known. */
  filterColumn: v.object({ column: KEY, filter: v.nullable(v.object({ text: FILTER_TEXT, exact: v.boolean() })) }),
  group: v.object({ column: v.nullable(KEY) }),
  /** The columns as they are to stand: order, widths, and which. */
  columns: v.object({
    columns: v.pipe(
      v.array(v.object({ key: KEY, widthPx: v.pipe(v.number(), v.toMinValue(NARROWEST_PX), v.toMaxValue(WIDEST_PX)) })),
      v.minLength(1),
      v.maxLength(MOST_COLUMNS),
    ),
  }),
  /** Rows by their places, both included; they mean nothing for `all` (that match) and `none`. */
  select: v.object({ ...PLACE, how: v.picklist(['only', 'add', 'toggle', 'all', 'none']), from: COUNT, to: COUNT }),
  /** The selected rows, or one cell, as text with tabs on the clipboard. @returns what was copied, in words */
  copy: v.object({ cell: v.nullable(v.object({ ...PLACE, row: COUNT, column: KEY })) }),
  open: v.object({ ...PLACE, row: COUNT }),
  act: v.object({ action: v.picklist(TABLE_ACTIONS) }),
};

interface Answers {
  readonly ready: { readonly keys: TableKeys; readonly texts: TableTexts; readonly tableId: string };
  readonly table: TableContent;
  readonly rows: TableRows;
  readonly sort: null;
  readonly filter: null;
  readonly filterColumn: null;
  readonly group: null;
  readonly columns: null;
  readonly select: null;
  readonly copy: { readonly words: string };
  readonly open: null;
  readonly act: null;
}

export type TableRequests = RequestsOf<typeof PARAMS, Answers>;
export const tableParams = parsersFor(PARAMS);
export const parseTableKeys = readerOf(TABLE_KEYS);
