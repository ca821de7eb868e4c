import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ApiError } from '../../../src/api/errors';
import type { ApiLog, Credentials } from '../../../src/api/client';
import { OPERATIONS } from '../../../src/api/operations';
import type { OperationName } from '../../../src/api/operations';
import type { Fault } from '../../../src/demo/http/faults';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { CALLS, clientOf } from './backend';

const NAMES = Object.keys(OPERATIONS) as OperationName[];

describe('api: secrets and personal data', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 50, rateLimit: Infinity });
  });
  after(() => demo.close());

  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log: ApiLog = { trace: write, debug: write, info: write, warn: write, error: write };

  const accessTokens = { jwt: '', opaque: 'an-opaque-token-0123456789' };
  for (const kind of ['pat', 'jwt', 'opaque'] as const) {
    it(`are in no log line, message, cause or inspection, under every fault (${kind})`, async () => {
      accessTokens.jwt = demo.accessToken();
      const secret = kind === 'pat' ? demo.clientSecret : accessTokens[kind];
      const credentials: Credentials =
        kind === 'pat'
          ? { kind, clientId: demo.clientId, clientSecret: demo.clientSecret }
          : { kind: 'token', accessToken: secret };
      const echo = {
        detailCode: 'x',
        trackingId: secret,
        message: `Authorization: Bearer ${secret} is wrong`,
        causes: [{ text: `token ${secret}` }],
        error: secret,
      };
      const faults: Fault[] = [
        ...[400, 401, 403, 404, 500, 503].map((status): Fault => ({ kind: 'status', status })),
        ...[400, 401, 500].map((status): Fault => ({ kind: 'status', status, body: echo })),
        { kind: 'body', body: `{"access_token": "${secret}` },
        { kind: 'redirect', location: `https://${secret}@elsewhere.example/?token=${secret}` },
        { kind: 'resetBefore' },
        { kind: 'resetAfter' },
        { kind: 'cutOff' },
        { kind: 'truncate' },
        { kind: 'html' },
        { kind: 'hang' },
      ];
      const hidden = [secret, ...(kind === 'jwt' ? [secret.split('.')[2] ?? ''] : []), 'Walter'];
      const ids = { identity: 'Walter', assignment: 'Walter', role: 'Walter', task: 'Walter', profile: 'Walter' };
      const errors: unknown[] = [];
      lines.length = 0;
      for (const fault of faults) {
        const client = clientOf(demo, { credentials, log, timeoutMs: 1_000 });
        // With the token in hand, so that it is the operations that fail; once more with the token endpoint failing.
        await client.oauth.claims();
        demo.faults.add({ ...fault, times: 100_000 });
        const failing = [client, clientOf(demo, { credentials, log, timeoutMs: 1_000 })];
        await Promise.all(
          failing.flatMap((one) => [
            one.identities.list({ filters: 'name eq "Walter"' }).catch((e: unknown) => errors.push(e)),
            one.search.identities('Walter').catch((e: unknown) => errors.push(e)),
            ...NAMES.map((name) => CALLS[name](one, ids).catch((e: unknown) => errors.push(e))),
          ]),
        );
        demo.faults.clear();
      }
      assert.ok(errors.length > 600 && errors.every((e) => ApiError.is(e)), String(errors.length));
      const texts = new Set([
        ...lines,
        ...errors.map((e) => inspect(e, { depth: Infinity, showHidden: true, getters: true })),
        ...errors.map((e) => JSON.stringify(e)),
        ...errors.map((e) => (e as Error).stack ?? ''),
      ]);
      for (const text of texts) {
        for (const one of hidden) assert.ok(!text.includes(one), `"${one}" is in: ${text}`);
      }
      for (const e of errors) assert.ok(inspect(e, { depth: Infinity }).length < 5_000);
    });
  }

  it('one line an attempt: tenant, operation, path without ids, status, time, attempt, tracking id', async () => {
    lines.length = 0;
    const client = clientOf(demo, { log, name: 'Acme Production' });
    const [person] = (await client.identities.list({ filters: 'name sw "a"' })).items;
    demo.faults.add({ kind: 'status', status: 503, retryAfter: '0' });
    await client.roleAssignments.list(person?.id ?? '');
    await client.identities.get('nobody').catch(() => undefined);
    const shape = [
      /^Acme Production token POST \/oauth\/token 200 \d+ ms attempt 1$/,
      /^Acme Production listIdentities GET \/v2024\/identities 200 \d+ ms attempt 1$/,
      /^Acme Production getRoleAssignments GET \/v2024\/identities\/\{id\}\/role-assignments 503 \d+ ms attempt 1 \w+$/,
      /^Acme Production getRoleAssignments GET \/v2024\/identities\/\{id\}\/role-assignments 200 \d+ ms attempt 2$/,
      /^Acme Production getIdentity GET \/v2024\/identities\/\{id\} 404 \d+ ms attempt 1 \w+$/,
    ];
    assert.equal(lines.length, shape.length);
    shape.forEach((pattern, n) => assert.match(lines[n] ?? '', pattern));
  });
});
