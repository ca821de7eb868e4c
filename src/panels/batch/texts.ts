import type { BatchTexts } from './protocol';
import { t } from '../../text/l10n';

/** The texts of a batch's page. */
export function batchTexts(): BatchTexts {
  return {
    actions: t('Actions'),
    alias: t('Alias'),
    copied: t('Copied {0}'),
    copyTracking: t('Copy tracking id {0}'),
    excludeAll: t('Leave out these {0}'),
    figures: t('Narrow the table to'),
    filterPeople: t('Filter people'),
    first: t('First page'),
    include: t('Act on {0}'),
    includeAll: t('Take in these {0}'),
    last: t('Last page'),
    loading: t('Loading {0}'),
    name: t('Name'),
    next: t('Next page'),
    nobody: t('Nobody was found.'),
    noMatch: t('Nobody matches.'),
    openPerson: t('Open {0}'),
    owns: t('Show what {0} owns'),
    pages: t('Pages'),
    people: t('People'),
    previous: t('Previous page'),
    progress: t('Progress'),
    retry: t('Retry'),
    shown: t('{0} of {1} shown'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    state: t('State'),
    tracking: t('tracking id {0}'),
    will: t('What will happen'),
    window: t('{0} to {1} of {2}'),
  };
}
