import { ApiError } from '../api/errors';
import { t } from '../text/l10n';
import type { Rows } from './pages';
import type { IdentityQuery } from './query';

/** A list of identities of one tenant: what is asked of the service, and how the list is called. */
export interface IdentityList {
  /** Stable over restarts: the built-in's word, or the place and name of a person's own. */
  readonly id: string;
  /** For this window only: `found` holds people who were looked up one by one, `temporary` those of a query. */
  readonly origin: 'builtIn' | 'own' | 'found' | 'temporary';
  /** The person's own name for it; built-in lists are named where they are drawn. */
  readonly name?: string;
  /** Absent when there is a mistake in the settings: what its author did not write must not be asked, it could be everybody. */
  readonly query?: IdentityQuery;
  /** Why it cannot be asked. */
  readonly problem?: ListProblem;
  /** The filter or search with the mistake, as it stands in the settings. */
  readonly written?: string;
}

/** A mistake in the settings of a list. */
export interface ListProblem {
  readonly part: 'list' | 'name' | 'filter' | 'search' | 'everyone' | 'sorter';
  /** The key that is unknown or of the wrong type, of `list`. */
  readonly key?: string;
  /** Where it begins in the text of that part, from 0. */
  readonly position?: number;
  readonly length?: number;
  readonly message: string;
}

/** A query with what it found so far. */
export interface FoundList {
  readonly name: string;
  readonly query: IdentityQuery;
  /** As the service gave them, and where it goes on. */
  readonly rows: Rows;
  /** How many match, where that is known. */
  readonly total: number | undefined;
}

/** What a list asks. @throws ApiError `invalid` when there is a mistake in it */
export function queryOf({ query, problem }: IdentityList): IdentityQuery {
  if (query && !problem) return query;
  throw new ApiError('invalid', problem?.message ?? t('The list has no filter or search.'));
}
