import { jwtDecode } from 'jwt-decode';
import * as v from 'valibot';
import { ApiError } from './errors';
import { fittingEntries, readAs, tolerantObject } from '../schema';

/** Claims of an ISC access token (contract 4), for display only; never trusted for a decision. */
const CLAIMS = tolerantObject(
  {
    /** User levels, e.g. `ORG_ADMIN`. */
    authorities: fittingEntries(v.string()),
    scope: v.unknown(),
  },
  {
    org: v.string(),
    pod: v.string(),
    tenant_id: v.string(),
    user_name: v.string(),
    user_id: v.string(),
    identity_id: v.string(),
    client_id: v.string(),
    /** Seconds since 1970. */
    exp: v.pipe(v.number(), v.finite()),
  },
);

/** What a token says of itself. */
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
  /** Empty: the token does not tell them. */
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly expiresAt?: number;
}

export type Credentials =
  | { readonly kind: 'pat'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'token'; readonly accessToken: string };

/** The claims of an access token; undefined when it is not a JWT that can be read. */
export function decodeClaims(accessToken: string): TokenClaims | undefined {
  let raw: unknown;
  try {
    raw = jwtDecode(accessToken);
  } catch {
    return undefined; // opaque tokens are allowed: the claims are for display only
  }
  const claims = readAs(CLAIMS, raw);
  if (!claims) return undefined;
  const { org, pod, tenant_id, user_name, user_id, identity_id, client_id, authorities, scope, exp } = claims;
  return {
    ...(org === undefined ? {} : { org }),
    ...(pod === undefined ? {} : { pod }),
    ...(tenant_id === undefined ? {} : { tenantId: tenant_id }),
    ...(user_name === undefined ? {} : { userName: user_name }),
    ...(user_id === undefined ? {} : { userId: user_id }),
    ...(identity_id === undefined ? {} : { identityId: identity_id }),
    ...(client_id === undefined ? {} : { clientId: client_id }),
    authorities,
    scopes: scopeNames(scope),
    ...(exp === undefined ? {} : { expiresAt: exp * 1000 }),
  };
}

/** Names of scopes. The claim may hold a packed form instead, from which nothing can be told: then there are none. */
export function scopeNames(claim: unknown): readonly string[] {
  const all = typeof claim === 'string' ? claim.split(' ') : (readAs(TEXTS, claim) ?? []);
  return all.filter((scope) => /^[a-z]+(:[\w*.-]+)+$/i.test(scope));
}

const TEXTS = fittingEntries(v.string());

/** A token as the endpoint granted it. */
export interface Grant {
  readonly accessToken: string;
  /** Seconds; absent when the answer did not say. */
  readonly expiresIn?: number;
  /** Names of scopes that the endpoint granted; none where it did not say. */
  readonly scopes?: readonly string[];
}

export interface TokenSource {
  /** The token to use now; fetched when there is none or it is about to end. Rejects with ApiError. */
  get(signal?: AbortSignal): Promise<string>;
  /** Scopes that the endpoint named with this token; none where it did not. */
  scopesOf(token: string): readonly string[];
  /** The service refused `token`: true when another one can be had, so that asking once more makes sense. */
  refused(token: string): boolean;
}

/** Refresh that long before the end, or at half-life of a token that lives shorter than twice that. */
const EARLY_MS = 60_000;
/** The early refresh failed: when to try it again, if the token lives that long. */
const AGAIN_MS = 5_000;
/** For an answer without `expires_in` (contract 4: read it, never assume it). */
const UNKNOWN_LIFE_MS = 5 * 60_000;

/** Client credentials: tokens are granted by `fetchGrant`, one flight at a time, and kept in memory only. */
export function grantedToken(fetchGrant: () => Promise<Grant>): TokenSource {
  let current:
    | {
        readonly token: string;
        readonly scopes: readonly string[];
        readonly refreshAt: number;
        readonly endsAt: number;
      }
    | undefined;
  let flight: Promise<string> | undefined;

  async function refresh(): Promise<string> {
    const askedAt = performance.now();
    let grant: Grant;
    try {
      grant = await fetchGrant();
    } catch (e) {
      // Asked early: a token endpoint that fails for a moment does not stop work that has a token.
      if (current === undefined || performance.now() >= current.endsAt || ApiError.is(e, 'auth')) throw e;
      current = { ...current, refreshAt: Math.min(current.endsAt, performance.now() + AGAIN_MS) };
      return current.token;
    }
    const life = grant.expiresIn === undefined ? UNKNOWN_LIFE_MS : grant.expiresIn * 1000;
    if (!isWellFormed(grant.accessToken)) {
      throw new ApiError('badAnswer', 'The token endpoint returned a token that cannot be sent.', {
        sent: false,
        flaw: 'unsendableToken',
      });
    }
    // Counted from the asking, by a clock that nobody sets: neither its skew nor a change of it matters.
    const refreshAt = askedAt + Math.max(life - EARLY_MS, life / 2);
    current = { token: grant.accessToken, scopes: grant.scopes ?? [], refreshAt, endsAt: askedAt + life };
    return grant.accessToken;
  }

  return {
    async get(signal) {
      if (signal?.aborted === true) throw cancelledBeforeSent();
      if (current !== undefined && performance.now() < current.refreshAt) return current.token;
      flight ??= refresh().finally(() => {
        flight = undefined;
      });
      return unlessAborted(flight, signal);
    },
    scopesOf: (token) => (current?.token === token ? current.scopes : []),
    refused(token) {
      // Someone else may have refreshed meanwhile; only the refused token is dropped.
      if (current?.token === token) current = undefined;
      return true;
    },
  };
}

/**
 * What is known of a token: its claims, and the scopes that the endpoint named with it, which count where the claim is packed.
 *
 * @returns undefined when nothing is known
 */
export function claimsKnown(source: Pick<TokenSource, 'scopesOf'>, token: string): TokenClaims | undefined {
  const claims = decodeClaims(token);
  const named = source.scopesOf(token);
  if (named.length === 0 || (claims && claims.scopes.length > 0)) return claims;
  return { authorities: [], ...claims, scopes: named };
}

/** What can be put into a header: no blank, no line break. */
function isWellFormed(accessToken: string): boolean {
  return /^[\x21-\x7e]+$/.test(accessToken);
}

/** A pasted access token: nothing can renew it, so its end is an `auth` error and nothing is sent twice. */
export function pastedToken(accessToken: string): TokenSource {
  return {
    get() {
      // Its end is not looked at: this machine's clock may be wrong, and the service knows.
      if (!isWellFormed(accessToken))
        return Promise.reject(new ApiError('auth', 'This is no access token.', { sent: false }));
      return Promise.resolve(accessToken);
    },
    scopesOf: () => [],
    refused: () => false,
  };
}

/** The shared flight goes on for the others when one caller gives up. */
function unlessAborted<T>(flight: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return flight;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(cancelledBeforeSent());
    signal.addEventListener('abort', cancel, { once: true });
    void flight.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

function cancelledBeforeSent(): ApiError {
  return new ApiError('cancelled', 'The request was cancelled before it was sent.', { sent: false });
}
