import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { searchMistake } from '../../../src/api/searchSyntax';

describe('a mistake in a query of Search', () => {
  for (const [query, problem, position, found] of [
    ['displayName:"ada', 'unclosedQuote', 12, '"'],
    ['"ada" OR "', 'unclosedQuote', 9, '"'],
    ['"ada\\"', 'unclosedQuote', 0, '"'],
    ['(ada OR bob', 'unclosedBracket', 0, '('],
    ['ada AND (bob OR (eve)', 'unclosedBracket', 8, '('],
    ['accessCount:[3 TO *', 'unclosedBracket', 12, '['],
    ['ada)', 'unopenedBracket', 3, ')'],
    ['(ada)) OR (', 'unopenedBracket', 5, ')'],
    ['ada OR ()', 'emptyBrackets', 7, '('],
    ['AND ada', 'nothingBefore', 0, 'AND'],
    ['(OR ada)', 'nothingBefore', 1, 'OR'],
    ['AND', 'nothingBefore', 0, 'AND'],
    ['ada AND', 'nothingAfter', 4, 'AND'],
    ['ada && ', 'nothingAfter', 4, '&&'],
    ['ada AND OR bob', 'nothingAfter', 4, 'AND'],
    ['(ada OR) AND bob', 'nothingAfter', 5, 'OR'],
    ['NOT', 'nothingAfter', 0, 'NOT'],
    ['ada AND NOT', 'nothingAfter', 8, 'NOT'],
    ['attributes.city:', 'unfinishedField', 0, 'attributes.city:'],
    ['ada AND attributes.city: ', 'unfinishedField', 8, 'attributes.city:'],
    ['attributes.city: AND ada', 'unfinishedField', 0, 'attributes.city:'],
    ['@access(name:)', 'unfinishedField', 8, 'name:'],
    ['ada OR bob\\', 'nothingEscaped', 10, '\\'],
  ] as const) {
    it(`is found in ${query}`, () => {
      assert.deepEqual(searchMistake(query), { problem, position, length: found.length, found });
    });
  }

  for (const query of [
    'ada',
    '*',
    'attributes.city:Austin AND inactive:false',
    'attributes.city: Austin',
    'NOT protected:true',
    'ada AND NOT (bob OR "eve (x) AND")',
    '!ada || -bob',
    'field:(a OR "b c")',
    '@access(type:ROLE AND name:"Auditor")',
    'accessCount:[3 TO *]',
    'created:{2026-01-01 TO now]',
    'created:[2026-01-01T00:00:00 TO "2026-02-01 (x"]',
    'created:<=2026-01-01',
    'jonson~1 AND "sales head"~2 ada^2',
    'name:/joh?n(ath[oa]n")/',
    'a\\(b AND \\"c',
    'O\\"Brien AND x',
    '_exists_:manager.id',
    'http://example.com/a',
    '(ada)(bob)',
    'android OR oregon',
  ]) {
    it(`is none in ${query}`, () => assert.equal(searchMistake(query), undefined));
  }

  it('is told of any text in no time, with a place inside it', () => {
    const part = fc.constantFrom('"', '(', ')', '[', '/', '\\', 'AND', 'NOT', 'f:', ' ', 'x', '{', ']');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (query) => {
          const mistake = searchMistake(query);
          if (mistake) assert.equal(query.substr(mistake.position, mistake.length), mistake.found);
        },
      ),
    );
    for (const many of ['"', '(', '[', '[" ', '/', 'f:', '\\', 'AND ']) searchMistake(many.repeat(10_000));
  });
});
