import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { keyIn, readPeople } from '../../../src/people/text';

const ID = '2c91808a7813090a017814121e121518';

/** Text -> its keys, and what cannot be read. */
const CASES: readonly (readonly [string, string, readonly string[], (readonly string[])?])[] = [
  ['a line each', 'a1\nb2\r\n\nc3\n', ['a1', 'b2', 'c3']],
  ['a list between commas', 'a1, b2,c3', ['a1', 'b2', 'c3']],
  ['semicolons and commas', 'a@x.io; b@x.io, c@x.io;', ['a@x.io', 'b@x.io', 'c@x.io']],
  ['a mailbox', 'Ada Winterbourne <ada@x.io>', ['ada@x.io']],
  ['a mailbox of a name with a comma', 'Winterbourne, Ada <ada@x.io>', ['ada@x.io']],
  ['a mailbox of a quoted name', '"Winterbourne, Ada" <ada@x.io>', ['ada@x.io']],
  ['mailboxes between semicolons', 'Winterbourne, Ada <ada@x.io>; Bo B <bo@x.io>', ['ada@x.io', 'bo@x.io']],
  ['mailboxes between commas', 'Winterbourne, Ada <ada@x.io>, Bo B <bo@x.io>', ['ada@x.io', 'bo@x.io']],
  ['quoted mailboxes between commas', '"W, Ada" <ada@x.io>, "B; Bo" <bo@x.io>', ['ada@x.io', 'bo@x.io']],
  ['an address before a mailbox', 'bo@x.io, Winterbourne, Ada <ada@x.io>', ['bo@x.io', 'ada@x.io']],
  ['an address after a mailbox', 'Ada <ada@x.io>, bo@x.io', ['ada@x.io', 'bo@x.io']],
  ['an address in round brackets', 'Ada Winterbourne (ada@x.io)', ['ada@x.io']],
  ['an address in angles alone', '<ada@x.io>', ['ada@x.io']],
  ['mailto', 'mailto:ada@x.io', ['ada@x.io']],
  ['the end of a sentence', 'ada@x.io.', ['ada@x.io']],
  ['quotes', `'${ID}', "a1"`, [ID, 'a1']],
  ['a list of code', `["${ID}", "a@x.io"]`.replace(/[[\]]/g, ''), [ID, 'a@x.io']],
  ['a page of the console', `https://acme.identitynow.com/ui/a/admin/identities/${ID}/details/attributes`, [ID]],
  ['marks that are not seen', '\ufeffada@x.io\u200b;\u00a0bo@x.io\u00a0', ['ada@x.io', 'bo@x.io']],
  ['an alias with blanks on a line of its own', 'Ada Winterbourne', ['Ada Winterbourne']],
  ['addresses and ids between blanks', `ada@x.io  "bo@x.io" ${ID}`, ['ada@x.io', 'bo@x.io', ID]],
  ['an address and a word between blanks', 'ada@x.io bo', ['ada@x.io bo']],
  ['a row of a table', `Winterbourne\tAda\tada@x.io`, ['ada@x.io']],
  ['a row with an id and addresses', `Ada\t${ID}\tada@x.io\tada@home.io`, [ID]],
  ['a row with two addresses', 'Ada\tada@x.io\tada@home.io', [], ['Ada · ada@x.io · ada@home.io']],
  ['a row of names', 'Winterbourne\tAda', [], ['Winterbourne · Ada']],
  ['a name alone', 'Winterbourne, Ada', [], ['Winterbourne, Ada']],
  ['a name of three words', 'van der Berg, Ada Maria', [], ['van der Berg, Ada Maria']],
  ['a quoted name alone', '"Winterbourne, Ada"', [], ['Winterbourne, Ada']],
  ['a name and an address', 'Ada Winterbourne, ada@x.io', ['ada@x.io'], ['Ada Winterbourne']],
  ['too much before a mailbox', 'a1, Winterbourne, Ada <ada@x.io>', ['ada@x.io'], ['a1']],
  ['a quote that is never closed', '"a1; b2', ['"a1', 'b2']],
  ['nothing', ' \r\n;,\t', []],
];

describe('text with people in it', () => {
  for (const [what, text, keys, unreadable = []] of CASES) {
    it(`is read: ${what}`, () => {
      assert.deepEqual(readPeople(text), { keys, unreadable });
    });
  }

  it('never gives a part of a name as a key, whatever the name', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{1,8}(-[A-Z][a-z]{1,8})?$/);
    const name = fc.oneof(
      fc.tuple(word, word).map(([last, first]) => `${last}, ${first}`),
      fc.tuple(word, word).map(([last, first]) => `"${last}, ${first}"`),
      fc.tuple(word, word, word).map(([last, first, middle]) => `${last}, ${first} ${middle}`),
      fc.tuple(word, word).map((both) => both.join(' ')),
    );
    const person = fc.tuple(name, fc.integer({ min: 1, max: 999 }));
    const between = fc.constantFrom('; ', ';', '\n', ', ');
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 6 }), between, (people, mark) => {
        const text = people.map(([called, n]) => `${called} <p${String(n)}@x.io>`).join(mark);
        assert.deepEqual(readPeople(text), { keys: people.map(([, n]) => `p${String(n)}@x.io`), unreadable: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and gives one-line keys without blanks at their ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const key of readPeople(text).keys) {
          assert.equal(key, key.trim());
          assert.doesNotMatch(key, /[\r\n\t]/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  for (const piece of ['"', '(', '<', '"\\"', '(a', '<a@b', 'a@b.c', '.', ' ', '>,', '"a" ', 'a,', '<mailto:']) {
    it(`is read in one go, also a line of a megabyte of ${piece}`, () => {
      // Looking at all that follows for each character would take hours, not the time limit of a test.
      const { keys, unreadable } = readPeople(piece.repeat(1_000_000 / piece.length));
      for (const text of [...keys, ...unreadable]) assert.ok(text.length <= 1_000_001);
    });
  }

  it('takes no text for a key that is longer than any', () => {
    assert.deepEqual(readPeople(`${'a'.repeat(2_000)}@x.io`), { keys: [], unreadable: [`${'a'.repeat(1_000)}…`] });
  });

  for (const [text, keys, unreadable] of [
    ['al-Sayed, Omar', [], ['al-Sayed, Omar']],
    ['王, 伟', [], ['王, 伟']],
    ['كمال, عمر', [], ['كمال, عمر']],
    ["d'Arc, Jeanne", [], ["d'Arc, Jeanne"]],
    ['Winterbourne, ada', [], ['Winterbourne, ada']],
    ['a1b2, ada.w, c_3', ['a1b2', 'ada.w', 'c_3'], []],
    ['"ceo@x.io" <mallory@x.io>', ['mallory@x.io'], ['ceo@x.io']],
    ['"ada@x.io" <ADA@x.io>', ['ADA@x.io'], []],
    ['Ada (boss@x.io) <ada@x.io>', ['ada@x.io'], ['boss@x.io']],
    ['Winterbourne,\r\n Ada <ada@x.io>', ['ada@x.io'], []],
    ['Ada <ada@x.io> Bo', ['ada@x.io'], ['Bo']],
    ['bo@x.io, Winterbourne, Ada <ada@x.io>', ['bo@x.io', 'ada@x.io'], []],
  ] as const) {
    it(`takes nobody else's name for a key: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readPeople(text), { keys, unreadable });
    });
  }

  it('takes no line break out of an address, and never throws for many entries', () => {
    assert.ok(readPeople('https://x.io/identities/a%0Ab').keys.every((key) => !/\s/.test(key)));
    assert.equal(readPeople(`${'a@b.c,'.repeat(150_000)}<x@y.zz>`).keys.length, 150_001);
  });

  it('is one key when it is one entry', () => {
    assert.equal(keyIn('Winterbourne, Ada <ada@x.io>'), 'ada@x.io');
    assert.equal(keyIn(`"${ID}".`.slice(0, -1)), ID);
    assert.equal(keyIn('Winterbourne, Ada'), undefined);
    assert.equal(keyIn('a1, b2'), undefined);
  });
});
