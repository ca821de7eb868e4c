/** Identities as a Markdown table, for a ticket or a chat. */
import type { Column } from '../columns';
import type { ExportRow } from './rows';

/** What Markdown would make something of inside a cell: an emphasis, a link, HTML, an entity, the end of the cell. */
const SPECIAL = /[\\`*_[\]<>&|~$!]/g;
/** Addresses are made links without any mark around them. */
const ADDRESS = /:(?=\/\/)|(?<=\bwww)\./gi;
/** Blanks, which Markdown shows as one in any number, line breaks and controls. */
// eslint-disable-next-line no-control-regex
const BLANKS = /[\s\u0000-\u001f\u007f-\u009f]+/g;

/** A table with a heading, cells escaped: a reader of Markdown shows what is in them, letter by letter, in one line. */
export function identitiesMarkdown(columns: readonly Column[], rows: readonly ExportRow[]): string {
  const lines = [
    columns.map(({ label }) => markdownCell(label)),
    columns.map(({ kind }) => (kind === 'number' ? '--:' : '---')),
    ...rows.map(({ identity, facts }) =>
      columns.map(({ valueOf }) => markdownCell(String(valueOf(identity, facts) ?? ''))),
    ),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function markdownCell(text: string): string {
  return text.replace(BLANKS, ' ').trim().replace(SPECIAL, '\\$&').replace(ADDRESS, '\\$&');
}
