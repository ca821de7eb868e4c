/** Values of columns as a person reads them, and as they are searched and ordered. */
import type { Cell, Column } from '../../lists/columns';
import type { Identity } from '../../api/identities';
import type { Facts } from '../../lists/facts';
import { formatDate, formatDateTime, formatNumber } from '../../text/dates';
import { identityStatusLabel, statusLabel, type StatusLabel } from '../../text/state';
import { formatValue } from '../../text/values';
import { t } from '../../text/l10n';
import { cellText, plain } from '../../text/plain';
import type { TableCell } from './protocol';

/** Characters of a cell that are drawn, and that its tooltip shows. */
const DRAWN = 200;
const EXPLAINED = 2_000;

export function presentCell(column: Column, identity: Identity, facts: Facts | undefined): TableCell {
  const value = column.valueOf(identity, facts);
  if (value === null) return { text: '' };
  if (value === '') return { text: wordsOf(column, value) };
  const state = stateOf(column, value);
  if (state) return { text: state.word, icon: state.icon, tone: state.tone };
  if (column.kind === 'moment') {
    const iso = String(value);
    return Number.isNaN(Date.parse(iso))
      ? { text: drawnText(iso) }
      : { text: formatDate(iso), title: formatDateTime(iso) };
  }
  const text = wordsOf(column, value);
  return text.length > DRAWN ? { text: drawnText(text), title: text.slice(0, EXPLAINED) } : { text };
}

/** What the column shows was not asked for yet. */
export function isMissing({ needs }: Column, facts: Facts | undefined): boolean {
  return needs !== undefined && !Object.hasOwn(facts ?? {}, needs);
}

/** A value in words, as it is copied. Empty: nothing is known. */
export function wordsOf(column: Column, value: Cell): string {
  if (value === null) return '';
  // What was asked for and is empty is none; an empty field of a list may be anything.
  if (value === '') return column.needs ? t('none') : '';
  const state = stateOf(column, value);
  if (state) return state.word;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (column.kind === 'number' && typeof value === 'number') return formatNumber(value);
  if (column.kind === 'moment' || typeof value === 'bigint') return String(value);
  return cellText(formatValue(nameOf(column), value));
}

/**
 * What a filter looks through and rows are ordered and grouped by: texts as they came (dates as ISC writes them: 2026-03 finds a
 * month), states and flags in words. Empty: nothing is known.
 */
export function textReader(column: Column): (identity: Identity, facts: Facts | undefined) => string {
  const isText = column.kind === 'text' || column.kind === 'moment';
  const words = new Map<Cell, string>();
  return (identity, facts) => {
    const value = column.valueOf(identity, facts);
    if (value === null) return '';
    if (isText && typeof value === 'string' && value !== '')
      return value.length > LONGEST ? value.slice(0, LONGEST) : value;
    const known = words.get(value) ?? wordsOf(column, value);
    if (words.size < MOST_KNOWN) words.set(value, known);
    return known;
  };
}

/** What Search counted of a column, as `textReader` reads the same of an identity. */
export function countedText(column: Column, value: string): string {
  if (column.kind === 'flag') return wordsOf(column, value === 'true' || value === '1');
  if (column.kind === 'number') return wordsOf(column, Number(value));
  return column.kind === 'state' ? wordsOf(column, value) : value.slice(0, LONGEST);
}

/** Characters of a text that are looked through, compared and counted. */
const LONGEST = 1_000;
/** So many values of a column are worth remembering: states, flags and counts have fewer. */
const MOST_KNOWN = 5_000;

/** What rows are ordered by in a column: numbers as numbers, all else by its words. Undefined: unknown, which comes last. */
export function orderReader(
  column: Column,
): (identity: Identity, facts: Facts | undefined) => number | string | undefined {
  const read = textReader(column);
  return (identity, facts) => {
    const value = column.valueOf(identity, facts);
    if (typeof value === 'number') return value;
    const text = read(identity, facts);
    return text === '' ? undefined : foldedText(text);
  };
}

/** Without case and accents: "Ångström" stands with A. */
function foldedText(text: string): string {
  const lower = text.toLowerCase();
  // eslint-disable-next-line no-control-regex
  return /^[\u0000-\u007f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '');
}

function stateOf(column: Column, value: Cell): StatusLabel | undefined {
  if (column.kind !== 'state' || typeof value !== 'string') return undefined;
  if (column.key === 'status') return statusLabel(value);
  const { icon, word, tone } = identityStatusLabel({ processingState: value });
  if (value.toUpperCase() === 'ERROR') return { icon, word, tone };
  return { icon: 'pass', word: value.toUpperCase() === 'OK' ? t('OK') : plain(value), tone: 'ok' };
}

function nameOf({ key }: Column): string {
  return key.slice(key.indexOf('.') + 1);
}

/** As much of a text as is drawn. */
export function drawnText(text: string): string {
  return text.length > DRAWN ? `${text.slice(0, DRAWN - 1)}…` : text;
}
