/** How the people of a record read: as they were written when it last began to run, with what its journal says since. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { readAs } from '../../schema';
import { BATCH_ROW, type BatchRow } from './batch';
import { checksum, ENTRY, readJournal, type Entry } from './journal';

const ROWS = v.array(BATCH_ROW);

export interface Kept {
  readonly rows: BatchRow[];
  readonly sum: string;
  /** Written by an earlier version, without checksums. */
  readonly old: boolean;
}

/**
 * The people of a record: a checksum in the first line, then JSON.
 *
 * @returns undefined when one of them cannot be read: a record that guards against sending twice is whole, or damaged
 * @throws SyntaxError
 */
export function keptRows(text: string): Kept | undefined {
  const end = text.indexOf('\n');
  const old = text.startsWith('[');
  const json = old ? text : text.slice(end + 1);
  const sum = old ? '' : text.slice(0, end);
  if (!old && checksum(json) !== sum) return undefined;
  const rows = readAs(ROWS, JSON.parse(json));
  return rows && { rows: [...rows], sum, old };
}

/** Puts into the rows what the journal says. @returns whether the journal is whole */
export function replay({ rows, sum, old }: Kept, file: string, atLeast: number): boolean {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // As good as empty.
  }
  const { entries, sound } = old ? readOldJournal(text) : readJournal(text, sum, atLeast);
  for (const { rows: numbers, ...after } of entries) {
    for (const n of numbers) {
      const row = rows[n];
      if (row) rows[n] = afterwards(row, after);
    }
  }
  return sound;
}

/** Journals of earlier versions have no checksums. The last line may be cut off; anything else odd is damage. */
function readOldJournal(text: string): { readonly entries: readonly Entry[]; readonly sound: boolean } {
  const pieces = text.split('\n').filter((piece) => piece !== '');
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
export function afterDamage(row: BatchRow, sound: boolean, elsewhere: boolean): BatchRow {
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
