/** How many rows have each value of a column. */
import { inSlices, type Slices } from '../../actions/bulk/slices';
import { SEPARATOR, type Column } from '../../lists/columns';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import type { ColumnFilter } from './arrange';
import { drawnText, textReader } from './cells';
import type { TableEntry } from './gathering';
import type { TableGroup, TableGroups } from './protocol';
import type { Facts } from '../../lists/facts';

interface ValueCount {
  /** Empty: nothing is known. */
  readonly value: string;
  readonly count: number;
}

export interface Counted {
  readonly groups: readonly ValueCount[];
  /** Rows of values that are not listed. */
  readonly others: number;
  readonly words: PlainText;
}

/** Values that are listed: a person reads no more. */
export const MOST_GROUPS = 50;
const ROWS_A_STEP = 200;

/** @returns the most frequent values, and how many rows have others */
export function countValues(
  entries: readonly TableEntry[],
  column: Column,
  factsOf: (identityId: string) => Facts | undefined,
): Promise<Omit<Counted, 'words'>> {
  return inSlices(count(entries, column, factsOf));
}

function* count(
  entries: readonly TableEntry[],
  column: Column,
  factsOf: (identityId: string) => Facts | undefined,
): Slices<Omit<Counted, 'words'>> {
  const read = textReader(column);
  const counts = new Map<string, number>();
  for (const [n, { identity, key }] of entries.entries()) {
    if (n % ROWS_A_STEP === 0) yield;
    if (!identity) continue;
    const value = read(identity, factsOf(key));
    for (const one of column.isList ? value.split(SEPARATOR) : [value]) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const sorted = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  const others = sorted.slice(MOST_GROUPS).reduce((sum, { count }) => sum + count, 0);
  return { groups: sorted.slice(0, MOST_GROUPS), others };
}

export function presentGroups(
  { key, label }: Pick<Column, 'key' | 'label'>,
  { groups, others, words }: Counted,
  filter: ColumnFilter | undefined,
): TableGroups {
  const largest = Math.max(1, ...groups.map(({ count }) => count));
  return {
    column: key,
    label,
    groups: groups.map(({ value, count }): TableGroup => {
      const isKnown = value !== '';
      return {
        value: isKnown ? value : null,
        label: isKnown ? plain(drawnText(value)) : t('unknown'),
        count,
        share: count / largest,
        chosen: filter?.exact === true && filter.text === value,
      };
    }),
    more:
      others === 0
        ? ''
        : plural(others, {
            one: () => t('1 identity has another value.'),
            other: () => t('{0} identities have other values.', formatNumber(others)),
          }),
    counted: words,
  };
}
