import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Account } from '../../../src/api/accounts';
import type { RoleAssignment } from '../../../src/api/roleAssignments';
import { assignmentsOf } from '../../../src/demo/data/assignments';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { clientOf } from '../api/backend';

const PEOPLE = 300;

describe('demo: accounts', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: PEOPLE, rateLimit: Infinity });
  });
  after(() => demo.close());

  const indices = Array.from({ length: PEOPLE }, (_, index) => index);
  const targetsOf = ({ accountTargets }: RoleAssignment): string[] =>
    (accountTargets ?? []).map(({ source, accountInfo }) =>
      [source?.id, source?.name, accountInfo?.nativeIdentity, accountInfo?.uuid].join(),
    );
  const accountKey = ({ sourceId, sourceName, nativeIdentity, ...rest }: Account): string =>
    [sourceId, sourceName, nativeIdentity, (rest as { uuid?: string }).uuid].join();

  it('are listed for every account that a role assignment names, of everybody', async () => {
    const client = clientOf(demo);
    let assignments = 0;
    for (const index of indices) {
      const { items, hasMore } = await client.accounts.list(demo.world.people.id(index), {});
      assert.equal(hasMore, false);
      const listed = new Set(items.map(accountKey));
      assert.equal(listed.size, items.length, 'one on each source');
      for (const assignment of assignmentsOf(demo.world, index)) {
        assignments += 1;
        for (const target of targetsOf(assignment)) assert.ok(listed.has(target), `${String(index)}: ${target}`);
      }
    }
    assert.ok(assignments > 1000);
  });

  it('are what the service answers in the details of an assignment', async () => {
    const client = clientOf(demo);
    const id = demo.world.people.id(1);
    const listed = new Set((await client.accounts.list(id, {})).items.map(accountKey));
    for (const { id: assignmentId } of await client.roleAssignments.list(id)) {
      const targets = targetsOf(await client.roleAssignments.get(id, assignmentId));
      assert.ok(targets.length > 0);
      for (const target of targets) assert.ok(listed.has(target), target);
    }
  });
});
