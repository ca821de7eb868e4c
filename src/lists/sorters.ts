import { checkSorters } from '../api/filterParser';
import { isRecord, isString } from '../storage/shape';

/** The remembered orders of built-in views, by view id. Whatever is stored: what is no order is passed over. */
export function parseSorters(stored: unknown): Readonly<Record<string, string | undefined>> {
  return isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter(isSorter)) : {};
}

function isSorter(entry: [string, unknown]): entry is [string, string] {
  return isString(entry[1]) && checkSorters(entry[1]) === undefined;
}
