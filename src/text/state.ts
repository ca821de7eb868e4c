import type { Identity } from '../api/identities';
import { t } from './l10n';
import { plain, type PlainText } from './plain';

/** How a state is shown: a codicon, a word (never colour alone) and the tone that picks a theme colour. */
export interface StatusLabel {
  readonly icon: string;
  readonly word: PlainText;
  readonly tone: 'ok' | 'info' | 'warning' | 'error' | 'off';
}

/** Of an identity that ISC does not delete. */
export const PROTECTED: StatusLabel = { icon: 'verified', word: t('protected'), tone: 'info' };

/**
 * The one state a row shows: the first that applies of processing error, then identity status. A status this table
 * does not know is shown as it came (the service may add values at any time).
 */
export function identityStatusLabel(identity: Pick<Identity, 'processingState' | 'identityStatus'>): StatusLabel {
  if (identity.processingState?.toUpperCase() === 'ERROR')
    return { icon: 'error', word: t('processing error'), tone: 'error' };
  return statusLabel(identity.identityStatus);
}

/** The identity status alone, in words. */
export function statusLabel(status: string | null | undefined): StatusLabel {
  switch (status?.toUpperCase()) {
    case 'LOCKED':
      return { icon: 'lock', word: t('locked'), tone: 'warning' };
    case 'TERMINATED':
      return { icon: 'circle-slash', word: t('terminated'), tone: 'off' };
    case 'DEACTIVATED':
      return { icon: 'circle-slash', word: t('deactivated'), tone: 'off' };
    case 'DISABLED':
      return { icon: 'circle-slash', word: t('disabled'), tone: 'off' };
    case 'PENDING':
      return { icon: 'clock', word: t('pending'), tone: 'info' };
    case 'UNREGISTERED':
      return { icon: 'person-add', word: t('unregistered'), tone: 'info' };
    case 'WARNING':
      return { icon: 'warning', word: t('warning'), tone: 'warning' };
    case 'ERROR':
      return { icon: 'error', word: t('error'), tone: 'error' };
    case 'ACTIVE':
      return { icon: 'person', word: t('active'), tone: 'ok' };
    case 'REGISTERED':
      return { icon: 'person', word: t('registered'), tone: 'ok' };
    default:
      return { icon: 'person', word: status ? plain(status) : t('status unknown'), tone: 'off' };
  }
}
