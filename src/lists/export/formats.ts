/** Identities as the text of a file, in portions: nothing is kept of those before. */
import { stringify } from 'csv-stringify/sync';
import type { Identity } from '../../api/identities';
import { jsonText as jsonWithDigits } from '../../api/json';
import { cellText } from '../../text/plain';
import type { Column } from '../columns';

const FORMATS = ['csv', 'json', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** How tables are written. */
export interface CsvStyle {
  readonly delimiter: string;
  /** Excel takes a file without this mark for one of the system's own encoding. */
  readonly byteOrderMark: boolean;
}

/** The text of a file, portion by portion. */
export interface FileText {
  begin(): string;
  add(identities: readonly Identity[]): string;
  end(): string;
}

/** By the name of a file; a table for any ending that is none of ours. */
export function formatOf(fileName: string): Format {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return FORMATS.find((format) => format === ending) ?? 'csv';
}

export function fileText(format: Format, columns: readonly Column[], style: CsvStyle): FileText {
  switch (format) {
    case 'csv':
      return csvText(columns, style);
    case 'json':
      return jsonText(columns);
    case 'jsonl':
      return {
        begin: () => '',
        add: (identities) => identities.map((identity) => `${objectText(columns, identity)}\n`).join(''),
        end: () => '',
      };
  }
}

function csvText(columns: readonly Column[], style: CsvStyle): FileText {
  return {
    begin: () => csvHead(style) + csvLines([columns.map(({ label }) => label)], style),
    add: (identities) =>
      csvLines(
        identities.map((identity) => columns.map(({ valueOf }) => String(valueOf(identity) ?? ''))),
        style,
      ),
    end: () => '',
  };
}

/** What stands before the first line. */
export function csvHead({ byteOrderMark }: CsvStyle): string {
  return byteOrderMark ? '\ufeff' : '';
}

/** Every cell quoted and in one line; what a spreadsheet would take for a formula is made text: a tenant's data is anybody's. */
export function csvLines(rows: readonly (readonly string[])[], { delimiter }: CsvStyle): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    { delimiter, quoted: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}

function jsonText(columns: readonly Column[]): FileText {
  let isFirst = true;
  return {
    begin: () => '[',
    add: (identities) =>
      identities
        .map((identity) => {
          const before = isFirst ? '\n' : ',\n';
          isFirst = false;
          return `${before}  ${objectText(columns, identity)}`;
        })
        .join(''),
    end: () => '\n]\n',
  };
}

function objectText(columns: readonly Column[], identity: Identity): string {
  // Attributes may be called anything, `__proto__` too.
  return jsonWithDigits(Object.fromEntries(columns.map(({ key, valueOf }) => [key, valueOf(identity)])));
}
