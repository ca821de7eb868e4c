import assert from 'node:assert/strict';
import { Agent, request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'mocha';
import { API_VERSIONS } from '../../../src/api/versions';
import { startDemo, type DemoTenant } from '../../../src/demo/server';

/** The demo tenant against clients that nobody here wrote: SDKs, scripts, curl. */
describe('the demo tenant and other clients', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 300, rateLimit: Infinity });
  });
  after(() => demo.close());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(demo.baseUrl + path, { method, headers: { authorization: `Bearer ${demo.accessToken()}`, ...headers } });
  const path = (version: string): string => (version === 'v1' ? '/identities/v1' : `/${version}/identities`);
  const EXPERIMENTAL = { 'X-SailPoint-Experimental': 'true' };

  for (const version of API_VERSIONS) {
    for (const [how, query] of [
      ['as forms do', 'filters=name+sw+%22A%22+and+cloudStatus+eq+%22ACTIVE%22&limit=5'],
      ['percent-encoded', 'filters=name%20sw%20%22A%22%20and%20cloudStatus%20eq%20%22ACTIVE%22&limit=5'],
    ] as const) {
      it(`reads a query written ${how} in ${version}`, async () => {
        const answer = await get(`${path(version)}?${query}`, EXPERIMENTAL);
        assert.equal(answer.status, 200, await answer.clone().text());
        const people = (await answer.json()) as { name: string }[];
        assert.ok(people.length > 0 && people.every(({ name }) => name.startsWith('A')));
      });
    }
  }

  it('keeps a plus that is meant', async () => {
    const answer = await get('/v2024/identities?filters=alias+eq+%22a%2Bb%22', EXPERIMENTAL);
    assert.deepEqual([answer.status, await answer.json()], [200, []]);
  });

  it('takes header names in any case, and query parameters that are unknown or come twice', async () => {
    for (const name of ['x-sailpoint-experimental', 'X-SAILPOINT-EXPERIMENTAL']) {
      const answer = await get('/v2024/identities?limit=3&unknown=1&limit=3', { [name]: 'true' });
      assert.equal(answer.status, 200);
      assert.equal(((await answer.json()) as unknown[]).length, 3);
    }
  });

  it('answers methods it does not have with an error, not with people', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PUT']) {
      const answer = await get('/v2024/identities?limit=1', EXPERIMENTAL, method);
      assert.ok(answer.status >= 400, `${method}: ${String(answer.status)}`);
    }
  });

  it('keeps a connection usable after an error on it', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    const ask = (target: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${demo.accessToken()}`, ...EXPERIMENTAL };
        httpRequest(demo.baseUrl + target, { agent, headers }, (response) => {
          sockets.add(response.socket);
          response.resume().on('end', () => {
            resolve(response.statusCode ?? 0);
          });
        })
          .on('error', reject)
          .end();
      });
    try {
      const wrong = '/v2024/identities?filters=nonsense';
      const right = '/v2024/identities?limit=1';
      assert.deepEqual(
        [await ask(wrong), await ask(right), await ask('/nowhere'), await ask(right)],
        [400, 200, 404, 200],
      );
      assert.equal(sockets.size, 1);
    } finally {
      agent.destroy();
    }
  });

  it('gives tokens to forms of both kinds, and to two clients at once', async () => {
    const fields = { grant_type: 'client_credentials', client_id: demo.clientId, client_secret: demo.clientSecret };
    const urlencoded = new URLSearchParams(fields);
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    const answers = await Promise.all(
      [urlencoded, multipart, urlencoded].map((body) => fetch(`${demo.baseUrl}/oauth/token`, { method: 'POST', body })),
    );
    const tokens = await Promise.all(answers.map(async (answer) => (await answer.json()) as { access_token: string }));
    assert.equal(new Set(tokens.map(({ access_token: token }) => token)).size, 3);
    for (const { access_token: token } of tokens) {
      const answer = await get('/v2024/identities?limit=1', { ...EXPERIMENTAL, authorization: `Bearer ${token}` });
      assert.equal(answer.status, 200);
    }
  });
});
