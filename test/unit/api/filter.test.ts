import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Filter, FilterValue } from '../../../src/api/filter';
import { IDENTITY_FILTER_FIELDS, and, equals, filterText, not, oneOf, or, startsWith } from '../../../src/api/filter';
import { checkSorters, parseFilter } from '../../../src/api/filterParser';
import type { DemoTenant } from '../../../src/demo/server';
import { startDemo } from '../../../src/demo/server';
import { clientOf } from './backend';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '"', '\\', '\\"', 'a"b\\c', 'x y', '(', '),'));
const test: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('id', 'name', 'alias', 'firstname', 'lastname', 'email', 'cloudStatus', 'processingState'),
      text,
    )
    .map(([field, value]) => equals(field, value)),
  fc
    .tuple(fc.constantFrom('name', 'alias', 'firstname', 'lastname', 'email'), text)
    .map(([field, value]) => startsWith(field, value)),
  fc.tuple(fc.constantFrom('correlated', 'protected'), fc.boolean()).map(([field, value]) => equals(field, value)),
  fc.array(text, { minLength: 1, maxLength: 5 }).map((values) => oneOf('id', values)),
);
const { filter } = fc.letrec<{ filter: Filter; parts: Filter[] }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    test,
    tie('parts').map((parts) => and(...parts)),
    tie('parts').map((parts) => or(...parts)),
    tie('filter').map(not),
  ),
  parts: fc.array(tie('filter'), { minLength: 1, maxLength: 4 }),
}));

/** The same filter without joins of one and joins within joins of the same word, which no text can tell apart. */
function flattened(one: Filter): Filter {
  if (one.kind === 'test') return one;
  if (one.kind === 'not') return not(flattened(one.part));
  const parts = one.parts.map(flattened).flatMap((part) => (part.kind === one.kind ? part.parts : [part]));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: one.kind, parts };
}

describe('api: filters', () => {
  it('writes what the grammar says', () => {
    assert.equal(filterText(equals('name', 'a "b" \\c')), String.raw`name eq "a \"b\" \\c"`);
    assert.equal(filterText(equals('correlated', false)), 'correlated eq false');
    assert.equal(filterText(oneOf('id', ['a', 'b'])), 'id in ("a", "b")');
    assert.equal(
      filterText(and(or(startsWith('name', 'a'), startsWith('alias', 'a')), not(equals('protected', true)))),
      '(name sw "a" or alias sw "a") and not protected eq true',
    );
    assert.equal(filterText(not(and(equals('id', '1'), equals('id', '2')))), 'not (id eq "1" and id eq "2")');
    assert.equal(filterText(and()), '');
    assert.equal(filterText(and(or(), equals('id', '1'))), 'id eq "1"');
    assert.throws(() => oneOf('id', []), RangeError);
  });

  it('reads back every filter it writes', () => {
    fc.assert(
      fc.property(filter, (one) => {
        assert.deepEqual(parseFilter(filterText(one)), { ok: true, filter: flattened(one) });
      }),
    );
  });

  it('reads any text without throwing, and names a place within it', () => {
    const words = fc.constantFrom(
      ...Object.keys(IDENTITY_FILTER_FIELDS),
      'eq',
      'in',
      'not',
      'and',
      '(',
      ')',
      ',',
      '"a"',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (typed) => {
          const result = parseFilter(typed);
          if (result.ok) return;
          const { position, length, found } = result.mistake;
          assert.ok(position >= 0 && position + length <= typed.length);
          assert.equal(typed.slice(position, position + length), found);
        },
      ),
    );
  });

  const mistakes: readonly (readonly [string, string, number, RegExp])[] = [
    ['', 'empty', 0, /empty/],
    ['   ', 'empty', 0, /empty/],
    ['title eq "x"', 'unknownField', 0, /"title" cannot be filtered by. Use id, name/],
    ['name eq "a" and dept eq "b"', 'unknownField', 16, /"dept"/],
    ['name co "x"', 'operatorNotSupported', 5, /"name" does not support co. Use eq or sw/],
    ['cloudStatus sw "A"', 'operatorNotSupported', 12, /does not support sw. Use eq/],
    ['pr name', 'operatorNotSupported', 0, /does not support pr/],
    ['name EQ "x"', 'unknownOperator', 5, /"EQ" is no operator/],
    ['name = "x"', 'unknownOperator', 5, /"=" is no operator/],
    ['name eq "x', 'unclosedString', 8, /not closed/],
    ['name eq "x\\"', 'unclosedString', 8, /not closed/],
    ['name eq x', 'wrongValue', 8, /"name" is compared with "text"/],
    ['correlated eq "true"', 'wrongValue', 14, /true or false/],
    ['name eq', 'unexpectedEnd', 7, /ends too early/],
    ['name', 'unexpectedEnd', 4, /Expected eq or sw/],
    ['(name eq "x"', 'unexpectedEnd', 12, /Expected "and" or "or" or "\)"/],
    ['name eq "x")', 'unexpected', 11, /found \)/],
    ['name eq "x" AND id eq "1"', 'unexpected', 12, /Expected "and" or "or", found AND/],
    ['id in ()', 'unexpected', 7, /found \)/],
    ['id in "a"', 'unexpected', 6, /Expected "\("/],
    ['id in ("a" "b")', 'unexpected', 11, /Expected "," or "\)"/],
    ['constructor eq "x"', 'unknownField', 0, /"constructor"/],
    ['"name" eq "x"', 'unexpected', 0, /found "name"/],
    [`${'('.repeat(500)}name eq "x"`, 'tooDeep', 50, /nested too deeply/],
  ];
  for (const [typed, problem, position, message] of mistakes) {
    it(`names the mistake in: ${typed.slice(0, 40)}`, () => {
      const result = parseFilter(typed);
      assert.ok(!result.ok);
      assert.equal(result.mistake.problem, problem);
      assert.equal(result.mistake.position, position);
      assert.match(result.mistake.message, message);
    });
  }

  it('reads other fields, numbers and dates of other lists', () => {
    const fields = {
      priority: { type: 'number', operators: ['eq', 'isnull'] },
      created: { type: 'date', operators: ['ge', 'pr'] },
    } as const;
    const written = 'priority eq -1.5 and created ge 2018-12-18T23:05:55Z or pr created and priority isnull';
    const result = parseFilter(written, fields);
    assert.ok(result.ok);
    assert.equal(filterText(result.filter), written);
    assert.equal(parseFilter('created ge 2018-99-99T00:00:00Z', fields).ok, false);
  });

  it('checks sorters', () => {
    assert.equal(checkSorters('-name, alias,cloudStatus'), undefined);
    assert.deepEqual(
      { ...checkSorters('name,-email'), message: '' },
      {
        problem: 'unknownSorter',
        position: 5,
        length: 6,
        found: '-email',
        expected: ['name', 'alias', 'cloudStatus'],
        message: '',
      },
    );
    assert.equal(checkSorters('')?.problem, 'unknownSorter');
  });

  describe('against the tenant', () => {
    let demo: DemoTenant;
    before(async () => {
      demo = await startDemo({ identities: 60, rateLimit: Infinity });
    });
    after(() => demo.close());

    it('is understood as it is meant', async () => {
      const client = clientOf(demo);
      const { items: everyone } = await client.identities.list({ defaultFilter: 'NONE' });
      const value = (key: 'id' | 'name' | 'alias' | 'emailAddress') =>
        fc.constantFrom(...everyone.map((person) => person[key] ?? '?'));
      const known: fc.Arbitrary<Filter> = fc.oneof(
        value('name').map((name) => equals('name', name)),
        value('alias').map((alias) => startsWith('alias', alias.slice(0, 2))),
        fc.array(value('id'), { minLength: 1, maxLength: 4 }).map((ids) => oneOf('id', ids)),
        fc.constantFrom('ACTIVE', 'UNREGISTERED').map((status) => equals('cloudStatus', status)),
        text.map((anything) => equals('email', anything)),
      );
      const { combined } = fc.letrec<{ combined: Filter; parts: Filter[] }>((tie) => ({
        combined: fc.oneof(
          { depthSize: 'small' },
          known,
          tie('parts').map((parts) => and(...parts)),
          tie('parts').map((parts) => or(...parts)),
          tie('combined').map(not),
        ),
        parts: fc.array(tie('combined'), { minLength: 1, maxLength: 3 }),
      }));
      const same = (a: string | null | undefined, b: FilterValue | undefined) =>
        (a ?? '').toLowerCase() === String(b).toLowerCase();
      const meant = (one: Filter, person: (typeof everyone)[number]): boolean => {
        switch (one.kind) {
          case 'and':
            return one.parts.every((part) => meant(part, person));
          case 'or':
            return one.parts.some((part) => meant(part, person));
          case 'not':
            return !meant(one.part, person);
          case 'test': {
            const fieldValue = { id: person.id, name: person.name, alias: person.alias, email: person.emailAddress }[
              one.field
            ];
            if (one.field === 'cloudStatus') return same(person.identityStatus, one.values[0]);
            if (one.operator === 'sw') {
              return String(fieldValue ?? '')
                .toLowerCase()
                .startsWith(String(one.values[0]).toLowerCase());
            }
            return (
              fieldValue !== null && fieldValue !== undefined && one.values.some((wanted) => same(fieldValue, wanted))
            );
          }
        }
      };
      await fc.assert(
        fc.asyncProperty(combined, async (one) => {
          const { items } = await client.identities.list({ filters: filterText(one), defaultFilter: 'NONE' });
          const expected = everyone.filter((person) => meant(one, person)).map(({ id }) => id);
          assert.deepEqual(items.map(({ id }) => id).sort(), expected.sort(), filterText(one));
        }),
        { numRuns: 60 },
      );
    });
  });
});
