import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { ALLOWED, BANNED, NO_WORDS } from './bannedWords';
import { readManifestTexts } from './manifestTexts';

const PAGES = 'media/walkthrough';

/** Every English text that is shown, by its place. */
function shownTexts(): (readonly [place: string, text: string])[] {
  const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
  const pages = readdirSync(PAGES)
    .filter((name) => name.endsWith('.md') && !name.includes('.nls.'))
    .map((name) => `${PAGES}/${name}`);
  assert.ok(pages.length > 2, String(pages.length));
  return [
    ...Object.keys(bundle).map((text) => ['l10n', text] as const),
    ...Object.entries(readManifestTexts()),
    ...['README.md', ...pages].map((file) => [file, readFileSync(file, 'utf8')] as const),
  ];
}

/** The words of a text alone, in one line: a page is wrapped anywhere. */
function sentences(text: string): string {
  const words = NO_WORDS.reduce((rest, pattern) => rest.replace(pattern, ''), text).replace(/\s+/gu, ' ');
  return ALLOWED.reduce((rest, allowed) => rest.replace(allowed.text, ''), words);
}

/** The banned words of a text, each with what stands around it. */
function bannedIn(text: string): string[] {
  const said = sentences(text);
  return BANNED.flatMap((pattern) => {
    const at = said.search(pattern);
    return at < 0 ? [] : [`${pattern.source}: ${said.slice(Math.max(0, at - 30), at + 40)}`];
  });
}

describe('words of the texts', () => {
  it('are those of the glossary', () => {
    const texts = shownTexts();
    assert.ok(texts.length > 1000, String(texts.length));
    const banned = texts.flatMap(([place, text]) => bannedIn(text).map((found) => `${place}: ${found}`));
    assert.deepEqual(banned, []);
  });

  it('are told from code, addresses of commands, ids of settings and marks of Markdown', () => {
    for (const text of [
      'Run `id eq "people"` with `--batch`.',
      '[Add](command:iscIdentities.newList)',
      'Set iscIdentities.lists.',
      '![An image](a.png) <!-- people -->',
      '```\nthe service!\n```',
      'Credentials never follow a\n  redirect.',
      'The Tasks view, and the _Tenants_ view.',
    ])
      assert.deepEqual(bannedIn(text), [], text);
  });

  for (const text of [
    '12 people',
    'A batch of requests',
    'Save this query as a view',
    'What the service says',
    'An e-mail',
    'Send password-reset link',
    'Stop following a task',
    'Not there any\nmore',
    'Please sign in',
    'Done!',
    'cancelled',
    'Copy ids',
    'Role Id',
  ])
    it(`refuse ${JSON.stringify(text)}`, () => {
      assert.notDeepEqual(bannedIn(text), []);
    });

  it('are allowed only where they stand, with a reason', () => {
    const all = shownTexts().map(([, text]) => text.replace(/\s+/gu, ' '));
    for (const { text, reason } of ALLOWED) {
      assert.ok(
        all.some((one) => one.search(text) >= 0),
        text.source,
      );
      assert.notEqual(reason, '');
    }
  });
});
