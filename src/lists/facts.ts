/** What is told of an identity elsewhere than in its list, and asked for only where a column of it is wanted. */
import type { RoleAssignmentRef } from '../api/roleAssignments';

/** Where it is told: the search index (250 identities a request), or role assignments (a request an identity). */
export type Need = 'access' | 'roleAssignments';

/** What the search index tells of an identity (contract-2 1.3); it lags behind. */
export interface AccessFacts {
  /** As the index counts them; absent where it does not say. */
  readonly accounts?: number | undefined;
  readonly entitlements?: number | undefined;
  readonly roles?: number | undefined;
  readonly accessProfiles?: number | undefined;
  /** Names, each once; absent where the index does not list any. */
  readonly roleNames?: readonly string[] | undefined;
  readonly accessProfileNames?: readonly string[] | undefined;
  readonly entitlementNames?: readonly string[] | undefined;
  /** "Active Directory: ada.winterbourne". */
  readonly accountNames?: readonly string[] | undefined;
}

/** Of one identity, as far as it was asked for and told. */
export interface Facts {
  readonly access?: AccessFacts | undefined;
  readonly roleAssignments?: readonly RoleAssignmentRef[] | undefined;
}
