import type { SearchMistake } from '../api/searchSyntax';
import { t } from './l10n';
import type { PlainText } from './plain';

/** A mistake in a query of Search as one sentence. */
export function searchMistakeText({ problem, found }: SearchMistake): PlainText {
  switch (problem) {
    case 'unclosedQuote':
      return t('The closing double quote is missing.');
    case 'unclosedBracket':
      return t('The bracket "{0}" is not closed.', found);
    case 'unopenedBracket':
      return t('The bracket "{0}" has no opening one before it.', found);
    case 'emptyBrackets':
      return t('There is nothing in the brackets.');
    case 'nothingBefore':
      return t('There is nothing before {0}.', found);
    case 'nothingAfter':
      return t('There is nothing after {0}.', found);
    case 'unfinishedField':
      return t('There is no value after "{0}".', found);
    case 'nothingEscaped':
      return t('There is nothing after the backslash.');
  }
}
