import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Response } from 'node-fetch';
import fc from 'fast-check';
import type { Client, ClientOptions } from '../../../src/api/client';
import { createClient } from '../../../src/api/client';
import { ApiError } from '../../../src/api/errors';
import { isDeeperThan, jsonText, parseJson } from '../../../src/api/json';
import { OPERATIONS } from '../../../src/api/operations';
import type { OperationName } from '../../../src/api/operations';
import { createRateLimits } from '../../../src/api/rateLimit';
import { CALLS, caught } from './backend';

/** A client to whom everything is answered with that. */
function answering(body: string, status = 200, headers: Record<string, string> = {}): Client {
  const fetch: ClientOptions['fetch'] = () =>
    Promise.resolve(new Response(status === 204 ? null : body, { status, headers }));
  return createClient({
    baseUrl: 'https://acme.api.identitynow.com',
    version: 'v2024',
    credentials: { kind: 'token', accessToken: 'a-token' },
    rateLimits: createRateLimits({ ceiling: 1_000_000 }),
    fetch,
  });
}

const json = (value: unknown, status?: number) => answering(JSON.stringify(value), status);
const IDS = { identity: 'i', assignment: 'a', role: 'r', task: 't', profile: 'p' };

describe('api: JSON', () => {
  it('keeps every digit of an integer, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n }), fc.json(), fc.string(), (big, other, words) => {
        const text = `{"a":[${big},-${big}],"b":${other},"c":${JSON.stringify(`${words}" ${big}`)}}`;
        const value = parseJson(text) as Record<string, unknown>;
        assert.deepEqual(value['a'], [big, -big]);
        assert.equal(value['c'], `${words}" ${big}`);
        assert.equal(jsonText(value['a']), `[${big},-${big}]`);
        assert.deepEqual(parseJson(jsonText(value)), value);
      }),
    );
  });

  it('reads all else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const long = `[${text}, "1234567890123456", 1234567890123456, 0.12345678901234567, 1234567890123456e3]`;
        const rounded: unknown = JSON.parse(long);
        const read: unknown = JSON.parse(jsonText(parseJson(long)));
        assert.deepEqual(read, rounded);
      }),
    );
    for (const text of ['[12345678901234567890', '12345678901234567890x', '"12345678901234567890', '-'])
      assert.throws(() => parseJson(text), SyntaxError);
  });

  it('refuses at once what was cut off in a text behind a long number', () => {
    // In a process of its own: what tried every way to read it would hold this one for ever.
    const text = `'{"badge": 12345678901234567890, "name": "' + 'x'.repeat(100_000) + '\\\\"'.repeat(100_000)`;
    const program = `const { parseJson } = require('./src/api/json.ts'); try { parseJson(${text}) } catch { process.exit(7) }`;
    const { status, stderr } = spawnSync(process.execPath, ['--import=tsx', '--eval', program], {
      timeout: 15_000,
      encoding: 'utf8',
    });
    assert.equal(status, 7, stderr);
  });

  it('keeps the digits of an attribute', async () => {
    const { attributes } = await answering('{"id":"i","attributes":{"badge":12345678901234567890}}').identities.get(
      'i',
    );
    assert.deepEqual(attributes, { badge: 12345678901234567890n });
  });
});

describe('api: ambiguous answers', () => {
  const entity = { type: 'ROLE', id: '1', name: 'Engineer' };
  const expected = [{ associationType: 'ROLE_OWNER', entities: [entity] }];
  const forms = {
    'a list, wrapped': [{ associationType: 'ROLE_OWNER', entities: [{ identityEntity: entity }] }],
    'a list, flat': [{ associationType: 'ROLE_OWNER', entities: [entity] }],
    'one object, wrapped': { associationType: 'ROLE_OWNER', entities: [{ identityEntity: entity }] },
    'one object, flat': { associationType: 'ROLE_OWNER', entities: [entity] },
  };
  for (const [form, associationDetails] of Object.entries(forms)) {
    it(`ownership as ${form}`, async () => {
      assert.deepEqual(await json({ associationDetails }).identities.ownership('x'), expected);
    });

    it(`refused delete with ${form}`, async () => {
      const error = await caught(json({ message: 'No.', associationDetails }, 400).identities.delete('x'));
      assert.ok(ApiError.is(error, 'refused'));
      assert.deepEqual(error.details.associations, expected);
      assert.deepEqual(error.details.causes, ['No.']);
    });
  }

  it('ownership that cannot be understood is something, never nothing', async () => {
    const role = { type: 'ROLE', id: '1', name: 'Engineer' };
    for (const [details, entities] of [
      [[{ associationType: 'ROLE_OWNER', entities: { identityEntity: role } }], [role]],
      [[{ associationType: 'ROLE_OWNER', entities: { identityEntity: [role, role] } }], [role, role]],
      [[{ associationType: 'ROLE_OWNER', entities: [7, null, 'x'] }], []],
      ['ROLE_OWNER', []],
      [[null, 7], undefined],
    ] as const) {
      const owned = await json({ associationDetails: details }).identities.ownership('x');
      assert.ok(owned.length > 0, JSON.stringify(details));
      if (entities) assert.deepEqual(owned[0]?.entities, entities);
    }
  });

  it('states in letters of any case, percents past their ends, an end without a status', async () => {
    const read = async (task: object) => json({ id: 't', ...task }).tasks.get('t');
    assert.equal((await read({ completionStatus: 'Success' })).completionStatus, 'SUCCESS');
    assert.equal((await read({ completionStatus: ' Warning ' })).completionStatus, 'WARNING');
    assert.equal((await read({ completionStatus: '', completed: null })).completionStatus, null);
    assert.equal(
      (await read({ completionStatus: null, completed: '2026-01-01T00:00:00Z' })).completionStatus,
      'UNKNOWN',
    );
    for (const [said, percent] of [
      [-5, 0],
      [250, 100],
      [40, 40],
    ]) {
      assert.equal((await read({ percentComplete: said })).percentComplete, percent);
    }
  });

  it('words of an error in any field the service uses, and a header that came twice', async () => {
    for (const body of [
      { detailMessage: 'Why.' },
      { errorMessage: 'Why.' },
      { messages: ['Why.'] },
      { messages: 'Why.' },
      { causes: [{ text: 'Why.' }] },
    ]) {
      const error = await caught(json(body, 400).identities.get('x'));
      assert.ok(ApiError.is(error));
      assert.deepEqual(error.details.causes, ['Why.'], JSON.stringify(body));
    }
    const counted = async (count: string) =>
      (await answering('[]', 200, { 'x-total-count': count }).identities.list({ limit: 1, count: true })).total;
    assert.equal(await counted('2000, 2000'), 2000);
    assert.equal(await counted('2000, 7'), undefined);
  });

  it('a long error of what looks like tokens is read in one go', async () => {
    // Looking for a token at each of its places would take minutes.
    const error = await caught(json({ messages: [{ text: 'eyJ'.repeat(300_000) }] }, 400).identities.get('x'));
    assert.ok(ApiError.is(error));
    assert.ok((error.details.causes?.[0] ?? '').length <= 500);
  });

  it('ownership of nothing, and of an uncorrelated account', async () => {
    for (const body of [{}, { associationDetails: null }, { associationDetails: [] }, 'OK']) {
      assert.deepEqual(await json(body).identities.ownership('x'), []);
    }
    assert.deepEqual(await answering('').identities.ownership('x'), []);
  });

  it('another identity than was asked for is refused: an action would reach somebody else', async () => {
    const error = await caught(json({ id: 'b', name: 'Another' }).identities.get('a'));
    assert.ok(ApiError.is(error, 'badAnswer'));
    assert.match(error.message, /A different identity was returned/);
    assert.equal((await json({ id: 'a', name: 'Asked' }).identities.get('a')).name, 'Asked');
  });

  it('more rows than were asked for are refused', async () => {
    const rows = [1, 2, 3].map((n) => ({ id: String(n), name: `Person ${String(n)}` }));
    const error = await caught(json(rows).identities.list({ limit: 2 }));
    assert.ok(ApiError.is(error, 'badAnswer'));
    assert.match(error.message, /More rows/);
    assert.equal((await json(rows).identities.list({ limit: 3 })).items.length, 3);
  });

  it('a protected identity is refused without associations; another 400 is invalid', async () => {
    const error = await caught(json({ message: 'protected' }, 400).identities.delete('x'));
    assert.ok(ApiError.is(error, 'refused'));
    assert.deepEqual(error.details.associations, []);
    const other = {
      detailCode: '400.1 Bad Request',
      trackingId: 'abc',
      messages: [{ text: 'm' }],
      causes: [{ text: 'c' }],
    };
    const invalid = await caught(json(other, 400).identities.delete('x'));
    assert.ok(ApiError.is(invalid, 'invalid'));
    assert.deepEqual(invalid.details.causes, ['c', 'm']);
    assert.equal(invalid.details.trackingId, 'abc');
  });

  it('entitlements nested and flat', async () => {
    const ref = { type: 'ENTITLEMENT', id: '1', name: 'CN=a' };
    const list = await json([{ objectRef: ref, tags: ['PRIVILEGED'] }, ref, { tags: [] }]).entitlements.list('x');
    assert.deepEqual(list.items, [
      { objectRef: ref, tags: ['PRIVILEGED'] },
      { objectRef: ref, tags: [] },
    ]);
  });

  it('the name of a task result: null, "null", absent, a name', async () => {
    for (const name of [null, 'null', undefined, 'A task']) {
      const [result] = await json({ type: 'TASK_RESULT', id: 't', name }).identities.process(['x']);
      assert.equal(result?.name, name === 'A task' ? name : null);
    }
  });

  it('ids of any form, names that are missing, fields and values nobody knows', async () => {
    const { items } = await json([
      { id: 7, name: null, alias: 'jd', identityStatus: 'DREAMING', shoeSize: 43 },
      { id: '464ae7bf-791e-49fd-b746-06a2e4a89635', name: 'A', managerRef: 'boss', lifecycleState: { stateName: 5 } },
      { name: 'nobody' },
      null,
      'row',
    ]).identities.list();
    assert.deepEqual(items, [
      {
        id: '7',
        name: 'jd',
        alias: 'jd',
        identityStatus: 'DREAMING',
        shoeSize: 43,
        managerRef: null,
        lifecycleState: null,
      },
      { id: '464ae7bf-791e-49fd-b746-06a2e4a89635', name: 'A', managerRef: null, lifecycleState: null },
    ]);
  });

  it('a body where none is documented is taken, or left alone', async () => {
    await json({ anything: true }).identities.reset('x');
    await answering('accepted', 202).identities.delete('x');
    const link = await json({ link: 'https://…' }).identities.sendVerification('x', { via: 'LINK_WORK' });
    assert.deepEqual(link, { link: 'https://…' });
    const text = await answering('the-link').identities.sendVerification('x', { via: 'LINK_WORK' });
    assert.equal(text, 'the-link');
    assert.equal(await answering('').identities.sendVerification('x', { via: 'EMAIL_WORK' }), undefined);
  });

  it('a web page is never a success', async () => {
    for (const name of Object.keys(OPERATIONS) as OperationName[]) {
      const error = await caught(CALLS[name](answering('<!doctype html><p>Sign in'), IDS));
      assert.ok(ApiError.is(error, 'badAnswer'), name);
    }
  });

  it('totals only when they are numbers', async () => {
    for (const [value, total] of [
      ['12', 12],
      [' 12 ', 12],
      ['-1', undefined],
      ['1e9', undefined],
      ['x', undefined],
    ] as const) {
      const client = answering('[]', 200, { 'X-Total-Count': value });
      assert.equal((await client.identities.list({ count: true })).total, total);
      assert.equal((await client.identities.list()).total, undefined);
    }
  });

  it('a role assignment with half of it missing', async () => {
    assert.deepEqual(await json({ id: 'a' }).roleAssignments.get('x', 'a'), {
      id: 'a',
      role: { id: '' },
      assignedDimensions: [],
      assignmentContext: null,
      accountTargets: null,
    });
  });
});

describe('api: arbitrary answers', () => {
  const names = Object.keys(OPERATIONS) as OperationName[];
  const field = fc.constantFrom(
    ...['id', 'name', 'type', 'role', 'messages', 'causes', 'text', 'associationDetails', 'entities', 'identityEntity'],
    ...['attributes', 'lifecycleState', 'managerRef', 'accountTargets', 'assignmentContext', 'requested', 'matched'],
    ...[
      'contextAttributes',
      'matchedAttributes',
      'objectRef',
      'tags',
      'payload',
      'localizedText',
      '__proto__',
      'scope',
    ],
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, true, 0, -1.5, '', 'x'),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(field, tie('value'), { maxKeys: 8 }),
    ),
  }));

  it('bring a value or an ApiError, for any JSON, text and status', async () => {
    const body = fc.oneof(
      value.map((one) => JSON.stringify(one)),
      fc.string(),
    );
    const status = fc.constantFrom(200, 201, 202, 204, 207, 302, 400, 401, 403, 404, 409, 418, 429, 500, 501);
    await fc.assert(
      fc.asyncProperty(body, status, async (text, code) => {
        const headers = code === 429 ? { 'Retry-After': '99999' } : {};
        for (const name of names) {
          try {
            // A client each: a 429 pauses everything of the one that met it.
            await CALLS[name](answering(text, code, headers), IDS);
            assert.ok(code < 300, `${name} took ${code} for a success`);
          } catch (e) {
            assert.ok(ApiError.is(e), `${name}: ${String(e)}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('knows how deep a text nests, brackets in strings aside', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const depth = (one: unknown): number =>
          typeof one === 'object' && one !== null ? 1 + Math.max(0, ...Object.values(one).map(depth)) : 0;
        const real = depth(JSON.parse(text));
        assert.equal(isDeeperThan(text, real), false);
        if (real > 0) assert.equal(isDeeperThan(text, real - 1), true);
      }),
    );
    assert.equal(isDeeperThan('"[[[[\\"[["', 1), false);
  });
});
