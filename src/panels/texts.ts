import * as vscode from 'vscode';
import type { IdentityTexts } from './protocol';

const t = vscode.l10n.t;

/** The texts of the identity panel's page. The page has none of its own, so that all are in the person's language. */
export function identityTexts(): IdentityTexts {
  return {
    actions: t('Actions'),
    added: t('Added'),
    attributes: t('Attributes'),
    copied: t('Copied {0}'),
    copyId: t('Copy id'),
    copyValue: t('Copy value of {0}'),
    empty: t('empty'),
    emptyList: t('empty list'),
    ends: t('Ends'),
    filterAttributes: t('Filter attributes'),
    lastRefresh: t('last refresh {0}'),
    lifecycle: t('lifecycle: {0}'),
    loading: t('Loading {0}'),
    manager: t('manager'),
    name: t('Name'),
    neverRefreshed: t('never refreshed'),
    noAttributes: t('This identity has no attributes.'),
    noMatch: t('No attribute matches "{0}".'),
    noRoles: t('No roles are assigned to this identity.'),
    openManager: t('Open {0}'),
    refresh: t('Refresh'),
    retry: t('Retry'),
    role: t('Role'),
    roleAssignments: t('Role assignments'),
    sections: t('Sections'),
    setByHand: t('set by hand'),
    shown: t('{0} of {1} shown'),
    showAll: t('Show all {0} characters'),
    showLess: t('Show less'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    starts: t('Starts'),
    synchronize: t('Synchronize attributes'),
    synchronizing: t('Synchronizing attributes'),
    value: t('Value'),
  };
}
