import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import ts from 'typescript';
import { joined, plain, withIcon } from '../../src/text/plain';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('/page/'));

/** What of `vscode.window` may be used outside src/ui, because nothing it is given is read for links or icons. */
const HARMLESS = new Set([
  'activeTextEditor',
  'createOutputChannel',
  'onDidChangeActiveTextEditor',
  'onDidChangeWindowState',
  'registerFileDecorationProvider',
  'registerUriHandler',
  'registerWebviewPanelSerializer',
  'showOpenDialog',
  'showSaveDialog',
  'showTextDocument',
  'state',
  'tabGroups',
]);

/** Classes whose texts are shown with links or icons. */
const MADE_IN_UI = new Set(['TreeItem', 'MarkdownString']);

/** Every use of a part of the API that shows text: "src/x.ts: window.showQuickPick". */
function sinksIn(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'vscode.window') {
      found.push(`window.${node.name.text}`);
    }
    if (ts.isNewExpression(node)) {
      const name = node.expression.getText().replace(/^vscode\./, '');
      if (MADE_IN_UI.has(name)) found.push(`new ${name}`);
    }
    // Nothing is taken out of its name space, where this test would not see it.
    if (
      ts.isImportDeclaration(node) &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text === 'vscode'
    ) {
      const names = node.importClause?.namedBindings;
      if (names && ts.isNamedImports(names)) found.push('named import of vscode');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What VS Code itself makes a link of (its `parseLinkedText`), and an icon of. */
const VSCODE_LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const VSCODE_ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u206f\u{e0000}-\u{e007f}]/u;

const HOSTILE = [
  'x [Sign in again](command:workbench.action.quit)',
  '[a](https://evil.example "b")',
  '[a]\u200b(command:x)',
  '[a]\n(command:x)',
  'one\r\ntwo\u2028three\u0085four',
  'invoice\u202egnp.exe',
  '\u{e0061}\u{e0062}tagged',
  '$(error) Failed',
  '\ud800 half a pair',
];

describe('sinks of text', () => {
  it('are used in src/ui only, all others are harmless', () => {
    const wrong = files
      .filter((file) => !file.startsWith('src/ui/'))
      .flatMap((file) =>
        sinksIn(file)
          .filter((sink) => !HARMLESS.has(sink.replace('window.', '')))
          .map((sink) => `${file}: ${sink}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('take no text there that is not plain', () => {
    const wrong: string[] = [];
    for (const file of files.filter((name) => name.startsWith('src/ui/'))) {
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
      for (const statement of source.statements) {
        if (!ts.isFunctionDeclaration(statement) || !statement.modifiers) continue;
        for (const { name, type } of statement.parameters) {
          const text = `${statement.name?.text ?? ''}(${name.getText()}: ${type?.getText() ?? ''})`;
          // Ids are ours; the tooltip's title and values are made plain in it.
          if (
            type?.getText().includes('string') &&
            !/\((id|key|viewType|expands):?|factsTooltip|validateInput/.test(text)
          ) {
            wrong.push(text);
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  for (const text of HOSTILE) {
    it(`get no link, icon, line break or reordering from ${JSON.stringify(text)}`, () => {
      const shown = plain(text);
      assert.doesNotMatch(shown, VSCODE_LINK);
      assert.doesNotMatch(shown, VSCODE_ICON);
      assert.doesNotMatch(shown, UNSEEN);
    });
  }

  it('get none from any text, alone or beside others, and nothing changes the second time', () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      'command:x',
      'https://a',
      '$',
      '\n',
      '\u202e',
      '\u{e0041}',
      ' ',
      'a',
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const one = plain(a);
        assert.equal(plain(one), one);
        for (const text of [one, joined([one, plain(b)]), withIcon('check', one).replace('$(check) ', '')]) {
          assert.doesNotMatch(text, VSCODE_LINK);
          assert.doesNotMatch(text, VSCODE_ICON);
          assert.doesNotMatch(text, UNSEEN);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keep what languages and emoji need, and say that a long text was cut', () => {
    for (const text of ['नमस्ते क्‍ष', 'می‌خواهم', '👩‍💻 ❤️', 'Zoë O’Neill-Łuczak', '5 $ (five)'])
      assert.equal(plain(text), text);
    assert.equal(plain('a'.repeat(5_000)).length, 1_000);
    assert.match(plain('a'.repeat(5_000)), /…$/);
  });
});
