/** Asks one tenant for people, one request at a time. No vscode. */
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import { identityOfDocument } from '../api/search';
import { fetchPage, START } from '../lists/pages';
import type { FilterQuery } from '../lists/query';
import { byFilter, plainWords, prefixFilter, type Asking, type QueryPlan } from './query';

/** People shown of one tenant. */
const SHOWN = 50;

/** What one tenant answered. */
export interface FoundIdentities {
  readonly people: readonly Identity[];
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
  { primary: first, fallback: otherwise }: QueryPlan,
  signal?: AbortSignal,
): Promise<FoundIdentities> {
  if (first?.by === 'search') return bySearch(client, first, signal);
  const people = await ask(client, first, signal);
  if (people.length > 0 || otherwise?.by !== 'search') return { people, used: first };
  try {
    return { people: await ask(client, otherwise, signal), used: otherwise };
  } catch (error) {
    // Names that start like it were asked for already.
    if (isMissing(error)) return { people, used: first, searchUnavailable: error };
    throw error;
  }
}

async function bySearch(
  client: Client,
  asking: Extract<Asking, { by: 'search' }>,
  signal?: AbortSignal,
): Promise<FoundIdentities> {
  try {
    return { people: await ask(client, asking, signal), used: asking };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const words = plainWords(asking.words ?? asking.query);
    if (words === '') return { people: [], used: asking, searchUnavailable: error };
    const used = byFilter(prefixFilter(words));
    return { people: await ask(client, used, signal), used, searchUnavailable: error };
  }
}

function isMissing(error: unknown): error is ApiError {
  return ApiError.is(error, 'forbidden') || ApiError.is(error, 'notFound') || ApiError.is(error, 'unsupported');
}

async function ask(client: Client, asking: Asking | undefined, signal?: AbortSignal): Promise<readonly Identity[]> {
  if (asking?.by === 'search') {
    const params = { limit: SHOWN, sort: ['displayName', 'id'], includeNested: false };
    const { items } = await client.search.identities(asking.query, params, { signal });
    return items.map(identityOfDocument);
  }
  const everybody: FilterQuery = { by: 'filter', includeUncorrelated: true };
  return (await fetchPage(client, asking ?? everybody, START, SHOWN, { signal })).items;
}
