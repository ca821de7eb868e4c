/** The words of the product: every text a person reads goes through `t`. VS Code's translations are handed in (`useLanguage`). */
import { plain, type PlainText } from './plain';

/** Finds the translation of an English text and fills its `{0}`. */
type Translate = (text: string, ...values: (string | number | boolean)[]) => string;

let tag = 'en';
let translate: Translate = (text, ...values) =>
  text.replace(/\{(\d+)\}/g, (whole, n: string) => String(values[Number(n)] ?? whole));

/** @param language a language tag, as `vscode.env.language` has it */
export function useLanguage(language: string, translations: Translate): void {
  tag = language;
  translate = translations;
}

/** For `Intl`: dates in English are written day first. */
export function languageTag(): string {
  return tag === 'en' ? 'en-GB' : tag;
}

/**
 * A text of our own in the person's language.
 *
 * @param text in English, written here: a literal. Its `{0}` are filled with `values`, each made plain (`plain`): they may
 *   come from anywhere
 */
export function t(text: string, ...values: readonly (string | number | boolean)[]): PlainText {
  return translate(text, ...values.map((value) => (typeof value === 'string' ? plain(value) : value))) as PlainText;
}
