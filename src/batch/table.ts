/** A batch as a table and as JSON, for files that leave the editor. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Batch, BatchRow } from './batch';

/** A column of a file with what is in it. */
export interface Column {
  readonly name: string;
  /** What is not empty, from top to bottom. */
  readonly values: readonly string[];
}

/** What a row is called in a file: the state, or why it was skipped. */
export type Outcome = (row: BatchRow) => string;

/**
 * A line for each person. What a spreadsheet would take for a formula is made text, because a tenant's data is
 * anybody's.
 *
 * @param names of the columns, in the language of the person
 */
export function batchCsv(
  { rows }: Pick<Batch, 'rows'>,
  outcome: Outcome,
  names: Readonly<
    Record<'name' | 'id' | 'alias' | 'email' | 'asked' | 'outcome' | 'message' | 'tracking' | 'task', string>
  >,
): string {
  const records = rows.map((row) => ({
    name: row.person?.name ?? '',
    id: row.person?.id ?? '',
    alias: row.person?.alias ?? '',
    email: row.person?.email ?? '',
    asked: row.asked,
    outcome: outcome(row),
    message: row.message ?? '',
    tracking: row.trackingId ?? '',
    task: row.taskId ?? '',
  }));
  return stringify(records, {
    header: true,
    columns: Object.entries(names).map(([key, header]) => ({ key, header })),
    escape_formulas: true,
    record_delimiter: 'windows',
    bom: true,
  });
}

/** The same with all that is known, for scripts: states are not translated. */
export function batchJson({ rows, ...batch }: Batch, tenantName: string): string {
  const { id, action, mail, from, createdAt, startedAt, endedAt } = batch;
  const time = (at?: number): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());
  return JSON.stringify(
    {
      id,
      tenant: tenantName,
      action,
      mail,
      from,
      created: time(createdAt),
      started: time(startedAt),
      ended: time(endedAt),
      people: rows.map(({ skip, excluded, state, ...row }) => ({
        ...row,
        state: skip ? 'skipped' : excluded ? 'excluded' : state,
        ...(skip ? { skipped: skip } : {}),
      })),
    },
    undefined,
    2,
  );
}

/**
 * The columns of a CSV file, by comma, semicolon or tab. A first line that holds an address or an id is no header.
 *
 * @throws Error of the parser for a file that is no CSV
 */
export function columnsOf(text: string): Column[] {
  const options = { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
  const delimiter = likelyDelimiter(text);
  const lines = parse(text, { ...options, delimiter }) as string[][];
  const [first = []] = lines;
  const headless = first.some((cell) => cell.includes('@') || /^[0-9a-f]{32}$/i.test(cell));
  const body = headless ? lines : lines.slice(1);
  const width = Math.max(0, ...lines.slice(0, 100).map(({ length }) => length));
  return Array.from({ length: width }, (_, n) => ({
    name: (headless ? '' : first[n]) || `Column ${String(n + 1)}`,
    values: body.map((line) => line[n] ?? '').filter((value) => value !== ''),
  })).filter(({ values }) => values.length > 0);
}

/** Spreadsheets of many countries write semicolons. */
function likelyDelimiter(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (mark: string): number => line.split(mark).length - 1;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
