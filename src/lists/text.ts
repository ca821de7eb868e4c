/** How lists of identities are called, and what they are sorted by. No vscode. */
import { t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';
import type { IdentityList } from './list';

const BUILT_IN_NAMES: Readonly<Record<string, PlainText>> = {
  all: t('All identities'),
  processingErrors: t('Processing errors'),
  uncorrelated: t('Uncorrelated'),
  unregistered: t('Unregistered'),
  locked: t('Locked'),
  protected: t('Protected'),
  found: t('Found'),
};

/** The display name of a list. */
export function listName(list: Pick<IdentityList, 'id' | 'name'>): PlainText {
  return list.name === undefined ? (BUILT_IN_NAMES[list.id] ?? plain(list.id)) : plain(list.name);
}

const SORTER_WORDS: Readonly<Record<string, PlainText>> = {
  name: t('display name'),
  alias: t('alias'),
  cloudStatus: t('status'),
};

/** "status, display name (descending)" */
export function sorterWords(sorters: string): PlainText {
  return joined(
    sorters.split(',').map((part) => {
      const field = part.trim().replace(/^-/, '');
      const word = SORTER_WORDS[field] ?? plain(field);
      return part.trim().startsWith('-') ? t('{0} (descending)', word) : word;
    }),
    ', ',
  );
}
