import assert from 'node:assert/strict';
import { BUILT_IN_VIEWS } from '../../src/lists/builtIn';
import { ViewStore } from '../../src/lists/store';
import { MemoryMemento } from './surroundings';

suite('stored state', () => {
  test('of any form is no order of a list, and never throws', async () => {
    const [first] = BUILT_IN_VIEWS;
    assert.ok(first);
    for (const stored of [null, [], 'text', 7, { [first.id]: null }, { [first.id]: 'nonsense' }, { [first.id]: {} }]) {
      const memory = new MemoryMemento();
      await memory.update('sorters', stored);
      const views = new ViewStore(memory);
      assert.equal(views.forTenant({ name: 'Acme' })[0]?.sorters, first.sorters, JSON.stringify(stored));
      await views.sort(first, '-name');
      assert.equal(views.forTenant({ name: 'Acme' })[0]?.sorters, '-name');
      views.dispose();
    }
  });
});
