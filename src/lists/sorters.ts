import * as v from 'valibot';
import { checkSorters } from '../api/filterParser';
import { JSON_OBJECT, readAs } from '../schema';

const SORTER = v.pipe(
  v.string(),
  v.check((text) => checkSorters(text) === undefined),
);

/** The remembered orders of built-in lists, by list id. Whatever is stored: what is no order is passed over. */
export function parseSorters(stored: unknown): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(readAs(JSON_OBJECT, stored) ?? {}).filter(isSorter));
}

function isSorter(entry: [string, unknown]): entry is [string, string] {
  return v.is(SORTER, entry[1]);
}
