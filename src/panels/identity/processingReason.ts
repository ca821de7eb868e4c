import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { filterText } from '../../api/filter';
import type { IdentityDocument } from '../../api/search';
import type { TaskStatus } from '../../api/tasks';
import { formatDateTime, formatNumber } from '../../text/dates';
import { errorReason } from '../../text/errors';
import { t } from '../../text/l10n';
import { fetchActivityReason, type AccountsOf } from './activityReason';
import type { ProcessingReason } from './protocol';

/** The newest tasks that ended badly, looked through for the identity. */
const TASKS_LOOKED_AT = 100;
const BAD_END = filterText({
  kind: 'test',
  field: 'completionStatus',
  operator: 'in',
  values: ['ERROR', 'WARNING', 'TEMPERROR'],
});

/**
 * Why the last processing of an identity failed. The identity itself has the state alone. Search has details (`processingDetails`,
 * contract-2 1.3), but not of every error, and its index lags behind; else a task of the tenant may name the identity in an error
 * (contract 2.8); else an account activity of the identity may have failed (contract-2 2.2). Each is asked only where those before
 * it gave no reason, by one request.
 *
 * @param accounts reads the identity's accounts, for the names of sources; the panel has them already or needs them anyway
 * @returns `message` and `items` empty where no reason was found; `note` then says what was looked at and where to look
 * @throws ApiError when Search fails for another reason than that these credentials or this version have none
 */
export async function fetchProcessingReason(
  client: Client,
  identityId: string,
  signal: AbortSignal,
  accounts: AccountsOf = (call) => client.accounts.list(identityId, {}, { signal: call }),
): Promise<ProcessingReason> {
  const searched = await fetchFromSearch(client, identityId, signal);
  if (typeof searched !== 'string') return searched;
  const looked = [searched];
  try {
    const told = await fetchFromTasks(client, identityId, signal);
    if (told) return told;
    looked.push(t('None of the latest failed tasks names this identity.'));
  } catch (error) {
    if (signal.aborted) throw error;
    looked.push(t('The tasks of the tenant could not be checked: {0}', errorReason(error)));
  }
  const found = await fetchActivityReason(client, identityId, accounts, signal);
  if (typeof found === 'string') return unknownReason([...looked, found]);
  const { isTold, note, ...reason } = found;
  const next = isTold ? [] : [t('It has no error text.'), whereToLook()];
  return { ...reason, note: [...note, ...next].join(' ') };
}

/** @returns the reason, or why Search does not have it */
async function fetchFromSearch(
  client: Client,
  identityId: string,
  signal: AbortSignal,
): Promise<ProcessingReason | string> {
  const fields = ['processingState', 'processingDetails'];
  // Pages of Java that nobody sees here.
  const withoutFields = ['processingDetails.stackTrace'];
  try {
    const params = { limit: 1, fields, withoutFields, includeNested: false };
    const { items } = await client.search.identities(`id:"${identityId}"`, params, { signal });
    return reasonIn(items.find(({ id }) => id === identityId));
  } catch (error) {
    if (!ApiError.is(error, 'forbidden')) throw error;
    return t('These credentials may not use Search, which has details of most errors.');
  }
}

function reasonIn(document: IdentityDocument | undefined): ProcessingReason | string {
  const found = document?.processingDetails;
  // The index lags behind: what it has of an earlier processing is no reason for this error.
  if (document?.processingState === 'OK') return t('Search does not know of this error yet, so it has no reason.');
  if (!found || !(found.message || found.stage || found.date)) {
    return t('Search has no details of the last processing.');
  }
  const { message, stage, date, retryCount } = found;
  return {
    message: message || null,
    details: [
      ...(date ? [t('on {0}', formatDateTime(date))] : []),
      ...(stage ? [t('in the stage {0}', stage)] : []),
      ...(retryCount ? [t('retries: {0}', formatNumber(retryCount))] : []),
    ],
    items: [],
    note: t('From Search, which may lag behind.'),
  };
}

async function fetchFromTasks(
  client: Client,
  identityId: string,
  signal: AbortSignal,
): Promise<ProcessingReason | undefined> {
  const params = { filters: BAD_END, sorters: '-created', limit: TASKS_LOOKED_AT };
  const { items } = await client.tasks.list(params, { signal });
  for (const task of items) {
    const message = errorAbout(task, identityId);
    if (message === undefined) continue;
    const ended = task.completed ?? task.created;
    const name = task.description || task.uniqueName || task.id;
    return {
      message,
      details: ended ? [t('on {0}', formatDateTime(ended))] : [],
      items: [],
      note: t('From the task “{0}”, the latest that reports an error of this identity.', name),
    };
  }
  return undefined;
}

/** What a task says of an error of the identity, if it does: names are not unique, only ids tell. */
function errorAbout({ target, messages }: TaskStatus, identityId: string): string | undefined {
  for (const { type, key, localizedText, parameters } of messages ?? []) {
    const text = localizedText?.message ?? key;
    if (!text || type.toUpperCase() !== 'ERROR') continue;
    const isNamed = parameters?.includes(identityId) === true || text.includes(identityId);
    if (isNamed || target?.id === identityId) return text;
  }
  return undefined;
}

function unknownReason(looked: readonly string[]): ProcessingReason {
  return { message: null, details: [], items: [], note: [...looked, whereToLook()].join(' ') };
}

function whereToLook(): string {
  return t('In ISC, check the events of this identity, its identity profile and the results of tasks.');
}
