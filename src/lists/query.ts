/** What is asked of the service when identities are asked for: one type for the tree, for typed text, saved lists and bulk actions. */
export type IdentityQuery = FilterQuery | SearchQuery;

/** By the list operation: quick, and never behind. */
export interface FilterQuery {
  readonly by: 'filter';
  /** Absent: everybody. */
  readonly filter?: string | undefined;
  /** The service's sorters; absent: by display name. */
  readonly sorter?: string | undefined;
  /** The service leaves uncorrelated identities out unless they are asked for. */
  readonly includeUncorrelated: boolean;
}

/** Where the next page of a list begins. */
export interface Place {
  readonly offset: number;
  /** False after a page that came short: there is more only if the count says so. */
  readonly isSure: boolean;
  /** Sort values of the last row, for Search, whose offset ends at 10,000. */
  readonly after?: readonly string[];
}

export const START: Place = { offset: 0, isSure: true };

/** By the search index, which lags behind, in the order of names. */
export interface SearchQuery {
  readonly by: 'search';
  readonly query: string;
}
