import type { Client } from '../../api/client';
import { and, equals, filterText } from '../../api/filter';
import type { IdentityFlags } from './protocol';

/**
 * Whether a person is protected and correlated. The service has no field for either, but lists can be filtered by
 * both: a list of nobody or of that person is the answer. What cannot be asked is unknown.
 */
export async function fetchFlags(client: Client, identityId: string, signal: AbortSignal): Promise<IdentityFlags> {
  const holds = async (field: 'protected' | 'correlated'): Promise<boolean | null> => {
    const filters = filterText(and(equals('id', identityId), equals(field, true)));
    try {
      const { items } = await client.identities.list({ filters, defaultFilter: 'NONE', limit: 1 }, { signal });
      return items.length > 0;
    } catch {
      return null;
    }
  };
  const [isProtected, isCorrelated] = await Promise.all([holds('protected'), holds('correlated')]);
  return { protected: isProtected, correlated: isCorrelated };
}
