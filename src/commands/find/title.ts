import { plainWords, planQuery, type Asking } from '../../find/query';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import type { Answered } from './searchTenant';

/** As much of a query as a title has room for. */
const MAX_TITLE_LENGTH = 80;

/** How many were found and what was asked, in words; the filter or query itself stands in the row that keeps it. */
export function titleOf(title: PlainText, answers: readonly Answered[], text: string): PlainText {
  const used = answers.find((answer) => answer.used)?.used;
  return used ? joined([title, foundText(answers), askedText(used, text)], ' · ') : title;
}

/** Nothing when a tenant failed or has no Search: what was not asked is not counted. */
function foundText(answers: readonly Answered[]): PlainText | false {
  if (answers.some(({ notices }) => notices.length > 0)) return false;
  const found = answers.reduce((sum, { people }) => sum + people.length, 0);
  if (answers.some(({ hasMore }) => hasMore)) return t('more than {0} identities', formatNumber(found));
  return plural(found, {
    one: () => t('1 identity'),
    other: () => t('{0} identities', formatNumber(found)),
  });
}

function askedText(used: Asking, text: string): PlainText {
  if (used.by === 'search') {
    return used.words === undefined
      ? t('search: {0}', shortened(used.query))
      : t('search for "{0}" in names, emails, departments, titles and locations', shortened(used.words));
  }
  // A query that no Search could answer was asked for by its words.
  const words = shortened(planQuery(text).primary?.by === 'filter' ? text : plainWords(text));
  if (/^[0-9a-f]{32}$/i.test(words)) return t('the identity with ID {0}', words);
  return words.includes('@')
    ? t('emails and aliases that start with "{0}"', words)
    : t('names, aliases and emails that start with "{0}"', words);
}

function shortened(text: string): string {
  return text.length > MAX_TITLE_LENGTH ? `${text.slice(0, MAX_TITLE_LENGTH)}…` : text;
}
