/**
 * The journal of a record: what became of its people, a line for each news, on disk before anything leaves. No line is
 * believed that is not whole: each carries its number and a checksum, so that a hole, a cut or damage is noticed.
 */
import { createHash, type Hash } from 'node:crypto';
import { openLines, type LineFile } from '../../storage/files';
import * as v from 'valibot';
import { COUNT, isObject, readAs, tolerantObject, type JsonObject, type Output } from '../../schema';
import { ROW_STATES } from './batch';
import type { Slices } from './slices';

const LINE_BREAK = 10;
/** Hashed in well below a millisecond. */
const HASHED_BYTES = 64 * 1024;

/** One line, also of the journals that earlier versions wrote: what became of these rows. */
export const ENTRY = tolerantObject(
  { rows: v.array(COUNT), state: v.picklist(ROW_STATES) },
  { message: v.string(), trackingId: v.string(), taskId: v.string(), run: v.pipe(v.number(), v.safeInteger()) },
);
export type Entry = Output<typeof ENTRY>;

/** An open journal. */
export interface JournalFile {
  /** Lines written into it, by all who ever did. */
  readonly lines: number;
  /**
   * Writes a line; one about people who are about to leave is on the disk when this returns (about half a millisecond).
   *
   * @throws the file system's error: then nothing may leave
   */
  append(entry: Entry): void;
  close(): void;
}

export interface JournalText {
  readonly entries: readonly Entry[];
  /** Whole lines that were read. */
  readonly lines: number;
  /** False when something is missing between its beginning and its last whole line, or is not as it was written. */
  readonly sound: boolean;
}

/** A short checksum: against damage, not against people. */
export function checksum(text: string): string {
  return shortened(createHash('sha1').update(text));
}

/** The same of bytes, block by block. */
export function* checksumOf(bytes: Buffer): Slices<string> {
  const hash = createHash('sha1');
  for (let at = 0; at < bytes.length; at += HASHED_BYTES) {
    hash.update(bytes.subarray(at, at + HASHED_BYTES));
    yield;
  }
  return shortened(hash);
}

function shortened(hash: Hash): string {
  return hash.digest('hex').slice(0, 12);
}

/** The lines of a text that are not empty. */
export function* linesOf(bytes: Buffer): Generator<string, undefined> {
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(LINE_BREAK, at);
    const end = found < 0 ? bytes.length : found;
    if (end > at) yield bytes.toString('utf8', at, end);
    at = end + 1;
  }
}

/** Begins a journal for the rows with this checksum, in place of one that is there. @throws the file system's error */
export function beginJournal(file: string, rowsSum: string): JournalFile {
  const opened = openLines(file, 'anew');
  try {
    opened.append(lineFrom({ line: 0, rows: rowsSum }));
    opened.flush();
  } catch (error) {
    opened.close();
    throw error;
  }
  return journalOf(opened, 0);
}

/** Goes on with a journal that has so many lines. @throws the file system's error */
export function continueJournal(file: string, lines: number): JournalFile {
  return journalOf(openLines(file, 'end'), lines);
}

function journalOf(opened: LineFile, before: number): JournalFile {
  let lines = before;
  return {
    get lines() {
      return lines;
    },
    append(entry) {
      opened.append(lineFrom({ line: lines + 1, ...entry }));
      // Before it is surely on the disk: it is in the file, and its number must not be used again.
      lines++;
      if (entry.state === 'sending') opened.flush();
    },
    close() {
      opened.close();
    },
  };
}

function lineFrom(content: object): string {
  const json = JSON.stringify(content);
  return `${checksum(json)} ${json}`;
}

/**
 * Reads a journal, a line a step. Never throws.
 *
 * @param rowsSum of the rows it must belong to. One of other rows is from before them: all it says is in them already
 * @param atLeast lines that it must have, as noted elsewhere
 */
export function* readJournal(bytes: Buffer, rowsSum: string, atLeast: number): Slices<JournalText> {
  const entries: Entry[] = [];
  const pieces = linesOf(bytes);
  const head = pieces.next().value;
  const begin = head === undefined ? undefined : lineOf(head);
  if (begin?.['line'] !== 0) return { entries, lines: 0, sound: false };
  if (begin['rows'] !== rowsSum) return { entries, lines: 0, sound: atLeast === 0 };
  const endsWhole = bytes.at(-1) === LINE_BREAK;
  let lines = 0;
  let sound = true;
  let next = pieces.next().value;
  for (let piece = next; piece !== undefined; piece = next) {
    yield;
    next = pieces.next().value;
    const line = lineOf(piece);
    const number = line?.['line'];
    if (line && typeof number === 'number' && number > lines) {
      const entry = readAs(ENTRY, line);
      // What stands after a hole is right all the same.
      sound &&= entry !== undefined && number === lines + 1;
      if (entry) entries.push(entry);
      lines = number;
    } else sound &&= isTorn(piece, next, lines, endsWhole);
  }
  return { entries, lines, sound: sound && lines >= atLeast };
}

/**
 * Whether a piece is half a line that a full disk or a crash cut off: its request had not left, or its answer stays unknown.
 * It is the very end, or somebody went on after it with the next number.
 */
function isTorn(piece: string, next: string | undefined, lines: number, endsWhole: boolean): boolean {
  // A whole line is not half a one: its number was used twice.
  if (piece.includes('\u0000') || lineOf(piece)) return false;
  return next === undefined ? !endsWhole : lineOf(next)?.['line'] === lines + 1;
}

/** The object of a line whose checksum is right. */
function lineOf(piece: string): JsonObject | undefined {
  const sum = piece.slice(0, 12);
  const json = piece.slice(13);
  if (checksum(json) !== sum) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
