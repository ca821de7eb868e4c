/** Which raw values are dates. No vscode. */

/** A date as the words of a date take it: a day without a time, or a moment. */
export interface FoundDate {
  readonly kind: 'day' | 'moment';
  /** For `Date.parse`. */
  readonly iso: string;
}

/**
 * The date in a value that came as it is: ISO texts, milliseconds since 1970, dates as Java writes them. A number that may as well
 * be something else is one only where its name says so.
 *
 * @param name of the field
 */
export function dateIn(name: string, value: string | number): FoundDate | undefined {
  if (typeof value === 'number') return epoch(value);
  // A date without a time means that day everywhere: read as UTC it could show as the day before.
  if (DAY.test(value) && isDate(value)) return { kind: 'day', iso: `${value}T00:00:00` };
  if ((MOMENT.test(value) || JAVA.test(value)) && isDate(value)) return { kind: 'moment', iso: value };
  return MILLISECONDS.test(value) && DATE_NAME.test(name) ? epoch(Number(value)) : undefined;
}

/** Fields that say when the service last looked: they differ after every look and are no change of the person. */
export function isBookkeeping(name: string): boolean {
  return /^(last)?(sync|refresh|modified|updated|aggregat\w*|calculat\w*)(date|time|at|on)?$/i.test(name);
}

/** A number between 2000 and 2100 in milliseconds is a date (`lastSyncDate` is one); others are just numbers. */
function epoch(value: number): FoundDate | undefined {
  return Number.isInteger(value) && value >= Date.UTC(2000) && value < Date.UTC(2100)
    ? { kind: 'moment', iso: new Date(value).toISOString() }
    : undefined;
}

function isDate(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const JAVA = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}( [A-Z]{1,5})? \d{4}$/;
const MILLISECONDS = /^\d{12,13}$/;
/** A text of 13 digits may as well be an employee number: only a telling name makes it a date. */
const DATE_NAME = /date|time|login|sync|refresh|created|modified/i;
