import * as vscode from 'vscode';
import { settingsKind, LISTS_SETTING } from './settingsFile';

const SELECTOR: vscode.DocumentSelector = [{ pattern: '**/settings.json' }, { pattern: '**/*.code-workspace' }];

/**
 * Marks mistakes in the lists of open settings files, and helps to write their filters. What reads the files is loaded
 * once one is open that has lists.
 */
export function registerListSettings(): vscode.Disposable {
  const marks = vscode.languages.createDiagnosticCollection(LISTS_SETTING);
  const check = (document: vscode.TextDocument): void => {
    void mark(marks, document);
  };
  vscode.workspace.textDocuments.forEach(check);
  return vscode.Disposable.from(
    marks,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => marks.delete(uri)),
    vscode.languages.registerCompletionItemProvider(
      SELECTOR,
      {
        provideCompletionItems: async (document, position) =>
          hasLists(document) ? (await loadHelp()).complete(document, position) : [],
      },
      ...[' ', '"', '('],
    ),
    vscode.languages.registerHoverProvider(SELECTOR, {
      provideHover: async (document, position) =>
        hasLists(document) ? (await loadHelp()).hover(document, position) : undefined,
    }),
  );
}

async function mark(marks: vscode.DiagnosticCollection, document: vscode.TextDocument): Promise<void> {
  if (!settingsKind(document.uri.path)) return;
  if (!hasLists(document)) return marks.delete(document.uri);
  const { version } = document;
  const { diagnose } = await loadHelp();
  if (document.isClosed || document.version !== version) return;
  marks.set(document.uri, diagnose(document));
}

function hasLists(document: vscode.TextDocument): boolean {
  return settingsKind(document.uri.path) !== undefined && document.getText().includes(LISTS_SETTING);
}

function loadHelp() {
  return import('./help');
}
