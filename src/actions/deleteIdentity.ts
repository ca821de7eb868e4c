import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import { and, equals, filterText } from '../api/filter';
import { formatNumber } from '../text/dates';
import { plural, t } from '../text/l10n';
import { joined } from '../text/plain';
import type { Action, Checking, Skip } from './action';

/** Deletes identities that nothing protects (contract 2.9). */
export const deleteIdentity: Action = {
  operation: 'deleteIdentity',
  command: 'deleteIdentity',
  icon: 'trash',
  place: 'menu',
  identitiesPerRequest: 1,
  undoable: false,
  removes: true,
  label: () => t('Delete'),
  labelForSelected: () => t('Delete selected identities'),
  phrase: (whom, tenant) => t('delete {0} from {1}', whom, tenant),
  effect: ({ count: n, words }) =>
    joined([
      plural(n, {
        one: () => t('{0} is removed from ISC, including access and history.', words),
        other: () => t('{0} identities are removed from ISC, including their access and history.', formatNumber(n)),
      }),
      t(
        'If an authoritative source still has an account for a deleted identity, its next aggregation may recreate the identity. Deletion cannot be undone.',
      ),
    ]),
  button: ({ words }) => t('Delete {0}', words),
  progress: () => t('deleting'),
  accepted: ({ words }, tenant, { already }) =>
    already ? t('{0} was already deleted from {1}', words, tenant) : t('{0} deleted from {1}', words, tenant),
  planned: () => t('will be deleted'),
  done: () => t('deleted'),
  check: async (ids, checking) => {
    const isProtected = await fetchProtected(ids, checking);
    return (id) => checkDeletable(id, isProtected, checking);
  },
  checked: (whom) => t('{0} is not protected and owns nothing that blocks deletion (checked just now).', whom),
  send: async (client, [id = ''], _options, call) => {
    try {
      await client.identities.delete(id, call);
      return {};
    } catch (error) {
      // Gone is what was wanted, whoever did it.
      // A gateway answers 404, too: it is looked.
      if (isMissing(error) && (await isGone(client, id, { priority: call.priority }))) return { already: true };
      throw error;
    }
  },
  hasHappened: isGone,
};

/** Who of these is protected: the service has no field for it, but a filter. */
async function fetchProtected(ids: readonly string[], { client, call }: Checking): Promise<ReadonlySet<string>> {
  const [only = '', ...others] = ids;
  const isProtected = equals('protected', true);
  const filters = filterText(others.length > 0 ? isProtected : and(equals('id', only), isProtected));
  const found = new Set<string>();
  const pages = client.identities.listAll({ filters, defaultFilter: 'NONE' }, call);
  for await (const { items } of pages) for (const { id } of items) found.add(id);
  return found;
}

async function checkDeletable(
  id: string,
  isProtected: ReadonlySet<string>,
  { client, call, owned, failed }: Checking,
): Promise<Skip | null> {
  if (isProtected.has(id)) return { reason: 'protected' };
  try {
    const note = owned(await client.identities.ownership(id, call));
    return note === '' ? null : { reason: 'owner', note };
  } catch (error) {
    if (isMissing(error)) return { reason: 'notFound' };
    if (failsForEverybody(error)) throw error;
    return { reason: 'unchecked', note: failed(error) };
  }
}

async function isGone(client: Client, id: string, call: CallOptions): Promise<boolean> {
  try {
    await client.identities.get(id, call);
    return false;
  } catch (error) {
    return isMissing(error);
  }
}

/** By the service's own word: that its tenant is gone from here says nothing of an identity. */
function isMissing(error: unknown): boolean {
  return ApiError.is(error, 'notFound') && error.details.status === 404;
}

/** What fails for one person this way fails for all. */
function failsForEverybody(error: unknown): boolean {
  return (
    !ApiError.is(error) ||
    ['auth', 'forbidden', 'readOnly', 'network', 'certificate', 'unsupported', 'cancelled'].includes(error.reason)
  );
}
