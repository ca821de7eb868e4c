import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseLink } from '../../../src/tenants/addTenantLink';

describe('deep link', () => {
  it('takes a host and a name', () => {
    assert.deepEqual(parseLink('/add-tenant', 'host=acme&name=Acme%20Test'), {
      host: 'acme',
      baseUrl: 'https://acme.api.identitynow.com',
      name: 'Acme Test',
    });
    assert.equal(parseLink('/add-tenant', 'host=acme')?.name, 'acme');
  });

  for (const [path, query] of [
    ['/add-tenant', ''],
    ['/add-tenant', 'name=Acme'],
    ['/add-tenant', 'host=ac%20me'],
    ['/add-tenant', 'host=http://acme.identitynow.com'],
    ['/add-tenant', 'host=https://me:pw@acme.identitynow.com'],
    ['/add-tenant', 'host=acme&clientSecret=x'],
    ['/add-tenant', 'host=acme&accessToken=x'],
    ['/add-tenant', 'host=acme&host=evil'],
    ['/add-tenant', `host=acme&name=${'x'.repeat(101)}`],
    ['/remove-tenant', 'host=acme'],
  ] as const) {
    it(`refuses ${path}?${query.slice(0, 50)}`, () => assert.equal(parseLink(path, query), undefined));
  }
});
