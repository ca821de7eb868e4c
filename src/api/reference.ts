/** Smaller reads that explain an identity: attributes, lifecycle states, roles, the OAuth info page. */
import type { Ref } from './identities';

export interface IdentityAttribute {
  readonly name: string;
  readonly displayName?: string | null;
  readonly type?: string | null;
  readonly multi?: boolean;
  readonly searchable?: boolean;
  readonly system?: boolean;
}

export interface LifecycleState {
  readonly id: string;
  readonly name: string;
  readonly technicalName?: string;
  readonly enabled?: boolean;
  readonly identityCount?: number;
  readonly identityState?: string | null;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
  readonly owner?: Ref | null;
  readonly enabled?: boolean;
  readonly requestable?: boolean;
  readonly accessProfiles?: readonly Ref[] | null;
  readonly membership?: Readonly<Record<string, unknown>> | null;
}

/** `GET /oauth/info` (contract 4). */
export interface OAuthInfo {
  readonly tenantId?: string;
  readonly tenantName?: string;
  readonly authorizeEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly cloudDomainUrl?: string;
  readonly logoutUrl?: string;
  readonly pod?: string;
}
