/** Which rows of a table are shown, in which order: a hundred thousand in slices, so that nothing waits for it. */
import type { Slices } from '../../actions/bulk/slices';
import { SEPARATOR, type Column } from '../../lists/columns';
import type { Facts } from '../../lists/facts';
import { orderReader, textReader } from './cells';
import type { TableEntry } from './gathering';

export interface ColumnFilter {
  readonly text: string;
  /** Exactly this; with an empty text: nothing is known. */
  readonly exact: boolean;
}

export interface Arrangement {
  /** Shown columns: those that the filter looks through. */
  readonly columns: readonly Column[];
  readonly filter: string;
  readonly filters: readonly (readonly [Column, ColumnFilter])[];
  readonly sort: { readonly column: Column; readonly order: 'ascending' | 'descending' } | undefined;
}

type FactsOf = (identityId: string) => Facts | undefined;

/** Rows between two rests: looking through one takes some microseconds. */
const ROWS_A_STEP = 200;
/** So many rows are sorted at once, and then merged in steps. */
const RUN = 2_000;

/**
 * Places of the entries that match, in their order. Entries that are nobody of their own come first, and are not sorted.
 *
 * @param among places to look at, where not all can match: those of a shorter filter
 */
export function* arrange(
  entries: readonly TableEntry[],
  factsOf: FactsOf,
  { columns, filter, filters, sort }: Arrangement,
  among?: readonly number[],
): Slices<readonly number[]> {
  const problems: number[] = [];
  const people: number[] = [];
  const matches = matcher(columns, filter, filters, factsOf);
  const count = among?.length ?? entries.length;
  for (let n = 0; n < count; n++) {
    if (n % ROWS_A_STEP === 0) yield;
    const place = among ? (among[n] ?? 0) : n;
    const entry = entries[place];
    if (!entry || !matches(entry)) continue;
    (entry.identity ? people : problems).push(place);
  }
  if (!sort) return [...problems, ...people];
  const sorted = yield* sortRows(people, entries, factsOf, sort);
  return [...problems, ...sorted];
}

/** Whether an entry is shown. */
function matcher(
  columns: readonly Column[],
  filter: string,
  filters: Arrangement['filters'],
  factsOf: FactsOf,
): (entry: TableEntry) => boolean {
  const wanted = filter.trim() === '' ? undefined : containing(filter.trim());
  const readers = columns.map(textReader);
  const narrowed = filters.map(([column, { text, exact }]) => {
    const read = textReader(column);
    const inText = containing(text);
    return (entry: TableEntry): boolean => {
      if (!entry.identity) return false;
      const words = read(entry.identity, factsOf(entry.key));
      if (!exact) return inText.test(words);
      return words === text || (column.isList === true && words.split(SEPARATOR).includes(text));
    };
  });
  return (entry) => {
    if (!narrowed.every((fits) => fits(entry))) return false;
    if (!wanted) return true;
    if (!entry.identity) return wanted.test(entry.asked);
    const { identity } = entry;
    const facts = factsOf(entry.key);
    return readers.some((read) => wanted.test(read(identity, facts)));
  };
}

/** A pattern that finds a text in any case. */
function containing(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
}

function* sortRows(
  places: readonly number[],
  entries: readonly TableEntry[],
  factsOf: FactsOf,
  { column, order }: NonNullable<Arrangement['sort']>,
): Slices<readonly number[]> {
  const read = orderReader(column);
  const keys: (number | string | undefined)[] = new Array<undefined>(entries.length).fill(undefined);
  for (const [n, place] of places.entries()) {
    if (n % ROWS_A_STEP === 0) yield;
    const entry = entries[place];
    keys[place] = entry?.identity && read(entry.identity, factsOf(entry.key));
  }
  const direction = order === 'ascending' ? 1 : -1;
  const compare = (a: number, b: number): number => compareKeys(keys[a], keys[b], direction) || a - b;
  return yield* mergeSort(places, compare);
}

/** What is unknown comes last in either direction; numbers before texts. */
function compareKeys(a: number | string | undefined, b: number | string | undefined, direction: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a !== typeof b) return typeof a === 'number' ? -direction : direction;
  return a < b ? -direction : direction;
}

/** Sorts in steps; what is alike keeps its order. */
function* mergeSort(places: readonly number[], compare: (a: number, b: number) => number): Slices<readonly number[]> {
  let runs: (readonly number[])[] = [];
  for (let from = 0; from < places.length; from += RUN) {
    yield;
    runs.push(places.slice(from, from + RUN).sort(compare));
  }
  while (runs.length > 1) {
    const merged: (readonly number[])[] = [];
    for (let n = 0; n < runs.length; n += 2) {
      const [a = [], b] = runs.slice(n, n + 2);
      merged.push(b ? yield* merge(a, b, compare) : a);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge(
  a: readonly number[],
  b: readonly number[],
  compare: (a: number, b: number) => number,
): Slices<readonly number[]> {
  const merged: number[] = [];
  let [inA, inB] = [0, 0];
  while (inA < a.length || inB < b.length) {
    if (merged.length % RUN === 0) yield;
    const [fromA, fromB] = [a[inA], b[inB]];
    const takesA = fromB === undefined || (fromA !== undefined && compare(fromA, fromB) <= 0);
    merged.push((takesA ? fromA : fromB) ?? 0);
    if (takesA) inA++;
    else inB++;
  }
  return merged;
}
