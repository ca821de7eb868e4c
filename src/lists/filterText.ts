import type { Filter, FilterValue } from '../api/filter';
import { parseFilter } from '../api/filterParser';
import { formatList } from '../text/dates';
import { t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';

/** How the fields of the identities list are called. */
export const FIELD_WORDS: Readonly<Record<string, PlainText>> = {
  id: t('ID'),
  name: t('display name'),
  alias: t('alias'),
  firstname: t('first name'),
  lastname: t('last name'),
  email: t('email address'),
  cloudStatus: t('status'),
  processingState: t('processing state'),
  correlated: t('correlated'),
  protected: t('protected'),
};

/** How their operators are called. */
export const OPERATOR_WORDS: Readonly<Record<string, PlainText>> = {
  eq: t('is'),
  sw: t('starts with'),
  in: t('is one of'),
};

/** A filter as a person would say it; the text itself where it cannot be read. */
export function describeFilter(text: string): PlainText {
  const parsed = parseFilter(text);
  return parsed.ok ? words(parsed.filter) : plain(text);
}

function words(filter: Filter): PlainText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.parts.map((part) => (part.kind === 'and' || part.kind === 'or' ? t('({0})', words(part)) : words(part))),
        filter.kind === 'and' ? t(' and ') : t(' or '),
      );
    case 'not':
      return t('not ({0})', words(filter.part));
    case 'test':
      return describeCondition(filter);
  }
}

/** "status is LOCKED" */
export function describeCondition({ field, operator, values }: Extract<Filter, { kind: 'test' }>): PlainText {
  return plain(
    `${FIELD_WORDS[field] ?? field} ${OPERATOR_WORDS[operator] ?? operator} ${formatList(values.map(valueWords))}`,
  );
}

function valueWords(value: FilterValue): string {
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  return value instanceof Date ? value.toISOString() : String(value);
}
