/** How many identities of a list have which value, counted by Search. */
import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import { ATTRIBUTE } from './columns';
import type { IdentityQuery } from './query';

/** The identities of a list by the values of a column. */
export interface Groups {
  /** Values as the search index has them, those of most identities first. */
  readonly groups: readonly { readonly value: string; readonly count: number }[];
  /** Identities with other values than these. */
  readonly others: number;
  /** Identities without a value; undefined where that cannot be told, as where one has several. */
  readonly withoutValue: number | undefined;
  /** All that Search finds: the index lags behind, and may lack some that the list operation tells. */
  readonly total: number;
}

/** Groups at most, unless another number is wanted. */
const USUAL_SIZE = 250;

/** Fields of the search documents by keys of columns (contract-2 1.4); text is counted by the field that is not analyzed. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['name', 'displayName.exact'],
  ['alias', 'name.exact'],
  ['email', 'email.exact'],
  ['status', 'status.exact'],
  ['processingState', 'processingState.exact'],
  ['lifecycleState', `${ATTRIBUTE}cloudLifecycleState.exact`],
  ['manager', 'manager.displayName.exact'],
  ['managerId', 'manager.id'],
  ['isManager', 'isManager'],
  ['accountCount', 'accountCount'],
  ['entitlementCount', 'entitlementCount'],
  ['roleCount', 'roleCount'],
  ['accessProfileCount', 'accessProfileCount'],
]);

/**
 * Groups the identities of a list by a column, in one request (contract-2 1.6).
 *
 * @returns undefined where that cannot be done: a filter of the list operation is no query of Search, uncorrelated identities are not
 *   in its index, the column has no field there, or the service refuses to count by it (400)
 * @throws ApiError `forbidden` where the token may not search
 */
export async function fetchGroups(
  client: Client,
  query: IdentityQuery,
  columnKey: string,
  { size = USUAL_SIZE, ...options }: CallOptions & { readonly size?: number } = {},
): Promise<Groups | undefined> {
  const text = searchQueryOf(query);
  const field = columnKey.startsWith(ATTRIBUTE) ? `${columnKey}.exact` : FIELDS.get(columnKey);
  if (text === undefined || field === undefined) return undefined;
  try {
    const { values, others, total: told } = await client.search.aggregate(text, field, size, options);
    const total = told ?? (await client.search.count(text, options));
    const withoutValue = total - values.reduce((sum, { count }) => sum + count, others);
    return { groups: values, others, withoutValue: withoutValue < 0 ? undefined : withoutValue, total };
  } catch (error) {
    if (ApiError.is(error, 'invalid')) return undefined;
    throw error;
  }
}

/** The query of Search that finds the identities of a list; undefined where there is none. */
function searchQueryOf(query: IdentityQuery): string | undefined {
  if (query.by === 'search') return query.query;
  return query.filter === undefined && !query.includeUncorrelated ? '*' : undefined;
}
