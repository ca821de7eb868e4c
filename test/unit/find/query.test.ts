import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFilter } from '../../../src/api/filterParser';
import { parseSearch } from '../../../src/demo/query/searchQuery';
import { mistakeIn, narrowed, planQuery, queryByAccess, similarQuery, wordsQuery } from '../../../src/find/query';

const id = '0123456789abcdef0123456789ABCDEF';
const starts = (text: string): string =>
  `name sw "${text}" or alias sw "${text}" or firstname sw "${text}" or lastname sw "${text}" or email sw "${text}"`;

/** A word is looked for in the fields that tell who somebody is, never in all: those hold names of entitlements too. */
const inFields = (word: string): string =>
  `(displayName:${word} OR name:${word} OR email:${word} OR firstName:${word} OR lastName:${word} OR employeeNumber:${word} OR ` +
  `attributes.department:${word} OR attributes.title:${word} OR attributes.jobTitle:${word} OR attributes.city:${word} OR ` +
  `attributes.location:${word})`;

describe('what typed text asks', () => {
  const LIST: readonly [string, string, string][] = [
    [id, `id eq "${id.toLowerCase()}"`, `*${id}*`],
    ['ada.w@example', 'email sw "ada.w@example" or alias sw "ada.w@example"', '*ada.w@example*'],
    ['  ada ', starts('ada'), '*ada*'],
    ['O"Brien', starts('O\\"Brien'), '*O\\"Brien*'],
    ['a\\b', starts('a\\\\b'), '*a\\\\b*'],
    ['100% #1&2', '', '*100%* AND *#1\\&2*'],
    ['מרים', starts('מרים'), '*מרים*'],
    ['<x>', starts('<x>'), '*?x?*'],
    ['and', starts('and'), '*and*'],
    ['department:', starts('department:'), '*department\\:*'],
    [
      'ada winter',
      'name sw "ada winter" or alias sw "ada winter" or firstname sw "ada" and lastname sw "winter" or ' +
        'lastname sw "ada" and firstname sw "winter" or firstname sw "ada winter" or lastname sw "ada winter"',
      '*ada* AND *winter*',
    ],
    ['Ada Winterbourne <ada.w@example>', 'email sw "ada.w@example" or alias sw "ada.w@example"', '*ada.w@example*'],
    ['"Winterbourne, Ada" <ada.w@example>', 'email sw "ada.w@example" or alias sw "ada.w@example"', '*ada.w@example*'],
    ['ada.w@example.', 'email sw "ada.w@example" or alias sw "ada.w@example"', '*ada.w@example*'],
    [`"${id}"`, `id eq "${id.toLowerCase()}"`, `*${id}*`],
    [
      `https://acme.identitynow.com/ui/a/admin/identities/${id}/details/attributes`,
      `id eq "${id.toLowerCase()}"`,
      `*${id}*`,
    ],
    [
      'Winter, Ada',
      'name sw "Winter, Ada" or name sw "Ada Winter" or alias sw "Ada Winter" or firstname sw "Ada" and ' +
        'lastname sw "Winter" or lastname sw "Ada" and firstname sw "Winter" or firstname sw "Ada Winter" or ' +
        'lastname sw "Ada Winter"',
      '*Winter* AND *Ada*',
    ],
  ];
  for (const [text, filters, query] of LIST) {
    it(`a list, then words anywhere: ${text}`, () => {
      const { primary: first, fallback: otherwise } = planQuery(text);
      assert.ok(first?.by === 'filter');
      if (filters) assert.equal(first.filter, filters);
      assert.ok(otherwise?.by === 'search');
      assert.equal(otherwise.query, query.split(' AND ').map(inFields).join(' AND '));
    });
  }

  it('a search for who has a role, whatever its id', () => {
    assert.equal(queryByAccess('0a1b').query, '@access(id:0a1b)');
    assert.equal(queryByAccess('a-b:c').query, '@access(id:a\\-b\\:c)');
  });

  for (const text of [
    'attributes.department:Sales',
    'name:ada AND inactive:false',
    '"Ada Winterbourne" OR Sales',
    'ada -winter*',
    '*',
    '_exists_:email',
    'NOT protected:true',
    '(attributes.city:Berlin OR attributes.city:Rome)',
  ]) {
    it(`a search as it is: ${text}`, () => {
      assert.deepEqual(planQuery(text), { primary: { by: 'search', query: text }, fallback: undefined });
    });
  }

  for (const [text, parts] of [
    ['*berg', ['*berg']],
    ['ad?m', ['ad?m']],
    ['"Ada Winterbourne"', ['"Ada Winterbourne"']],
    ['"Ada Winterbourne" Sales*', ['"Ada Winterbourne"', 'Sales*']],
  ] as const) {
    it(`a search in the fields of a person: ${text}`, () => {
      const { primary: first, fallback: otherwise } = planQuery(text);
      assert.deepEqual(first, { by: 'search', query: parts.map(inFields).join(' AND '), words: text });
      assert.equal(otherwise, undefined);
    });
  }

  it('nothing where nothing is typed', () => {
    assert.deepEqual(planQuery('  '), { primary: undefined, fallback: undefined });
    assert.equal(wordsQuery(' '), undefined);
  });

  for (const text of [
    'name sw "Ada"',
    '(cloudStatus eq "LOCKED" or protected eq true)',
    'not name sw "A"',
    'id in ("a")',
  ]) {
    it(`a filter as it is: ${text}`, () => {
      const primary = { by: 'filter', filter: text, includeUncorrelated: true };
      assert.deepEqual(planQuery(text), { primary, fallback: undefined });
      assert.equal(mistakeIn(text), undefined);
    });
  }

  it('words that only look like a filter or a query are words', () => {
    for (const text of ['name', 'Eq Name', 'nothing eq', 'id', 'ada email', 'O"Brien', 'Smith (ext', '5:', 'a: b c']) {
      const { primary } = planQuery(text);
      assert.ok(primary?.by === 'filter' && primary.filter !== text, text);
    }
    for (const text of ['O"Brien', 'Smith (ext', 'a: b c', 'Ada Winterbourne <ada@example.com', '"a', '']) {
      assert.equal(mistakeIn(text) === undefined, text !== '"a', text);
    }
  });

  it('similar spellings of words that are long enough, in the fields of a person', () => {
    for (const [text, words, asks] of [
      ['Winterborne', 'Winterborne', ['Winterborne~']],
      ['Ada Winterborne', 'Ada Winterborne', ['Ada*', 'Winterborne~']],
      ['"Ada Winterborne"', 'Ada Winterborne', ['Ada*', 'Winterborne~']],
      ['*interborne*', 'interborne', ['interborne~']],
      ['Winterborne, Ada', 'Winterborne Ada', ['Winterborne~', 'Ada*']],
      // Search takes words apart where these marks are.
      ["O'Briann", 'O Briann', ['O*', 'Briann~']],
      ['Bennett-Cole', 'Bennett Cole', ['Bennett~', 'Cole~']],
      ['ada.winterborne@example.com', 'ada winterborne', ['ada*', 'winterborne~']],
      // Numbers are right or wrong.
      ['Bldg 1234', 'Bldg 1234', ['Bldg~', '1234*']],
      ['Jäger', 'Jäger', ['Jäger~']],
    ] as const) {
      const query = asks.map(inFields).join(' AND ');
      assert.deepEqual(similarQuery(text), { by: 'search', query, words, similar: true }, text);
    }
    for (const text of ['', 'Ada', 'a b c', id, 'displayName:Winterborne', 'Winterborne OR Ada', 'name sw "Winter"']) {
      assert.equal(similarQuery(text), undefined, text);
    }
  });

  it('a role and words, or a query, that narrow who has it', () => {
    const role = queryByAccess('r1');
    assert.deepEqual(narrowed(role, ' '), role);
    assert.deepEqual(narrowed(role, 'ada'), {
      by: 'search',
      query: `@access(id:r1) AND (${inFields('*ada*')})`,
      words: 'ada',
      exact: true,
    });
    assert.equal(
      narrowed(role, 'inactive:false OR protected:true').query,
      '@access(id:r1) AND (inactive:false OR protected:true)',
    );
  });

  it('a place of a mistake that is inside the text', () => {
    const part = fc.constantFrom('name ', 'sw ', '"', '(', 'AND ', 'city:', 'ada ', '\\', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          const found = mistakeIn(text);
          if (found) assert.ok(found.mistake.position >= 0 && found.mistake.position <= text.length);
        },
      ),
    );
  });

  it('keeps 10,000 characters short enough for an address, and whole characters', () => {
    const { primary: first } = planQuery('😀'.repeat(5_000));
    assert.ok(first?.by === 'filter');
    assert.ok(encodeURIComponent(first.filter ?? '').length < 8_000);
  });

  it('never breaks a filter or a search, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ maxLength: 10_000 }),
    );
    const halves = fc.string().map((text) => `${text}\ud800`);
    fc.assert(
      fc.property(fc.oneof(typed, halves), (text) => {
        const { primary: first, fallback: otherwise } = planQuery(text);
        for (const asking of [first, otherwise]) {
          if (asking?.by === 'filter') {
            assert.ok(mistakeIn(text) !== undefined || parseFilter(asking.filter ?? '').ok, asking.filter);
            encodeURIComponent(asking.filter ?? '');
          }
        }
        if (otherwise?.by === 'search') parseSearch(otherwise.query);
        const similar = similarQuery(text);
        if (similar) parseSearch(similar.query);
      }),
    );
  });
});
