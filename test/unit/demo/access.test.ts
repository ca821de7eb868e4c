import assert from 'node:assert/strict';
import { request } from 'node:http';
import { OPERATIONS, type DemoOperation, type Operation } from '../../../src/demo/http/operations';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { asking, cause, field, type Ask } from './asking';

describe('demo: who may ask', () => {
  let demo: DemoTenant;
  let ask: Ask;
  let now = Date.UTC(2026, 4, 4, 12);

  beforeEach(async () => {
    demo = await startDemo({ identities: 50, now: () => now, tokenLifetime: 60 });
    ask = asking(demo);
  });
  afterEach(() => demo.close());

  const credentials = (more: Record<string, string> = {}): Record<string, string> => ({
    grant_type: 'client_credentials',
    client_id: demo.clientId,
    client_secret: demo.clientSecret,
    ...more,
  });
  const token = (body: BodyInit | null): Promise<Response> =>
    fetch(`${demo.baseUrl}/oauth/token`, { method: 'POST', body });
  const multipart = (fields: Record<string, string>): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };
  const list = (authorization: string): Promise<Response> =>
    fetch(`${demo.baseUrl}/v2024/identities?limit=1`, { headers: { authorization } });

  it('gives a token for a form and for multipart data', async () => {
    for (const body of [new URLSearchParams(credentials()), multipart(credentials())]) {
      const got = await token(body);
      const answer: unknown = await got.json();
      assert.equal(got.status, 200);
      assert.equal(field(answer, 'expires_in'), 60);
      const accessToken = String(field(answer, 'access_token'));
      assert.equal((await list(`Bearer ${accessToken}`)).status, 200);
      const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
      assert.equal(field(claims, 'client_id'), demo.clientId);
      assert.deepEqual(field(claims, 'authorities'), ['ORG_ADMIN']);
      // The claim need not hold names; what the endpoint says beside it does.
      assert.equal(field(answer, 'scope'), 'sp:scopes:all');
      assert.ok(!JSON.stringify(field(claims, 'scope')).includes('sp:scopes'));
      assert.equal(field(claims, 'exp'), now / 1000 + 60);
      assert.equal(field(claims, 'org'), 'demo');
    }
  });

  it('refuses a wrong secret, an unknown client, another grant and a form that is none', async () => {
    for (const [body, status, error] of [
      [new URLSearchParams(credentials({ client_secret: 'x' })), 401, 'invalid_client'],
      [new URLSearchParams(credentials({ client_id: 'x' })), 401, 'invalid_client'],
      [new URLSearchParams(credentials({ grant_type: 'password' })), 400, 'unsupported_grant_type'],
      [new URLSearchParams({}), 400, 'invalid_request'],
      ['{}', 400, 'invalid_request'],
      [null, 400, 'invalid_request'],
    ] as const) {
      const got = await token(body);
      assert.equal(got.status, status);
      assert.equal(field(await got.json(), 'error'), error);
    }
  });

  it('refuses a missing, made up, expired or revoked token', async () => {
    const old = `Bearer ${demo.accessToken()}`;
    assert.equal((await list(old)).status, 200);
    for (const wrong of ['', 'Bearer x', 'Bearer a.b.c', `${old}x`]) assert.equal((await list(wrong)).status, 401);
    demo.revokeTokens();
    const revoked = await list(old);
    assert.deepEqual(await revoked.json(), { error: 'JWT validation failed: JWT is expired' });
    const fresh = `Bearer ${demo.accessToken()}`;
    assert.equal((await list(fresh)).status, 200);
    now += 60_000;
    assert.equal((await list(fresh)).status, 401);
  });

  it('gives an API client a token without a user', async () => {
    const app = demo.issue({ userContext: false, scopes: ['idn:identity:read'] });
    const body = new URLSearchParams(credentials({ client_id: app.clientId, client_secret: app.clientSecret }));
    const answer: unknown = await (await token(body)).json();
    assert.equal(field(answer, 'scope'), 'idn:identity:read');
    assert.equal(field(answer, 'user_id'), undefined);
  });

  for (const [name, operation] of Object.entries(OPERATIONS) as [DemoOperation, Operation][]) {
    for (const version of operation.versions) {
      it(`${name} in ${version} looks at scope, level and user`, async () => {
        const {
          scopes,
          levels = [],
          app = false,
        } = (version === 'beta' && operation.betaPermission) || operation.permission;
        const path = operation.path.replace('{id}', demo.world.people.id(3)).replace('{assignmentId}', 'x');
        const status = async (grant: object): Promise<number> =>
          (await ask(operation.method, path, { version, grant, body: operation.method === 'POST' ? {} : undefined }))
            .status;
        const some = scopes.slice(0, 1);
        if (scopes.length > 0) assert.equal(await status({ scopes: ['sp:scopes:default'] }), 403);
        if (levels.length > 0) assert.equal(await status({ scopes: some, authorities: ['USER'] }), 403);
        const appStatus = await status({ scopes: some, userContext: false });
        assert.equal(appStatus === 403, !app);
        assert.notEqual(await status({ scopes: some, authorities: levels.slice(0, 1) }), 403);
      });
    }
  }

  it('wants the experimental header, except in beta', async () => {
    const path = `/identities/${demo.world.people.id(3)}/synchronize-attributes`;
    const headers = { 'X-SailPoint-Experimental': 'false' };
    for (const version of ['v2024', 'v1'] as const) {
      const got = await ask('POST', path, { version, headers });
      assert.equal(got.status, 400);
      assert.match(String(cause(got)), /X-SailPoint-Experimental/);
    }
    assert.equal((await ask('POST', path, { version: 'beta', headers })).status, 202);
  });

  it('allows 100 requests in any ten seconds per client and version', async () => {
    const statuses = async (count: number, version: 'v2024' | 'v1'): Promise<number[]> => {
      const query = { limit: '0' };
      const all = Array.from({ length: count }, () => ask('GET', '/identities', { version, query }));
      return (await Promise.all(all)).map(({ status }) => status);
    };
    assert.ok((await statuses(50, 'v2024')).every((status) => status === 200));
    now += 4_000;
    assert.equal((await statuses(60, 'v2024')).filter((status) => status === 429).length, 10);
    const refused = await ask('GET', '/identities');
    assert.equal(refused.headers.get('retry-after'), '6');
    assert.deepEqual(refused.body, { message: ' Rate Limit Exceeded ' });
    assert.ok((await statuses(10, 'v1')).every((status) => status === 200));
    assert.equal((await ask('GET', '/identities', { grant: {} })).status, 200);
    now += 6_000;
    assert.equal((await statuses(60, 'v2024')).filter((status) => status === 200).length, 50);
  });

  it('answers loopback names only', async () => {
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(`${demo.baseUrl}/oauth/info`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end();
      });
    assert.equal(await status('evil.example.com'), 421);
    assert.equal(await status('localhost:1'), 200);
  });

  it('tells who the tenant is without a token', async () => {
    const info: unknown = await (await fetch(`${demo.baseUrl}/oauth/info`)).json();
    assert.equal(field(info, 'tenantName'), 'demo');
    assert.equal(field(info, 'tokenEndpoint'), `${demo.baseUrl}/oauth/token`);
  });

  it('never logs a token or a secret', async () => {
    await token(new URLSearchParams(credentials()));
    await ask('GET', '/identities');
    const logged = JSON.stringify(demo.requests.list);
    assert.ok(!logged.includes(demo.clientSecret) && !logged.includes('Bearer'));
    assert.deepEqual(
      [demo.requests.count(), demo.requests.count('token'), demo.requests.count('listIdentities')],
      [2, 1, 1],
    );
  });

  it('answers 404 where nothing is, and 500 to its own bugs', async () => {
    assert.equal((await ask('GET', '/nothing')).status, 404);
    assert.equal((await ask('POST', '/search', { version: 'beta', body: {} })).status, 404);
    demo.world.identity = () => {
      throw new Error('a bug');
    };
    const got = await ask('GET', '/identities');
    assert.equal(got.status, 500);
    assert.equal(field(got.body, 'detailCode'), '500.0 Internal Fault');
    assert.ok(!JSON.stringify(got.body).includes('a bug'));
  });
});
