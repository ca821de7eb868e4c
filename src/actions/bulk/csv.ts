/** A batch as a table and as JSON, for files that leave the editor. */
import { stringify } from 'csv-stringify/sync';
import { cellText } from '../../text/plain';
import { countsOf, wasStopped, type Batch, type BatchRow } from './batch';
import { runsOf } from './runs';

/** What a row is called in a file: the state, or why it was skipped. */
export type CsvOutcome = (row: BatchRow) => string;

/**
 * A line for each person, every cell quoted and without line breaks. What a spreadsheet would take for a formula is made
 * text, because a tenant's data is anybody's.
 *
 * @param names of the columns, in the language of the person
 */
export function batchCsv(
  { rows }: Pick<Batch, 'rows'>,
  outcome: CsvOutcome,
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
  return stringify(records.map(inOneLine), {
    // Whatever a reader takes for a separator stays inside of its cell.
    quoted: true,
    header: true,
    columns: Object.entries(names).map(([key, header]) => ({ key, header })),
    escape_formulas: true,
    record_delimiter: 'windows',
    bom: true,
  });
}

/** Breaks would begin a row of their own in programs that do not mind quotes. */
function inOneLine<T extends Readonly<Record<string, string>>>(cells: T): Record<string, string> {
  return Object.fromEntries(Object.entries(cells).map(([key, text]) => [key, cellText(text)]));
}

/** The same with all that is known, for scripts: states are not translated. */
export function batchJson(batch: Batch, tenantName: string): string {
  const { rows, id, action, mail, from, createdAt, startedAt, endedAt } = batch;
  const stopped = wasStopped(batch, countsOf(rows));
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
      ...(stopped ? { stopped } : {}),
      runs: runsOf(batch).map(({ startedAt: from, endedAt: to, ...run }) => ({
        ...run,
        started: time(from),
        ended: time(to),
      })),
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
