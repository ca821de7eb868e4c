import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { batchParams, parseBatchKeys } from '../../../../src/panels/batch/protocol';

const junk: readonly unknown[] = [undefined, null, 0, 'rows', [], {}, [1], { rows: 1 }, () => 1];

describe('messages of the batch panel', () => {
  it('ask for a window of the people, and take no more than the protocol names', () => {
    const window = { shown: 'skip.owner', filter: 'ada', offset: 9900, limit: 100 };
    assert.deepEqual(batchParams.rows({ ...window, extra: 1 }), window);
    for (const wrong of [
      { ...window, shown: 'skip.other' },
      { ...window, shown: 'constructor' },
      { ...window, filter: 7 },
      { ...window, filter: 'x'.repeat(1001) },
      { ...window, offset: -1 },
      { ...window, offset: 0.5 },
      { ...window, offset: '0' },
      { ...window, limit: 0 },
      { ...window, limit: 50_000 },
      { ...window, limit: undefined },
    ]) {
      assert.equal(batchParams.rows(wrong), undefined, JSON.stringify(wrong).slice(0, 120));
    }
  });

  it('leave out rows by number, or everybody who matches', () => {
    assert.deepEqual(batchParams.exclude({ rows: [0, 41], excluded: true }), { rows: [0, 41], excluded: true });
    for (const rows of [['0'], [-1], [0.5], [null], 0, Array.from({ length: 501 }, (_, n) => n)]) {
      assert.equal(batchParams.exclude({ rows, excluded: true }), undefined);
    }
    assert.equal(batchParams.exclude({ rows: [0], excluded: 'yes' }), undefined);
    const query = { shown: 'all', filter: '', excluded: false };
    assert.deepEqual(batchParams.excludeAll(query), query);
    assert.equal(batchParams.excludeAll({ ...query, excluded: 1 }), undefined);
    assert.equal(batchParams.excludeAll({ ...query, shown: 'everybody' }), undefined);
  });

  it('name actions of the panel only', () => {
    assert.deepEqual(batchParams.act({ action: 'retryFailed' }), { action: 'retryFailed' });
    for (const action of ['workbench.action.quit', 'delete', '__proto__', 1, null]) {
      assert.equal(batchParams.act({ action }), undefined);
    }
  });

  it('open a person, at what she owns if asked', () => {
    const person = { id: 'a', name: 'Ada', owns: true };
    assert.deepEqual(batchParams.openIdentity({ ...person, extra: 1 }), person);
    assert.equal(batchParams.openIdentity({ ...person, id: '' }), undefined);
    assert.equal(batchParams.openIdentity({ id: 'a', name: 'Ada' }), undefined);
  });

  it('are nothing else', () => {
    for (const params of junk) {
      for (const name of ['rows', 'exclude', 'excludeAll', 'act', 'copy', 'openIdentity'] as const) {
        assert.equal(batchParams[name](params), undefined, name);
      }
    }
  });

  it('restore a panel from its keys only', () => {
    const keys = { batchId: 'b1', title: 'Invite 12 identities in Acme', begun: true };
    assert.deepEqual(parseBatchKeys({ ...keys, rows: ['secret'] }), keys);
    assert.deepEqual(parseBatchKeys({ batchId: 'b1', title: '' }), { batchId: 'b1', title: '', begun: false });
    for (const state of [...junk, { ...keys, batchId: '' }, { ...keys, title: 7 }, { title: 'x' }]) {
      assert.equal(parseBatchKeys(state), undefined);
    }
  });
});
