/** Claims of an ISC access token (contract 4), for display only; never trusted for a decision. */
export interface TokenClaims {
  readonly org?: string;
  readonly pod?: string;
  readonly tenantId?: string;
  readonly userName?: string;
  readonly userId?: string;
  readonly identityId?: string;
  readonly clientId?: string;
  /** User levels, e.g. `ORG_ADMIN`. */
  readonly authorities: readonly string[];
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}
