import assert from 'node:assert/strict';
import { identitiesInTree, selectedIdentities } from '../../src/commands/identities/targets';
import type { IdentityNode, Node } from '../../src/tree/nodes';
import { surroundings } from './surroundings';

suite('the people a command is about', () => {
  let s: Awaited<ReturnType<typeof surroundings>>;
  let all: IdentityNode[];
  setup(async () => {
    s = await surroundings(20);
    await s.connect();
    const [root] = await s.tree.getChildren();
    const [view] = await s.tree.getChildren(root);
    all = (await s.tree.getChildren(view)).filter((row) => row.kind === 'identity');
  });
  teardown(() => s.dispose());

  const tree = (selection: readonly Node[], visible = true) => ({ view: { selection, visible } as never });
  const ids = (people: readonly { readonly identity: { readonly id: string } }[]) =>
    people.map(({ identity }) => identity.id);

  test('are those selected together with the row that was clicked, each once', () => {
    const [a, b] = all as [IdentityNode, IdentityNode];
    const elsewhere: IdentityNode = { ...b, id: 'the row of the same person in another view' };
    for (const row of [a, b, elsewhere, a.parent]) s.tree.getTreeItem(row);
    const found = selectedIdentities(a, [a, b, elsewhere, a.parent]);
    assert.deepEqual(ids(found), [a.identity.id, b.identity.id]);
  });

  test('are none of those selected when another row was clicked, or none is selected', () => {
    const [a, b, c] = all as [IdentityNode, IdentityNode, IdentityNode];
    assert.deepEqual(selectedIdentities(c, [a, b]), []);
    assert.deepEqual(selectedIdentities(c, undefined), []);
    assert.deepEqual(selectedIdentities({ tenantId: 't', identity: { id: 'i', name: 'n' } }, undefined), []);
  });

  test('are those selected in the tree, as long as the tree is in sight', () => {
    const [a, b] = all as [IdentityNode, IdentityNode];
    assert.deepEqual(ids(identitiesInTree(tree([a, b]))), [a.identity.id, b.identity.id]);
    assert.deepEqual(identitiesInTree(tree([a, b], false)), []);
  });
});
