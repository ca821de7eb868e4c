import { ApiError } from '../../api/errors';
import { findIdentities, type FoundIdentities } from '../../find/findPeople';
import type { QueryPlan } from '../../find/query';
import { fetchCount } from '../../lists/pages';
import type { Tenant } from '../../tenants/tenant';
import { errorReason } from '../../text/errors';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';

interface Notice {
  readonly label: PlainText;
  readonly detail: PlainText;
}

/** What one tenant answered, with what the person must know of it. Without `used` nothing was answered. */
export interface Answered extends Pick<FoundIdentities, 'people' | 'hasMore' | 'rows' | 'used'> {
  readonly tenant: Tenant;
  /** How many match, once it is known. */
  readonly total: number | undefined;
  /** What the person must know: no Search, a failure. */
  readonly notices: readonly Notice[];
}

/**
 * Asks one tenant, one request at a time. Rejects only when the signal aborted; a failure is a notice.
 */
export async function searchTenant(
  clients: CommandDeps['clients'],
  tenant: Tenant,
  decision: QueryPlan,
  signal: AbortSignal,
): Promise<Answered> {
  try {
    const found = await findIdentities(await clients.for(tenant.id), decision, signal);
    const total = found.hasMore ? undefined : found.people.length;
    return { ...found, tenant, total, notices: noSearch(tenant, found) };
  } catch (error) {
    if (signal.aborted || ApiError.is(error, 'cancelled')) throw error;
    return {
      tenant,
      people: [],
      hasMore: false,
      rows: { items: [], next: undefined },
      total: 0,
      used: undefined,
      notices: [{ label: t('Could not search {0}', tenant.name), detail: errorReason(error) }],
    };
  }
}

/** The same with the number of all that match, where more do than came. It costs a request of its own, and may stay unknown. */
export async function withTotal(
  clients: CommandDeps['clients'],
  answer: Answered,
  signal: AbortSignal,
): Promise<Answered> {
  const { used, total, tenant } = answer;
  if (!used || total !== undefined) return answer;
  try {
    const client = await clients.for(tenant.id);
    return { ...answer, total: await fetchCount(client, used, { signal, priority: 'batch' }) };
  } catch (error) {
    if (signal.aborted || !ApiError.is(error)) throw error;
    return answer;
  }
}

function noSearch({ name }: Tenant, { searchUnavailable: error, people }: FoundIdentities): readonly Notice[] {
  if (!error) return [];
  const label =
    people.length > 0
      ? t('Search is unavailable in {0}: showing names that start with this text', name)
      : t('Search is unavailable in {0}, and no name starts with this text', name);
  return [{ label, detail: errorReason(error) }];
}
