import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { comparePages, compareTexts, formsOf, keysOf, languagesOf } from '../../../scripts/l10nLanguages.mjs';
import { textsOf } from '../../../scripts/l10nTexts.mjs';

describe('export of texts', () => {
  it('finds the texts of t, however they are quoted, and those that stand for several numbers', () => {
    const { texts, plurals, wrong } = textsOf(
      'a.ts',
      `import { languageTag, t } from '../text/l10n';
       const a = t('It\\'s {0}', 1) + t(\`two\`) + t("three", t('four'));
       const b = plural(n, { one: () => t('1 role'), other: () => t('{0} roles', n) });
       other.t(c); export const d = { t: 1 };`,
    );
    assert.deepEqual(texts, ["It's {0}", 'two', 'three', 'four', '1 role', '{0} roles']);
    assert.deepEqual(plurals, ['{0} roles']);
    assert.deepEqual(wrong, []);
  });

  it('refuses a text that is not written where t is called', () => {
    for (const call of ['t(text)', 't(`a ${b}`)', "t('a' + b)", "t(one ? 'a' : 'b')", 'list.map(t)', 'const u = t'])
      assert.equal(textsOf('a.ts', call).wrong.length, 1, call);
  });
});

describe('check of a language', () => {
  it('knows the languages by their files', () => {
    const files = ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json', 'package.nls.pt-br.json', 'package.nls.json'];
    assert.deepEqual(languagesOf([...files, 'media/walkthrough/add.nls.fr.md', 'media/walkthrough/add.md']), [
      'de',
      'fr',
      'pt-br',
    ]);
  });

  it('wants the forms that a language has for other numbers than 1', () => {
    assert.deepEqual(['en', 'de', 'ja'].map(formsOf), [[], [], []]);
    assert.deepEqual(formsOf('fr'), ['one']);
    assert.deepEqual(formsOf('pl'), ['few', 'many']);
    assert.deepEqual(Object.keys(keysOf(['a', '{0} b'], new Set(['{0} b']), 'pl')), [
      'a',
      '{0} b',
      '{0} b/few',
      '{0} b/many',
    ]);
  });

  it('tells keys that are missing or unknown, and placeholders, links and icons that differ', () => {
    const english = { a: 'A {0} {1}', b: '$(add) [B](command:x) {0}', c: 'C' };
    assert.deepEqual(compareTexts('f', english, { a: '{1} A {0}', b: '$(add) {0} [Bb](command:x)', c: 'Cc' }), []);
    const wrong = [
      { a: 'A {0}' },
      { a: 'A {0} {2}' },
      { b: '$(ad) [B](command:x) {0}' },
      { b: '$(add) [B](command:y) {0}' },
    ];
    for (const change of wrong) assert.equal(compareTexts('f', english, { ...english, ...change }).length, 1);
    assert.deepEqual(compareTexts('f', { a: 'A' }, { b: 'B' }), ['f lacks "a"', 'f has "b", which nothing uses']);
  });

  it('tells pages of the walkthrough that are missing or translate none', () => {
    const pages = ['media/walkthrough/add.md', 'media/walkthrough/add.nls.de.md'];
    assert.deepEqual(comparePages(pages, ['de']), []);
    assert.deepEqual(comparePages(pages, ['de', 'fr']), ['media/walkthrough/add.nls.fr.md is missing']);
    assert.equal(comparePages([...pages, 'media/walkthrough/old.nls.de.md'], ['de']).length, 1);
  });
});
