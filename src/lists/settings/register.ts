import * as vscode from 'vscode';
import { tooltipOf } from '../../ui/tooltip';
import { FIELD_WORDS, describeFilter, OPERATOR_WORDS } from '../filterText';
import { settingsKind, LISTS_SETTING } from './settingsFile';
import type { Suggestion } from './completions';

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
    vscode.languages.registerCompletionItemProvider(SELECTOR, { provideCompletionItems: complete }, ' ', '"', '('),
    vscode.languages.registerHoverProvider(SELECTOR, { provideHover: hover }),
  );
}

async function mark(marks: vscode.DiagnosticCollection, document: vscode.TextDocument): Promise<void> {
  const kind = settingsKind(document.uri.path);
  if (!kind) return;
  const text = document.getText();
  if (!text.includes(LISTS_SETTING)) return marks.delete(document.uri);
  const { version } = document;
  const { mistakesIn } = await import('./mistakes');
  if (document.isClosed || document.version !== version) return;
  const found = mistakesIn(text, kind).map(({ offset, length, message }) => {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'ISC Identities';
    return diagnostic;
  });
  marks.set(document.uri, found);
}

const KINDS: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Field,
  operator: vscode.CompletionItemKind.Operator,
  value: vscode.CompletionItemKind.EnumMember,
  word: vscode.CompletionItemKind.Keyword,
};

async function complete(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
  const kind = settingsKind(document.uri.path);
  const text = document.getText();
  if (!kind || !text.includes(LISTS_SETTING)) return [];
  const { suggestAt } = await import('./completions');
  const suggestions = suggestAt(text, document.offsetAt(position), kind);
  if (!suggestions) return [];
  const range = new vscode.Range(document.positionAt(suggestions.from), position);
  return suggestions.all.map((suggestion, index) => {
    const item = new vscode.CompletionItem(suggestion.label, KINDS[suggestion.kind]);
    item.insertText = suggestion.text;
    item.filterText = suggestion.text;
    item.range = range;
    item.sortText = String(index).padStart(3, '0');
    const detail = FIELD_WORDS[suggestion.label] ?? OPERATOR_WORDS[suggestion.label];
    if (detail !== undefined) item.detail = detail;
    // A field is followed by an operator, and that by a value.
    if (suggestion.kind !== 'value') item.command = { title: '', command: 'editor.action.triggerSuggest' };
    return item;
  });
}

/** The filter as a person would say it. */
async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
  const kind = settingsKind(document.uri.path);
  const text = document.getText();
  if (!kind || !text.includes(LISTS_SETTING)) return undefined;
  const { filterAt } = await import('./completions');
  const written = filterAt(text, document.offsetAt(position), kind);
  if (!written) return undefined;
  const { offset, literal, filter } = written;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + literal.length));
  return new vscode.Hover(tooltipOf(describeFilter(filter)), range);
}
