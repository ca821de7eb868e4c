import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withTitles } from '../../scripts/manifest.mjs';
import { manifestActions } from '../../src/actions/catalog';
import { keyOf, readManifest, readManifestTexts, readRawManifest } from './manifestTexts';

/** What VS Code and the marketplace show to people. */
const SHOWN = new Set([
  'category',
  'contents',
  'contextualTitle',
  'deprecationMessage',
  'description',
  'displayName',
  'enumDescriptions',
  'enumItemLabels',
  'errorMessage',
  'label',
  'markdownDeprecationMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
  'name',
  'patternErrorMessage',
  'placeholder',
  'shortTitle',
  'title',
]);

/** The product's name is the same in every language. */
const PRODUCT = 'ISC Identities';

interface Text {
  readonly place: string;
  readonly value: unknown;
}

/** Every text that is shown. What a snippet or a default writes into a file is no text; the package's own name is an id. */
function textsIn(node: unknown, place = '', shown = false): Text[] {
  if (typeof node === 'string') return shown ? [{ place, value: node }] : [];
  if (Array.isArray(node)) return node.flatMap((each, n) => textsIn(each, `${place}[${String(n)}]`, shown));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === 'body' || name === 'default' || (place === '' && name === 'name')
      ? []
      : textsIn(value, `${place}.${name}`, SHOWN.has(name)),
  );
}

describe('texts of the manifest', () => {
  const texts = readManifestTexts();
  const shown = textsIn(readRawManifest());

  it('are keys, all of them', () => {
    assert.ok(shown.length > 150, String(shown.length));
    const plain = shown.filter(({ value }) => value !== PRODUCT && keyOf(value) === undefined);
    assert.deepEqual(plain, []);
  });

  it('are all in package.nls.json, which has no others', () => {
    const used = new Set(shown.map(({ value }) => keyOf(value)).filter((key) => key !== undefined));
    assert.deepEqual(Object.keys(texts).sort(), [...used].sort());
    for (const { place, value } of textsIn(readManifest())) assert.ok(typeof value === 'string' && value !== '', place);
  });

  it('have the titles of the actions as the catalog words them (npm run manifest)', () => {
    assert.deepEqual(Object.entries(withTitles(texts, manifestActions())), Object.entries(texts));
  });

  it('take the title of a new action behind those of the others', () => {
    const titled = withTitles({ 'command.a': 'A', 'view.b': 'B' }, [{ command: 'iscIdentities.c', title: 'C...' }]);
    assert.deepEqual(Object.entries(titled), [
      ['command.a', 'A'],
      ['command.c', 'C...'],
      ['view.b', 'B'],
    ]);
  });
});
