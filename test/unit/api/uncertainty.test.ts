import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { CallOptions } from '../../../src/api/client';
import { isRetryable } from '../../../src/api/attempt';
import { ApiError, type ApiErrorDetails, type ErrorReason } from '../../../src/api/errors';
import { isCleanCancel, mayHaveHappened } from '../../../src/api/uncertainty';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { clientOf } from './backend';

/** Every reason there is: whether a write that ended so may have happened, without an answer and with one. */
const REASONS: Readonly<Record<ErrorReason, readonly [unanswered: boolean, answered: boolean]>> = {
  auth: [false, false],
  forbidden: [false, false],
  notFound: [false, false],
  refused: [false, false],
  invalid: [false, false],
  rateLimited: [false, false],
  readOnly: [false, false],
  unsupported: [false, false],
  certificate: [false, false],
  network: [true, false],
  timeout: [true, false],
  cancelled: [true, false],
  server: [true, true],
  badAnswer: [true, true],
};

describe('whether a write may have happened', () => {
  for (const [reason, [unanswered, answered]] of Object.entries(REASONS) as [ErrorReason, [boolean, boolean]][]) {
    it(`is ${String(unanswered)} after ${reason} without an answer, ${String(answered)} with one`, () => {
      const error = (details: ApiErrorDetails) =>
        new ApiError(reason, 'It failed.', { operation: 'resetIdentity', ...details });
      assert.equal(mayHaveHappened(error({})), unanswered);
      assert.equal(mayHaveHappened(error({ sent: true })), unanswered);
      assert.equal(mayHaveHappened(error({ status: 500 })), answered);
      // What surely never left did nothing, nor does a read.
      assert.equal(mayHaveHappened(error({ sent: false })), false);
      assert.equal(mayHaveHappened(error({ operation: 'getIdentity' })), false);
      assert.equal(mayHaveHappened(new ApiError(reason, 'It failed.')), false);
    });
  }

  it('is false of what no request failed with', () => {
    for (const error of [new Error('x'), undefined, 'network', { reason: 'network' }]) {
      assert.equal(mayHaveHappened(error), false);
      assert.equal(isCleanCancel(error), false);
    }
  });
});

describe('whether a request is sent again', () => {
  const failure = (reason: ErrorReason, details: ApiErrorDetails = {}) => new ApiError(reason, 'It failed.', details);
  const code = (name: string) => Object.assign(new Error(name), { code: name });

  it('is so for a read whose connection was lost, or that met a service in trouble, and for nothing that answered', () => {
    for (const status of [502, 503, 504]) assert.equal(isRetryable(failure('server', { status }), 'read'), true);
    for (const status of [400, 401, 403, 404, 429, 500]) {
      assert.equal(isRetryable(failure('server', { status }), 'read'), false, String(status));
    }
    assert.equal(isRetryable(failure('network'), 'read'), true);
    assert.equal(isRetryable(failure('network', { status: 407 }), 'read'), false);
  });

  it('is so for a write only when it surely never left', () => {
    for (const status of [502, 503, 504]) assert.equal(isRetryable(failure('server', { status }), 'write'), false);
    assert.equal(isRetryable(failure('network'), 'write'), false);
    assert.equal(isRetryable(failure('network', { sent: true }), 'write'), false);
    assert.equal(isRetryable(failure('network', { sent: false }), 'write'), true);
    for (const reason of ['timeout', 'cancelled', 'badAnswer', 'certificate'] as const) {
      assert.equal(isRetryable(failure(reason, { sent: false }), 'write'), false, reason);
    }
  });

  it('is never so where the same would come of it: no such host, another TLS, a pause of more than a minute', () => {
    for (const name of ['ENOTFOUND', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
      assert.equal(isRetryable(failure('network', { sent: false, cause: code(name) }), 'read'), false, name);
    }
    assert.equal(isRetryable(failure('network', { sent: false, cause: code('NOT_EPROTO') }), 'read'), true);
    assert.equal(isRetryable(failure('network', { sent: false, cause: code('ECONNREFUSED') }), 'write'), true);
    assert.equal(isRetryable(failure('network', { sent: false, cause: 'EPROTO' }), 'write'), true);
    assert.equal(isRetryable(failure('server', { status: 503, retryAfterMs: 60_000 }), 'read'), true);
    assert.equal(isRetryable(failure('server', { status: 503, retryAfterMs: 60_001 }), 'read'), false);
  });
});

describe('a cancelled call', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 5 });
  });
  afterEach(() => {
    demo.faults.clear();
  });
  after(() => demo.close());

  /** Cancels a call a moment after it left. */
  async function cancelled(run: (id: string, options: CallOptions) => Promise<unknown>): Promise<unknown> {
    const abort = new AbortController();
    demo.faults.add({ kind: 'hang', times: 1 });
    const call = run(demo.world.people.id(1), {
      signal: abort.signal,
      onSend: () => {
        setImmediate(() => {
          abort.abort();
        });
      },
    });
    return call.then(
      () => assert.fail('It was not cancelled'),
      (error: unknown) => error,
    );
  }

  it('may have happened when it is a write on its way: that is no quiet end', async () => {
    const { identities } = clientOf(demo);
    await identities.get(demo.world.people.id(0));
    const error = await cancelled((id, options) => identities.reset(id, options));
    assert.ok(mayHaveHappened(error) && !isCleanCancel(error), String(error));
  });

  it('is over without a word when it is a read, or did not leave', async () => {
    const { identities } = clientOf(demo);
    await identities.get(demo.world.people.id(0));
    assert.ok(isCleanCancel(await cancelled((id, options) => identities.get(id, options))));
    const unsent = await identities
      .reset(demo.world.people.id(1), { signal: AbortSignal.abort() })
      .catch((error: unknown) => error);
    assert.ok(isCleanCancel(unsent), String(unsent));
  });

  it('leaves nothing behind between two attempts of a write', async () => {
    const { identities } = clientOf(demo);
    const abort = new AbortController();
    demo.faults.add({ kind: 'status', status: 429, retryAfter: '9', operation: 'synchronizeAttributesForIdentity' });
    const onWait = (): void => {
      abort.abort();
    };
    const error = await identities
      .synchronize(demo.world.people.id(1), { signal: abort.signal, onWait })
      .catch((error: unknown) => error);
    assert.ok(isCleanCancel(error), String(error));
  });
});
