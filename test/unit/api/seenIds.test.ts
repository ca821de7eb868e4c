import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { SeenIds } from '../../../src/api/seenIds';

function hexId(n: number): string {
  return createHash('md5').update(String(n)).digest('hex');
}

/** Adds and asks as an ordinary set does, and compares every answer. */
function assertLikeSet(ids: readonly string[]): void {
  const seen = new SeenIds();
  const expected = new Set<string>();
  for (const id of ids) {
    assert.equal(seen.has(id), expected.has(id), id);
    assert.equal(seen.add(id), !expected.has(id), id);
    expected.add(id);
    assert.equal(seen.has(id), true, id);
    assert.equal(seen.size, expected.size);
  }
  for (const id of expected) assert.equal(seen.add(id), false, id);
}

describe('ids seen in a list', () => {
  it('are as in an ordinary set, however many they are', () => {
    assertLikeSet(Array.from({ length: 20_000 }, (_, n) => hexId(n % 15_000)));
  });

  it('differ when a single digit does, at any place', () => {
    const base = '2c9180835d2e5168015d32f890ca1581';
    const digits = [...'0123456789abcdef'];
    assertLikeSet([...base].flatMap((_, n) => digits.map((digit) => base.slice(0, n) + digit + base.slice(n + 1))));
  });

  for (const word of [0, 1, 2, 3]) {
    it(`are found when they are numbered in sequence in word ${String(word)}`, () => {
      const words = (n: number) => [0, 1, 2, 3].map((at) => (at === word ? n : 7).toString(16).padStart(8, '0'));
      assertLikeSet(Array.from({ length: 10_000 }, (_, n) => words(n).join('')));
    });
  }

  it('may be of any other shape', () => {
    const zeros = '0'.repeat(32);
    const upper = hexId(1).toUpperCase();
    assertLikeSet([
      '',
      ' ',
      'a',
      zeros,
      zeros.slice(1),
      `${zeros}0`,
      hexId(1),
      upper,
      `${hexId(1)}\n`,
      'ada',
      'Ada',
      '__proto__',
      zeros,
    ]);
  });
});
