/** A table in words, as its page shows it. */
import type { Tenant } from '../../tenants/tenant';
import { formatList, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import { tenantBadge } from '../shared/badges';
import type { StateBadge } from '../shared/protocol';
import { drawnText, isMissing, presentCell } from './cells';
import type { TableEntry, EntryProblem, Gathering } from './gathering';
import { button, loadAllButton, notesOf, type AskedColumns } from './notes';
import type { TableButton, TableGroups, TableKeys, TablePresent, TableRow } from './protocol';
import type { Table } from './table';
import type { TableView } from './view';
import type { Facts } from '../../lists/facts';

export interface TableState {
  readonly keys: TableKeys;
  readonly tenant: Tenant;
  readonly table: Pick<Table, 'gathering' | 'view' | 'isStale' | 'keepsColumns'>;
  readonly asked: AskedColumns;
  /** Identities whose columns were asked for, of how many; undefined while nothing is. */
  readonly asking: { readonly done: number; readonly of: number } | undefined;
  readonly groups: TableGroups | null;
}

export function presentTable(state: TableState): TablePresent {
  const { keys, tenant, table, asked, groups } = state;
  const { gathering, view } = table;
  return {
    state: 'present',
    heading: keys.title,
    tenant: tenantBadge(tenant),
    standing: standingText(gathering),
    progress: progressOf(state),
    notes: notesOf(table, asked),
    columns: view.columns.map(({ column: { key, label, kind }, widthPx }) => ({
      ...{ key, label, kind, widthPx },
      sorted: view.sort?.key === key ? view.sort.order : null,
      filter: view.filters.get(key) ?? null,
    })),
    filter: view.filter,
    total: gathering.entries.length,
    matching: view.order.length,
    selected: view.selection().length,
    version: view.version,
    groups,
    buttons: buttonsOf(gathering, view),
    keys,
  };
}

/** "2,000 identities", "5,000 of 100,000 identities loaded". */
function standingText({ entries, total, isWhole, isLoading, error }: Gathering): PlainText {
  const people = entries.filter(({ identity }) => identity).length;
  if (people === 0 && !isWhole) return isLoading || error !== undefined ? plain('') : t('Nothing loaded yet');
  if (isWhole) {
    return plural(people, {
      one: () => t('1 identity'),
      other: () => t('{0} identities', formatNumber(people)),
    });
  }
  return total === undefined
    ? t('{0} identities loaded, more in ISC', formatNumber(people))
    : t('{0} of {1} identities loaded', formatNumber(people), formatNumber(total));
}

function progressOf({ table: { gathering }, asking, asked }: TableState): TablePresent['progress'] {
  const { isLoading, entries, total, looked } = gathering;
  if (isLoading) {
    if (looked) {
      const words = t('Looking up {0} of {1} entries', formatNumber(looked.done), formatNumber(looked.of));
      return { ...looked, words };
    }
    const words =
      total === undefined
        ? t('Loading identities: {0}', formatNumber(entries.length))
        : t('Loading identities: {0} of {1}', formatNumber(entries.length), formatNumber(total));
    return { done: entries.length, of: total ?? 0, words };
  }
  if (!asking) return null;
  return {
    ...asking,
    words: t(
      'Loading {0}: {1} of {2} identities',
      formatList(asked.labels),
      formatNumber(asking.done),
      formatNumber(asking.of),
    ),
  };
}

function buttonsOf(gathering: Gathering, view: TableView): TableButton[] {
  const { isWhole, isLoading, entries } = gathering;
  const isEmpty = entries.length === 0;
  return [
    ...(isWhole || isLoading ? [] : [loadAllButton(gathering)]),
    button('actOnSelected', t('Actions...'), 'zap', view.selection().length > 0),
    button('chooseColumns', t('Columns...'), 'split-horizontal'),
    button('export', t('Export...'), 'export', !isEmpty),
    button('copyMarkdown', t('Copy as Markdown table'), 'markdown', !isEmpty),
    button('reload', t('Reload'), 'refresh', !isLoading),
  ];
}

/** A row of the order shown. */
export function presentTableRow(
  index: number,
  entry: TableEntry,
  view: TableView,
  factsOf: (identityId: string) => Facts | undefined,
  isAsked: (identityId: string) => boolean,
): TableRow {
  const { key, identity } = entry;
  if (!identity) {
    const problem = problemBadge(entry.problem, entry.names);
    return { index, key, name: drawnText(entry.asked), selected: false, cells: [], problem };
  }
  const facts = factsOf(key);
  const cells = view.columns.map(({ column }) =>
    isMissing(column, facts)
      ? isAsked(key)
        ? { text: '', loading: true as const }
        : { text: t('not loaded') }
      : presentCell(column, identity, facts),
  );
  return { index, key, name: drawnText(identity.name), selected: view.isSelected(key), cells, problem: null };
}

function problemBadge(problem: EntryProblem, names: readonly string[]): StateBadge {
  const name = drawnText(names[0] ?? '');
  switch (problem) {
    case 'notFound':
      return { icon: 'search-stop', word: t('not found: no ID, alias, email or name'), tone: 'warning' };
    case 'several':
      return {
        icon: 'question',
        word: t('fits {0} identities, so none was taken', formatNumber(names.length)),
        tone: 'warning',
      };
    case 'unreadable':
      return { icon: 'circle-slash', word: t('cannot be read as an ID, alias, email or name'), tone: 'warning' };
    case 'again':
      return { icon: 'copy', word: t('duplicate of {0}', name), tone: 'info' };
  }
}
