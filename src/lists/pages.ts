import type { CallOptions, Client } from '../api/client';
import { totalOrder } from '../api/sorters';
import type { Identity } from '../api/identities';
import { identityOfDocument } from '../api/search';
import { START, type FilterQuery, type IdentityQuery, type Place } from './query';

export interface Rows {
  readonly items: readonly Identity[];
  /** Undefined when there is no next page. */
  readonly next: Place | undefined;
}

/** By keys that every document has: the next page begins after the last row's. Not every one has a display name. */
const SEARCH_SORT = ['name', 'id'];

/** One page, from the list operation or from Search. @throws ApiError */
export async function fetchPage(
  client: Client,
  query: IdentityQuery,
  place: Place,
  limit: number,
  options?: CallOptions,
): Promise<Rows> {
  if (query.by === 'filter') {
    const { offset } = place;
    const { items, hasMore } = await client.identities.list({ ...paramsOf(query), limit, offset }, options);
    // By places, not by rows: the service may leave some out of a page.
    return { items, next: items.length > 0 || hasMore ? { offset: offset + limit, isSure: hasMore } : undefined };
  }
  const after = place.after ? { searchAfter: place.after } : {};
  const params = { sort: SEARCH_SORT, includeNested: false, limit, ...after };
  const page = await client.search.identities(query.query, params, options);
  const last = page.items.at(-1);
  if (!last || last.id === place.after?.[1]) return { items: [], next: undefined };
  const next = { offset: place.offset + limit, isSure: page.hasMore, after: [last.name ?? '', last.id] };
  return { items: page.items.map(identityOfDocument), next };
}

/**
 * All of them, in portions, each with how many there are as far as the service told by then. Search is asked for ids and names:
 * its index lags behind, so whoever acts reads them anew.
 *
 * @throws ApiError
 */
export async function* fetchAll(
  client: Client,
  query: IdentityQuery,
  options?: CallOptions,
): AsyncGenerator<{ readonly items: readonly Identity[]; readonly total: number | undefined }> {
  if (query.by === 'filter') {
    yield* mapped(client.identities.listAll({ ...paramsOf(query), count: true }, options), ({ items, total }) => ({
      items,
      total,
    }));
    return;
  }
  yield* mapped(client.search.all(query.query, options), ({ items }) => ({
    items: items.map(identityOfDocument),
    total: undefined,
  }));
}

/** Rows of a page of a file: Search answers more at once than the list operation. */
const SEARCH_ROWS = 1_000;

/**
 * As `fetchAll`, with all that the list operation or Search tells of each. Of Search it is as old as its index.
 *
 * @throws ApiError
 */
export async function* fetchAllWhole(
  client: Client,
  query: IdentityQuery,
  options?: CallOptions,
): AsyncGenerator<{ readonly items: readonly Identity[]; readonly total: number | undefined }> {
  if (query.by === 'filter') {
    yield* fetchAll(client, query, options);
    return;
  }
  const total = await fetchCount(client, query, options);
  for (let place: Place | undefined = START; place;) {
    const page: Rows = await fetchPage(client, query, place, SEARCH_ROWS, options);
    yield { items: page.items, total };
    place = page.next;
  }
}

async function* mapped<A, B>(pages: AsyncIterable<A>, map: (page: A) => B): AsyncGenerator<B> {
  for await (const page of pages) yield map(page);
}

/** How many there are; undefined when the service does not say. @throws ApiError */
export async function fetchCount(
  client: Client,
  query: IdentityQuery,
  options?: CallOptions,
): Promise<number | undefined> {
  if (query.by === 'search') return client.search.count(query.query, options);
  const { filters, defaultFilter } = paramsOf(query);
  return (await client.identities.list({ filters, defaultFilter, limit: 1, count: true }, options)).total;
}

function paramsOf({ filter, sorter = 'name', includeUncorrelated }: FilterQuery) {
  const defaultFilter = includeUncorrelated ? ('NONE' as const) : ('CORRELATED_ONLY' as const);
  return { filters: filter, sorters: totalOrder(sorter), defaultFilter };
}
