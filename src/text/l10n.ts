/** The words of the product: every text a person reads goes through `t`. */
import { l10n } from 'vscode';
import { plain, type PlainText } from './plain';

/**
 * A text of our own in the person's language.
 *
 * @param text in English, written here: a literal. Its `{0}` are filled with `values`, each made plain (`plain`): they may
 *   come from anywhere
 */
export function t(text: string, ...values: readonly (string | number | boolean)[]): PlainText {
  return l10n.t(text, ...values.map((value) => (typeof value === 'string' ? plain(value) : value))) as PlainText;
}
