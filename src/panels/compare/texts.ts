import type { CompareTexts } from './protocol';
import { t } from '../../text/l10n';

/** The texts of the page that compares two people; `byName` when they are of two tenants. */
export function compareTexts(byName: boolean): CompareTexts {
  return {
    actions: t('Actions'),
    attribute: t('Attribute'),
    attributes: t('Attributes'),
    both: t('In both'),
    byName: byName ? t('Compared by name, because IDs differ between tenants.') : '',
    compareJson: t('Compare as JSON'),
    comparison: t('Comparison'),
    differs: t('differs'),
    empty: t('none'),
    entitlements: t('Entitlements'),
    incomplete: t('Only the first 10,000 of each identity are compared.'),
    loadedAt: t('What is shown was loaded at {0}.'),
    loading: t('Loading {0}'),
    none: t('none'),
    noDifference: t('No attributes differ.'),
    only: t('Only {0}'),
    onlyDifferences: t('Only differences'),
    openPerson: t('Open {0}'),
    refresh: t('Refresh'),
    retry: t('Retry'),
    roles: t('Roles'),
    same: t('same'),
    sections: t('Sections'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    title: t('{0} compared with {1}'),
  };
}
