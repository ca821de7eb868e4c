/** Tooltips: the one place that makes a `MarkdownString`. Foreign text is never Markdown, and no address becomes a link. */
import * as vscode from 'vscode';
import { plain, type PlainText } from '../text/plain';

declare const tooltipMark: unique symbol;
/** A MarkdownString made here. */
export type Tooltip = vscode.MarkdownString & { readonly [tooltipMark]: true };

/** A text alone. */
export function tooltipOf(text: PlainText): Tooltip {
  return new vscode.MarkdownString(shownAsIs(text)) as Tooltip;
}

/** A bold title and a line for each fact that has a value; both may be foreign. */
export function factsTooltip(
  title: string,
  facts: readonly (readonly [PlainText, string | null | undefined])[],
): Tooltip {
  const lines = facts.flatMap(([name, value]) => (value ? [`${shownAsIs(name)}: ${shownAsIs(plain(value))}`] : []));
  return new vscode.MarkdownString(`**${shownAsIs(plain(title))}**\n\n${lines.join('  \n')}`) as Tooltip;
}

/**
 * Markdown that shows this text letter by letter. Punctuation is written as character references: a backslash would stop
 * emphasis and links, but not that `https://…`, `www.…` and `name@host` are made links by themselves.
 */
function shownAsIs(text: PlainText): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
