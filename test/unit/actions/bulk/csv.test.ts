import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Batch, BatchRow } from '../../../../src/actions/bulk/batch';
import { batchCsv, batchJson } from '../../../../src/actions/bulk/csv';

const NAMES = {
  name: 'name',
  id: 'id',
  alias: 'alias',
  email: 'email',
  asked: 'input',
  outcome: 'outcome',
  message: 'message',
  tracking: 'tracking id',
  task: 'task id',
};

function row(name: string, more: Partial<BatchRow> = {}): BatchRow {
  return { asked: '1', person: { id: '1', name }, skip: null, excluded: false, state: 'done', ...more };
}

function read(csv: string): string[][] {
  return parse(csv, { bom: true }) as string[][];
}

describe('files of a batch', () => {
  it('hold a line for each person, whatever is in the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (names) => {
        const lines = read(batchCsv({ rows: names.map((name) => row(name)) }, ({ state }) => state, NAMES));
        assert.deepEqual(lines[0], Object.values(NAMES));
        assert.equal(lines.length, names.length + 1);
        for (const [n, name] of names.entries()) {
          const [read = ''] = lines[n + 1] ?? [];
          const line = name.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
          assert.ok(read === line || read === `'${line}`, JSON.stringify([name, read]));
        }
      }),
    );
  });

  it('hold a row for each person and nothing to calculate, also for a reader that takes any mark for the end of a cell', () => {
    const nasty = fc.constantFrom('=1+1', '\n=1', '\r', ';', '\t', '"', ',', '\u2028', "'", ' ', 'a', '＝1', '@x', '|');
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 8 }), (pieces) => {
        const csv = batchCsv({ rows: [row(pieces.join(''))] }, () => '-2', NAMES);
        assert.equal(csv.split(/[\r\n\u2028\u2029]+/).filter(Boolean).length, 2);
        for (const delimiter of [',', ';', '\t', '|']) {
          const lines = parse(csv, {
            bom: true,
            delimiter,
            relax_column_count: true,
            relax_quotes: true,
          }) as string[][];
          if (delimiter === ',') assert.equal(lines[1]?.length, Object.keys(NAMES).length);
          for (const cell of lines.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r＝＋－＠]/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('hold nothing that a spreadsheet would calculate', () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1']) {
      const [, [cell = ''] = []] = read(batchCsv({ rows: [row(name)] }, () => '=x', NAMES));
      assert.doesNotMatch(cell, /^[=+\-@\t\r＝]/u, name);
    }
  });

  it('hold all that is known as JSON, with states that scripts can rely on', () => {
    const rows = [
      row('Ada', { state: 'failed', message: 'why', trackingId: 't' }),
      row('Bo', { skip: { reason: 'owner', note: 'owner of 1 role' } }),
      row('Cy', { excluded: true, state: 'planned' }),
    ];
    const batch: Batch = { id: 'b', tenantId: 't', action: 'reset', from: 'x', createdAt: 0, phase: 'ended', rows };
    const read = JSON.parse(batchJson(batch, 'Acme')) as { people: { state: string }[]; tenant: string };
    assert.deepEqual(
      read.people.map(({ state }) => state),
      ['failed', 'skipped', 'excluded'],
    );
    assert.equal(read.tenant, 'Acme');
  });
});
