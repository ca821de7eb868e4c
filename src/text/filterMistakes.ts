import type { FilterMistake } from '../api/filterParser';
import { formatList } from './dates';
import { t } from './l10n';
import { plain, type PlainText } from './plain';

/** A mistake in a filter or in sorters as one sentence. */
export function filterMistakeText({ problem, found, field = '', expected }: FilterMistake): PlainText {
  const usable = formatList(expected.map(expectedWord), 'disjunction');
  switch (problem) {
    case 'empty':
      return t('The filter is empty.');
    case 'tooDeep':
      return t('The filter is nested too deeply.');
    case 'unclosedString':
      return t('The closing double quote is missing.');
    case 'unknownField':
      return t('Unknown field "{0}". Use {1}.', found, formatList(expected));
    case 'unknownSorter':
      return t(
        '"{0}" cannot be used for sorting. Use {1}, each with an optional "-" in front.',
        found,
        formatList(expected),
      );
    case 'unknownOperator':
      return t('Unknown operator "{0}". Use {1} with {2}.', found, usable, field);
    case 'operatorNotSupported':
      return t('"{0}" does not support {1}. Use {2}.', field, found, usable);
    case 'wrongValue':
      return t('"{0}" must be compared with {1}.', field, usable);
    case 'unexpectedEnd':
      return t('The filter is incomplete. Expected {0}.', usable);
    case 'unexpected':
      return t('Expected {0}, found {1}.', usable, found);
  }
}

/** Forms of values have words; words of the grammar are set apart from those of the sentence. */
function expectedWord(word: string): PlainText {
  switch (word) {
    case 'a number':
      return t('a number');
    case 'a date such as 2018-12-18T23:05:55Z':
      return t('a date such as 2018-12-18T23:05:55Z');
    default:
      return plain(word.replace(/^(and|or|[(),])$/, '"$1"'));
  }
}
