import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import * as parsers from '../../../../src/commands/ui/arguments';
import { isRow, noteRow } from '../../../../src/ui/rows';

const UUID = '0b0e3b6e-1111-4000-8000-0123456789ab';
const target = { tenantId: UUID, identity: { id: 'abc', name: 'Ada' } };

describe('what commands are called with', () => {
  it('is understood as panels and rows give it', () => {
    assert.deepEqual(parsers.targetIn({ ...target, more: 1 }), target);
    assert.equal(parsers.tenantIdIn({ tenantId: UUID }), UUID);
    assert.equal(parsers.batchIdIn({ batchId: UUID }), UUID);
    assert.equal(parsers.batchIdIn({ kind: 'batch', batch: { id: UUID } }), UUID);
    const role = { tenantId: UUID, accessId: 'r' };
    assert.deepEqual(parsers.peopleWithIn({ ...role, name: 'Engineer' }), { ...role, name: 'Engineer' });
    for (const name of [undefined, ' ', 7, 'x'.repeat(600)]) {
      assert.deepEqual(parsers.peopleWithIn({ ...role, name }), { ...role, name: 'r' });
    }
    assert.deepEqual(parsers.prefilledIn({ host: 'acme', name: 'A', secret: 's' }), { host: 'acme', name: 'A' });
  });

  for (const id of ['..', '.', '', '../x', '%2e%2e', 'x\n', 'x'.repeat(600)]) {
    it(`never leads anywhere by the id ${JSON.stringify(id.slice(0, 10))}`, () => {
      assert.equal(parsers.batchIdIn({ batchId: id }), undefined);
      assert.equal(parsers.batchIdIn({ batch: { id } }), undefined);
      assert.equal(parsers.tenantIdIn({ tenantId: id }), undefined);
      if (id !== '../x' && id !== '%2e%2e') {
        assert.equal(parsers.targetIn({ tenantId: UUID, identity: { id, name: 'Ada' } }), undefined);
      }
    });
  }

  it('counts as not given when it is not understood, and nothing throws', () => {
    const throwing = Object.defineProperty({}, 'tenantId', {
      enumerable: true,
      get: () => {
        throw new Error('gotcha');
      },
    });
    const odd = fc.oneof(fc.anything(), fc.constant(throwing), fc.constant(new Proxy({}, { ownKeys: () => fail() })));
    const named = fc.record(
      { tenantId: fc.anything(), identity: fc.anything(), batch: fc.anything(), batchId: fc.anything(), accessId: odd },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(odd, named), (argument) => {
        for (const parse of [parsers.tenantIdIn, parsers.batchIdIn, parsers.targetIn, parsers.peopleWithIn]) {
          assert.equal(parse(argument), undefined);
        }
        assert.doesNotThrow(() => [parsers.prefilledIn(argument), parsers.pairIn(argument)]);
        assert.ok(!isRow(argument));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a row of a tree only when that tree handed it over, however much something looks like one', () => {
    const row = { kind: 'identity', parent: undefined };
    assert.ok(!isRow(row));
    noteRow(row);
    assert.ok(isRow(row));
    assert.ok(!isRow({ kind: 'identity', parent: undefined }));
  });
});

function fail(): never {
  throw new Error('gotcha');
}
