/** How this extension reads and writes its own files: for this person only, and never half. No vscode. */
import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  fdatasyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Unreadable } from './problem';
import { t } from '../text/l10n';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** A record of this extension is far smaller; what is bigger was not written by it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** A writer renames its part within milliseconds. */
const PART_AGE_MS = 60 * 60 * 1000;

/**
 * Makes a folder and those above it, for this person only (0700). One that is there, made by an earlier version, is closed
 * to others too.
 *
 * @throws the file system's error, as on a disk that is full or read-only
 */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  try {
    if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, FOLDER_MODE);
  } catch {
    // A file system without such rights: what it can do it does by itself.
  }
}

/**
 * Replaces a file as a whole (0600), through a part that is renamed: nobody ever reads half of it, and it outlives a loss of
 * power. A failure leaves the former file as it was.
 *
 * @throws the file system's error
 */
export function writeWhole(file: string, text: string): void {
  const part = partOf(file);
  try {
    writeNew(part, text);
    renameSync(part, file);
  } catch (error) {
    removeFile(part);
    throw error;
  }
}

/**
 * Makes a file whole and at once (0600), unless there is one of that name: of many who try, one succeeds.
 *
 * @returns false when it was there. @throws the file system's error
 */
export function createWhole(file: string, text: string): boolean {
  const part = partOf(file);
  try {
    writeNew(part, text);
    linkSync(part, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
  } finally {
    removeFile(part);
  }
  // A file system without links. Who is stopped in the middle of this leaves a file that is half.
  return createHere(file, text);
}

/** A file to which lines are added, held open. */
export interface LineFile {
  /** @throws the file system's error: what of the line is in the file is not known */
  append(line: string): void;
  /** All that was added is on the disk when this returns (about half a millisecond). @throws the file system's error */
  flush(): void;
  close(): void;
}

/**
 * Opens a file of lines (0600). Each is written between line breaks of its own: what a crash or a full disk cut off before must
 * not take the next one along.
 *
 * @param from `anew`: a file of its own in the place of one that is there, as who still has that one open must not write into this
 * @throws the file system's error
 */
export function openLines(file: string, from: 'anew' | 'end'): LineFile {
  if (from === 'anew') rmSync(file, { force: true });
  const opened = openSync(file, from === 'anew' ? 'ax' : 'a', FILE_MODE);
  return {
    append(line) {
      writeAll(opened, `\n${line}\n`);
    },
    flush() {
      fdatasyncSync(opened);
    },
    close() {
      closeSync(opened);
    },
  };
}

/**
 * The whole text of a file.
 *
 * @throws Unreadable for what is no file (a folder, a pipe: reading one would never end), holds NULs, as a file does whose
 *   contents were lost with the power, or is far too big; else the file system's error
 */
export function readText(file: string, mostBytes = MOST_BYTES): string {
  const { size, isFile } = kindOf(file);
  if (!isFile) throw new Unreadable(t('it is not a file'));
  if (size > mostBytes) throw new Unreadable(t('it is too large'));
  const text = readFileSync(file, 'utf8');
  if (text.trim() === '') throw new Unreadable(t('it is empty'));
  if (text.includes('\u0000')) throw new Unreadable(t('it is damaged'));
  return text;
}

/**
 * The JSON in a file.
 *
 * @throws as `readText`, and what JSON.parse throws: show neither as it is, but by `problemOf`
 */
export function readJson(file: string): unknown {
  return JSON.parse(readText(file));
}

/** Names in a folder, sorted; none when it is not there or cannot be read. */
export function listNames(folder: string): readonly string[] {
  return listNamesIfKnown(folder) ?? [];
}

/** Differs once a file was written, replaced or removed. One that cannot be looked at is never as it was. Never throws. */
export function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return [mtimeMs, size, ino].join(' ');
  } catch {
    return randomUUID();
  }
}

/** Adds a line to a file that several processes add to, whole or not at all. @throws the file system's error */
export function appendLine(file: string, line: string): void {
  appendFileSync(file, `${line}\n`, { mode: FILE_MODE });
}

/** The text of a file from a place in it (in bytes) on; empty when there is none. @throws the file system's error */
export function readFrom(file: string, place: number): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= place) return '';
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(size - place, MOST_BYTES));
    return bytes.toString('utf8', 0, readSync(opened, bytes, 0, bytes.length, place));
  } finally {
    closeSync(opened);
  }
}

/**
 * Makes an empty file that stands for something only one may do.
 *
 * @returns false when it is there: somebody else was first. @throws the file system's error
 */
export function claimFile(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', FILE_MODE));
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** True when there is surely nothing of that name; false also when it cannot be told. */
export function isAbsent(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** Names in a folder, sorted; none when there is no such folder, undefined when it cannot be read. */
export function listNamesIfKnown(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch {
    return isAbsent(folder) ? [] : undefined;
  }
}

/** Removes a file, or what stands in its place; what is not there is removed. @throws the file system's error */
export function removeWhole(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

/** Removes what writers left half: they were killed, or the disk was full. Never throws. */
export function removeParts(folder: string, now = Date.now()): number {
  let removed = 0;
  for (const name of listNames(folder)) {
    // `.new`: as earlier versions called a part.
    if (!/\.(part|new)$/.test(name)) continue;
    const file = join(folder, name);
    try {
      if (now - statSync(file).mtimeMs < PART_AGE_MS) continue;
    } catch {
      continue;
    }
    if (removeFile(file)) removed++;
  }
  return removed;
}

function partOf(file: string): string {
  return `${file}.${randomUUID()}.part`;
}

/** Writes a file that nobody looks for yet; it is on the disk then. */
function writeNew(file: string, text: string): void {
  const opened = openSync(file, 'wx', FILE_MODE);
  try {
    writeAll(opened, text);
    fdatasyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function createHere(file: string, text: string): boolean {
  try {
    writeNew(file, text);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function writeAll(opened: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(opened, bytes, at);
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function kindOf(file: string): { readonly size: number; readonly isFile: boolean } {
  const found = statSync(file);
  return { size: found.size, isFile: found.isFile() };
}

function removeFile(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
