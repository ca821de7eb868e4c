import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { CallOptions } from '../../../src/api/client';
import { isCleanCancel, mayHaveHappened } from '../../../src/api/uncertainty';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { clientOf } from './backend';

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
