import { isFilter, plainWords, planQuery, type Asking } from '../../find/query';
import { describeFilter } from '../../lists/filterText';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, plain, type PlainText } from '../../text/plain';
import type { Answered } from './searchTenant';

/** As much of a query as a title has room for. */
const MAX_TITLE_LENGTH = 80;

/** How many were found and what was asked, in words; the filter or query itself stands in the row that opens all as a list. */
export function titleOf(title: PlainText, answers: readonly Answered[], text: string): PlainText {
  const used = answers.find((answer) => answer.used)?.used;
  return used ? joined([title, foundText(answers), askedText(used, text)], ' · ') : title;
}

/** Of those who have a role, which is called by its name: "Identities with Engineer (12)". What was typed narrows them. */
export function titleOfHaving(name: string, answers: readonly Answered[], text: string): PlainText {
  const number = numberText(answers);
  const having = number === undefined ? t('Identities with {0}', name) : t('Identities with {0} ({1})', name, number);
  return text === '' ? having : joined([having, t('matching "{0}"', shortened(text))], ' · ');
}

function foundText(answers: readonly Answered[]): PlainText | false {
  const number = numberText(answers);
  if (number === undefined) return false;
  const total = totalOf(answers);
  if (total === undefined) return t('{0} identities', number);
  return plural(total, { one: () => t('1 identity'), other: () => t('{0} identities', number) });
}

/** Undefined when a tenant failed or has no Search: what was not asked is not counted. */
function numberText(answers: readonly Answered[]): PlainText | undefined {
  if (answers.length === 0 || answers.some(({ notices }) => notices.length > 0)) return undefined;
  const total = totalOf(answers);
  if (total !== undefined) return formatNumber(total);
  const shown = answers.reduce((sum, { people }) => sum + people.length, 0);
  return t('more than {0}', formatNumber(shown));
}

/** Undefined while not all of them have said it. */
function totalOf(answers: readonly Answered[]): number | undefined {
  return answers.reduce<number | undefined>(
    (sum, { total }) => (sum === undefined || total === undefined ? undefined : sum + total),
    0,
  );
}

function askedText(used: Asking, text: string): PlainText {
  if (used.by === 'search') {
    if (used.words === undefined) return t('search: {0}', shortened(used.query));
    return used.similar
      ? t('spelled like "{0}" in names, emails, departments, titles and locations', shortened(used.words))
      : t('search for "{0}" in names, emails, departments, titles and locations', shortened(used.words));
  }
  if (isFilter(text)) return t('filter: {0}', shortened(describeFilter(text)));
  // A query that no Search could answer was asked for by its words.
  const words = shortened(planQuery(text).primary?.by === 'filter' ? text : plainWords(text));
  if (/^[0-9a-f]{32}$/i.test(words)) return t('the identity with ID {0}', words);
  return words.includes('@')
    ? t('emails and aliases that start with "{0}"', words)
    : t('names, aliases and emails that start with "{0}"', words);
}

function shortened(text: string): string {
  return text.length > MAX_TITLE_LENGTH ? `${text.slice(0, MAX_TITLE_LENGTH)}…` : plain(text);
}
