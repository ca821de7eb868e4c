import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatCredentials, parseCredentials } from '../../../src/tenants/credentials';

describe('stored credentials', () => {
  const pat = { kind: 'pat', clientId: 'id', clientSecret: 's3cret' } as const;
  const token = { kind: 'token', accessToken: 'ey' } as const;
  const origin = 'https://acme.api.identitynow.com';

  it('hold the address they were given for', () => {
    for (const credentials of [pat, token]) {
      assert.deepEqual(parseCredentials(formatCredentials(credentials, origin)), { credentials, origin });
    }
  });

  it('of a version before are read without one', () => {
    assert.deepEqual(parseCredentials(JSON.stringify({ format: 1, ...pat })), { credentials: pat });
  });

  for (const stored of [
    '',
    'null',
    '[]',
    '"text"',
    '{"kind":"pat","clientSecret":"half-a',
    '{"format":1}',
    JSON.stringify({ format: 2, ...pat }),
    JSON.stringify({ format: 1, origin: 7, ...pat }),
    JSON.stringify({ format: 1, kind: 'pat', clientId: 'id' }),
    JSON.stringify({ format: 1, kind: 'token', accessToken: null }),
    JSON.stringify({ format: 1, ...token, kind: '__proto__' }),
  ]) {
    it(`cannot be read: ${stored.slice(0, 60)}`, () => assert.equal(parseCredentials(stored), undefined));
  }
});
