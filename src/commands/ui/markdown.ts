/** Reports as Markdown. No vscode. */

/** Names with their values; what has none is left out. */
export function markdownFacts(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return markdownTable(
    ['', ''],
    rows
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name = '', value = '']) => [String(name), String(value)]),
  );
}

/** A table; every cell is text. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A text that Markdown shows letter by letter, in one line: what comes from a tenant is text, never markup. */
export function markdownText(value: string): string {
  return value
    .replace(/[\s`]+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#+\-.!|~&:@]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
