import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { ApiError } from '../../../src/api/errors';
import { isCleanCancel, mayHaveHappened } from '../../../src/api/uncertainty';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { clientOf } from './backend';

describe('what is refused on this side', () => {
  let demo: DemoTenant;
  let id: string;
  before(async () => {
    demo = await startDemo({ identities: 5 });
    id = demo.world.people.id(1);
  });
  afterEach(() => {
    demo.faults.clear();
  });
  after(() => demo.close());

  const failure = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => assert.fail('It was not refused'),
      (error: unknown) => error,
    );
  const sent = (): number => demo.requests.count('resetIdentity');

  it('is a write of a read-only tenant: nothing left, and the error says so', async () => {
    const { identities } = clientOf(demo, { readOnly: () => true });
    const error = await failure(identities.reset(id));
    assert.ok(ApiError.is(error, 'readOnly'));
    assert.deepEqual([error.details.operation, error.details.sent], ['resetIdentity', false]);
    assert.equal(sent(), 0);
    assert.equal((await identities.get(id)).id, id);
  });

  it('is what cannot be noted before it leaves: over without a word', async () => {
    const { identities } = clientOf(demo);
    const onSend = (): void => {
      throw new Error('The disk is full');
    };
    const error = await failure(identities.reset(id, { onSend }));
    assert.ok(isCleanCancel(error) && !mayHaveHappened(error), String(error));
    assert.match(String((error as ApiError).cause), /The disk is full/);
    assert.equal(sent(), 0);
  });

  it('is everything once its tenant is gone, in the words of whoever knows why', async () => {
    const gone = new ApiError('notFound', 'Acme was removed.', { sent: false });
    const error = await failure(clientOf(demo, { ended: () => gone }).identities.get(id));
    assert.equal(error, gone);
  });

  it('is told to whoever keeps the credentials when ISC refuses them, and nothing else is', async () => {
    const told: ApiError[] = [];
    const onRefused = (error: ApiError): void => {
      told.push(error);
    };
    demo.faults.add({ kind: 'status', status: 400, operation: 'getIdentity', times: 1 });
    await failure(clientOf(demo, { onRefused }).identities.get(id));
    assert.deepEqual(told, []);
    const wrong = { kind: 'pat', clientId: demo.clientId, clientSecret: 'wrong' } as const;
    const error = await failure(clientOf(demo, { onRefused, credentials: wrong }).identities.get(id));
    assert.ok(ApiError.is(error, 'auth'));
    assert.deepEqual(told, [error]);
  });
});
