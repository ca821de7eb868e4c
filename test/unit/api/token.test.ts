import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import { permissionsFor } from '../../../src/api/permissions';
import { decodeClaims } from '../../../src/api/token';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { caught, clientOf } from './backend';

describe('api: access token', () => {
  let demo: DemoTenant;
  let now: number | undefined;
  beforeEach(async () => {
    now = undefined;
    demo = await startDemo({ identities: 600, rateLimit: Infinity, now: () => now ?? Date.now() });
  });
  afterEach(() => demo.close());

  it('is fetched once for calls that come together, and kept', async () => {
    const client = clientOf(demo);
    assert.equal(demo.requests.count(), 0);
    await Promise.all(Array.from({ length: 20 }, () => client.identities.list({ limit: 1 })));
    await client.oauth.claims();
    assert.equal(demo.requests.count('token'), 1);
    const [request] = demo.requests.list;
    assert.equal(request?.query, '');
    assert.equal(request.headers['content-type'], 'application/x-www-form-urlencoded');
  });

  it('one caller giving up does not take the flight from the others', async () => {
    demo.latencyMs = 50;
    const client = clientOf(demo);
    const stop = new AbortController();
    const gone = caught(client.identities.list({ limit: 1 }, { signal: stop.signal }));
    const stays = client.identities.list({ limit: 1 });
    stop.abort();
    assert.ok(ApiError.is(await gone, 'cancelled'));
    await stays;
    assert.equal(demo.requests.count('token'), 1);
  });

  it('is not fetched for a call that was cancelled before it began, and its failure is not left to nobody', async () => {
    const unhandled: unknown[] = [];
    const note = (e: unknown) => void unhandled.push(e);
    // Mocha listens itself and would fail the run; here it is what is looked at.
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
    try {
      const client = clientOf(demo, { credentials: { kind: 'pat', clientId: 'nobody', clientSecret: 'x' } });
      const error = await caught(client.identities.list({}, { signal: AbortSignal.abort() }));
      assert.ok(ApiError.is(error, 'cancelled'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(demo.requests.count(), 0);
      assert.deepEqual(unhandled, []);
    } finally {
      process.removeListener('unhandledRejection', note);
      for (const other of others) process.on('unhandledRejection', other);
    }
  });

  it('is used to its end while the token endpoint fails', async () => {
    const short = await startDemo({ identities: 10, tokenLifetime: 8 });
    try {
      const client = clientOf(short);
      await client.identities.list({ limit: 1 });
      short.faults.add({ kind: 'status', status: 503, operation: 'token', times: 3 });
      await new Promise((resolve) => setTimeout(resolve, 4_200));
      await client.identities.list({ limit: 1 });
      await client.identities.list({ limit: 1 });
      assert.equal(short.faults.pending, 0);
      assert.equal(short.requests.count('token'), 4);
      await new Promise((resolve) => setTimeout(resolve, 4_200));
      await client.identities.list({ limit: 1 });
      assert.equal(short.requests.count('token'), 5);
    } finally {
      await short.close();
    }
  });

  it('a failed fetch is not remembered', async () => {
    const client = clientOf(demo);
    demo.faults.add({ kind: 'status', status: 500, operation: 'token' });
    assert.ok(ApiError.is(await caught(client.identities.list()), 'server'));
    await client.identities.list();
  });

  it('is fetched again when refused, once, for a write as well', async () => {
    const client = clientOf(demo);
    const [person] = (await client.identities.list({ limit: 1 })).items;
    demo.revokeTokens();
    demo.requests.clear();
    await client.identities.process([person?.id ?? '']);
    assert.deepEqual(
      demo.requests.list.map(({ operation, status }) => [operation, status]),
      [
        ['startIdentityProcessing', 401],
        ['token', 200],
        ['startIdentityProcessing', 202],
      ],
    );
  });

  it('is renewed once for all that were refused together', async () => {
    const client = clientOf(demo);
    await client.identities.list({ limit: 1 });
    demo.revokeTokens();
    await Promise.all(Array.from({ length: 10 }, () => client.identities.list({ limit: 1 })));
    assert.equal(demo.requests.count('token'), 2);
  });

  it('is renewed before it ends', async () => {
    const short = await startDemo({ identities: 10, tokenLifetime: 4 });
    try {
      const client = clientOf(short);
      for (let until = Date.now() + 5_000; Date.now() < until; await new Promise((r) => setTimeout(r, 50))) {
        await client.identities.list({ limit: 1 });
      }
      assert.equal(short.requests.list.filter(({ status }) => status === 401).length, 0);
      assert.ok(short.requests.count('token') >= 3);
    } finally {
      await short.close();
    }
  });

  for (const skew of [-60_000, 60_000]) {
    it(`works with a clock ${skew / 1000} s off`, async () => {
      now = Date.now() + skew;
      const granted = clientOf(demo);
      await granted.identities.list({ limit: 1 });
      await granted.identities.list({ limit: 1 });
      assert.equal(demo.requests.count('token'), 1);
      const pasted = clientOf(demo, {
        credentials: { kind: 'token', accessToken: demo.accessToken({ expiresIn: 30 }) },
      });
      await pasted.identities.list({ limit: 1 });
    });
  }

  it('ends in the middle of a long listing without the caller noticing', async () => {
    const client = clientOf(demo);
    let rows = 0;
    for await (const page of client.identities.listAll({ limit: 100 })) {
      // Once: several requests are on their way by now, and each is repeated once with a new token.
      if (rows === 100) demo.revokeTokens();
      rows += page.items.length;
    }
    assert.ok(rows >= 600);
    assert.ok(demo.requests.list.some(({ status }) => status === 401));
  });

  it('pasted: its end is one request and one auth error', async () => {
    const client = clientOf(demo, { credentials: { kind: 'token', accessToken: demo.accessToken() } });
    await client.identities.list({ limit: 1 });
    demo.revokeTokens();
    demo.requests.clear();
    const error = await caught(client.identities.list());
    assert.ok(ApiError.is(error, 'auth'));
    assert.equal(error.details.status, 401);
    assert.deepEqual(error.details.causes, ['JWT validation failed: JWT is expired']);
    assert.equal(demo.requests.count(), 1);
  });

  it('pasted and long over by its own words: tried all the same, as this clock may be wrong', async () => {
    const accessToken = demo.accessToken({ expiresIn: -120 });
    const error = await caught(clientOf(demo, { credentials: { kind: 'token', accessToken } }).identities.list());
    assert.ok(ApiError.is(error, 'auth'));
    assert.equal(error.details.status, 401);
    assert.equal(demo.requests.count(), 1);
  });

  for (const days of [-2, 2]) {
    it(`works with a tenant whose clock is ${String(days)} days off, and says so where credentials are refused`, async () => {
      now = Date.now() + days * 86_400_000;
      const client = clientOf(demo);
      await client.identities.list({ limit: 1 });
      await client.identities.list({ limit: 1 });
      assert.equal(demo.requests.count('token'), 1);
      await clientOf(demo, { credentials: { kind: 'token', accessToken: demo.accessToken() } }).identities.list();
      const credentials = { kind: 'pat', clientId: demo.clientId, clientSecret: 'wrong' } as const;
      const error = await caught(clientOf(demo, { credentials }).identities.list());
      assert.ok(ApiError.is(error, 'auth'));
      assert.equal(Math.round((error.details.clockAheadMs ?? 0) / 86_400_000), -days);
    });
  }

  for (const accessToken of ['', 'two\nlines', 'a token', 'tökén']) {
    it(`pasted and no token at all (${JSON.stringify(accessToken)}): nothing is sent`, async () => {
      const error = await caught(clientOf(demo, { credentials: { kind: 'token', accessToken } }).identities.list());
      assert.ok(ApiError.is(error, 'auth'), String(error));
      assert.equal(error.details.sent, false);
      assert.equal(demo.requests.count(), 0);
    });
  }

  it('wrong credentials are an auth error without the secret', async () => {
    const credentials = { kind: 'pat', clientId: demo.clientId, clientSecret: 'wrong-secret' } as const;
    const error = await caught(clientOf(demo, { credentials }).identities.list());
    assert.ok(ApiError.is(error, 'auth'));
    assert.equal(error.message, 'The credentials were rejected (401).');
    assert.deepEqual(error.details.causes, ['Bad client credentials', 'invalid_client']);
    assert.equal(demo.requests.count(), 1);
  });

  for (const [title, body] of [
    ['no token in the answer', '{}'],
    ['a number for a token', '{"access_token":1}'],
    ['a list', '[]'],
    ['half an answer', '{"access_token":"a'],
    ['a web page', '<html>'],
  ] as const) {
    it(`token endpoint with ${title}: badAnswer`, async () => {
      demo.faults.add({ kind: 'body', body, operation: 'token' });
      assert.ok(ApiError.is(await caught(clientOf(demo).identities.list()), 'badAnswer'));
    });
  }

  it('no token endpoint at the address: badAnswer, not wrong credentials', async () => {
    demo.faults.add({ kind: 'status', status: 404, operation: 'token' });
    assert.ok(ApiError.is(await caught(clientOf(demo).identities.list()), 'badAnswer'));
  });

  it('shows its claims', async () => {
    const claims = await clientOf(demo).oauth.claims();
    assert.deepEqual(claims.authorities, ['ORG_ADMIN']);
    assert.deepEqual(claims.scopes, ['sp:scopes:all']);
    assert.equal(claims.userName, 'demo.operator');
    assert.ok((claims.expiresAt ?? 0) > Date.now());
    // The claim is packed: the names are those of the token endpoint, which a pasted token comes without.
    const pasted = clientOf(demo, { credentials: { kind: 'token', accessToken: demo.accessToken() } });
    assert.deepEqual((await pasted.oauth.claims()).scopes, []);
    demo.shapes.scopeClaim = 'names';
    const named = clientOf(demo, { credentials: { kind: 'token', accessToken: demo.accessToken() } });
    demo.shapes.scopeClaim = 'packed';
    assert.deepEqual((await named.oauth.claims()).scopes, ['sp:scopes:all']);
    const packed = ['AA==', 'Dw4fAAE=', ''];
    const withScope = (scope: unknown) => `a.${Buffer.from(JSON.stringify({ scope })).toString('base64url')}.c`;
    assert.deepEqual(decodeClaims(withScope(packed))?.scopes, []);
    assert.deepEqual(decodeClaims(withScope('sp:search:read idn:identity:read'))?.scopes, [
      'sp:search:read',
      'idn:identity:read',
    ]);
    for (const opaque of ['', 'opaque', 'a.b.c', 'a.W10.c']) assert.equal(decodeClaims(opaque), undefined, opaque);
  });

  it('explains a 403 by what the token lacks', async () => {
    const explained = async (grant: Parameters<DemoTenant['issue']>[0]) => {
      const { clientId, clientSecret } = demo.issue(grant);
      const client = clientOf(demo, { credentials: { kind: 'pat', clientId, clientSecret } });
      const [person] = (await clientOf(demo).identities.list({ limit: 1 })).items;
      const error = await caught(client.identities.sendVerification(person?.id ?? '', { via: 'EMAIL_WORK' }));
      assert.ok(ApiError.is(error, 'forbidden'));
      assert.deepEqual(error.details.scopes, ['idn:password:user-invite']);
      assert.deepEqual(error.details.userLevels, ['ORG_ADMIN', 'HELPDESK']);
      return error.details.lacks;
    };
    assert.deepEqual(await explained({ scopes: ['idn:identity:read'] }), ['scope']);
    assert.deepEqual(await explained({ authorities: ['REPORT_ADMIN'] }), ['userLevel']);
    assert.deepEqual(await explained({ userContext: false }), ['user']);
    assert.deepEqual(await explained({ scopes: ['idn:task:read'], authorities: ['CERT_ADMIN'] }), [
      'scope',
      'userLevel',
    ]);
  });

  it('knows the permissions of each version before asking', () => {
    assert.deepEqual(permissionsFor('resetIdentity', 'beta', undefined).scopes, ['idn:identity:update']);
    assert.deepEqual(permissionsFor('resetIdentity', 'v1', undefined).scopes, ['idn:identity:manage']);
    const app = { authorities: ['API'], scopes: ['idn:identity:manage'] };
    assert.deepEqual(permissionsFor('deleteIdentity', 'v2024', app).lacks, []);
    assert.deepEqual(permissionsFor('resetIdentity', 'beta', app).lacks, ['user', 'scope']);
  });
});
