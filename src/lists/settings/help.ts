// Marks mistakes in the lists of a settings file, and helps to write their filters: loaded once a file with lists is open.
import * as vscode from 'vscode';
import { tooltipOf } from '../../ui/tooltip';
import { FIELD_WORDS, describeFilter, OPERATOR_WORDS } from '../filterText';
import { filterAt, suggestAt, type Suggestion } from './completions';
import { mistakesIn } from './mistakes';
import { settingsKind } from './settingsFile';

/** The mistakes in the lists of a settings file. */
export function diagnose(document: vscode.TextDocument): vscode.Diagnostic[] {
  const kind = settingsKind(document.uri.path);
  if (!kind) return [];
  return mistakesIn(document.getText(), kind).map(({ offset, length, message }) => {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'ISC Identities';
    return diagnostic;
  });
}

const KINDS: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Field,
  operator: vscode.CompletionItemKind.Operator,
  value: vscode.CompletionItemKind.EnumMember,
  word: vscode.CompletionItemKind.Keyword,
};

/** What can stand at a place of a filter. */
export function complete(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const kind = settingsKind(document.uri.path);
  const text = document.getText();
  const suggestions = kind && suggestAt(text, document.offsetAt(position), kind);
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
export function hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const kind = settingsKind(document.uri.path);
  const text = document.getText();
  const written = kind && filterAt(text, document.offsetAt(position), kind);
  if (!written) return undefined;
  const { offset, literal, filter } = written;
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + literal.length));
  return new vscode.Hover(tooltipOf(describeFilter(filter)), range);
}
