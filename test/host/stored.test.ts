import assert from 'node:assert/strict';
import { BUILT_IN_LISTS } from '../../src/lists/builtIn';
import { ListStore } from '../../src/lists/store';
import { MemoryMemento } from './surroundings';

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
