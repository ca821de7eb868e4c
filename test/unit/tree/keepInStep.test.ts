import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { Tenant } from '../../../src/tenants/tenant';
import type { ActiveIdentity } from '../../../src/ids';
import { keepInStep } from '../../../src/tree/keepInStep';
import { LoadedList } from '../../../src/tree/loadedList';
import { identityNode, listNode, tenantNode, type Node } from '../../../src/tree/nodes';

describe('tree and panels', () => {
  const tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
  const [all] = BUILT_IN_LISTS;
  assert.ok(all);
  const list = listNode(tenant, all, new LoadedList(all, () => 3));
  const row = identityNode(list, { id: 'ada', name: 'Ada' });
  const [bo, cy] = [identityNode(list, { id: 'bo', name: 'Bo' }), identityNode(list, { id: 'cy', name: 'Cy' })];
  const role: Node = {
    kind: 'roleAssignment',
    id: 'x',
    parent: bo,
    assignment: { id: 'r1', role: { id: 'r', name: 'Reader' } },
  };
  let revealed: Node[];
  let followed: unknown[];
  let unfolded: WeakSet<Node>;
  let view: { visible: boolean; selection: readonly Node[] };
  let wanted: boolean;
  let activate: (active?: Partial<ActiveIdentity>) => void;
  let select: (...rows: readonly Node[]) => void;
  let kept: { dispose(): void };

  beforeEach(() => {
    revealed = [];
    followed = [];
    unfolded = new WeakSet<Node>([tenant, list]);
    view = { visible: true, selection: [] };
    wanted = true;
    const on = { active: [] as ((active: ActiveIdentity) => void)[], selection: [] as ((event: unknown) => void)[] };
    const tree = { loadedRow: () => row, getParent: (node: Node) => node.parent, unfolded };
    kept = keepInStep(
      tree,
      Object.assign(view, {
        reveal: (node: Node) => Promise.resolve(void revealed.push(node)),
        onDidChangeSelection: (listener: (event: never) => void) => {
          on.selection.push(listener as never);
          return { dispose: () => undefined };
        },
      }),
      {
        onDidChangeActive: (listener) => {
          on.active.push(listener);
          return { dispose: () => undefined };
        },
        follow: (target) => void followed.push(target),
      },
      () => wanted,
    );
    activate = (active = {}) => {
      for (const tell of on.active) {
        tell({ tenantId: 't', identity: { id: 'ada', name: 'Ada' }, fromTree: false, ...active });
      }
    };
    select = (...rows) => {
      view.selection = rows;
      for (const tell of on.selection) tell({ selection: rows });
    };
  });
  afterEach(() => {
    kept.dispose();
  });

  describe('the row of the identity in the active panel', () => {
    it('is selected where nothing above it is folded', () => {
      activate();
      assert.deepEqual(revealed, [row]);
    });

    it('is left alone below a list or a tenant that was folded', () => {
      unfolded.delete(list);
      activate();
      unfolded.add(list);
      unfolded.delete(tenant);
      activate();
      assert.deepEqual(revealed, []);
    });

    it('is left alone when the user does not want it, does not see the tree, or has it selected', () => {
      wanted = false;
      activate();
      wanted = true;
      view.visible = false;
      activate();
      view.visible = true;
      view.selection = [row];
      activate();
      assert.deepEqual(revealed, []);
    });

    it('is left alone when it was chosen in the tree: the user may be further by now', () => {
      view.selection = [bo];
      activate({ fromTree: true });
      assert.deepEqual(revealed, []);
    });
  });

  describe('the preview panel', () => {
    beforeEach(() => {
      mock.timers.enable({ apis: ['setTimeout'] });
    });
    afterEach(() => {
      mock.timers.reset();
    });

    it('follows to the row where one stops, and to none on the way', () => {
      for (const passed of [row, bo, cy, bo]) select(passed);
      mock.timers.tick(149);
      assert.deepEqual(followed, []);
      mock.timers.tick(1);
      assert.deepEqual(followed, [{ tenantId: 't', identity: { id: 'bo', name: 'Bo' } }]);
      select(role);
      mock.timers.tick(150);
      assert.deepEqual(followed[1], {
        tenantId: 't',
        identity: { id: 'bo', name: 'Bo' },
        assignment: { id: 'r1', role: 'Reader' },
      });
    });

    it('stays for other rows, for several, for none, and where the tree follows the panels', () => {
      for (const rows of [[list], [row, bo], []]) {
        select(bo);
        select(...rows);
        mock.timers.tick(1_000);
      }
      activate();
      select(row);
      mock.timers.tick(1_000);
      assert.deepEqual(followed, []);
      select(cy);
      mock.timers.tick(1_000);
      assert.deepEqual(followed, [{ tenantId: 't', identity: { id: 'cy', name: 'Cy' } }]);
    });
  });
});
