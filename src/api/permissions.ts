/** Why a token may not do something: what the operations table asks for, held against what the token says of itself. */
import type { Operation, OperationName } from './operations';
import { OPERATIONS } from './operations';
import type { TokenClaims } from './token';
import type { ApiVersion } from './versions';

/** `user`: the token stands for a client without a user, and the operation wants a person's. */
type Lack = 'scope' | 'userLevel' | 'user';

export interface Permissions {
  /** One of these is needed; empty: none is named. */
  readonly scopes: readonly string[];
  /** One of these is needed; empty: any. */
  readonly userLevels: readonly string[];
  /** What the token lacks as far as its claims tell; empty when they do not (contract 1: a 403 never says). */
  readonly lacks: readonly Lack[];
}

/** Contains every other scope. */
const ALL = 'sp:scopes:all';
/** Stands for scopes that depend on the user's level, so nothing can be concluded from it. */
const DEFAULT = 'sp:scopes:default';

/** What `operation` needs in `version`, and which of it a token with these claims lacks. For display only. */
export function permissionsFor(
  operation: OperationName,
  version: ApiVersion,
  claims: TokenClaims | undefined,
): Permissions {
  const row: Operation = OPERATIONS[operation];
  const needed = { scopes: row.scopes[version], userLevels: row.userLevels };
  if (claims === undefined) return { ...needed, lacks: [] };
  const hasUser = claims.userId !== undefined || claims.identityId !== undefined;
  const lacks: Lack[] = [];
  if (!hasUser && !row.withoutUser[version]) lacks.push('user');
  if (lacksAll(needed.scopes, claims.scopes, [ALL, DEFAULT])) lacks.push('scope');
  if (hasUser && lacksAll(needed.userLevels, claims.authorities, [])) lacks.push('userLevel');
  return { ...needed, lacks };
}

function lacksAll(needed: readonly string[], given: readonly string[], joker: readonly string[]): boolean {
  return needed.length > 0 && given.length > 0 && ![...needed, ...joker].some((one) => given.includes(one));
}
