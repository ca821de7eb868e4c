import { t } from '../../text/l10n';
import type { WhyTexts } from './protocol';

/** The texts of the role assignment panel's page. */
export function whyTexts(): WhyTexts {
  return {
    accounts: t('Accounts provisioned by this role'),
    actions: t('Actions'),
    attribute: t('Attribute'),
    changedNow: t('now different'),
    derived: t('derived'),
    dimensions: t('Dimensions'),
    evidence: t('Evidence'),
    loadedAt: t('What is shown was loaded at {0}.'),
    loading: t('Loading {0}'),
    matched: t('Matched attributes'),
    matchedValue: t('Matched'),
    noAccounts: t('ISC reports no accounts.'),
    openPerson: t('Open {0}'),
    peopleWith: t('Find identities with this role'),
    presentValue: t('Now'),
    refresh: t('Refresh'),
    requested: t('Requested with'),
    retry: t('Retry'),
    same: t('unchanged'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    timeline: t('Timeline'),
    unknown: t('unknown'),
    via: t('via {0}'),
    whyTitle: t('Why does {0} have {1}?'),
  };
}
