import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readTableColumns } from '../../../src/lists/keptColumns';

describe('columns of tables in the settings', () => {
  it('are keys, or keys with a width', () => {
    const setting = { Berlin: ['name', { column: 'attributes.department', width: 200 }] };
    assert.deepEqual(readTableColumns(setting, 'Berlin'), [
      { column: 'name' },
      { column: 'attributes.department', width: 200 },
    ]);
  });

  it('count only where they can be used', () => {
    for (const setting of [undefined, null, 'name', [], { Berlin: 'name' }, { Berlin: [] }, { Berlin: [7, {}] }]) {
      assert.equal(readTableColumns(setting, 'Berlin'), undefined, JSON.stringify(setting));
    }
    assert.deepEqual(
      readTableColumns({ Berlin: [7, 'email', { column: 3 }, { column: 'id', width: 'wide' }] }, 'Berlin'),
      [{ column: 'email' }],
    );
  });

  it('are those of the list itself, whatever it is called', () => {
    assert.equal(readTableColumns({}, '__proto__'), undefined);
    assert.equal(readTableColumns({}, 'constructor'), undefined);
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (name, keys) => {
        const setting = Object.fromEntries([[name, keys]]);
        assert.deepEqual(
          readTableColumns(setting, name)?.map(({ column }) => column),
          keys,
        );
      }),
    );
  });

  it('are read from anything without a failure', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (setting, name) => {
        const columns = readTableColumns(setting, name);
        assert.ok(columns === undefined || columns.length > 0);
      }),
    );
  });
});
