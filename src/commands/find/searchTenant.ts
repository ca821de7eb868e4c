import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { findIdentities, type FoundIdentities } from '../../find/findPeople';
import type { Asking, QueryPlan } from '../../find/query';
import type { Tenant } from '../../tenants/tenant';
import { errorText } from '../../text/errors';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';

interface Notice {
  readonly label: PlainText;
  readonly detail: PlainText;
}

/** What one tenant answered, with what the person must know of it. */
export interface Answered {
  readonly tenant: Tenant;
  readonly people: readonly Identity[];
  /** More match than these. */
  readonly hasMore: boolean;
  /** How it was asked in the end. */
  readonly used: Asking | undefined;
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
    return { tenant, people: found.people, hasMore: found.hasMore, used: found.used, notices: noSearch(tenant, found) };
  } catch (error) {
    if (signal.aborted || ApiError.is(error, 'cancelled')) throw error;
    const label = t('Could not search {0}', tenant.name);
    return {
      tenant,
      people: [],
      hasMore: false,
      used: decision.primary,
      notices: [{ label, detail: errorText(error, label) }],
    };
  }
}

function noSearch({ name }: Tenant, { searchUnavailable: error, people }: FoundIdentities): readonly Notice[] {
  if (!error) return [];
  const label =
    people.length > 0
      ? t('Search is unavailable in {0}: showing names that start with this text', name)
      : t('Search is unavailable in {0}, and no name starts with this text', name);
  return [{ label, detail: errorText(error, t('Could not use Search in {0}', name)) }];
}
