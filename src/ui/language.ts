// Imported for what it does, before everything else: tables of texts are filled when their file is loaded.
import * as vscode from 'vscode';
import { useLanguage } from '../text/l10n';

useLanguage(vscode.env.language, (text, ...values) => vscode.l10n.t(text, ...values));
