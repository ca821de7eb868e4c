/** How the people of a record read: as they were written when it last began to run, with what its journal says since. */
import { readAs } from '../../schema';
import { BATCH_ROW, type Batch, type BatchRow, type BatchSummary } from './batch';
import { checksumOf, ENTRY, linesOf, readJournal, type Entry } from './journal';
import type { Slices } from './slices';
import { t } from '../../text/l10n';

export interface Kept {
  readonly rows: BatchRow[];
  readonly sum: string;
  /** Written by an earlier version, without checksums. */
  readonly old: boolean;
}

/** The people as they are written: JSON with a line for each, so that they can be read one by one. */
export function rowsText(rows: readonly BatchRow[]): string {
  return `[${rows.map((row) => JSON.stringify(row)).join(',\n')}]`;
}

/**
 * The people of a record: a checksum in the first line, then JSON, which earlier versions wrote in a single line.
 *
 * @returns undefined when one of them cannot be read: a record that guards against sending twice is whole, or damaged
 * @throws SyntaxError
 */
export function* keptRows(bytes: Buffer): Slices<Kept | undefined> {
  const old = isOld(bytes);
  const json = old ? bytes : bytes.subarray(bytes.indexOf('\n') + 1);
  const sum = sumOf(bytes);
  if (!old && (yield* checksumOf(json)) !== sum) return undefined;
  const rows: BatchRow[] = [];
  // One line: of an earlier version, or of one person at most.
  const values = old || !json.includes('\n') ? wholeRows(json) : singleRows(json);
  for (const value of values) {
    const row = readAs(BATCH_ROW, value);
    if (!row) return undefined;
    rows.push(row);
    yield;
  }
  return { rows, sum, old };
}

/** The checksum that stands before the people; empty in records of earlier versions. */
export function sumOf(bytes: Buffer): string {
  return isOld(bytes) ? '' : bytes.toString('utf8', 0, bytes.indexOf('\n'));
}

function isOld(bytes: Buffer): boolean {
  return bytes.toString('utf8', 0, 1) === '[';
}

function wholeRows(json: Buffer): readonly unknown[] {
  const value: unknown = JSON.parse(json.toString('utf8'));
  return Array.isArray(value) ? value : [undefined];
}

/** The people of a text that is as `rowsText` made it. @throws SyntaxError */
function* singleRows(json: Buffer): Generator {
  for (const line of linesOf(json)) yield JSON.parse(line.slice(line.startsWith('[') ? 1 : 0, -1));
}

/** The batch that is on record, or a clause that says what is wrong with the record. @throws SyntaxError */
export function* batchFrom(
  { lines, counts, ...about }: BatchSummary,
  rowsText: Buffer,
  journalText: Buffer,
): Slices<Batch | string> {
  void counts;
  const kept = yield* keptRows(rowsText);
  if (!kept) return t('its identities are damaged');
  // Once damaged, for ever: what was lost does not come back by what is written later.
  const sound = (yield* replay(kept, journalText, lines ?? 0)) && about.damaged !== true;
  const rows = kept.rows.map((row) => afterDamage(row, sound, about.elsewhere === true));
  return { ...about, rows, ...(sound ? {} : { damaged: true }) };
}

/** Puts into the rows what the journal says. @returns whether the journal is whole */
function* replay({ rows, sum, old }: Kept, journal: Buffer, atLeast: number): Slices<boolean> {
  const { entries, sound } = old ? readOldJournal(journal) : yield* readJournal(journal, sum, atLeast);
  for (const { rows: numbers, ...after } of entries) {
    for (const n of numbers) {
      const row = rows[n];
      if (row) rows[n] = afterwards(row, after);
      yield;
    }
  }
  return sound;
}

/** Journals of earlier versions have no checksums. The last line may be cut off; anything else odd is damage. */
function readOldJournal(bytes: Buffer): { readonly entries: readonly Entry[]; readonly sound: boolean } {
  const pieces = [...linesOf(bytes)];
  const entries: Entry[] = [];
  let sound = pieces.length > 0;
  for (const [at, piece] of pieces.entries()) {
    let entry: Entry | undefined;
    try {
      entry = readAs(ENTRY, JSON.parse(piece));
    } catch {
      sound &&= at === pieces.length - 1 && !piece.includes('\u0000');
      continue;
    }
    if (entry) entries.push(entry);
    else sound = false;
  }
  return { entries, sound };
}

/**
 * The state of a row that is read from a record. What was on its way when the window closed is unknown; so is everybody whom a
 * damaged journal may have lost.
 */
function afterDamage(row: BatchRow, sound: boolean, elsewhere: boolean): BatchRow {
  const lost = !sound && row.state === 'planned' && !row.skip && !row.excluded;
  return (row.state === 'sending' && !elsewhere) || lost ? { ...row, state: 'unknown' } : row;
}

/** The row with what became of it. */
export function afterwards(
  row: BatchRow,
  { state, message, trackingId, taskId, run = row.run }: Omit<Entry, 'rows'>,
): BatchRow {
  const { asked, person, skip, excluded } = row;
  return {
    asked,
    person,
    skip,
    excluded,
    state,
    ...(message === undefined ? {} : { message }),
    ...(trackingId === undefined ? {} : { trackingId }),
    ...(taskId === undefined ? {} : { taskId }),
    ...(run === undefined ? {} : { run }),
  };
}
