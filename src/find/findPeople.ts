/** Asks one tenant for people, one request at a time. No vscode. */
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import { fetchPage, type Rows } from '../lists/pages';
import { START, type FilterQuery } from '../lists/query';
import { byFilter, plainWords, prefixFilter, type Asking, type QueryPlan, type SearchAsking } from './query';

/** People shown of one tenant. */
const SHOWN = 50;

/** What one tenant answered. */
export interface FoundIdentities {
  readonly people: readonly Identity[];
  /** More match than these. */
  readonly hasMore: boolean;
  /** All that came, as it came: a list goes on from there. */
  readonly rows: Rows;
  /** How it was asked in the end. */
  readonly used: Asking | undefined;
  /** Why Search could not be asked: it is missing or not allowed. */
  readonly searchUnavailable?: ApiError;
}

/**
 * Asks as was decided, and where there is no Search for names that start like the typed words, which is better than
 * nothing. Rejects with what any other request failed with.
 */
export async function findIdentities(
  client: Client,
  { primary, fallback }: QueryPlan,
  signal?: AbortSignal,
): Promise<FoundIdentities> {
  if (primary?.by === 'search') return bySearch(client, primary, signal);
  const found = await ask(client, primary, signal);
  if (found.people.length > 0 || fallback?.by !== 'search') return { ...found, used: primary };
  try {
    return { ...(await ask(client, fallback, signal)), used: fallback };
  } catch (error) {
    // Names that start like it were asked for already.
    if (isMissing(error)) return { ...found, used: primary, searchUnavailable: error };
    throw error;
  }
}

async function bySearch(client: Client, asking: SearchAsking, signal?: AbortSignal): Promise<FoundIdentities> {
  try {
    return { ...(await ask(client, asking, signal)), used: asking };
  } catch (error) {
    if (!isMissing(error) || asking.exact) throw error;
    const words = plainWords(asking.words ?? asking.query);
    if (words === '') return { ...NOTHING, used: undefined, searchUnavailable: error };
    const used = byFilter(prefixFilter(words));
    return { ...(await ask(client, used, signal)), used, searchUnavailable: error };
  }
}

type Answer = Pick<FoundIdentities, 'people' | 'hasMore' | 'rows'>;

function isMissing(error: unknown): error is ApiError {
  return ApiError.is(error, 'forbidden') || ApiError.is(error, 'notFound') || ApiError.is(error, 'unsupported');
}

const NOTHING: Answer = { people: [], hasMore: false, rows: { items: [], next: undefined } };
const EVERYBODY: FilterQuery = { by: 'filter', includeUncorrelated: true };

async function ask(client: Client, asking: Asking = EVERYBODY, signal?: AbortSignal): Promise<Answer> {
  // One more than is shown: a full page alone does not tell that there is another.
  const rows = await fetchPage(client, asking, START, SHOWN + 1, { signal });
  const shown = rows.items.slice(0, SHOWN);
  // Search is read by account names, which every document has.
  const people = asking.by === 'search' ? shown.sort((one, other) => one.name.localeCompare(other.name)) : shown;
  return { people, hasMore: rows.items.length > SHOWN || rows.next?.isSure === true, rows };
}
