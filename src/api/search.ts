import type { Ref } from './identities';

/** An identity as the search index knows it: other field names than the Identity (contract 5), and it lags behind. */
export interface IdentityDocument {
  readonly id: string;
  readonly name?: string;
  readonly displayName?: string;
  readonly email?: string | null;
  readonly status?: string;
  readonly inactive?: boolean;
  readonly protected?: boolean;
  readonly processingState?: string | null;
  readonly manager?: (Ref & { readonly displayName?: string }) | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
}
