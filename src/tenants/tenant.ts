import type { ApiVersion } from '../api/versions';

export const ENVIRONMENTS = ['production', 'sandbox', 'development', 'other'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What is remembered of a tenant (globalState). The secret lives in SecretStorage under the same random id. */
export interface Tenant {
  /** Random; never derived from host or name, as two credentials for one host are normal. */
  readonly id: string;
  readonly name: string;
  /** The API host's origin, e.g. `https://acme.api.identitynow.com`. For `kind: 'demo'` it is empty until started. */
  readonly baseUrl: string;
  readonly version: ApiVersion;
  readonly environment: Environment;
  readonly readOnly: boolean;
  /** `demo`: served by the embedded demo tenant, whose address is new at every start. */
  readonly kind: 'isc' | 'demo';
  readonly auth: 'pat' | 'token';
}
