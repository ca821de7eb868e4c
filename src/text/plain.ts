/** Texts that may be shown where VS Code reads links, icons or line breaks out of them. No vscode. */

declare const plainMark: unique symbol;

/**
 * A text that holds nothing VS Code would act on: our own words, or foreign ones that went through `plain`. Only such texts
 * reach a sink (`src/ui`), so a name or an error text of the service cannot bring a link along.
 */
export type PlainText = string & { readonly [plainMark]: true };

/**
 * What is seen of a text but does nothing: controls and line breaks, marks that turn the direction of writing, fillers without
 * a width, tag characters. The joiners of scripts and emoji (U+200C, U+200D, U+FE0F) stay.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]+/gu;
/** What VS Code makes a link of in messages and prompts: `[text](address)`. */
const LINK = /\](?=\()/g;
/** What VS Code makes an icon of in labels, descriptions and prompts: `$(name)`. */
const ICON = /\$(?=\()/g;
/** Halves of a surrogate pair alone are shown as a box and break whatever measures the text. */
const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A foreign text (a name, an error of the service, a path, typed text) as one line that VS Code shows letter by letter: no
 * link, no icon, no line break, nothing that reorders. Applied twice it changes nothing more.
 *
 * @param longest characters shown at most; the rest is "…"
 */
export function plain(foreign: string, longest = 1_000): PlainText {
  const short = foreign.length > longest * 4 ? foreign.slice(0, longest * 4) : foreign;
  const line = short.replace(HALVES, '\ufffd').replace(UNSEEN, ' ').replace(LINK, '] ').replace(ICON, '$ ');
  const characters = [...line.trim()];
  const text =
    characters.length > longest || short !== foreign ? `${characters.slice(0, longest - 1).join('')}…` : line;
  return text as PlainText;
}

/** Plain texts one after the other. */
export function joined(texts: readonly (PlainText | '' | undefined | false)[], separator = ' '): PlainText {
  return texts.filter(Boolean).join(separator) as PlainText;
}

/** A text with one of VS Code's icons before it. */
export function withIcon(icon: string, text: PlainText): PlainText {
  return `$(${icon}) ${text}` as PlainText;
}

/** A text without line breaks, for a line of a list or a cell of a table; all else of it stays. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
}

/**
 * A text as the cell of a table in a file: in one line. What a spreadsheet takes for a formula is marked as text where blanks or unseen
 * characters stand before it; without them the library marks it (`escape_formulas`).
 */
export function cellText(text: string): string {
  const line = oneLine(text);
  return /^[\s\p{C}]+[=+\-@]/u.test(line) ? `'${line}` : line;
}

/**
 * A text that can be broken within a word of more than 40 letters, by a mark without a width: VS Code breaks no word in a dialog,
 * and what stands behind a very long name would be out of sight.
 */
export function breakable(text: PlainText): PlainText {
  return text.replace(/\S{40}(?=\S)/gu, '$&\u200b') as PlainText;
}

/** Texts as paragraphs of their own, for the detail of a dialog, which makes no links. */
export function paragraphs(texts: readonly (PlainText | '' | undefined | false)[]): PlainText {
  return joined(texts, '\n\n');
}
