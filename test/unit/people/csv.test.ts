import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { stringify } from 'csv-stringify/sync';
import { orderByLikelihood, readTable, type CsvColumn } from '../../../src/people/csv';
import { decodeText } from '../../../src/people/decode';

const columns = (text: string, header?: 'yes' | 'no'): readonly CsvColumn[] => readTable(text, header).columns;
const mails: CsvColumn = { name: 'mail', values: ['a@x.io', 'b@x.io'] };

describe('tables of people', () => {
  it('are read by comma, semicolon and tab, with a header or without', () => {
    assert.deepEqual(columns('name,mail\nAda,a@x.io\n"Bo, B.",b@x.io\n'), [
      { name: 'name', values: ['Ada', 'Bo, B.'] },
      mails,
    ]);
    assert.deepEqual(columns('\uFEFFid;mail\r\n1;a@x.io\r\n\r\n'), [
      { name: 'id', values: ['1'] },
      { name: 'mail', values: ['a@x.io'] },
    ]);
    assert.deepEqual(columns('a\tb\n1\t\n', 'yes'), [{ name: 'a', values: ['1'] }]);
    assert.deepEqual(columns('a@x.io\nb@x.io'), [{ name: '', values: ['a@x.io', 'b@x.io'] }]);
    assert.deepEqual(columns(''), []);
  });

  it('mind quotes when they look for the delimiter', () => {
    assert.deepEqual(columns('"name, first";"mail"\n"W, Ada";a@x.io\n"B, Bo";b@x.io\n')[1], mails);
    assert.deepEqual(columns('"a;b","mail"\n"1;2",a@x.io\n"3;4",b@x.io')[1], mails);
  });

  it('leave out what programs write before them', () => {
    const text = '"mail"\r\n"a@x.io"\r\n"b@x.io"\r\n';
    assert.deepEqual(columns(`#TYPE Selected.Microsoft.ActiveDirectory\r\n${text}`), [mails]);
    assert.deepEqual(columns('sep=;\r\nmail;name\r\na@x.io;A,B\r\nb@x.io;C\r\n')[0], mails);
    assert.deepEqual(columns('"sep=|"\nmail|n\na@x.io|1\nb@x.io|2')[0], mails);
  });

  it('keep zeros and take off what made a text of a formula', () => {
    const zeros = [{ name: 'id', values: ['00123', '00124'] }];
    assert.deepEqual(columns('id\n="00123"\n="00124"\n'), zeros);
    assert.deepEqual(columns('id\n"=""00123"""\n"=""00124"""\n'), zeros);
    const written = stringify([{ id: '=1+1' }, { id: '@x' }, { id: "'quoted" }], {
      header: true,
      escape_formulas: true,
    });
    assert.deepEqual(columns(written), [{ name: 'id', values: ['=1+1', '@x', "'quoted"] }]);
  });

  it('never lose the first person: whether it is a header is known, or asked', () => {
    assert.equal(readTable('a@x.io,Ada\nb@x.io,Bo').header, 'no');
    assert.equal(readTable('E-Mail\na@x.io').header, 'yes');
    assert.equal(readTable('Who\na@x.io\nb@x.io').header, 'yes');
    const unsure = readTable('adaw\nbob1\n');
    assert.equal(unsure.header, 'unknown');
    assert.deepEqual(unsure.firstLine, ['adaw']);
    assert.deepEqual(columns('adaw\nbob1\n', 'no'), [{ name: '', values: ['adaw', 'bob1'] }]);
    assert.deepEqual(columns('adaw\nbob1\n', 'yes'), [{ name: 'adaw', values: ['bob1'] }]);
  });

  it('are refused where there is none', () => {
    assert.throws(() => columns('a,"b\nc'));
  });

  it('come back as they were written, whatever they hold', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => `k${text.replace(/[\0\ufeff]/g, '').trim()}`);
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        (values, delimiter) => {
          const text = stringify(
            values.map((value) => [value, 'x@y.io']),
            { header: true, columns: ['alias', 'mail'], delimiter, quoted: true },
          );
          assert.deepEqual(
            columns(text)[0]?.values,
            values.map((value) => value.trim()),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the bytes of a file', () => {
  const text = 'mail\r\nmüller@x.io\r\n';
  const utf16 = (order: 'le' | 'be', bom: boolean): Uint8Array => {
    const bytes = Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le');
    return order === 'le' ? bytes : bytes.swap16();
  };
  const cases: readonly (readonly [string, Uint8Array, string, boolean])[] = [
    ['UTF-8', Buffer.from(text), 'UTF-8', false],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'UTF-8', false],
    ['UTF-16 LE with a mark', utf16('le', true), 'UTF-16 LE', false],
    ['UTF-16 BE with a mark', utf16('be', true), 'UTF-16 BE', false],
    ['UTF-16 LE without one', utf16('le', false), 'UTF-16 LE', false],
    ['UTF-16 BE without one', utf16('be', false), 'UTF-16 BE', false],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'Windows-1252', true],
  ];
  for (const [what, bytes, encoding, guessed] of cases) {
    it(`are read: ${what}`, () => {
      assert.deepEqual(decodeText(bytes), { text, encoding, guessed });
    });
  }

  it('takes no cell for another when a row has more of them than there are headings', () => {
    const { columns, ragged } = readTable('name,email\nBo B,bo@x.io\nWinterbourne, Ada,ada@x.io\nCy,cy@x.io\n');
    assert.deepEqual(columns.find(({ name }) => name === 'email')?.values, ['bo@x.io', 'cy@x.io']);
    assert.deepEqual(ragged, ['Winterbourne, Ada, ada@x.io']);
  });

  it('put the column first that most likely says who is meant', () => {
    const order = (text: string): string[] => orderByLikelihood(columns(text, 'yes')).map(({ name }) => name);
    const id = (n: number): string => String(n).padStart(32, 'a');
    assert.deepEqual(
      order(`City,Name,Login,UUID,Mail\nRome,Bo B,bob,${id(1)},b@x.io\nLund,Cy C,cyc,${id(2)},c@x.io\n`),
      ['Mail', 'UUID', 'Login', 'Name', 'City'],
    );
    // Dates and words are no aliases, mixed case below a heading of aliases is one.
    assert.deepEqual(order('Hired,Team,samAccountName,Who\n2024-01-02,Sales,BoB,Bo Bo\n2024-01-03,Legal,CyC,Cy Cy\n'), [
      'samAccountName',
      'Who',
      'Hired',
      'Team',
    ]);
    // A manager's address stands in many rows.
    const team = Array.from({ length: 8 }, (_, n) => `boss@x.io,person${n}\n`).join('');
    assert.deepEqual(order(`Manager,alias\n${team}`), ['alias', 'Manager']);
    // Alike: the heading, then the place.
    assert.deepEqual(order('other,email,more\na@x.io,b@x.io,c@x.io\nd@x.io,e@x.io,f@x.io\n'), [
      'email',
      'other',
      'more',
    ]);
  });

  it('are all kept by that order, whatever they hold', () => {
    const column = fc.record({ name: fc.string(), values: fc.array(fc.string({ unit: 'grapheme' })) });
    fc.assert(
      fc.property(fc.array(column), (all) => {
        const ordered = orderByLikelihood(all);
        assert.deepEqual(new Set(ordered), new Set(all));
        assert.equal(ordered.length, all.length);
      }),
    );
  });

  it('reads a file with one very wide line in one go', () => {
    const text = `${','.repeat(10_000)}x\n${'a@b.c\n'.repeat(200_000)}`;
    assert.equal(readTable(text).columns[0]?.values.length, 200_000);
  });
});
