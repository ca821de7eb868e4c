import { randomUUID } from 'node:crypto';
import type { StoredTenant } from '../../../src/tenants/tenant';

/** A tenant as its file has it, with an id of its own. */
export function storedTenant(patch: Partial<StoredTenant> = {}): StoredTenant {
  return {
    id: randomUUID(),
    name: 'Acme',
    baseUrl: 'https://acme.api.identitynow.com',
    version: 'v2024',
    environment: 'production',
    readOnly: true,
    kind: 'isc',
    auth: 'pat',
    order: 1,
    ...patch,
  };
}
