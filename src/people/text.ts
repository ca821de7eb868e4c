/**
 * Text with people in it, as it is copied from a mail program, an address book, a table, a console or code: which ids, aliases
 * and addresses it names. No vscode.
 *
 * An entry gives exactly one key or none; addresses and ids between blanks are an entry each. A part of a name is never a key:
 * it could be somebody else's alias. What cannot be read is given back, so that a person sees it.
 */

export interface PeopleText {
  /** Ids, aliases and addresses in their order, as written. */
  readonly keys: readonly string[];
  /** Entries that name nobody for sure: a name alone, several addresses in one cell. */
  readonly unreadable: readonly string[];
}

const ADDRESS = /^[^\s@<>()"',;]+@[^\s@<>()"',;]+$/;
/** An address has at most 320 characters, a page of the console little more: what is longer is neither. */
const LONGEST_ENTRY = 1_000;
const HEX_ID = /^[0-9a-f]{32}$/i;
/** A person's page in the admin console, of any tenant. */
const CONSOLE_PAGE = /^https?:\/\/\S*\/identit(?:ies|y)\/([^/?#\s]+)/i;
/** A blank of another width, and what has none: both come along when text is copied from a page. */
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const WIDTHLESS = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Reads a whole text. Never throws. */
export function readPeople(text: string): PeopleText {
  const keys: string[] = [];
  const unreadable: string[] = [];
  const take = (read: PeopleText): void => {
    for (const key of read.keys) keys.push(key);
    for (const entry of read.unreadable) unreadable.push(shortened(entry));
  };
  // A long line of a mail header is folded: it goes on in the next, after a blank.
  const unfolded = cleaned(text).replace(/, *(?:\r\n|\r|\n) +/g, ', ');
  for (const line of unfolded.split(/[\r\n]+/)) {
    const cells = outsideQuotes(line, '\t').filter((cell) => cell !== '');
    if (cells.length > 1) take(readTableRow(cells));
    else for (const entry of outsideQuotes(line, ';')) take(readEntry(entry));
  }
  return { keys, unreadable };
}

/**
 * The one key that a text is, when it is a single entry: an address, an id, a console page, `Name <address>`.
 *
 * @returns undefined when it is something else: words of a name, several entries
 */
export function keyIn(text: string): string | undefined {
  const { keys, unreadable } = readPeople(text);
  const [only, ...others] = keys;
  return only !== undefined && others.length === 0 && unreadable.length === 0 ? only : undefined;
}

/** The text without marks that are not seen, every blank an ordinary one. */
export function cleaned(text: string): string {
  return text.replace(WIDTHLESS, '').replace(BLANKS, ' ');
}

const read = (...keys: readonly string[]): PeopleText => ({ keys, unreadable: [] });
const cannotRead = (...unreadable: readonly string[]): PeopleText => ({ keys: [], unreadable });

/** A row of a table is one person: an id in it, or the only address. Which of other columns is a key cannot be known. */
function readTableRow(cells: readonly string[]): PeopleText {
  const plain = cells.map(unquoted);
  const ids = distinct(plain.flatMap((cell) => idIn(cell) ?? []));
  const addresses = distinct(plain.flatMap((cell) => addressesIn(cell)));
  const [key, ...others] = ids.length > 0 ? ids : addresses;
  return key !== undefined && others.length === 0 ? read(key) : cannotRead(plain.join(' · '));
}

/** What stands between semicolons: `Name <address>` once or several times, keys between commas, or one key. */
function readEntry(entry: string): PeopleText {
  const text = entry.trim();
  if (text === '') return read();
  const mailboxes = mailboxesIn(text);
  if (mailboxes.length > 0 && mailboxes.every(({ inside }) => isSure(inside))) return readMailboxes(text, mailboxes);
  const parts = outsideQuotes(text, ',').filter((part) => part !== '');
  if (parts.length <= 1) return readKey(parts[0] ?? '');
  // "Winterbourne, Ada" is a name and "a1b2, c3d4" a list: only what cannot be a part of a name, in any script, is a list.
  const alone = parts.map(unquoted);
  if (!alone.every((part) => isSure(part) || /^(?=.*[\d._])\S+$/.test(part))) {
    const sure = parts.filter((part) => isSure(unquoted(part)));
    return { keys: sure.map((part) => keyOf(unquoted(part))), unreadable: without(parts, sure) };
  }
  return { keys: alone.map(keyOf), unreadable: [] };
}

/** What stands in angles or brackets, with what stands before it. */
interface Mailbox {
  readonly before: string;
  readonly inside: string;
  readonly isInAngles: boolean;
  readonly hasComma: boolean;
  /** Place after it and its comma. */
  readonly end: number;
}

function mailboxesIn(text: string): Mailbox[] {
  const found: Mailbox[] = [];
  const bracketed = /[<(]\s*(?:mailto:)?([^<>()\s]+)\s*[>)]\s*,?/y;
  for (const at of placesOutsideQuotes(text)) {
    const from = found.at(-1)?.end ?? 0;
    if (at < from || !'<('.includes(text.charAt(at))) continue;
    bracketed.lastIndex = at;
    const inside = bracketed.exec(text)?.[1];
    if (inside === undefined) continue;
    const end = bracketed.lastIndex;
    const marks = { isInAngles: text.charAt(at) === '<', hasComma: text.charAt(end - 1) === ',' };
    found.push({ before: text.slice(from, at), inside, ...marks, end });
  }
  return found;
}

/**
 * Every address in angles is a person; before it stands the name, "Last, First" too, or addresses without angles. What stands
 * directly before the angle is what its owner calls itself: an address there is nobody's word for somebody.
 */
function readMailboxes(text: string, mailboxes: readonly Mailbox[]): PeopleText {
  const keys: string[] = [];
  const unreadable: string[] = [];
  for (const [n, { before, inside, isInAngles, hasComma }] of mailboxes.entries()) {
    const next = mailboxes[n + 1];
    if (!isInAngles && !hasComma && next?.before.trim() === '') {
      unreadable.push(inside);
      continue;
    }
    const parts = outsideQuotes(before, ',').map(unquoted);
    const called = parts.pop() ?? '';
    const others = parts.filter((part) => part !== '');
    for (const part of others) if (isSure(part)) keys.push(keyOf(part));
    if (isSure(called) && keyOf(called).toLowerCase() !== keyOf(inside).toLowerCase()) unreadable.push(called);
    keys.push(keyOf(inside));
    // More commas than "Last, First" has: what stands before the name is not known.
    const names = others.filter((part) => !isSure(part));
    for (const name of names.slice(0, called === '' || isSure(called) ? -2 : -1)) unreadable.push(name);
  }
  const last = mailboxes.at(-1);
  const rest = text.slice(last?.end ?? 0).trim();
  const after = last?.hasComma === false && rest !== '' ? cannotRead(rest) : readEntry(rest);
  for (const key of after.keys) keys.push(key);
  for (const entry of after.unreadable) unreadable.push(entry);
  return { keys, unreadable };
}

/** One text without commas: a key as it is. A name in quotes with a comma in it is none. */
function readKey(part: string): PeopleText {
  const text = unquoted(part);
  if (text === '') return read();
  if (text.length > LONGEST_ENTRY) return cannotRead(text);
  // Addresses and ids between blanks are a list; an alias or a name may have blanks in it.
  const words = text.split(/\s+/).map(unquoted);
  if (words.length > 1 && words.every(isSure)) return read(...words.map(keyOf));
  return text.includes(',') ? cannotRead(text) : read(keyOf(text));
}

/** Surely a key, whatever stands beside it. */
function isSure(text: string): boolean {
  return ADDRESS.test(trimmedAddress(text)) || idIn(text) !== undefined;
}

function keyOf(text: string): string {
  return idIn(text) ?? (ADDRESS.test(trimmedAddress(text)) ? trimmedAddress(text) : text);
}

/** A 32-digit id, alone or in an address of the console. */
function idIn(text: string): string | undefined {
  if (text.length > LONGEST_ENTRY) return undefined;
  const trimmed = text.replace(/[.)\]}]+$/, '').replace(/^[([{]+/, '');
  if (HEX_ID.test(trimmed)) return trimmed;
  const page = CONSOLE_PAGE.exec(text)?.[1];
  return page === undefined ? undefined : decoded(page);
}

function decoded(part: string): string | undefined {
  try {
    const decoded = decodeURIComponent(part);
    // eslint-disable-next-line no-control-regex
    return /[\u0000-\u001f\u007f-\u009f\s]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** Without `mailto:`, angles and the full stop of the sentence it stood in. */
function trimmedAddress(text: string): string {
  if (text.length > LONGEST_ENTRY) return '';
  return text
    .replace(/^mailto:/i, '')
    .replace(/^<|>$/g, '')
    .replace(/\.+$/, '');
}

function addressesIn(cell: string): string[] {
  const inAngles = /<\s*(?:mailto:)?([^<>\s]+)\s*>/.exec(cell)?.[1];
  const address = trimmedAddress(inAngles ?? cell);
  return ADDRESS.test(address) ? [address] : [];
}

/** Splits at a mark that stands in no pair of double quotes; a quote that is never closed is a mark like others. */
function outsideQuotes(text: string, mark: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const at of placesOutsideQuotes(text)) {
    if (text.charAt(at) !== mark) continue;
    pieces.push(text.slice(from, at).trim());
    from = at + 1;
  }
  return [...pieces, text.slice(from).trim()];
}

/** Every place of a text that stands in no pair of double quotes. Each character is looked at twice at most. */
function* placesOutsideQuotes(text: string): Generator<number> {
  let hasPairs = true;
  for (let at = 0; at < text.length; at++) {
    const end = hasPairs && text.charAt(at) === '"' ? closingQuote(text, at) : undefined;
    if (end === undefined) yield at;
    else if (end > at) at = end;
    else {
      hasPairs = false;
      yield at;
    }
  }
}

/** @returns the place of the quote at `from` when it is never closed */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === '"') return at;
  }
  return from;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  const inside = /^(["'`])(.*)\1$/s.exec(trimmed)?.[2];
  return (inside === undefined ? trimmed : inside.replace(/\\(.)/g, '$1').replaceAll('""', '"')).trim();
}

function shortened(entry: string): string {
  return entry.length > LONGEST_ENTRY ? `${entry.slice(0, LONGEST_ENTRY)}…` : entry;
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const known = new Set(some);
  const rest = all.filter((text) => !known.has(text));
  return rest.length === 0 ? [] : [rest.join(', ')];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()];
}
