import * as v from 'valibot';
import { API_VERSIONS } from '../api/versions';
import { UUID, type Output } from '../schema';

export const ENVIRONMENTS = ['production', 'sandbox', 'development', 'other'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** A tenant as its file keeps it, in clear. The secret lives in SecretStorage under the same random id. */
export const STORED_TENANT = v.pipe(
  v.object({
    /** Random; never derived from host or name, as two credentials for one host are normal. */
    id: UUID,
    name: v.string(),
    /** `demo`: served by the embedded demo tenant, whose address and credentials are new at every start. */
    kind: v.picklist(['isc', 'demo']),
    /** The API host's origin, e.g. `https://acme.api.identitynow.com`. Empty for `kind: 'demo'`. */
    baseUrl: v.string(),
    version: v.picklist(API_VERSIONS),
    environment: v.picklist(ENVIRONMENTS),
    /** Writes are refused by the API module. */
    readOnly: v.boolean(),
    auth: v.picklist(['pat', 'token']),
    /** Where it stands in the list. */
    order: v.pipe(v.number(), v.finite()),
  }),
  v.forward(
    // The demo tenant's address is new at every start.
    v.check(({ kind, baseUrl }) => kind === 'demo' || isCredentialOrigin(baseUrl)),
    ['baseUrl'],
  ),
);
export type StoredTenant = Output<typeof STORED_TENANT>;

/** What is known of a tenant. */
export interface Tenant extends Omit<StoredTenant, 'order'> {
  /**
   * Set while a production tenant is unlocked, in this window only and never stored: epoch milliseconds, or Infinity for
   * "until locked again".
   */
  readonly unlockedUntil?: number;
  /** What its file calls it, where another tenant here is called alike: `name` tells them apart then. Settings may mean it by this. */
  readonly storedName?: string;
}

/** Loopback hosts may be reached by plain http: nothing leaves the machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Where credentials may go: an origin of https, or of this machine. */
function isCredentialOrigin(text: string): boolean {
  const url = parseUrl(text);
  return url?.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}

/** @returns undefined for what is no address */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
