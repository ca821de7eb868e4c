import type { IdentityList } from '../lists/list';
import { formatNumber } from '../text/dates';
import { listName } from '../lists/text';
import { problemWords } from './problemWords';
import type { ListNode } from './nodes';
import { row } from './treeItem';
import type { TreeItem } from '../ui/treeItem';
import { plural, t } from '../text/l10n';
import { joined, type PlainText } from '../text/plain';

const BUILT_IN_ICONS: Readonly<Record<string, string>> = {
  all: 'list-unordered',
  processingErrors: 'error',
  uncorrelated: 'debug-disconnect',
  unregistered: 'person-add',
  locked: 'lock',
  protected: 'verified',
  found: 'search',
};

/** The row of a list: its count once known, or what is wrong with it. */
export function listItem({ list, loaded, counted, opened }: ListNode): TreeItem {
  const name = listName(list);
  const context = list.origin === 'builtIn' ? `list.builtIn.${list.id}` : `list.${list.origin}`;
  if (list.problem) {
    const problem = problemWords(list.problem);
    return row({
      label: name,
      description: problem,
      icon: 'warning',
      color: 'list.warningForeground',
      // No menu of a list: it is none. A click opens the settings.
      context: 'mistake',
      opens: true,
      spoken: t('{0}, cannot be shown: {1}', name, problem),
    });
  }
  // Once rows were loaded, an older number must not stand for the one that could not be read.
  const total = loaded.total ?? (opened && loaded.started ? undefined : counted);
  return row({
    label: name,
    ...descriptionOf(list, total),
    icon: BUILT_IN_ICONS[list.id] ?? (list.query?.by === 'search' ? 'search' : 'list-filter'),
    context,
    spoken: joined([total === undefined ? name : withCount(name, total), isTemporary(list) && t('temporary')], ', '),
    expands: true,
  });
}

/** The number alone: a narrow row has no room for more, except where it must be told that the list will go. */
function descriptionOf(list: IdentityList, total: number | undefined): { readonly description?: PlainText } {
  const words = joined([total !== undefined && formatNumber(total), isTemporary(list) && t('temporary')], ' · ');
  return words === '' ? {} : { description: words };
}

function isTemporary({ origin }: IdentityList): boolean {
  return origin === 'temporary';
}

function withCount(name: PlainText, total: number): PlainText {
  return plural(total, {
    one: () => t('{0}, 1 identity', name),
    other: () => t('{0}, {1} identities', name, formatNumber(total)),
  });
}
