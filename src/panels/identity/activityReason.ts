import type { AccountActivity, AccountActivityItem } from '../../api/accountActivities';
import type { Account } from '../../api/accounts';
import type { Client, Page } from '../../api/client';
import { ApiError } from '../../api/errors';
import { formatDateTime, formatNumber } from '../../text/dates';
import { errorReason } from '../../text/errors';
import { t } from '../../text/l10n';
import { joined, plain, type PlainText } from '../../text/plain';
import type { ProcessingReason } from './protocol';

/** The newest account activities, looked through for one that failed. */
const ACTIVITIES_LOOKED_AT = 50;
/** Errors and items of one activity that are shown; how many more there are is said. */
const MOST_LINES = 10;
/** Of attributes with such names the value is not shown. */
const SECRET_NAME = /pass|pwd|secret|token|credential|pin(code)?$|key$/i;

/** A reason with its note in sentences, and whether a text of an error was found at all. */
type ActivityReason = Omit<ProcessingReason, 'note'> & {
  readonly note: readonly PlainText[];
  readonly isTold: boolean;
};

/** Reads the identity's accounts: an item names its source by ID alone, an account has its name as well. */
export type AccountsOf = (signal: AbortSignal) => Promise<Page<Account>>;

/**
 * What the latest account activity of the identity that failed says, by one request; one more for the identity's accounts where a
 * failed item has only the ID of its source. ISC does not tie an activity to a processing error, which the note says.
 *
 * Contract-2 2.2: `errors`, `warnings` and `items` may be null. `regarding-identity` also finds what this identity requested for
 * others: that is left out.
 *
 * @returns the reason, or a sentence on what was looked at in vain: nothing failed that is known, no permission, no answer
 * @throws only when the signal aborts
 */
export async function fetchActivityReason(
  client: Client,
  identityId: string,
  accounts: AccountsOf,
  signal: AbortSignal,
): Promise<ActivityReason | PlainText> {
  let page: Page<AccountActivity>;
  try {
    const params = { sorters: '-created', limit: ACTIVITIES_LOOKED_AT };
    page = await client.accountActivities.list(identityId, params, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return ApiError.is(error, 'forbidden')
      ? t('Account activities may not be read with these credentials.')
      : t('The account activities could not be checked: {0}', errorReason(error));
  }
  const activity = page.items.find((one) => isOf(one, identityId) && hasFailed(one));
  // Not "none failed": of some it may be unknown.
  if (!activity) return t('None of the latest account activities of this identity is known to have failed.');
  const items = worstOf(activity.items);
  const sources = items.some(lacksSourceName) ? await fetchSourceNames(accounts, signal) : new Map<string, string>();
  return reasonOf(activity, items, sources);
}

function reasonOf(
  activity: AccountActivity,
  items: readonly AccountActivityItem[],
  sources: ReadonlyMap<string, string>,
): ActivityReason {
  const { type, completed, modified, created, completionStatus, executionStatus, errors, warnings } = activity;
  const ended = completed || modified || created;
  const said = unique([
    ...errors.map(errorWords),
    ...warnings.map((warning) => t('Warning: {0}', warning ?? t('no readable text'))),
  ]);
  const [first, ...others] = said;
  const lines = [...others, ...unique(items.map((item) => itemWords(item, sources)))];
  const more = lines.length - MOST_LINES;
  return {
    message: first ?? null,
    details: [
      ended ? t('on {0}', formatDateTime(ended)) : t('time unknown'),
      completionWords(completionStatus),
      ...(completionStatus || !executionStatus ? [] : [t('execution status {0}', executionStatus)]),
    ],
    items: [...lines.slice(0, MOST_LINES), ...(more > 0 ? [t('{0} more', formatNumber(more))] : [])],
    note: [
      type
        ? t('From the account activity “{0}”, the latest of this identity in which something failed.', type)
        : t('From the latest account activity of this identity in which something failed; its type is unknown.'),
      t('ISC does not say whether it is the reason for the processing error.'),
    ],
    isTold: said.length > 0 || items.some((item) => item.errors.length > 0),
  };
}

/** Whether it is about this identity, and not one that this identity requested for another. */
function isOf({ targetIdentitySummary: target, requesterIdentitySummary: requester }: AccountActivity, id: string) {
  if (target?.identityId === id || target?.id === id) return true;
  if (target?.identityId !== undefined) return false;
  // It is the target or the requester, whoever is not said to be.
  return requester?.identityId !== id && requester?.id !== id;
}

/** Known to have failed (contract-2 2.2): it has ended, and not well. */
function hasFailed({ completionStatus, executionStatus, completed, errors, items }: AccountActivity): boolean {
  const completion = upper(completionStatus);
  // One that succeeded as a whole may still name what failed in it.
  if (completion === 'SUCCESS') return items.some(itemHasFailed);
  if (completion === 'FAILURE' || completion === 'INCOMPLETE') return true;
  const hasEnded = ['COMPLETED', 'TERMINATED'].includes(upper(executionStatus)) || Boolean(completed);
  return hasEnded && (errors.length > 0 || items.some(itemHasFailed));
}

function itemHasFailed({ provisioningStatus, errors }: AccountActivityItem): boolean {
  return upper(provisioningStatus) === 'FAILED' || errors.length > 0;
}

/** The items that failed; where none is known to, those that are not known to be done. */
function worstOf(items: readonly AccountActivityItem[]): readonly AccountActivityItem[] {
  const failed = items.filter(itemHasFailed);
  const isDone = ({ provisioningStatus }: AccountActivityItem) =>
    ['FINISHED', 'COMMITED', 'COMMITTED'].includes(upper(provisioningStatus));
  return failed.length > 0 ? failed : items.filter((item) => !isDone(item));
}

function lacksSourceName({ sourceName, sourceId }: AccountActivityItem): boolean {
  return !sourceName && Boolean(sourceId);
}

/** Names only help: without them the IDs are shown. */
async function fetchSourceNames(accounts: AccountsOf, signal: AbortSignal): Promise<Map<string, string>> {
  try {
    const { items } = await accounts(signal);
    return new Map(
      items.flatMap(({ sourceId, sourceName }) => (sourceId && sourceName ? [[sourceId, sourceName]] : [])),
    );
  } catch (error) {
    if (signal.aborted) throw error;
    return new Map();
  }
}

function itemWords(item: AccountActivityItem, sources: ReadonlyMap<string, string>): PlainText {
  const { sourceId, sourceName, nativeIdentity, operation, attribute, value, provisioningStatus, errors } = item;
  const name = sourceName || sources.get(sourceId ?? '');
  const id = sourceId ? t('source ID {0}', sourceId) : t('source unknown');
  return joined(
    [
      name ? plain(name, 200) : id,
      nativeIdentity ? t('account {0}', plain(nativeIdentity, 200)) : '',
      operationWords(operation),
      attribute ? attributeWords(attribute, value) : '',
      provisioningWords(provisioningStatus),
      ...unique(errors.map(errorWords)),
    ],
    ' · ',
  );
}

function attributeWords(attribute: string, value: string | null | undefined): PlainText {
  return plain(value && !SECRET_NAME.test(attribute) ? `${attribute}: ${value}` : attribute, 200);
}

function errorWords(text: string | null): PlainText {
  return text === null ? t('an error without readable text') : plain(text);
}

/** How the activity ended; a status this table does not know is shown as it came, one that is not said as unknown. */
function completionWords(status: string | null | undefined): PlainText {
  switch (upper(status)) {
    case 'FAILURE':
      return t('failed');
    case 'INCOMPLETE':
      return t('incomplete');
    case '':
      return t('completion status unknown');
    default:
      return t('completion status {0}', status ?? '');
  }
}

function operationWords(operation: string | null | undefined): PlainText {
  switch (upper(operation)) {
    case 'ADD':
      return t('add a value');
    case 'CREATE':
      return t('create the account');
    case 'MODIFY':
      return t('change the account');
    case 'DELETE':
      return t('delete the account');
    case 'DISABLE':
      return t('disable the account');
    case 'ENABLE':
      return t('enable the account');
    case 'UNLOCK':
      return t('unlock the account');
    case 'LOCK':
      return t('lock the account');
    case 'REMOVE':
      return t('remove a value');
    case 'SET':
      return t('set a value');
    case '':
      return t('operation unknown');
    default:
      return t('operation {0}', operation ?? '');
  }
}

function provisioningWords(status: string | null | undefined): PlainText {
  switch (upper(status)) {
    case 'FAILED':
      return t('provisioning failed');
    case 'PENDING':
      return t('provisioning pending');
    case 'RETRY':
      return t('provisioning is tried again');
    case 'UNVERIFIABLE':
      return t('provisioning cannot be verified');
    case '':
      return t('provisioning status unknown');
    default:
      return t('provisioning status {0}', status ?? '');
  }
}

function upper(text: string | null | undefined): string {
  return text?.trim().toUpperCase() ?? '';
}

function unique(texts: readonly PlainText[]): PlainText[] {
  return [...new Set(texts)];
}
