import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { IDENTITY_FILTER_FIELDS } from '../../../src/api/filter';
import { parseFilter } from '../../../src/api/filterParser';
import { mistakesIn } from '../../../src/lists/settings/mistakes';
import { settingsKind } from '../../../src/lists/settings/settingsFile';
import { toValueIndex, toLiteralOffset } from '../../../src/lists/settings/jsonStringOffsets';
import { filterAt, suggest, suggestAt } from '../../../src/lists/settings/completions';

/** A string as JSON, each character plain, by its short escape or by its number. */
const written = fc
  .array(fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.boolean()), { maxLength: 30 })
  .map((characters) => {
    const units = characters.flatMap(([character, byNumber]) =>
      [...Array(character.length).keys()].map((at) => ({ unit: character.charAt(at), byNumber })),
    );
    const literals = units.map(({ unit, byNumber }) =>
      byNumber ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : JSON.stringify(unit).slice(1, -1),
    );
    return { value: units.map(({ unit }) => unit).join(''), literals, literal: `"${literals.join('')}"` };
  });

describe('views in a settings file', () => {
  it('know where each character of a string is written, through every escape', () => {
    fc.assert(
      fc.property(written, ({ value, literals, literal }) => {
        assert.equal(JSON.parse(literal), value);
        let at = 1;
        for (const [position, part] of literals.entries()) {
          assert.equal(toLiteralOffset(literal, position), at);
          for (let inside = 0; inside < part.length; inside++)
            assert.equal(toValueIndex(literal, at + inside), position);
          at += part.length;
        }
        assert.equal(literal[toLiteralOffset(literal, value.length)], '"');
      }),
    );
  });

  const MISTAKES: readonly [string, string, RegExp][] = [
    ['[{"name": "x", "filter": "name co \\"a\\""}]', 'co', /does not support co/],
    ['[{"name": "x", "filter": "name sw \\"\\u00e9\\n\\" oder alias sw \\"b\\""}]', 'oder', /Expected "and" or "or"/],
    ['[{"name": "x", "filter": "name sw \\"😀\\" and status eq 1"}]', 'status', /Unknown field "status"/],
    ['[{"name": "x", "filter": "name sw"}]', '"', /filter is incomplete/],
    ['[{"name": "x", "filter": ""}]', '"', /empty/],
    ['[{"name": "x", "everyone": true, "sorter": "name, created"}]', 'created', /cannot be used for sorting/],
    ['[{"name": "x", "search": "a"}, {"name": "x", "search": "a"}]', '"x"', /used twice/],
    ['[{"name": "x", "search": " "}]', '" "', /empty/],
    ['[{"name": "x", "search": "a", "filter": "name eq \\"a\\""}]', '"a"', /not both/],
    ['[{"name": " "}]', '" "', /no name/],
    ['[{"name": "x"}]', '{"name": "x"}', /No identities specified/],
    ['[{"name": "x", "search": "a", "everyone": true}]', 'true', /neither/],
  ];
  for (const [views, wrong, message] of MISTAKES) {
    it(`are marked at the wrong character: ${views}`, () => {
      const text = `{\n  // mine\n  "iscIdentities.lists": ${views},\n}`;
      const found = mistakesIn(text, 'settings');
      assert.equal(found.length, 1);
      const [{ offset, length, message: said } = assert.fail()] = found;
      assert.equal(text.slice(offset, offset + length), wrong);
      assert.match(said, message);
      const file = `{ "folders": [], "settings": { "iscIdentities.lists": ${views} } }`;
      const [inFile = assert.fail()] = mistakesIn(file, 'workspaceFile');
      assert.equal(file.slice(inFile.offset, inFile.offset + inFile.length), wrong);
      assert.deepEqual(mistakesIn(file, 'settings'), []);
    });
  }

  it('leave right views, other settings and broken files in peace', () => {
    for (const text of [
      '',
      '{',
      '[]',
      '{"iscIdentities.lists": 7}',
      '{"iscIdentities.lists": [',
      '{"iscIdentities.lists": [{"name": "x", "filter": "name eq \\"a\\""}, 7, null]}',
      '{"other": [{"name": "x", "filter": "nonsense"}]}',
    ]) {
      assert.deepEqual(mistakesIn(text, 'settings'), [], text);
    }
  });

  it('mark any mistake inside its own string, whatever is typed', () => {
    fc.assert(
      fc.property(written, ({ value, literal }) => {
        const text = `{"iscIdentities.lists": [{"name": "x", "filter": ${literal}}]}`;
        const from = text.indexOf(literal, text.indexOf('filter'));
        const found = mistakesIn(text, 'settings');
        assert.equal(found.length, parseFilter(value).ok ? 0 : 1);
        for (const { offset, length } of found) {
          assert.ok(offset > from && length > 0 && offset + length <= from + literal.length, text);
        }
      }),
    );
  });

  it('are looked for in settings files only', () => {
    assert.equal(settingsKind('/User/settings.json'), 'settings');
    assert.equal(settingsKind('/project/.vscode/settings.json'), 'settings');
    assert.equal(settingsKind('/project/all.code-workspace'), 'workspaceFile');
    assert.equal(settingsKind('/project/mysettings.json'), undefined);
    assert.equal(settingsKind('/project/tsconfig.json'), undefined);
  });
});

describe('help with a filter', () => {
  const fields = Object.keys(IDENTITY_FILTER_FIELDS);
  /** The bar is the cursor. */
  const CASES: readonly [string, readonly string[]][] = [
    ['|', [...fields, 'not']],
    ['na|', [...fields, 'not']],
    ['name |', ['eq', 'sw']],
    ['name s|', ['eq', 'sw']],
    ['id |', ['eq', 'in']],
    ['id in |', ['(']],
    ['id in (|', []],
    ['id in ("a"|', [',', ')']],
    ['processingState eq |', ['"ERROR"', '"OK"']],
    ['processingState eq "E|', ['"ERROR"', '"OK"']],
    ['correlated eq |', ['true', 'false']],
    ['name sw "and |', []],
    ['name sw "a" |', ['and', 'or']],
    ['name sw "a" a|nd', ['and', 'or']],
    ['name sw "a" and |', [...fields, 'not']],
    ['not |', [...fields, 'not']],
    ['(name sw "a" |', ['and', 'or', ')']],
    ['name co |', []],
    ['name co "a" and |', []],
  ];
  for (const [text, labels] of CASES) {
    it(`says what can stand at ${text}`, () => {
      const cursor = text.indexOf('|');
      const { from, all } = suggest(text.replace('|', ''), cursor);
      assert.deepEqual(
        all.map(({ label }) => label),
        labels,
      );
      assert.ok(from <= cursor);
    });
  }

  it('keeps a word apart from what stands before it', () => {
    assert.equal(suggest('name sw "a"', 11).all[0]?.text, ' and ');
    assert.equal(suggest('(', 1).all[0]?.text, 'id ');
  });

  it('leads to right filters only, word by word', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (choices) => {
        let filter = '';
        for (const choice of choices) {
          const { from, all } = suggest(filter, filter.length);
          const next = all[choice % Math.max(1, all.length)];
          filter = filter.slice(0, from) + (next?.text ?? '"x"');
        }
        const parsed = parseFilter(filter);
        assert.ok(parsed.ok || ['empty', 'unexpectedEnd'].includes(parsed.mistake.problem), filter);
      }),
    );
  });

  it('finds the filter at a place of the file, and answers as the file has it', () => {
    const text = '{"iscIdentities.lists": [{"name": "name ", "filter": "cloudStatus eq \\"LO\\""}], "filter": "name "}';
    const inside = text.indexOf('LO') + 2;
    const { from, all } = suggestAt(text, inside, 'settings') ?? assert.fail();
    assert.equal(text.slice(from, inside), '\\"LO');
    assert.ok(all.some((suggestion) => suggestion.text === '\\"LOCKED\\"'));
    assert.equal(filterAt(text, inside, 'settings')?.filter, 'cloudStatus eq "LO"');
    for (const elsewhere of [0, text.indexOf('name ') + 5, text.lastIndexOf('name ') + 5]) {
      assert.equal(suggestAt(text, elsewhere, 'settings'), undefined);
    }
    assert.equal(suggestAt(text, inside, 'workspaceFile'), undefined);
  });
});
