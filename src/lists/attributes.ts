import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { IdentityAttribute } from '../api/reference';

/**
 * The identity attributes of a tenant, with the names that people gave them (contract-2 1.3).
 *
 * @returns none where the token may not ask for them (403): then there are only those that identities have
 * @throws ApiError
 */
export async function fetchAttributes(client: Client, options?: CallOptions): Promise<readonly IdentityAttribute[]> {
  try {
    return await client.identityAttributes.list(options);
  } catch (error) {
    if (ApiError.is(error, 'forbidden')) return [];
    throw error;
  }
}
