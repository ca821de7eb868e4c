import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Client } from '../../../src/api/client';
import type { Identity } from '../../../src/api/identities';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { Tenant } from '../../../src/tenants/tenant';
import { applyChange } from '../../../src/tree/applyChange';
import { LoadedList } from '../../../src/tree/loadedList';
import { listNode, tenantNode, type ListNode, type Node } from '../../../src/tree/nodes';

describe('a change of one identity', () => {
  const tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
  const identity = (n: number, more: Partial<Identity>): Identity => ({
    id: String(n),
    name: `Identity ${n}`,
    ...more,
  });
  let redrawn: Node[];
  beforeEach(() => {
    redrawn = [];
  });

  function listOf(id: string, fields: Partial<Identity>): ListNode {
    const list = BUILT_IN_LISTS.find((one) => one.id === id);
    assert.ok(list);
    const node = listNode(tenant, list, new LoadedList(list, () => 3));
    const items = [0, 1, 2].map((n) => identity(n, fields));
    node.loaded.fill(node, { items, next: undefined }, items.length);
    return node;
  }

  async function change(list: ListNode, n: number, fields: Partial<Identity>): Promise<void> {
    const client = { identities: { get: () => Promise.resolve(identity(n, fields)) } } as unknown as Client;
    await applyChange(
      { kind: 'identity', tenantId: 't', identityId: String(n) },
      {
        rows: list.loaded.rows.filter(({ identity: { id } }) => id === String(n)),
        client: () => Promise.resolve(client),
        forget: () => undefined,
        redraw: (row) => redrawn.push(row),
      },
    );
  }

  it('marks who is in the list no longer, and the number follows', async () => {
    for (const [id, before, after] of [
      ['locked', { identityStatus: 'LOCKED' }, { identityStatus: 'ACTIVE' }],
      ['unregistered', { identityStatus: 'UNREGISTERED' }, { identityStatus: 'REGISTERED' }],
      ['processingErrors', { processingState: 'ERROR' }, { processingState: 'OK' }],
    ] as const) {
      const list = listOf(id, before);
      await change(list, 1, after);
      assert.deepEqual(
        list.loaded.rows.map(({ left }) => left),
        [false, true, false],
        id,
      );
      assert.equal(list.loaded.total, 2);
      assert.ok(redrawn.includes(list));
      // Twice the same is the same; back is back.
      await change(list, 1, after);
      assert.equal(list.loaded.total, 2);
      await change(list, 1, before);
      assert.equal(list.loaded.total, 3);
      assert.equal(list.loaded.rows[1]?.left, false);
    }
  });

  it('marks nobody in lists whose members no field tells, nor by fields that said otherwise all along', async () => {
    for (const id of ['all', 'uncorrelated', 'protected']) {
      const list = listOf(id, { identityStatus: 'ACTIVE' });
      await change(list, 1, { identityStatus: 'LOCKED', processingState: 'OK' });
      assert.equal(list.loaded.rows[1]?.left, false, id);
      assert.equal(list.loaded.total, 3);
    }
    const odd = listOf('locked', { identityStatus: 'ACTIVE' });
    await change(odd, 1, { identityStatus: 'ACTIVE' });
    assert.equal(odd.loaded.rows[1]?.left, false);
    const untold = listOf('locked', { identityStatus: 'LOCKED' });
    await change(untold, 1, {});
    assert.equal(untold.loaded.rows[1]?.left, false);
  });

  it('counts one that left and is then deleted once', async () => {
    const list = listOf('locked', { identityStatus: 'LOCKED' });
    await change(list, 1, { identityStatus: 'ACTIVE' });
    list.loaded.remove('1');
    assert.equal(list.loaded.total, 2);
    assert.equal(list.loaded.rows.length, 2);
  });
});
