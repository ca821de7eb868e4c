import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { moveBy } from '../../../../src/panels/table/page/moves';

describe('keys in a table', () => {
  const size = { rows: 100, columns: 5, page: 20 };
  const from = (row: number, column: number, key: string, ctrl = false) => moveBy(key, ctrl, { row, column }, size);

  it('lead to the next cell, and to the heading above the first row', () => {
    assert.deepEqual(from(0, 2, 'ArrowUp'), { row: -1, column: 2 });
    assert.deepEqual(from(-1, 2, 'ArrowUp'), { row: -1, column: 2 });
    assert.deepEqual(from(-1, 2, 'ArrowDown'), { row: 0, column: 2 });
    assert.deepEqual(from(99, 2, 'ArrowDown'), { row: 99, column: 2 });
    assert.deepEqual(from(3, 0, 'ArrowLeft'), { row: 3, column: 0 });
    assert.deepEqual(from(3, 4, 'ArrowRight'), { row: 3, column: 4 });
  });

  it('turn pages without leaving the rows, and reach the edges', () => {
    assert.deepEqual(from(5, 1, 'PageUp'), { row: 0, column: 1 });
    assert.deepEqual(from(95, 1, 'PageDown'), { row: 99, column: 1 });
    assert.deepEqual(from(50, 1, 'Home'), { row: 50, column: 0 });
    assert.deepEqual(from(50, 1, 'End'), { row: 50, column: 4 });
    assert.deepEqual(from(50, 1, 'Home', true), { row: 0, column: 0 });
    assert.deepEqual(from(50, 1, 'End', true), { row: 99, column: 4 });
  });

  it('have other meanings else, and lead nowhere without rows', () => {
    assert.equal(from(5, 1, 'a', true), undefined);
    assert.deepEqual(moveBy('ArrowDown', false, { row: -1, column: 0 }, { ...size, rows: 0 }), { row: -1, column: 0 });
    assert.deepEqual(moveBy('Home', true, { row: -1, column: 3 }, { ...size, rows: 0 }), { row: -1, column: 0 });
  });
});
