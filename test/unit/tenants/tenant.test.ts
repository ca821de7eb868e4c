import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { apiAddress, consoleOrigin, endpointOrigin, tokenPage } from '../../../src/tenants/addresses';

describe('apiAddress', () => {
  const addresses: readonly [typed: string, baseUrl: string, name: string][] = [
    ['acme', 'https://acme.api.identitynow.com', 'acme'],
    ['  acme ', 'https://acme.api.identitynow.com', 'acme'],
    ['ACME', 'https://acme.api.identitynow.com', 'acme'],
    ['acme.identitynow.com', 'https://acme.api.identitynow.com', 'acme'],
    ['acme.identitynow-demo.com', 'https://acme.api.identitynow-demo.com', 'acme'],
    ['acme.api.identitynow-demo.com', 'https://acme.api.identitynow-demo.com', 'acme'],
    ['https://acme.api.identitynow.com', 'https://acme.api.identitynow.com', 'acme'],
    ['https://acme.api.identitynow.com/v2024/', 'https://acme.api.identitynow.com', 'acme'],
    ['https://acme.identitynow.com/ui/a/admin/identities?x=1#y', 'https://acme.api.identitynow.com', 'acme'],
    ['acme.saas.sailpointfedramp.com', 'https://acme.api.saas.sailpointfedramp.com', 'acme'],
    ['acme.identitysoon.com', 'https://acme.api.cloud.sailpoint.com', 'acme'],
    ['acme.login.sailpoint.com', 'https://acme.api.identitynow.com', 'acme'],
    ['acme-sb.identitynow.com', 'https://acme-sb.api.identitynow.com', 'acme-sb'],
    ['iga.acme.com', 'https://iga.acme.com', 'iga'],
    ['acme.com', 'https://acme.com', 'acme'],
    ['https://api.acme.com/x', 'https://api.acme.com', 'api'],
    ['acme.api.cloud.sailpoint.com', 'https://acme.api.cloud.sailpoint.com', 'acme'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080', '127.0.0.1:8080'],
    ['http://localhost:8080/x', 'http://localhost:8080', 'localhost:8080'],
    ['https://localhost:8443', 'https://localhost:8443', 'localhost:8443'],
    ['http://[::1]:9', 'http://[::1]:9', '[::1]:9'],
  ];
  for (const [typed, baseUrl, name] of addresses) {
    it(`takes ${typed}`, () => {
      const result = apiAddress(typed);
      assert.ok('baseUrl' in result);
      assert.deepEqual([result.baseUrl, result.name], [baseUrl, name]);
    });
  }

  const problems: readonly [typed: string, problem: string][] = [
    ['', 'empty'],
    ['   ', 'empty'],
    ['http://acme.api.identitynow.com', 'notHttps'],
    ['ftp://acme.identitynow.com', 'notHttps'],
    ['ac me', 'notAHost'],
    ['acme..com', 'notAHost'],
    ['-acme.com', 'notAHost'],
    ['acme_1', 'notAHost'],
    ['10.1.2.3', 'notAHost'],
    ['https://', 'notAHost'],
    ['https://me:pw@acme.identitynow.com', 'hasCredentials'],
    ['127.0.0.1.evil.com:x', 'notAHost'],
    ['api.identitynow.com', 'noTenant'],
    ['https://API.identitynow.com', 'noTenant'],
    ['identitynow-demo.com', 'noTenant'],
  ];
  for (const [typed, problem] of problems) {
    it(`refuses "${typed}": ${problem}`, () => {
      const result = apiAddress(typed);
      assert.equal('problem' in result ? result.problem : result.baseUrl, problem);
    });
  }

  it('answers anything typed with https or loopback, or with a problem; never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.domain()), (typed) => {
        const result = apiAddress(typed);
        if ('problem' in result) return;
        const url = new URL(result.baseUrl);
        assert.equal(url.origin, result.baseUrl);
        assert.ok(
          url.protocol === 'https:' || ['localhost', '[::1]'].includes(url.hostname) || url.hostname.startsWith('127.'),
        );
      }),
    );
  });

  it('takes its own answer again', () => {
    fc.assert(
      fc.property(fc.domain(), (host) => {
        const first = apiAddress(host);
        if ('problem' in first) return;
        assert.deepEqual(apiAddress(first.baseUrl), first);
      }),
    );
  });

  it('takes the token endpoint of a vanity host as it is, if it is https', () => {
    const asked = 'https://iga.acme.com';
    assert.equal(
      endpointOrigin('https://acme.api.identitynow.com/oauth/token', asked),
      'https://acme.api.identitynow.com',
    );
    assert.equal(endpointOrigin('https://iga.acme.com/oauth/token', asked), 'https://iga.acme.com');
    for (const bad of [undefined, 'x', 'http://acme.com/', 'http://127.0.0.1/', 'https://a:b@acme.com/']) {
      assert.equal(endpointOrigin(bad, asked), undefined);
    }
  });
});

describe('consoleOrigin', () => {
  for (const [typed, console] of [
    ['acme', 'https://acme.identitynow.com'],
    ['acme.identitynow-demo.com', 'https://acme.identitynow-demo.com'],
    ['acme.saas.sailpointfedramp.com', 'https://acme.saas.sailpointfedramp.com'],
    ['acme.identitysoon.com', 'https://acme.identitysoon.com'],
    ['acme.login.sailpoint.com', 'https://acme.identitynow.com'],
    ['iga.acme.com', undefined],
    ['localhost:8080', undefined],
  ] as const) {
    it(`is ${String(console)} for ${typed}`, () => {
      const address = apiAddress(typed);
      assert.ok('baseUrl' in address);
      assert.equal(consoleOrigin(address.baseUrl), console);
    });
  }
});

describe('tokenPage', () => {
  for (const [baseUrl, page] of [
    ['https://acme.api.identitynow.com', 'https://acme.identitynow.com/ui/d/user-preferences/personal-access-tokens'],
    [
      'https://acme.api.identitynow-demo.com',
      'https://acme.identitynow-demo.com/ui/d/user-preferences/personal-access-tokens',
    ],
    ['https://iga.acme.com', 'https://documentation.sailpoint.com/saas/help/common/generate_tokens.html'],
    ['http://127.0.0.1:8080', 'https://documentation.sailpoint.com/saas/help/common/generate_tokens.html'],
  ] as const) {
    it(`is ${page} for ${baseUrl}`, () => {
      assert.equal(tokenPage(baseUrl), page);
    });
  }
});
