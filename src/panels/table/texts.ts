import { t } from '../../text/l10n';
import type { TableTexts } from './protocol';

/** The texts of a table's page. */
export function tableTexts(): TableTexts {
  return {
    all: t('All rows'),
    ascending: t('Sort ascending'),
    clearFilter: t('Clear filters'),
    columnMenu: t('Column {0}'),
    columns: t('Columns'),
    copied: t('Copied {0}'),
    descending: t('Sort descending'),
    equals: t('{0} is {1}'),
    filterColumn: t('Filter {0}'),
    filterRows: t('Filter rows'),
    groupBy: t('Group by'),
    groups: t('{0} by count'),
    hideColumn: t('Hide column'),
    loading: t('Loading {0}'),
    loadedAt: t('What is shown was loaded at {0}.'),
    moreActions: t('More'),
    moveLeft: t('Move left'),
    moveRight: t('Move right'),
    narrower: t('Make narrower'),
    noGroup: t('No grouping'),
    noMatch: t('No matches.'),
    nobody: t('No identities.'),
    none: t('No sorting'),
    resize: t('Resize {0}'),
    retry: t('Retry'),
    rows: t('Rows'),
    selected: t('{0} selected'),
    showLog: t('Show log'),
    shown: t('{0} of {1} shown'),
    signIn: t('Sign in again'),
    stop: t('Stop'),
    table: t('Identities'),
    unknown: t('unknown'),
    wider: t('Make wider'),
  };
}
