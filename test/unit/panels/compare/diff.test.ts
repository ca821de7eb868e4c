import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compareAttributes, compareSets } from '../../../../src/panels/compare/diff';
import { parseCompareKeys } from '../../../../src/panels/compare/protocol';

describe('comparison of two people', () => {
  it('says of every attribute whether it differs, and who has it', () => {
    const a = { same: 1, city: 'Austin', desk: '1', list: ['x', 'y'], empty: '' };
    const b = { same: 1, city: 'Lyon', badge: true, list: ['x', 'y'], empty: null };
    assert.deepEqual(
      compareAttributes(a, b).map(({ name, verdict }) => `${name} ${verdict}`),
      ['badge onlyB', 'city differs', 'desk onlyA', 'empty same', 'list same', 'same same'],
    );
    assert.deepEqual(compareAttributes(null, undefined), []);
  });

  it('puts everything into exactly one of three lists', () => {
    const things = fc.uniqueArray(fc.record({ id: fc.string(), name: fc.string() }), { selector: ({ id }) => id });
    fc.assert(
      fc.property(things, things, (a, b) => {
        const { onlyA, onlyB, both } = compareSets(a, b, { byName: false });
        assert.equal(onlyA.length + both.length, a.length);
        assert.equal(onlyB.length + both.length, b.length);
      }),
    );
  });

  it('compares names where ids cannot be the same', () => {
    const [a, b] = [[{ id: '1', name: 'Engineer' }], [{ id: '2', name: 'engineer' }]];
    assert.deepEqual(compareSets(a, b, { byName: true }).both, ['Engineer']);
    assert.deepEqual(compareSets(a, b, { byName: false }).onlyB, ['engineer']);
  });

  it('is restored for two people only', () => {
    const person = { tenantId: 't', id: 'i', name: 'n' };
    assert.deepEqual(parseCompareKeys({ a: person, b: person }), { a: person, b: person });
    for (const state of [null, {}, { a: person }, { a: person, b: { ...person, id: '' } }]) {
      assert.equal(parseCompareKeys(state), undefined);
    }
  });
});
