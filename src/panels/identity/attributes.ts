import { jsonText } from '../../api/json';
import { dateIn } from '../../text/dateValues';
import type { AttributeRow } from './protocol';

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
    const date = dateIn(name, value);
    return date === undefined
      ? { name, kind: 'number', text: String(value) }
      : { name, kind: 'date', text: words.exact(date.iso), raw: String(value) };
  }
  if (typeof value === 'bigint') return { name, kind: 'number', text: String(value) };
  if (typeof value === 'string') return text(name, value, words);
  if (Array.isArray(value) && value.every(isPlain)) {
    return { name, kind: 'list', text: '', items: value.map(String), raw: jsonText(value) };
  }
  return { name, kind: 'json', text: jsonText(value, 2) };
}

function text(name: string, value: string, words: ValueWords): AttributeRow {
  if (value === '') return { name, kind: 'empty', text: '' };
  const date = dateIn(name, value);
  if (date === undefined) return { name, kind: 'text', text: value };
  return { name, kind: 'date', text: date.kind === 'day' ? words.day(date.iso) : words.exact(date.iso), raw: value };
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
