/** What the tooltip of a list says. No vscode. */
import { describeFilter } from '../lists/filterText';
import type { IdentityQuery } from '../lists/query';
import { sorterWords } from '../lists/text';
import { errorReason } from '../text/errors';
import { t } from '../text/l10n';
import type { PlainText } from '../text/plain';
import type { ListNode } from './nodes';
import { problemWords } from './problemWords';

type Fact = readonly [PlainText, string | undefined];

/** The facts of a list with their names: what it asks, and why it cannot be asked or counted. */
export function listFacts({ list, loaded, opened, countFailure }: ListNode): Fact[] {
  const { query, problem, written } = list;
  // Once it is opened it counts itself.
  const failure = opened ? loaded.countFailure : countFailure;
  return [
    [t('Error in the settings'), problem && problemWords(problem)],
    [t('As written'), written],
    [t('Could not be counted'), failure === undefined ? undefined : errorReason(failure)],
    ...(query ? queryFacts(query) : []),
    [t('Kept'), list.origin === 'temporary' ? t('until this window is closed, unless it is saved') : undefined],
  ];
}

function queryFacts(query: IdentityQuery): Fact[] {
  if (query.by === 'search') {
    return [
      [t('Search'), query.query],
      [t('Sorted by'), t('display name')],
      [t('Hidden'), t('identities not (yet) in the search index')],
    ];
  }
  const { filter, sorter = 'name', includeUncorrelated } = query;
  return [
    [t('Filter'), filter === undefined ? undefined : describeFilter(filter)],
    [t('As sent'), filter ?? t('no filter')],
    [t('Sorted by'), sorterWords(sorter)],
    [t('Hidden'), includeUncorrelated ? t('no identities') : t('uncorrelated identities (see the list Uncorrelated)')],
  ];
}
