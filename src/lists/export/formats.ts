/** Identities as the text of a file, in portions: nothing is kept of those before. */
import { stringify } from 'csv-stringify/sync';
import { jsonText as jsonWithDigits } from '../../api/json';
import { cellText } from '../../text/plain';
import type { Column } from '../columns';
import type { ExportRow } from './rows';

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
  add(rows: readonly ExportRow[]): string;
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
        add: (rows) => rows.map((row) => `${objectText(columns, row)}\n`).join(''),
        end: () => '',
      };
  }
}

function csvText(columns: readonly Column[], style: CsvStyle): FileText {
  return {
    begin: () => csvHead(style) + csvLines([columns.map(({ label }) => label)], style),
    add: (rows) =>
      csvLines(
        rows.map(({ identity, facts }) => columns.map(({ valueOf }) => String(valueOf(identity, facts) ?? ''))),
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
    add: (rows) =>
      rows
        .map((row) => {
          const before = isFirst ? '\n' : ',\n';
          isFirst = false;
          return `${before}  ${objectText(columns, row)}`;
        })
        .join(''),
    end: () => '\n]\n',
  };
}

function objectText(columns: readonly Column[], { identity, facts }: ExportRow): string {
  // Attributes may be called anything, `__proto__` too.
  return jsonWithDigits(Object.fromEntries(columns.map(({ key, valueOf }) => [key, valueOf(identity, facts)])));
}
