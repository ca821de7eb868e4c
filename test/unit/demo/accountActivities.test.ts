import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { activitiesOf } from '../../../src/demo/data/accountActivities';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { clientOf } from '../api/backend';

const PEOPLE = 300;

describe('demo: account activities', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: PEOPLE, rateLimit: Infinity });
  });
  after(() => demo.close());

  const indices = Array.from({ length: PEOPLE }, (_, index) => index);
  const ask = async (path: string) => {
    const headers = { Authorization: `Bearer ${demo.accessToken()}`, 'X-SailPoint-Experimental': 'true' };
    const response = await fetch(`${demo.baseUrl}${path}`, { headers });
    return (await response.json()) as { id: string; type: string }[];
  };

  it('failed of nobody but of those whose processing failed without details in Search', () => {
    for (const index of indices) {
      const activities = activitiesOf(demo.world, index);
      assert.ok(activities.length > 0);
      const failed = activities.filter(({ completionStatus }) => completionStatus !== 'SUCCESS');
      if (!demo.world.processingError(index) || index % 3 !== 2) assert.deepEqual(failed, [], String(index));
    }
  });

  it('come newest first, page by page, and each by its own id', async () => {
    const id = demo.world.people.id(1);
    const client = clientOf(demo);
    const all = await client.accountActivities.list(id, { sorters: '-created', count: true });
    const times = all.items.map(({ created }) => created ?? '');
    assert.deepEqual(times, [...times].sort().reverse());
    assert.equal(all.total, all.items.length);
    const second = await client.accountActivities.list(id, { sorters: '-created', limit: 1, offset: 1 });
    assert.deepEqual(second.items, all.items.slice(1, 2));
    for (const { id: one } of await ask(`/v2024/account-activities?regarding-identity=${id}`)) {
      const found = (await ask(`/account-activities/v1/${one}`)) as unknown as { id: string };
      assert.equal(found.id, one);
    }
  });

  it('are told apart by who asked and of whom', async () => {
    for (const index of indices.slice(0, 10)) {
      const id = demo.world.people.id(index);
      const mine = await ask(`/beta/account-activities?requested-for=${id}`);
      assert.equal(mine.length, activitiesOf(demo.world, index).length);
      const requested = await ask(`/beta/account-activities?requested-by=${id}`);
      assert.deepEqual(
        requested,
        mine.filter(({ type }) => type === 'appRequest'),
      );
    }
    assert.deepEqual(await ask('/v2024/account-activities?regarding-identity=nobody'), []);
  });
});
