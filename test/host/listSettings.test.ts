import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { once } from './events';

/** As it comes from the extension itself, which VS Code starts when a settings file is opened. */
suite('views in settings files', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-settings-'));
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (file: string, text: string): Promise<vscode.TextDocument> => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    return document;
  };
  const marks = (document: vscode.TextDocument): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'ISC Identities');
  const marked = (document: vscode.TextDocument): string[] =>
    marks(document).map(({ range }) => document.getText(range));
  const shows = async (document: vscode.TextDocument, ...texts: string[]): Promise<void> => {
    const right = (): boolean => marked(document).join('|') === texts.join('|');
    if (!right()) await once(vscode.languages.onDidChangeDiagnostics, right);
    assert.deepEqual(marked(document), texts);
  };
  const change = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf(from);
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    await vscode.workspace.applyEdit(edit);
  };
  const behind = (document: vscode.TextDocument, text: string): vscode.Position =>
    document.positionAt(document.getText().indexOf(text) + text.length);
  const completions = async (document: vscode.TextDocument, at: vscode.Position): Promise<vscode.CompletionItem[]> =>
    (
      await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      )
    ).items;

  const WRONG = '{\n  "iscIdentities.lists": [\n    { "name": "x", "filter": "name sw \\"\\u00e9\\" oder" }\n  ]\n}\n';

  test('mark the wrong word, and no longer once it is right', async () => {
    const document = await open('.vscode/settings.json', WRONG);
    await shows(document, 'oder');
    assert.equal(marks(document)[0]?.severity, vscode.DiagnosticSeverity.Error);
    await change(document, 'oder', 'or alias ne \\"b\\"');
    await shows(document, 'ne');
    await change(document, ' ne ', ' eq ');
    await shows(document);
    await change(document, '"name": "x"', '"name": " "');
    await shows(document, '" "');
    await change(document, 'iscIdentities.lists', 'elsewhere.views');
    await shows(document);
  });

  test('mark what is wrong in a workspace file', async () => {
    const document = await open('all.code-workspace', `{ "folders": [], "settings": ${WRONG} }`);
    await shows(document, 'oder');
  });

  test('offer what can stand at a place of a filter, and say in words what it asks', async () => {
    const views = '{ "iscIdentities.lists": [{ "name": "x", "filter": "cloudStatus eq \\"LO\\" and " }] }';
    const document = await open('.vscode/settings.json', views);
    const values = await completions(document, behind(document, '\\"LO'));
    const locked = values.find(({ label }) => label === '"LOCKED"') ?? assert.fail();
    assert.equal(locked.insertText, '\\"LOCKED\\"');
    assert.equal(document.getText(locked.range as vscode.Range), '\\"LO');
    const fields = await completions(document, behind(document, 'and '));
    assert.ok(fields.some(({ label, detail }) => label === 'lastname' && detail === 'last name'));
    await change(document, 'LO\\" and ', 'LOCKED\\"');
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      behind(document, 'cloudSt'),
    );
    const said = (hover ?? assert.fail()).contents.map((content) =>
      typeof content === 'string' ? content : content.value,
    );
    assert.match(said.join().replaceAll('&nbsp;', ' '), /status is LOCKED/);
  });
});
