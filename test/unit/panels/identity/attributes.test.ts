import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { attributeRows } from '../../../../src/panels/identity/attributes';
import type { AttributeRow } from '../../../../src/panels/identity/protocol';

const words = { day: (iso: string) => `day ${iso}`, exact: (iso: string) => `exact ${iso}` };

function only(value: unknown, name = 'attribute'): AttributeRow {
  const rows = attributeRows({ [name]: value }, words);
  assert.equal(rows.length, 1);
  return rows[0] as AttributeRow;
}

describe('attributes of an identity', () => {
  it('are sorted by name, and none for none', () => {
    assert.deepEqual(
      attributeRows({ b: '1', A: '2', c: '3' }, words).map(({ name }) => name),
      ['A', 'b', 'c'],
    );
    assert.deepEqual(attributeRows(null, words), []);
    assert.deepEqual(attributeRows(undefined, words), []);
  });

  it('shows plain values as they are', () => {
    assert.deepEqual(only('Engineering'), { name: 'attribute', kind: 'text', text: 'Engineering' });
    assert.deepEqual(only(42), { name: 'attribute', kind: 'number', text: '42' });
    assert.equal(only(12345678901234567890n).text, '12345678901234567890');
    assert.deepEqual(only([12345678901234567890n]).items, ['12345678901234567890']);
    assert.match(only({ badge: 12345678901234567890n }).text, /"badge": 12345678901234567890\n/);
    assert.deepEqual(only(false), { name: 'attribute', kind: 'boolean', text: 'false' });
    assert.equal(only(null).kind, 'empty');
    assert.equal(only('').kind, 'empty');
  });

  it('shows dates readable and keeps what the service sent', () => {
    assert.deepEqual(only(1720692000000, 'lastSyncDate'), {
      name: 'lastSyncDate',
      kind: 'date',
      text: 'exact 2024-07-11T10:00:00.000Z',
      raw: '1720692000000',
    });
    assert.equal(only('1720692000000', 'lastSyncDate').kind, 'date');
    assert.equal(only('2024-02-14T10:58:42Z').text, 'exact 2024-02-14T10:58:42Z');
    assert.equal(only('2024-02-14T10:58:42.123+0200').kind, 'date');
  });

  it('takes a date without time as that day, wherever the person is', () => {
    assert.deepEqual(only('2024-02-14'), {
      name: 'attribute',
      kind: 'date',
      text: 'day 2024-02-14T00:00:00',
      raw: '2024-02-14',
    });
  });

  it('does not take numbers and texts for dates that are none', () => {
    for (const value of [1720692000, -1, 1.5, 20240214, 99999999999999]) assert.equal(only(value).kind, 'number');
    for (const value of ['2024-99-14', '2024-02-14 and later', '14/02/2024', '20240214']) {
      assert.equal(only(value).kind, 'text');
    }
    assert.equal(only('1720692000000', 'employeeNumber').kind, 'text');
  });

  it('shows lists by item and objects as JSON', () => {
    assert.deepEqual(only(['a', 1, true]).items, ['a', '1', 'true']);
    assert.equal(only(['a', 1]).raw, '["a",1]');
    assert.deepEqual(only([]).items, []);
    assert.equal(only({ a: [1] }).kind, 'json');
    assert.equal(only([{ a: 1 }]).text, '[\n  {\n    "a": 1\n  }\n]');
  });

  it('passes hostile texts on unchanged: the page shows text as text', () => {
    for (const value of ['<script>alert(1)</script>', '</style><img src=x>', 'abc\u202Egnp.exe', 'x'.repeat(100_000)]) {
      assert.deepEqual(only(value), { name: 'attribute', kind: 'text', text: value });
      assert.equal(attributeRows({ [value]: 'v' }, words)[0]?.name, value);
    }
  });

  it('keeps a row for every attribute, whatever the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (attributes) => {
        const rows = attributeRows(attributes, words);
        assert.deepEqual(rows.map(({ name }) => name).sort(), Object.keys(attributes).sort());
        for (const { text, raw } of rows) {
          assert.equal(typeof text, 'string');
          assert.ok(raw === undefined || typeof raw === 'string');
        }
      }),
    );
  });
});
