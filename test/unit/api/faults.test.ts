import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '../../../src/api/client';
import type { ErrorReason } from '../../../src/api/errors';
import { ApiError } from '../../../src/api/errors';
import { OPERATIONS } from '../../../src/api/operations';
import type { OperationName } from '../../../src/api/operations';
import { API_VERSIONS } from '../../../src/api/versions';
import type { Fault } from '../../../src/demo/http/faults';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import type { Subjects } from './backend';
import { CALLS, clientOf, subjectsOf } from './backend';
import { waitUntil } from '../../waitUntil';

const NAMES = Object.keys(OPERATIONS) as OperationName[];
type Outcome = ErrorReason | 'success';
interface Expectation {
  readonly title: string;
  readonly fault: Fault;
  readonly times?: number;
  readonly read: readonly [requests: number, outcome: Outcome];
  readonly write: readonly [requests: number, outcome: Outcome];
  readonly except?: Partial<Record<OperationName, readonly [requests: number, outcome: Outcome]>>;
}

function always(requests: number, outcome: Outcome) {
  return { read: [requests, outcome], write: [requests, outcome] } as const;
}

const EVER = 1_000;
/** No JSON is expected of these, so a cut-short one is none. */
const EMPTY: Expectation['except'] = {
  deleteIdentity: [1, 'success'],
  resetIdentity: [1, 'success'],
  sendIdentityVerificationAccountToken: [1, 'success'],
  searchCount: [1, 'success'],
};

const EXPECTATIONS: readonly Expectation[] = [
  { title: '500', fault: { kind: 'status', status: 500 }, ...always(1, 'server') },
  ...[502, 503, 504].map((status): Expectation => {
    const fault = { kind: 'status', status } as const;
    return { title: String(status), fault, times: EVER, read: [3, 'server'], write: [1, 'server'] };
  }),
  {
    title: '503 once, Retry-After 0',
    fault: { kind: 'status', status: 503, retryAfter: '0' },
    read: [2, 'success'],
    write: [1, 'server'],
  },
  { title: '429 once', fault: { kind: 'status', status: 429, retryAfter: '0' }, ...always(2, 'success') },
  {
    title: '429 for ever',
    fault: { kind: 'status', status: 429, retryAfter: '0' },
    times: EVER,
    ...always(6, 'rateLimited'),
    except: { getOAuthInfo: [3, 'rateLimited'] },
  },
  { title: '400', fault: { kind: 'status', status: 400 }, ...always(1, 'invalid') },
  {
    title: '401 for ever',
    fault: { kind: 'status', status: 401 },
    times: EVER,
    ...always(2, 'auth'),
    except: { getOAuthInfo: [1, 'auth'] },
  },
  {
    title: '401 once',
    fault: { kind: 'status', status: 401 },
    ...always(2, 'success'),
    except: { getOAuthInfo: [1, 'auth'] },
  },
  { title: '403', fault: { kind: 'status', status: 403 }, ...always(1, 'forbidden') },
  { title: '404', fault: { kind: 'status', status: 404 }, ...always(1, 'notFound') },
  { title: '407 of a proxy', fault: { kind: 'html', status: 407 }, ...always(1, 'network') },
  { title: '418', fault: { kind: 'status', status: 418 }, ...always(1, 'invalid') },
  { title: 'no answer', fault: { kind: 'hang' }, ...always(1, 'timeout') },
  {
    title: 'reset before the request is read',
    fault: { kind: 'resetBefore' },
    times: EVER,
    read: [3, 'network'],
    write: [1, 'network'],
  },
  {
    title: 'reset after the request is carried out',
    fault: { kind: 'resetAfter' },
    times: EVER,
    read: [3, 'network'],
    write: [1, 'network'],
  },
  { title: 'reset once', fault: { kind: 'resetAfter' }, read: [2, 'success'], write: [1, 'network'] },
  {
    title: 'cut off in the answer',
    fault: { kind: 'cutOff' },
    times: EVER,
    read: [3, 'network'],
    write: [1, 'network'],
  },
  {
    title: 'JSON that stops in the middle',
    fault: { kind: 'truncate' },
    ...always(1, 'badAnswer'),
    except: EMPTY,
  },
  { title: 'a web page', fault: { kind: 'html' }, ...always(1, 'badAnswer') },
  { title: 'a web page with 403', fault: { kind: 'html', status: 403 }, ...always(1, 'badAnswer') },
  { title: 'a web page with 500', fault: { kind: 'html', status: 500 }, ...always(1, 'server') },
  { title: 'JSON called text', fault: { kind: 'wrongType' }, ...always(1, 'success') },
  { title: 'an answer byte by byte', fault: { kind: 'slowBytes', bytes: 500, ms: 1 }, ...always(1, 'success') },
  {
    title: 'JSON nested 200,000 deep',
    fault: { kind: 'deepJson' },
    ...always(1, 'badAnswer'),
    except: { searchCount: [1, 'success'], deleteIdentity: [1, 'success'] },
  },
];

describe('api: every fault on every operation', () => {
  let demo: DemoTenant;
  let ids: Subjects;
  let fresh: string[];
  before(async () => {
    demo = await startDemo({ identities: 200, rateLimit: Infinity, taskDurationMs: 60_000 });
    ids = await subjectsOf(demo);
    fresh = (await clientOf(demo).identities.list()).items.map(({ id }) => id);
  });
  after(() => demo.close());

  for (const { title, fault, times = 1, ...expectation } of EXPECTATIONS) {
    for (const version of API_VERSIONS) {
      it(`${version}: ${title}`, async () => {
        for (const name of NAMES) {
          demo.faults.add({ ...fault, times, operation: name === 'getOAuthInfo' ? 'oauthInfo' : name });
        }
        try {
          const client = clientOf(demo, { version, timeoutMs: fault.kind === 'hang' ? 1_000 : 10_000 });
          await client.oauth.claims();
          demo.requests.clear();
          await Promise.all(NAMES.map((name) => check(client, name, title, expectation)));
        } finally {
          demo.faults.clear();
        }
      });
    }
  }

  async function check(
    client: Client,
    name: OperationName,
    title: string,
    { read, write, except }: Pick<Expectation, 'read' | 'write' | 'except'>,
  ): Promise<void> {
    const [requests, outcome] = except?.[name] ?? (OPERATIONS[name].access === 'read' ? read : write);
    const error = await CALLS[name](client, { ...ids, identity: personFor(name) }).then(
      () => undefined,
      (e: unknown) => e,
    );
    const where = `${title} on ${name}: ${String(error)}`;
    assert.equal(demo.requests.count(name === 'getOAuthInfo' ? 'oauthInfo' : name), requests, where);
    if (outcome === 'success') {
      // The service itself may say no to the person: what counts is that its answer came through.
      if (error !== undefined) assert.ok(ApiError.is(error) && error.details.status !== undefined, where);
    } else {
      assert.ok(ApiError.is(error, outcome), where);
      assert.equal(error.details.operation, name);
    }
  }

  /** Nobody is deleted, and nobody synchronized twice: the service allows it once in 10 s. */
  function personFor(name: OperationName): string {
    if (name === 'deleteIdentity') return 'nobody';
    return name === 'synchronizeAttributesForIdentity' ? (fresh.pop() ?? '') : ids.identity;
  }

  it('ends at the cancelling though no answer ever comes, on every operation and version', async () => {
    for (const version of API_VERSIONS) {
      const client = clientOf(demo, { version });
      await client.oauth.claims();
      demo.faults.add({ kind: 'hang', times: EVER });
      const stop = new AbortController();
      const calls = NAMES.map((name) => CALLS[name](client, ids, stop.signal).catch((e: unknown) => e));
      demo.requests.clear();
      await waitUntil(() => demo.requests.count() >= NAMES.length, 'all arrived');
      stop.abort();
      for (const error of await Promise.all(calls)) assert.ok(ApiError.is(error, 'cancelled'), String(error));
      demo.faults.clear();
    }
  });

  it('ends at the cancelling, and in time, in the middle of an answer', async () => {
    const slow = { kind: 'slowBytes', bytes: 1, ms: 10, operation: 'listIdentities' } as const;
    const client = clientOf(demo, { timeoutMs: 1_000 });
    await client.oauth.claims();
    demo.requests.clear();
    demo.faults.add({ ...slow, times: 2 });
    const stop = new AbortController();
    const call = client.identities.list({}, { signal: stop.signal }).catch((e: unknown) => e);
    await waitUntil(() => demo.requests.list[0]?.status === 200, 'the answer begins');
    stop.abort();
    assert.ok(ApiError.is(await call, 'cancelled'));
    const late = await client.identities.list().catch((e: unknown) => e);
    assert.ok(ApiError.is(late, 'timeout'), String(late));
    assert.equal(demo.faults.pending, 0);
  });

  it('sends nothing when the signal has aborted already', async () => {
    const client = clientOf(demo);
    demo.requests.clear();
    for (const name of NAMES) {
      const error = await CALLS[name](client, ids, AbortSignal.abort()).catch((e: unknown) => e);
      assert.ok(ApiError.is(error, 'cancelled'), `${name}: ${String(error)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50)); // what was sent nevertheless would be here by then
    assert.equal(demo.requests.count(), 0);
  });

  it('never follows a redirect, least of all with the token', async () => {
    let strangers = 0;
    const elsewhere = createServer((_, response) => {
      strangers++;
      response.end('[]');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const client = clientOf(demo);
    await client.oauth.claims();
    try {
      for (const location of [`http://127.0.0.1:${port}/`, '/v2024/identities', 'not a url', 'http://[', '']) {
        for (const status of [301, 302, 307, 308]) {
          demo.faults.add({ kind: 'redirect', location, status });
          demo.requests.clear();
          const error = await client.identities.list().catch((e: unknown) => e);
          assert.ok(ApiError.is(error, 'badAnswer'), String(error));
          assert.equal(demo.requests.count(), 1);
        }
      }
      assert.equal(strangers, 0);
    } finally {
      demo.faults.clear();
      elsewhere.closeAllConnections();
      await new Promise((resolve) => elsewhere.close(resolve));
    }
  });

  for (const [title, fault] of [
    ['70 MB', { kind: 'hugeBody' }],
    ['a little more than a page may have', { kind: 'hugeBody', bytes: 4 * 1024 * 1024 + 1 }],
    ['a small answer that unpacks to 200 MB', { kind: 'gzipBomb' }],
  ] as const satisfies readonly (readonly [string, Fault])[]) {
    it(`refuses an answer of ${title}, and works on`, async () => {
      const client = clientOf(demo);
      demo.faults.add({ ...fault, operation: 'listIdentities' });
      const error = await client.identities.list().catch((e: unknown) => e);
      assert.ok(ApiError.is(error, 'badAnswer'), String(error));
      assert.match(error.message, /larger than 4 MB/);
      assert.equal((await client.identities.list({ limit: 3 })).items.length, 3);
    });
  }
});
