/** What there is to know about the rows of a table, in words, and what can be done about it. */
import { TooManyIdentitiesError } from '../../actions/bulk/resolveIdentities';
import { tooManyText } from '../../actions/bulk/text';
import { ApiError } from '../../api/errors';
import { errorText } from '../../text/errors';
import { formatDuration, formatList, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import type { EntryProblem, Gathering } from './gathering';
import type { TableAction, TableButton, TableNote } from './protocol';
import type { Table } from './table';
import type { TableView } from './view';

/** Columns that have to be asked for. */
export interface AskedColumns {
  readonly labels: readonly PlainText[];
  /** Requests that are not sent yet; zero while they are, or when all is known. */
  readonly requests: number;
  readonly durationMs: number;
  /** Identities for which all of them are loaded, of how many. */
  readonly loaded: { readonly done: number; readonly of: number };
  /** Why they could not be loaded. */
  readonly error: unknown;
}

export function button(action: TableAction, label: PlainText, icon: string, enabled = true): TableButton {
  return { action, label, icon, enabled };
}

export function notesOf(
  { gathering, view, isStale, keepsColumns }: Pick<Table, 'gathering' | 'view' | 'isStale' | 'keepsColumns'>,
  asked: AskedColumns,
): TableNote[] {
  return [
    ...failureNotes(gathering),
    ...askedNotes(asked),
    ...partNotes(gathering, view),
    ...entryNotes(gathering),
    ...(keepsColumns ? [] : [note('warning', 'warning', t('The columns could not be saved in the settings.'))]),
    ...(isStale ? [note('info', 'history', t('Identities changed after this table was loaded.'), reloadButton())] : []),
  ];
}

function failureNotes({ error, isShort, entries, total, query }: Gathering): TableNote[] {
  if (error instanceof TooManyIdentitiesError) return [note('error', 'error', tooManyText())];
  if (error !== undefined) {
    const again = ApiError.is(error, 'auth')
      ? button('signIn', t('Sign in again'), 'key')
      : button('retry', t('Retry'), 'refresh');
    return [note('error', 'error', errorText(error, t('Could not load the identities')), again)];
  }
  if (isShort) {
    const words = t(
      'ISC counts {0} identities and returned {1}.',
      formatNumber(total ?? 0),
      formatNumber(entries.length),
    );
    return [note('warning', 'warning', words, reloadButton())];
  }
  return query?.by === 'search' ? [note('info', 'info', t('From the search index, which lags behind ISC.'))] : [];
}

function askedNotes({ labels, requests, durationMs, error, loaded }: AskedColumns): TableNote[] {
  const what = formatList(labels);
  if (error !== undefined) {
    const words = errorText(error, t('Could not load {0}, so it is unknown', what));
    return [note('warning', 'warning', words, button('loadFacts', t('Retry'), 'refresh'))];
  }
  const [done, of] = [formatNumber(loaded.done), formatNumber(loaded.of)];
  const part = t(
    '{0}: loaded for {1} of {2} identities. Sorting, filtering and counting cover only those.',
    what,
    done,
    of,
  );
  if (requests === 0) return loaded.done < loaded.of ? [note('warning', 'warning', part)] : [];
  const cost = plural(requests, {
    one: () => t('Loading {0} takes 1 request.', what),
    other: () =>
      t(
        'Loading {0} takes {1} requests, about {2} at the rate that ISC allows.',
        what,
        formatNumber(requests),
        formatDuration(Math.ceil(durationMs / 1000)),
      ),
  });
  const words = loaded.done > 0 ? joined([part, cost]) : cost;
  return [note('info', 'cloud-download', words, button('loadFacts', t('Load'), 'cloud-download'))];
}

/** A part of a list is not the list: what was sorted and filtered is said. */
function partNotes(gathering: Gathering, view: TableView): TableNote[] {
  const { isWhole, isLoading, entries, total } = gathering;
  if (isWhole || entries.length === 0) return [];
  const loaded = formatNumber(entries.length);
  const all = total === undefined ? undefined : formatNumber(total);
  const what = ((): PlainText | undefined => {
    if (view.isFiltered) {
      return all === undefined
        ? t('The filter covers the {0} identities loaded so far.', loaded)
        : t('The filter covers the {0} of {1} identities loaded so far.', loaded, all);
    }
    if (!view.sort || view.isSortedByIsc) return undefined;
    return all === undefined
      ? t('Sorted among the {0} identities loaded so far.', loaded)
      : t('Sorted among the {0} of {1} identities loaded so far.', loaded, all);
  })();
  return what === undefined ? [] : [note('warning', 'filter', what, isLoading ? null : loadAllButton(gathering))];
}

export function loadAllButton({ total }: Gathering): TableButton {
  const label = total === undefined ? t('Load all') : t('Load all {0}', formatNumber(total));
  return button('loadAll', label, 'cloud-download');
}

function entryNotes({ entries }: Gathering): TableNote[] {
  const counts = new Map<EntryProblem, number>();
  for (const { problem } of entries) if (problem) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  if (counts.size === 0) return [];
  const parts = [...counts].map(([problem, count]) => problemWords(problem, formatNumber(count)));
  return [note('warning', 'question', t('On top: {0}.', formatList(parts)))];
}

function problemWords(problem: EntryProblem, count: PlainText): PlainText {
  switch (problem) {
    case 'notFound':
      return t('{0} not found', count);
    case 'several':
      return t('{0} that fit several identities', count);
    case 'unreadable':
      return t('{0} that cannot be read', count);
    case 'again':
      return t('{0} that repeat an identity', count);
  }
}

function reloadButton(): TableButton {
  return button('reload', t('Reload'), 'refresh');
}

function note(tone: TableNote['tone'], icon: string, text: string, action: TableButton | null = null): TableNote {
  return { tone, icon, text, button: action };
}
