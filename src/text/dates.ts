import { languageTag } from './l10n';
import { plain, type PlainText } from './plain';

/** "11 Jul 2025" in the person's language; empty for no date, the text itself when it is not a date. */
export function formatDate(iso: string | null | undefined): PlainText {
  return format(iso, { day: 'numeric', month: 'short', year: 'numeric' });
}

/**
 * "14:32 CET" in the person's language, by the clock that `formatDateTime` shows. The zone is named: where the extension runs on
 * another machine, it is that one's.
 */
export function formatTime(time: number): PlainText {
  const options = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  return plain(new Intl.DateTimeFormat(languageTag(), options).format(time));
}

/** Date with time to the second and zone. */
export function formatDateTime(iso: string | null | undefined): PlainText {
  return format(iso, { dateStyle: 'medium', timeStyle: 'long' });
}

/** "3 days ago", "in 2 hours"; empty for no date, the text itself when it is not a date. */
export function formatAge(iso: string | null | undefined, now = Date.now()): PlainText {
  if (!iso) return plain('');
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return plain(iso);
  const seconds = (time - now) / 1000;
  const [unit, size] = AGE_UNITS.find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
  // "Tomorrow" and "yesterday" are days of the calendar, not spans of 24 hours.
  const amount = unit === 'day' ? calendarDays(now, time) : Math.trunc(seconds / size);
  return plain(new Intl.RelativeTimeFormat(languageTag(), { numeric: 'auto' }).format(amount, unit));
}

/** Whole days from now until then, rounded up; negative when past; undefined for no date. */
export function daysUntil(iso: string | null | undefined, now = Date.now()): number | undefined {
  const time = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.ceil((time - now) / 86_400_000);
}

/** "in 45 days", "tomorrow", "3 days ago". @param days of the calendar from today */
export function formatDays(days: number): PlainText {
  return plain(new Intl.RelativeTimeFormat(languageTag(), { numeric: 'auto' }).format(days, 'day'));
}

/** A number with the separators of the person's language: "12,431". */
export function formatNumber(n: number): PlainText {
  return plain(new Intl.NumberFormat(languageTag()).format(n));
}

/** "A, B, C" as the person's language lists things; a conjunction has its "and", a disjunction its "or": "A, B and C". */
export function formatList(values: readonly string[], type: Intl.ListFormatType = 'unit'): PlainText {
  const style = type === 'unit' ? 'short' : 'long';
  return plain(new Intl.ListFormat(languageTag(), { type, style }).format(values));
}

/** "40 seconds", "3 minutes", "2 hours 5 minutes": rounded up, as a promise of time should be. */
export function formatDuration(seconds: number): PlainText {
  const unit = (n: number, name: 'second' | 'minute' | 'hour'): string =>
    new Intl.NumberFormat(languageTag(), { style: 'unit', unit: name, unitDisplay: 'long' }).format(n);
  if (seconds <= 90) return plain(unit(Math.max(0, Math.ceil(seconds)), 'second'));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return plain(unit(minutes, 'minute'));
  const rest = minutes % 60;
  const units = [unit((minutes - rest) / 60, 'hour'), ...(rest > 0 ? [unit(rest, 'minute')] : [])];
  return plain(new Intl.ListFormat(languageTag(), { type: 'unit', style: 'narrow' }).format(units));
}

const AGE_UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Midnights between two moments by the clock of this machine: 0 for the same day, 1 for tomorrow, negative for days before. */
export function calendarDays(from: number, to: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function format(iso: string | null | undefined, options: Intl.DateTimeFormatOptions): PlainText {
  if (!iso) return plain('');
  const time = Date.parse(iso);
  return plain(Number.isNaN(time) ? iso : new Intl.DateTimeFormat(languageTag(), options).format(time));
}
