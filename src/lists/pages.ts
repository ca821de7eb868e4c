import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import { totalOrder } from '../api/sorters';
import type { Identity } from '../api/identities';
import { identityOfDocument } from '../api/search';
import type { IdentityList } from './list';

/** Where the next page of a list begins. */
export interface Place {
  readonly offset: number;
  /** False after a page that came short: there is more only if the count says so. */
  readonly isSure: boolean;
  /** Sort values of the last row, for Search, whose offset ends at 10,000. */
  readonly after?: readonly string[];
}

export interface Rows {
  readonly items: readonly Identity[];
  /** Undefined when there is no next page. */
  readonly next: Place | undefined;
}

export const START: Place = { offset: 0, isSure: true };

/** By keys that every document has: the next page begins after the last row's. Not every one has a display name. */
const SEARCH_SORT = ['name', 'id'];

/** One page of a view, from the list operation or from Search. */
export async function fetchPage(
  client: Client,
  view: IdentityList,
  place: Place,
  limit: number,
  options?: CallOptions,
): Promise<Rows> {
  refuseMistake(view);
  const { filters, search, sorters, defaultFilter } = view;
  if (search === undefined) {
    const { offset } = place;
    const params = { filters, sorters: totalOrder(sorters), defaultFilter, limit, offset };
    const { items, hasMore } = await client.identities.list(params, options);
    // By places, not by rows: the service may leave some out of a page.
    return { items, next: items.length > 0 || hasMore ? { offset: offset + limit, isSure: hasMore } : undefined };
  }
  const after = place.after ? { searchAfter: place.after } : {};
  const params = { sort: SEARCH_SORT, includeNested: false, limit, ...after };
  const page = await client.search.identities(search, params, options);
  const last = page.items.at(-1);
  if (!last || last.id === place.after?.[1]) return { items: [], next: undefined };
  const next = { offset: place.offset + limit, isSure: page.hasMore, after: [last.name ?? '', last.id] };
  return { items: page.items.map(identityOfDocument), next };
}

/** What its author did not write must not be asked: it could be everybody. Here, so that nobody gets past it. */
function refuseMistake({ problem }: IdentityList): void {
  if (problem) throw new ApiError('invalid', problem.message);
}

/** How many identities a view has; undefined when the service does not say. */
export async function fetchCount(
  client: Client,
  view: IdentityList,
  options?: CallOptions,
): Promise<number | undefined> {
  refuseMistake(view);
  const { filters, search, defaultFilter } = view;
  if (search !== undefined) return client.search.count(search, options);
  return (await client.identities.list({ filters, defaultFilter, limit: 1, count: true }, options)).total;
}
