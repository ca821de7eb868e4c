import type { AttributeRow } from './protocol/identity';

/** How values are worded; given, so that this file needs no VS Code. */
export interface ValueWords {
  /** A day without time, from a text that `Date.parse` reads as local time. */
  day(iso: string): string;
  /** A moment to the second. */
  exact(iso: string): string;
}

/**
 * The attributes of an identity as rows, sorted by name. The values are whatever the tenant's sources delivered
 * (contract 2.2: a free map), so each is shown by what it is: dates readable, with the raw value beside them.
 */
export function attributeRows(
  attributes: Readonly<Record<string, unknown>> | null | undefined,
  words: ValueWords,
): AttributeRow[] {
  return Object.entries(attributes ?? {})
    .map(([name, value]) => row(name, value, words))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function row(name: string, value: unknown, words: ValueWords): AttributeRow {
  if (value === null || value === undefined) return { name, kind: 'empty', text: '' };
  if (typeof value === 'boolean') return { name, kind: 'boolean', text: String(value) };
  if (typeof value === 'number') {
    const date = epoch(value);
    return date === undefined
      ? { name, kind: 'number', text: String(value) }
      : { name, kind: 'date', text: words.exact(date), raw: String(value) };
  }
  if (typeof value === 'string') return text(name, value, words);
  if (Array.isArray(value) && value.every(isPlain)) {
    return { name, kind: 'list', text: '', items: value.map(String), raw: JSON.stringify(value) };
  }
  return { name, kind: 'json', text: JSON.stringify(value, null, 2) };
}

function text(name: string, value: string, words: ValueWords): AttributeRow {
  if (value === '') return { name, kind: 'empty', text: '' };
  // A date without a time means that day everywhere: read as UTC it could show as the day before.
  if (DAY.test(value) && isDate(value)) {
    return { name, kind: 'date', text: words.day(`${value}T00:00:00`), raw: value };
  }
  if (MOMENT.test(value) && isDate(value)) return { name, kind: 'date', text: words.exact(value), raw: value };
  const date = MILLISECONDS.test(value) && DATE_NAME.test(name) ? epoch(Number(value)) : undefined;
  return date === undefined
    ? { name, kind: 'text', text: value }
    : { name, kind: 'date', text: words.exact(date), raw: value };
}

/** A number between 2000 and 2100 in milliseconds is a date (`lastSyncDate` is one); others are just numbers. */
function epoch(value: number): string | undefined {
  return Number.isInteger(value) && value >= Date.UTC(2000) && value < Date.UTC(2100)
    ? new Date(value).toISOString()
    : undefined;
}

function isDate(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const MILLISECONDS = /^\d{12,13}$/;
/** A text of 13 digits may as well be an employee number: only a telling name makes it a date. */
const DATE_NAME = /date|time|login|sync|refresh|created|modified/i;
