import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import { identityOfDocument } from '../api/search';
import type { IdentityView } from '../views/view';

/** Where the next page of a list begins. */
export interface Place {
  readonly offset: number;
  /** Sort values of the last row, for Search, whose offset ends at 10,000. */
  readonly after?: readonly string[];
}

export interface Rows {
  readonly items: readonly Identity[];
  /** Undefined when there is no next page. */
  readonly next: Place | undefined;
}

const SEARCH_SORT = ['displayName', 'id'];

/** One page of a view, from the list operation or from Search. */
export async function pageOf(
  client: Client,
  view: IdentityView,
  place: Place,
  limit: number,
  options?: CallOptions,
): Promise<Rows> {
  refuseMistake(view);
  const { filters, search, sorters, defaultFilter } = view;
  if (search === undefined) {
    const { offset } = place;
    const page = await client.identities.list({ filters, sorters, defaultFilter, limit, offset }, options);
    return { items: page.items, next: page.hasMore ? { offset: offset + page.items.length } : undefined };
  }
  const after = place.after ? { searchAfter: place.after } : {};
  const params = { sort: SEARCH_SORT, includeNested: false, limit, ...after };
  const page = await client.search.identities(search, params, options);
  const last = page.items.at(-1);
  const next = { offset: place.offset + page.items.length, after: [last?.displayName ?? '', last?.id ?? ''] };
  return { items: page.items.map(identityOfDocument), next: page.hasMore && last ? next : undefined };
}

/** What its author did not write must not be asked: it could be everybody. Here, so that nobody gets past it. */
function refuseMistake({ problem }: IdentityView): void {
  if (problem) throw new ApiError('invalid', problem.message);
}

/** How many identities a view has; undefined when the service does not say. */
export async function countOf(client: Client, view: IdentityView, options?: CallOptions): Promise<number | undefined> {
  refuseMistake(view);
  const { filters, search, defaultFilter } = view;
  if (search !== undefined) return client.search.count(search, options);
  return (await client.identities.list({ filters, defaultFilter, limit: 1, count: true }, options)).total;
}
