import type { Ref } from './identities';

/** An account of an identity; only what is shown is typed. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly nativeIdentity?: string;
  readonly sourceId?: string;
  readonly sourceName?: string;
  readonly disabled?: boolean;
  readonly locked?: boolean;
  readonly uncorrelated?: boolean;
  readonly hasEntitlements?: boolean;
  readonly manuallyCorrelated?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
  readonly created?: string;
  readonly modified?: string;
}

/** Nested or flat in the service's answers (contract 2.10); always this form here. */
export interface IdentityEntitlement {
  readonly objectRef: Ref;
  readonly tags: readonly string[];
}
