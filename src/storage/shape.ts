/** Checks of stored values, which any version or hand may have written. No vscode. */

/** The last millisecond that is a date: what is beyond throws when it is shown. */
const LAST_DATE_MS = 8.64e15;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Milliseconds since 1970 that can be shown as a date. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LAST_DATE_MS;
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** A number of things: 0, 1, 2… */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A list whose every entry is of the form. */
export function isListOf<T>(value: unknown, isEntry: (entry: unknown) => entry is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isEntry);
}

/** Absent, or of the form. */
export function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}
