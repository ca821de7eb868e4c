import assert from 'node:assert/strict';
import { ApiError } from '../../src/api/errors';
import { consoleOf, identityPage } from '../../src/commands/identities/openInIsc';

suite('the web console of a tenant', () => {
  const asking = (cloudDomainUrl?: string) => {
    const asked: string[] = [];
    return {
      asked,
      clients: {
        fetchInfo: (baseUrl: string) => {
          asked.push(baseUrl);
          return Promise.resolve(cloudDomainUrl === undefined ? {} : { cloudDomainUrl });
        },
      },
    };
  };

  test('is known of a host of ISC, without a question', async () => {
    const s = asking('https://other.example');
    assert.equal(await consoleOf(s, { baseUrl: 'https://acme.api.identitynow.com' }), 'https://acme.identitynow.com');
    assert.deepEqual(s.asked, []);
  });

  test('is what the info page of another host names', async () => {
    const s = asking('https://iga.acme.com/ui?x=1');
    assert.equal(await consoleOf(s, { baseUrl: 'https://api.acme.com' }), 'https://iga.acme.com');
    assert.deepEqual(s.asked, ['https://api.acme.com']);
  });

  test('is not made up where the info page names none that can be trusted', async () => {
    for (const named of [
      undefined,
      'http://iga.acme.com',
      'https://a:b@iga.acme.com',
      'https://127.0.0.1',
      'nothing',
    ]) {
      await assert.rejects(
        consoleOf(asking(named), { baseUrl: 'https://api.acme.com' }),
        (error) => ApiError.is(error, 'badAnswer') && error.message.includes('api.acme.com is not an ISC host'),
      );
    }
  });

  test('has a page for each person, whatever her id', () => {
    assert.equal(
      identityPage('https://acme.identitynow.com', 'a/b?c#d'),
      'https://acme.identitynow.com/ui/a/admin/identities/a%2Fb%3Fc%23d/details/attributes',
    );
  });
});
