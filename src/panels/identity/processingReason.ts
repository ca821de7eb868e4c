import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { IdentityDocument } from '../../api/search';
import { formatDateTime, formatNumber } from '../../text/dates';
import { t } from '../../text/l10n';
import type { ProcessingReason } from './protocol';

/**
 * Why the last processing of an identity failed. Only the search index has it (`processingDetails`, contract-2 1.3): the identity
 * itself has the state alone. Index and identity may differ: the index lags behind.
 *
 * @throws ApiError when Search fails for another reason than that these credentials or this version have none
 */
export async function fetchProcessingReason(
  client: Client,
  identityId: string,
  signal: AbortSignal,
): Promise<ProcessingReason> {
  const fields = ['processingState', 'processingDetails'];
  try {
    const { items } = await client.search.identities(`id:"${identityId}"`, { limit: 1, fields }, { signal });
    return reasonIn(items.find(({ id }) => id === identityId));
  } catch (error) {
    if (!ApiError.is(error, 'forbidden')) throw error;
    const note = t('The reason is only in Search, which these credentials may not use.');
    return { message: null, details: [], note: `${note} ${whereToLook()}` };
  }
}

function reasonIn(document: IdentityDocument | undefined): ProcessingReason {
  const found = document?.processingDetails;
  // The index lags behind: what it has of an earlier processing is no reason for this error.
  const isOlder = document?.processingState === 'OK';
  if (!found || isOlder || !(found.message || found.stage || found.date)) {
    const note = isOlder
      ? t('Search does not know of this error yet, so it has no reason.')
      : t('Search has no details of the last processing.');
    return { message: null, details: [], note: `${note} ${whereToLook()}` };
  }
  const { message, stage, date, retryCount } = found;
  return {
    message: message || null,
    details: [
      ...(date ? [t('on {0}', formatDateTime(date))] : []),
      ...(stage ? [t('in the stage {0}', stage)] : []),
      ...(retryCount ? [t('retries: {0}', formatNumber(retryCount))] : []),
    ],
    note: t('From Search, which may lag behind.'),
  };
}

function whereToLook(): string {
  return t('In ISC, check the events of this identity and its identity profile.');
}
