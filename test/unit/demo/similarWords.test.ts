import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { areSimilar } from '../../../src/demo/query/similarWords';

describe('demo: words that are spelled alike', () => {
  const distance = (one: string, other: string): number =>
    [...Array(20).keys()].find((edits) => areSimilar(one, other, edits)) ?? Infinity;

  for (const [one, other, edits] of [
    ['ada', 'ada', 0],
    ['ada', 'adam', 1],
    ['adam', 'ada', 1],
    ['ada', 'aba', 1],
    ['meyer', 'meier', 1],
    ['ada', 'daa', 1],
    ['winterbourne', 'witnerborne', 2],
    // Letters that changed places are not edited once more (as in Lucene's automata).
    ['ca', 'abc', 3],
    ['', 'ab', 2],
    ['kitten', 'sitting', 3],
    ['🌻a', 'a🌻', 1],
  ] as const) {
    it(`${one} and ${other} by ${edits}`, () => assert.equal(distance(one, other), edits));
  }

  it('is the same from either side, and never less than the lengths differ', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        assert.equal(distance(one, other), distance(other, one));
        assert.ok(distance(one, other) >= Math.abs(one.length - other.length));
        assert.equal(distance(one, other) === 0, one === other);
      }),
    );
  });
});
