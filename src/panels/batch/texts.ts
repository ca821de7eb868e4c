import type { BatchTexts } from './protocol';
import { t } from '../../text/l10n';

/** The texts of a batch's page. */
export function batchTexts(): BatchTexts {
  return {
    actions: t('Actions'),
    alias: t('Alias'),
    copied: t('Copied {0}'),
    copyTracking: t('Copy tracking ID {0}'),
    excludeAll: t('Exclude these {0}'),
    figures: t('Filter table by'),
    filterPeople: t('Filter identities'),
    first: t('First page'),
    include: t('Include {0}'),
    includeAll: t('Include these {0}'),
    last: t('Last page'),
    loadedAt: t('What is shown was loaded at {0}.'),
    loading: t('Loading {0}'),
    name: t('Name'),
    next: t('Next page'),
    nobody: t('No identities found.'),
    noMatch: t('No matches.'),
    openPerson: t('Open {0}'),
    owns: t('Show what {0} owns'),
    pages: t('Pages'),
    people: t('Identities'),
    previous: t('Previous page'),
    progress: t('Progress'),
    retry: t('Retry'),
    shown: t('{0} of {1} shown'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    state: t('State'),
    tracking: t('tracking ID {0}'),
    will: t('Planned action'),
    window: t('{0} to {1} of {2}'),
  };
}
