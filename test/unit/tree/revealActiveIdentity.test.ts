import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { Tenant } from '../../../src/tenants/tenant';
import { LoadedList } from '../../../src/tree/loadedList';
import { identityNode, listNode, tenantNode, type Node } from '../../../src/tree/nodes';
import { revealActiveIdentity } from '../../../src/tree/revealActiveIdentity';

describe('the row of the identity in the active panel', () => {
  const tenant = tenantNode({ id: 't', name: 'Acme' } as Tenant, undefined);
  const [all] = BUILT_IN_LISTS;
  assert.ok(all);
  const list = listNode(tenant, all, new LoadedList(all, () => 3));
  const row = identityNode(list, { id: 'ada', name: 'Ada' });
  let revealed: Node[];
  let unfolded: WeakSet<Node>;
  beforeEach(() => {
    revealed = [];
    unfolded = new WeakSet<Node>([tenant, list]);
  });

  function activate({ wanted = true, visible = true, selection = [] as readonly Node[] } = {}): void {
    let tell: (target: { tenantId: string; identity: { id: string; name: string } }) => void = () => undefined;
    const view = {
      visible,
      selection,
      reveal: (node: Node) => {
        revealed.push(node);
        return Promise.resolve();
      },
    };
    const tree = { loadedRow: () => row, getParent: (node: Node) => node.parent, unfolded };
    revealActiveIdentity(
      tree,
      view as never,
      (listener) => {
        tell = listener;
        return { dispose: () => undefined };
      },
      () => wanted,
    );
    tell({ tenantId: 't', identity: { id: 'ada', name: 'Ada' } });
  }

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
    activate({ wanted: false });
    activate({ visible: false });
    activate({ selection: [row] });
    assert.deepEqual(revealed, []);
  });
});
