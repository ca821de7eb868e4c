/** What can stand at a place of a filter, in a settings file. Pure. */
import { getLocation } from 'jsonc-parser';
import { IDENTITY_FILTER_FIELDS, IDENTITY_FILTER_VALUES, quoted } from '../../api/filter';
import { parseFilter } from '../../api/filterParser';
import { toValueIndex, toLiteralOffset } from './jsonStringOffsets';
import { listsPath, type SettingsKind } from './settingsFile';

export interface Suggestion {
  readonly kind: 'field' | 'operator' | 'value' | 'word';
  /** As it reads. */
  readonly label: string;
  /** As it is put in. */
  readonly text: string;
}

export interface Suggestions {
  /** What is typed of it already begins here. */
  readonly from: number;
  readonly all: readonly Suggestion[];
}

/** The filter written at a place of a settings file. */
export interface WrittenFilter {
  readonly filter: string;
  /** Where its opening quote is. */
  readonly offset: number;
  /** As it is written, with quotes and escapes. */
  readonly literal: string;
  /** Which of its characters the place is before. */
  readonly cursor: number;
}

/** Finds the filter of a list around a place; undefined where there is none. */
export function filterAt(text: string, offset: number, kind: SettingsKind): WrittenFilter | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const [index, part, ...deeper] = path.slice(listsPath(kind).length);
  const inViews = listsPath(kind).every((segment, at) => path[at] === segment);
  if (!inViews || isAtPropertyKey || typeof index !== 'number' || part !== 'filter' || deeper.length > 0)
    return undefined;
  if (previousNode?.type !== 'string' || offset <= previousNode.offset) return undefined;
  const { offset: from, length } = previousNode;
  const literal = text.slice(from, from + length);
  const value: unknown = previousNode.value;
  if (typeof value !== 'string') return undefined;
  return { filter: value, offset: from, literal, cursor: toValueIndex(literal, offset - from) };
}

/** The same with places and texts as the file has them. */
export function suggestAt(text: string, offset: number, kind: SettingsKind): Suggestions | undefined {
  const written = filterAt(text, offset, kind);
  if (!written) return undefined;
  const { from, all } = suggest(written.filter, written.cursor);
  return {
    from: written.offset + toLiteralOffset(written.literal, from),
    all: all.map((suggestion) => ({ ...suggestion, text: JSON.stringify(suggestion.text).slice(1, -1) })),
  };
}

/** What the grammar lets stand at a character of a filter. */
export function suggest(filter: string, cursor: number): Suggestions {
  const typed = filter.slice(0, cursor);
  const from = wordStart(typed);
  const head = typed.slice(0, from);
  const close = head !== '' && !/[\s(]$/.test(head);
  const apart = (text: string): string => (close && /^[\w"]/.test(text) ? ` ${text}` : text);
  return { from, all: expected(head).map((suggestion) => ({ ...suggestion, text: apart(suggestion.text) })) };
}

/** Where the last word begins; a text that is not closed yet is one word from its quote on. */
function wordStart(typed: string): number {
  const pattern = /"(?:[^"\\]|\\[^])*"|"[^]*$|[(),]|\s+|[^\s(),"]+/gy;
  let last = { at: 0, text: '' };
  for (const match of typed.matchAll(pattern)) last = { at: match.index, text: match[0] };
  const complete = /^([\s(),]|"(?:[^"\\]|\\[^])*"$)/.test(last.text);
  return complete ? typed.length : last.at;
}

const FIELDS = Object.keys(IDENTITY_FILTER_FIELDS);

function expected(head: string): readonly Suggestion[] {
  const parsed = parseFilter(head);
  if (parsed.ok) return words(['and', 'or']);
  const { problem, expected: next } = parsed.mistake;
  if (problem !== 'empty' && problem !== 'unexpectedEnd') return [];
  if (next.includes(FIELDS[0] ?? '')) {
    return [...FIELDS.map((name): Suggestion => ({ kind: 'field', label: name, text: `${name} ` })), ...words(['not'])];
  }
  if (next.includes('"text"')) return values(head);
  if (next.includes('true')) return next.map((value): Suggestion => ({ kind: 'value', label: value, text: value }));
  const isOperator = /\w\s*$/.test(head) && !next.includes('and');
  if (!isOperator || next.includes('(')) return words(next);
  return next.map((name): Suggestion => ({ kind: 'operator', label: name, text: name === 'in' ? 'in (' : `${name} ` }));
}

function words(all: readonly string[]): readonly Suggestion[] {
  return all.map((word) => ({ kind: 'word', label: word, text: /^\w/.test(word) ? `${word} ` : word }));
}

/** The usual values of the field that is compared, or an empty text to fill in. */
function values(head: string): readonly Suggestion[] {
  const field = FIELDS.findLast((name) => new RegExp(`\\b${name}\\s+\\w+\\s*(\\([^()]*)?$`).test(head));
  const known = IDENTITY_FILTER_VALUES[field ?? ''] ?? [];
  return known.map((value) => ({ kind: 'value', label: quoted(value), text: quoted(value) }));
}
