import { t } from '../../text/l10n';
import type { WhyTexts } from './protocol';

/** The texts of the role assignment panel's page. */
export function whyTexts(): WhyTexts {
  return {
    accounts: t('Accounts it provisions'),
    actions: t('Actions'),
    attribute: t('Attribute'),
    changedNow: t('differs now'),
    derived: t('derived'),
    dimensions: t('Dimensions'),
    evidence: t('How we know'),
    loading: t('Loading {0}'),
    matched: t('Matched attributes'),
    matchedValue: t('Matched'),
    noAccounts: t('The service names no account.'),
    openPerson: t('Open {0}'),
    peopleWith: t('Find people with this role'),
    presentValue: t('Now'),
    refresh: t('Refresh'),
    requested: t('Requested with'),
    retry: t('Retry'),
    same: t('still so'),
    showLog: t('Show log'),
    signIn: t('Sign in again'),
    timeline: t('Timeline'),
    unknown: t('unknown'),
    via: t('through {0}'),
    whyTitle: t('Why does {0} have {1}?'),
  };
}
