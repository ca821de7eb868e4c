import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Identity } from '../../../src/api/identities';
import { parseJson } from '../../../src/api/json';
import { columnsFor } from '../../../src/lists/columns';
import { fileText, formatOf, type Format } from '../../../src/lists/export/formats';

const identities = fc.array(
  fc.record({
    id: fc.string({ unit: 'grapheme', minLength: 1 }),
    name: fc.string({ unit: 'grapheme' }),
    attributes: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), fc.jsonValue(), { maxKeys: 4 }),
  }),
  { maxLength: 8 },
) as fc.Arbitrary<Identity[]>;

/** The file of these people, written in pages of that size. */
function written(format: Format, people: readonly Identity[], pageSize: number, delimiter = ','): string {
  const text = fileText(format, columnsFor(people), { delimiter, byteOrderMark: true });
  let file = text.begin();
  for (let at = 0; at < people.length; at += pageSize)
    file += text.add(people.slice(at, at + pageSize).map((identity) => ({ identity })));
  return file + text.end();
}

describe('exported files', () => {
  it('hold a row for each identity and a cell for each column, whatever is in them', () => {
    fc.assert(
      fc.property(
        identities,
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(',', ';', '\t'),
        (people, size, delimiter) => {
          const rows = parse(written('csv', people, size, delimiter), { bom: true, delimiter }) as string[][];
          const columns = columnsFor(people);
          assert.equal(rows.length, people.length + 1);
          for (const [n, person] of people.entries()) {
            for (const [c, { valueOf }] of columns.entries()) {
              const raw = String(valueOf(person) ?? '').replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
              const cell = rows[n + 1]?.[c] ?? '';
              assert.ok(cell === raw || cell === `'${raw}`, JSON.stringify([raw, cell]));
              assert.doesNotMatch(cell, /^[=+\-@\t\r]/, 'a spreadsheet would calculate it');
            }
          }
        },
      ),
    );
  });

  for (const format of ['json', 'jsonl'] as const) {
    it(`hold the same as ${format}, raw`, () => {
      fc.assert(
        fc.property(identities, fc.integer({ min: 1, max: 3 }), (people, size) => {
          const text = written(format, people, size);
          const rows = (
            format === 'json'
              ? JSON.parse(text)
              : text
                  .split('\n')
                  .filter(Boolean)
                  .map((line) => JSON.parse(line) as unknown)
          ) as Record<string, unknown>[];
          const columns = columnsFor(people);
          const expected = people.map((person) =>
            Object.fromEntries(columns.map(({ key, valueOf }) => [key, valueOf(person)])),
          );
          assert.deepEqual(rows, JSON.parse(JSON.stringify(expected)));
        }),
      );
    });
  }

  it('keep every digit of a long number, and what is too big for one', () => {
    const attributes = parseJson('{"badge": 12345678901234567890, "all": [9007199254740993], "odd": 1e400}');
    const person = { id: 'i', name: 'Ada', attributes: attributes as Record<string, unknown> };
    const [heading = [], row = []] = parse(written('csv', [person], 1), { bom: true }) as string[][];
    const cells = new Map(heading.map((name, n) => [name, row[n]]));
    assert.deepEqual(
      ['badge', 'all', 'odd'].map((name) => cells.get(name)),
      ['12345678901234567890', '[9007199254740993]', 'Infinity'],
    );
    for (const format of ['json', 'jsonl'] as const) {
      const text = written(format, [person], 1);
      assert.match(text, /"attributes\.badge":12345678901234567890[,}]/);
      assert.match(text, /"attributes\.odd":"Infinity"/);
    }
  });

  it('are of the kind that their name says, a table otherwise', () => {
    const names = ['a.csv', 'a.JSON', 'a.b.jsonl', 'a.txt', 'a', 'json'];
    assert.deepEqual(names.map(formatOf), ['csv', 'json', 'jsonl', 'csv', 'csv', 'json']);
  });
});
