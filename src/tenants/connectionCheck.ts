import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import { OPERATIONS, type OperationName } from '../api/operations';
import { permissionsFor, type Permissions } from '../api/permissions';
import type { OAuthInfo } from '../api/reference';
import type { TokenClaims } from '../api/token';

/** The reading operations of the Identities API, and what the reason for a processing error may need beyond: each is tried. */
const READS = [
  'listIdentities',
  'getIdentity',
  'getIdentityOwnershipDetails',
  'getRoleAssignments',
  'getRoleAssignment',
  'listAccountActivities',
] as const satisfies readonly OperationName[];

export interface OperationCheck {
  readonly operation: OperationName;
  readonly verdict: 'allowed' | 'notAllowed' | 'unknown';
  /** `tried`: the operation itself was asked. `token`: concluded from what the token says of itself. */
  readonly by: 'tried' | 'token';
  readonly permissions: Permissions;
  /** What a try failed with. */
  readonly error?: unknown;
}

type Attempted<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

export interface ConnectionReport {
  /** The host's info page, which needs no token. */
  readonly info: Attempted<OAuthInfo>;
  /** The token's own words. */
  readonly claims: Attempted<TokenClaims>;
  readonly operations: readonly OperationCheck[];
}

/**
 * Asks what a tenant's credentials can do, by reads only: the info page, a token, and one harmless read for each
 * reading operation, on the first identity of the list. A write is never tried; its verdict comes from the token's
 * scopes and user levels (contract 1), and is `unknown` when the token does not say.
 *
 * @param writes the writing operations to tell about
 */
export async function fetchConnectionReport(
  client: Client,
  writes: readonly OperationName[],
  signal?: AbortSignal,
): Promise<ConnectionReport> {
  const info = await outcome(client.oauth.info({ signal }));
  const claims = await outcome(client.oauth.claims({ signal }));
  const reads = claims.ok ? await tryReads(client, signal) : new Map<OperationName, Attempted<unknown>>();
  const operations = [...READS, ...writes].map((operation) =>
    check(operation, client, claims.ok ? claims.value : undefined, reads.get(operation)),
  );
  return { info, claims, operations };
}

async function tryReads(client: Client, signal: AbortSignal | undefined) {
  const tried = new Map<OperationName, Attempted<unknown>>();
  const list = await outcome(client.identities.list({ limit: 1 }, { signal }));
  tried.set('listIdentities', list);
  const id = list.ok ? list.value.items[0]?.id : undefined;
  // Without anybody to ask about, the other reads stay with what the token says.
  if (id === undefined) return tried;
  const [get, ownership, assignments, activities] = await Promise.all([
    outcome(client.identities.get(id, { signal })),
    outcome(client.identities.ownership(id, { signal })),
    outcome(client.roleAssignments.list(id, { signal })),
    outcome(client.accountActivities.list(id, { limit: 1 }, { signal })),
  ]);
  tried.set('getIdentity', get);
  tried.set('getIdentityOwnershipDetails', ownership);
  tried.set('getRoleAssignments', assignments);
  tried.set('listAccountActivities', activities);
  const assignment = assignments.ok ? assignments.value[0] : undefined;
  if (assignment) {
    tried.set('getRoleAssignment', await outcome(client.roleAssignments.get(id, assignment.id, { signal })));
  }
  return tried;
}

function check(
  operation: OperationName,
  client: Client,
  claims: TokenClaims | undefined,
  tried: Attempted<unknown> | undefined,
): OperationCheck {
  const permissions = permissionsFor(operation, client.version, claims);
  if (tried?.ok) return { operation, verdict: 'allowed', by: 'tried', permissions };
  if (tried && ApiError.is(tried.error, 'forbidden')) {
    return { operation, verdict: 'notAllowed', by: 'tried', permissions, error: tried.error };
  }
  if (tried) return { operation, verdict: 'unknown', by: 'tried', permissions, error: tried.error };
  return { operation, verdict: byToken(operation, permissions, claims), by: 'token', permissions };
}

function byToken(operation: OperationName, { scopes, lacks }: Permissions, claims: TokenClaims | undefined) {
  if (!claims) return 'unknown';
  if (lacks.length > 0) return 'notAllowed';
  // Without scopes in the token, or where the operation names none, its user's levels must tell.
  const scopeKnown = claims.scopes.some((scope) => scope === 'sp:scopes:all' || scopes.includes(scope));
  const levelKnown =
    scopes.length === 0 && OPERATIONS[operation].userLevels.length > 0 && claims.authorities.length > 0;
  return scopeKnown || levelKnown ? 'allowed' : 'unknown';
}

/** Cancelling ends the whole check; any other failure is part of the report. */
async function outcome<T>(asked: Promise<T>): Promise<Attempted<T>> {
  try {
    return { ok: true, value: await asked };
  } catch (error) {
    if (ApiError.is(error, 'cancelled')) throw error;
    return { ok: false, error };
  }
}
