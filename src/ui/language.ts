// Imported for what it does, before everything else: tables of texts are filled when their file is loaded.
import * as vscode from 'vscode';
import { useLanguage } from '../text/l10n';

useLanguage(vscode.env.language, (text, form, values) => {
  // VS Code looks for a text with a comment by both; that it would not find one is a line in its log.
  const known = form !== undefined && vscode.l10n.bundle?.[`${text}/${form}`] !== undefined;
  return known ? vscode.l10n.t({ message: text, comment: form, args: [...values] }) : vscode.l10n.t(text, ...values);
});
