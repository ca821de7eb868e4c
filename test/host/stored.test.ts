import assert from 'node:assert/strict';
import { ApiError } from '../../src/api/errors';
import { BUILT_IN_LISTS } from '../../src/lists/builtIn';
import { ListStore } from '../../src/lists/store';
import { credentials, MemoryMemento, surroundings, tenant } from './surroundings';

function sorterOf(views: ListStore): string | undefined {
  const query = views.forTenant({ name: 'Acme' })[0]?.query;
  return query?.by === 'filter' ? query.sorter : undefined;
}

suite('stored state', () => {
  test('of any form is no order of a list, and never throws', async () => {
    const [first] = BUILT_IN_LISTS;
    assert.ok(first);
    for (const stored of [null, [], 'text', 7, { [first.id]: null }, { [first.id]: 'nonsense' }, { [first.id]: {} }]) {
      const memory = new MemoryMemento();
      await memory.update('sorters', stored);
      const views = new ListStore(memory);
      assert.equal(sorterOf(views), 'name', JSON.stringify(stored));
      await views.sort(first, '-name');
      assert.equal(sorterOf(views), '-name');
      views.dispose();
    }
  });
});

suite('a secret storage that refuses', () => {
  let s: Awaited<ReturnType<typeof surroundings>>;
  let unhandled: unknown[];
  const note = (reason: unknown): void => void unhandled.push(reason);
  setup(async () => {
    unhandled = [];
    process.on('unhandledRejection', note);
    s = await surroundings(10);
  });
  teardown(async () => {
    await s.dispose();
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
  });

  const LOCKED = /^VS Code's secret storage does not work: The keyring is locked$/;
  const refuse = (what: 'get' | 'store' | 'delete'): (() => void) => {
    const before = s.storage[what].bind(s.storage);
    s.storage[what] = (): never => {
      throw new Error('The keyring is locked');
    };
    return () => void Object.assign(s.storage, { [what]: before });
  };

  test('says so on the rows, to whoever asks, and works again once it does', async () => {
    const { id } = await s.connect();
    const heal = refuse('get');
    await assert.rejects(
      s.clients.for(id),
      (error: unknown) => ApiError.is(error, 'invalid') && LOCKED.test(error.message),
    );
    const [tenantRow] = await s.tree.getChildren();
    const [list] = await s.tree.getChildren(tenantRow);
    assert.ok(list?.kind === 'list');
    const [row] = await s.tree.getChildren(list);
    assert.ok(row?.kind === 'error');
    assert.match(JSON.stringify(s.tree.getTreeItem(row)), /secret storage does not work/);
    await s.tree.showCount(list);
    await s.tree.refresh();
    s.changes.fire({ kind: 'identity', tenantId: id });
    // A locked keyring is not a sign-in that was refused.
    assert.equal(s.clients.signedOutReason(id), undefined);
    heal();
    // What was begun before may still fail; then the row is tried again.
    await s.tree.refresh();
    await s.tree.retry(row);
    assert.equal((await s.tree.getChildren(list))[0]?.kind, 'identity');
  });

  test('adds nothing half, and removes nothing half', async () => {
    const { id } = await s.connect();
    let heal = refuse('store');
    await assert.rejects(s.store.add(tenant(s.demo.baseUrl, { name: 'Other' }), credentials(s.demo)), LOCKED_ERROR);
    assert.equal(s.store.all().length, 1);
    heal();
    heal = refuse('delete');
    await assert.rejects(s.store.remove(id), LOCKED_ERROR);
    assert.ok(s.store.get(id));
    assert.equal(await s.store.tidy(), 0);
    heal();
    await s.store.remove(id);
    assert.deepEqual([s.store.all(), s.storage.values.size], [[], 0]);
  });

  const LOCKED_ERROR = { name: 'ApiError', message: LOCKED };
});
