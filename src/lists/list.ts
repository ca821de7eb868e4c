/** A list of identities of one tenant: what is asked of the service, and how the list is called. */
export interface IdentityList {
  /** Stable over restarts: the built-in's word, or the place and name of a person's own. */
  readonly id: string;
  /** `found` holds people looked up by search, for this window only. */
  readonly origin: 'builtIn' | 'own' | 'found';
  /** The person's own name for it; built-in views are named where they are drawn. */
  readonly name?: string;
  readonly filters?: string;
  /** A query for the service's Search instead of a filter. */
  readonly search?: string;
  readonly sorters?: string;
  /** The service hides uncorrelated identities unless it is `NONE`. */
  readonly defaultFilter?: 'CORRELATED_ONLY' | 'NONE';
  /** Why it cannot be asked: a mistake in the settings. */
  readonly problem?: ListProblem;
}

/** A mistake in the settings of a view. */
export interface ListProblem {
  readonly part: 'view' | 'name' | 'filter' | 'search' | 'everyone' | 'sorter';
  /** The key that is unknown or of the wrong type, of `view`. */
  readonly key?: string;
  /** Where it begins in the text of that part, from 0. */
  readonly position?: number;
  readonly length?: number;
  readonly message: string;
}
