import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Unreadable } from '../../../src/storage/problem';
import { formatCredentials, parseCredentials, type StoredCredentials } from '../../../src/tenants/credentials';
import { formatTenant, parseTenant } from '../../../src/tenants/record';
import type { StoredTenant } from '../../../src/tenants/tenant';
import { holdsAgainstAnyJson } from '../anyJson';

describe('what is stored of a tenant', () => {
  const tenant: fc.Arbitrary<StoredTenant> = fc.record({
    id: fc.uuid(),
    name: fc.string(),
    kind: fc.constant('isc' as const),
    baseUrl: fc.domain().map((host) => new URL(`https://${host}`).origin),
    version: fc.constantFrom('v2024', 'beta', 'v1'),
    environment: fc.constantFrom('production', 'sandbox', 'development', 'other'),
    readOnly: fc.boolean(),
    auth: fc.constantFrom('pat', 'token'),
    order: fc.integer(),
  });

  it('is a whole tenant, or told to be damaged', () => {
    holdsAgainstAnyJson((json) => {
      try {
        return parseTenant(typeof json === 'object' && json && !('format' in json) ? { format: 1, ...json } : json);
      } catch (error) {
        assert.ok(error instanceof Unreadable);
        return undefined;
      }
    }, tenant);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(tenant, (stored) => {
        assert.deepEqual(parseTenant(JSON.parse(formatTenant(stored))), { ...stored });
      }),
    );
  });

  it('is whole credentials, or none', () => {
    const credentials: fc.Arbitrary<StoredCredentials> = fc.record({
      credentials: fc.oneof(
        fc.record({ kind: fc.constant('pat' as const), clientId: fc.string(), clientSecret: fc.string() }),
        fc.record({ kind: fc.constant('token' as const), accessToken: fc.string() }),
      ),
      origin: fc.webUrl(),
    });
    fc.assert(
      fc.property(credentials, (stored) => {
        assert.deepEqual(parseCredentials(formatCredentials(stored.credentials, stored.origin ?? '')), {
          ...stored,
          credentials: { ...stored.credentials },
        });
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        parseCredentials(text);
      }),
    );
  });
});
