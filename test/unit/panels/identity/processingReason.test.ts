import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { fetchProcessingReason } from '../../../../src/panels/identity/processingReason';
import { clientOf } from '../../api/backend';

describe('reason for a processing error', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 300, rateLimit: Infinity });
  });
  after(() => demo.close());

  const failed = (): number[] =>
    Array.from({ length: 300 }, (_, index) => index).filter((index) => demo.world.processingError(index));
  const reasonOf = (index: number, client = clientOf(demo)) =>
    fetchProcessingReason(client, demo.world.people.id(index), new AbortController().signal);

  it('is what Search says, with its stage and time, in one request', async () => {
    const before = demo.requests.count('searchPost');
    const reasons = await Promise.all(failed().map((index) => reasonOf(index)));
    assert.equal(demo.requests.count('searchPost') - before, failed().length);
    const told = reasons.filter(({ message }) => message !== null);
    assert.ok(told.length > 0 && told.length < reasons.length);
    for (const { details, note } of told) {
      assert.match(details.join(' '), /^on .+ in the stage /);
      assert.equal(note, 'From Search, which may lag behind.');
    }
  });

  it('is unknown where Search has no details, and then says where to look', async () => {
    const untold = (await Promise.all(failed().map((index) => reasonOf(index)))).find(
      ({ message }) => message === null,
    );
    assert.match(untold?.note ?? '', /^Search has no details of the last processing\. In ISC, check /);
    assert.deepEqual(untold?.details, []);
  });

  it('says that these credentials may not search', async () => {
    const { clientId, clientSecret } = demo.issue({ scopes: ['idn:identity:read'], authorities: [] });
    const [index = 0] = failed();
    const reason = await reasonOf(index, clientOf(demo, { credentials: { kind: 'pat', clientId, clientSecret } }));
    assert.equal(reason.message, null);
    assert.match(reason.note, /only in Search, which these credentials may not use/);
  });

  it('fails when Search fails', async () => {
    demo.faults.add({ kind: 'status', status: 500, operation: 'searchPost', times: 20 });
    try {
      await assert.rejects(reasonOf(failed()[0] ?? 0));
    } finally {
      demo.faults.clear();
    }
  });
});
