/** The words of the product: every text a person reads goes through `t`. VS Code's translations are handed in (`useLanguage`). */
import { plain, type PlainText } from './plain';

/** A form of a word that a language has for some numbers: `few`. */
type Form = Intl.LDMLPluralRule;
type Values = readonly (string | number | boolean)[];

/** Finds the translation of an English text, for these numbers if there is one, and fills its `{0}`. */
type Translate = (text: string, form: Form | undefined, values: Values) => string;

let tag = 'en';
let translate: Translate = (text, _, values) =>
  text.replace(/\{(\d+)\}/g, (whole, n: string) => String(values[Number(n)] ?? whole));

/** The form that `t` asks for just now: `plural` sets it while the text for several is made. */
let asked: Form | undefined;

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
export function t(text: string, ...values: Values): PlainText {
  const filled = values.map((value) => (typeof value === 'string' ? plain(value) : value));
  return translate(text, asked, filled) as PlainText;
}

/**
 * The text for exactly one, or the text for any other number in the form the language has for it: a translation may hold
 * several of them.
 *
 * @param forms calls of `t`, made when they are needed
 */
export function plural(count: number, forms: { one: () => PlainText; other: () => PlainText }): PlainText {
  if (count === 1) return forms.one();
  const before = asked;
  asked = new Intl.PluralRules(languageTag()).select(count);
  try {
    return forms.other();
  } finally {
    asked = before;
  }
}

/** A phrase as a sentence begins: its first letter as a capital, which is another one in some languages. */
export function capital(phrase: PlainText): PlainText {
  return `${phrase.charAt(0).toLocaleUpperCase(languageTag())}${phrase.slice(1)}` as PlainText;
}
