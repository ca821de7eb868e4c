import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/errors';
import { OPERATIONS } from '../../../src/api/operations';
import type { OperationName } from '../../../src/api/operations';
import { createRateLimits } from '../../../src/api/rateLimit';
import { mayHaveHappened } from '../../../src/api/uncertainty';
import { API_VERSIONS } from '../../../src/api/versions';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import type { Subjects } from './backend';
import { CALLS, caught, clientOf, subjectsOf } from './backend';

const NAMES = Object.keys(OPERATIONS) as OperationName[];

describe('api: every operation in every version', () => {
  let demo: DemoTenant;
  let ids: Subjects;
  before(async () => {
    demo = await startDemo({ identities: 400, taskDurationMs: 100 });
    ids = await subjectsOf(demo);
  });
  after(() => demo.close());

  for (const version of API_VERSIONS) {
    for (const name of NAMES.filter((one) => one !== 'deleteIdentity')) {
      it(`${version} ${name}: one request, a usable answer`, async () => {
        const client = clientOf(demo, { version });
        await client.oauth.claims();
        // Another person each time for what the service allows once in 10 s.
        const identity =
          name === 'synchronizeAttributesForIdentity'
            ? ((await client.identities.list({ limit: 10 })).items[API_VERSIONS.indexOf(version)]?.id ?? '')
            : ids.identity;
        demo.requests.clear();
        const answer = await CALLS[name](client, { ...ids, identity });
        assert.equal(demo.requests.count(), 1);
        const [request] = demo.requests.list;
        assert.equal(request?.operation, name === 'getOAuthInfo' ? 'oauthInfo' : name);
        assert.equal(request.method, OPERATIONS[name].method);
        if (!['resetIdentity', 'sendIdentityVerificationAccountToken'].includes(name)) assert.ok(answer !== undefined);
      });
    }

    it(`${version} deleteIdentity: gone afterwards`, async () => {
      const client = clientOf(demo, { version });
      const { items } = await client.identities.list({ filters: 'cloudStatus eq "UNREGISTERED"', limit: 50 });
      for (const { id } of items) {
        if (id === ids.identity || (await client.identities.ownership(id)).length > 0) continue;
        try {
          await client.identities.delete(id);
        } catch {
          continue; // protected
        }
        assert.match(String(await caught(client.identities.get(id))), /found nothing/);
        return;
      }
      assert.fail('nobody could be deleted');
    });

    it(`${version}: ids that would name something else are refused before sending`, async () => {
      const client = clientOf(demo, { version });
      demo.requests.clear();
      for (const id of ['', ' ', '.', '..']) {
        assert.match(String(await caught(client.identities.delete(id))), /needs an id/);
        assert.match(String(await caught(client.roleAssignments.get(ids.identity, id))), /needs an id/);
      }
      assert.equal(demo.requests.count(), 0);
    });
  }

  it('percent-encodes whole values and ids', async () => {
    const client = clientOf(demo);
    demo.requests.clear();
    await client.identities.list({ filters: 'name eq "a+b & c#d%41/é"' });
    await caught(client.identities.get('a/b?c'));
    const [, list, get] = demo.requests.list;
    assert.equal(list?.query, 'filters=name%20eq%20%22a%2Bb%20%26%20c%23d%2541%2F%C3%A9%22&limit=250&offset=0');
    assert.equal(get?.path, '/v2024/identities/a%2Fb%3Fc');
  });

  it('splits processing at 250, without doubles, and says what is running when a later part fails', async () => {
    const client = clientOf(demo);
    const { items } = await client.identities.list({ limit: 250 });
    const { items: more } = await client.identities.list({ limit: 100, offset: 250 });
    const everyone = [...items, ...more].map(({ id }) => id);
    demo.requests.clear();
    const tasks = await client.identities.process([...everyone, ...everyone.slice(0, 5), '']);
    assert.equal(tasks.length, 2);
    assert.deepEqual(
      demo.requests.list.map(({ body }) => (body as { identityIds: string[] }).identityIds.length),
      [250, 100],
    );
    demo.faults.add({ kind: 'delay', ms: 0, operation: 'startIdentityProcessing' });
    demo.faults.add({ kind: 'status', status: 500, operation: 'startIdentityProcessing' });
    const error = await caught(client.identities.process(everyone));
    assert.equal((error as { reason?: string }).reason, 'server');
    assert.equal((error as { details: { started: unknown[] } }).details.started.length, 1);
  });

  it('refuses what the service would misunderstand, before sending', async () => {
    const client = clientOf(demo);
    demo.requests.clear();
    const refusals = [
      client.identities.invite([]),
      client.identities.invite(['', ' ']),
      client.identities.process([]),
      client.identities.list({ limit: 0 }),
      client.identities.list({ limit: 251 }),
      client.identities.list({ limit: 1.5 }),
      client.identities.list({ offset: -1 }),
      client.identities.list({ filters: 'name sw "\ud83d"' }),
      client.identities.get('\ud83d'),
      client.roleAssignments.listDetailed(ids.identity, { roleId: '' }),
      client.roleAssignments.listDetailed(ids.identity, { roleName: ' ' }),
      client.accounts.list(''),
      client.search.identities('*', { limit: 250, offset: 9_900 }),
      client.identities.sendVerification(ids.identity, { via: 'PIGEON' as 'EMAIL_WORK' }),
    ];
    for (const refusal of refusals) {
      const error = (await caught(refusal)) as { reason: string; details: { sent?: boolean } };
      assert.equal(error.reason, 'invalid');
      assert.equal(error.details.sent, false);
    }
    assert.equal(demo.requests.count(), 0);
  });

  it('asks for running tasks only where the version has them', async () => {
    for (const version of API_VERSIONS) {
      const client = clientOf(demo, { version });
      await client.oauth.claims();
      demo.requests.clear();
      const running = client.tasks.list({ filters: 'completionStatus isnull' });
      if (version === 'v1') {
        await running;
      } else {
        assert.equal(((await caught(running)) as { reason: string }).reason, 'unsupported');
        assert.equal(demo.requests.count(), 0);
      }
      await client.tasks.list({ filters: 'id eq "isnull"' });
      await client.tasks.list({ filters: '', sorters: '' });
    }
  });

  it('invites everyone unregistered only when asked by that name', async () => {
    const client = clientOf(demo);
    demo.requests.clear();
    await client.identities.inviteAllUnregistered();
    assert.deepEqual(demo.requests.list.at(-1)?.body, { ids: [], uninvited: true });
  });

  it('refuses every write on a read-only client, and no read', async () => {
    const client = clientOf(demo, { readOnly: true });
    await client.oauth.claims();
    for (const name of NAMES) {
      demo.requests.clear();
      if (OPERATIONS[name].access === 'write') {
        const error = (await caught(CALLS[name](client, ids))) as { reason: string };
        assert.equal(error.reason, 'readOnly', name);
        assert.equal(demo.requests.count(), 0, name);
      } else {
        await CALLS[name](client, ids);
        assert.equal(demo.requests.count(), 1, name);
      }
    }
  });

  for (const [what, waits] of [
    ['for the rate limit', 'slot'],
    ['because the service said 429', '429'],
  ] as const) {
    it(`sends no write that waited ${what} when the tenant was locked, or removed, meanwhile`, async () => {
      for (const end of ['readOnly', 'notFound'] as const) {
        let happened = false;
        const client = clientOf(demo, {
          rateLimits: createRateLimits({ ceiling: waits === 'slot' ? 1 : 1_000, windowMs: 300 }),
          readOnly: () => happened && end === 'readOnly',
          ended: () => (happened && end === 'notFound' ? new ApiError('notFound', 'It is gone.') : undefined),
        });
        await client.identities.get(ids.identity);
        demo.requests.clear();
        if (waits === '429') {
          demo.faults.add({ kind: 'status', status: 429, retryAfter: '1', operation: 'resetIdentity', times: 1 });
        }
        const onWait = (): void => {
          happened = true;
        };
        const error = (await caught(client.identities.reset(ids.identity, { onWait }))) as { reason: string };
        assert.equal(error.reason, end);
        assert.ok(!mayHaveHappened(error));
        assert.equal(demo.requests.count('resetIdentity'), waits === '429' ? 1 : 0);
      }
    });
  }
});
