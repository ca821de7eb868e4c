import type { Account, IdentityEntitlement } from './accounts';
import type {
  Identity,
  IdentitySyncJob,
  ListIdentitiesParams,
  OwnershipAssociation,
  VerificationVia,
} from './identities';
import type { RoleAssignment, RoleAssignmentRef } from './roleAssignments';
import type { IdentityAttribute, LifecycleState, OAuthInfo, Role } from './reference';
import type { IdentityDocument } from './search';
import type { TaskResult, TaskStatus } from './tasks';
import type { TokenClaims } from './token';
import type { ApiVersion } from './versions';

export type Credentials =
  | { readonly kind: 'pat'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'token'; readonly accessToken: string };

/** Fits `vscode.LogOutputChannel` structurally. */
export interface ApiLog {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** `batch` calls let `interactive` ones (the default) go first within the rate limit. */
  readonly priority?: 'interactive' | 'batch' | undefined;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly offset: number;
  /** Only when the call asked for it (`count: true`) and the service said it. */
  readonly total?: number;
  /** False when the service answered fewer rows than the limit: there is no next page. */
  readonly hasMore: boolean;
}

export interface PageParams {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly count?: boolean | undefined;
}

export interface Client {
  readonly version: ApiVersion;
  readonly baseUrl: string;
  readonly readOnly: boolean;
  readonly identities: {
    list(params?: ListIdentitiesParams, options?: CallOptions): Promise<Page<Identity>>;
    /** Pages of unseen rows; holds one page and prefetches the next. */
    listAll(params?: Omit<ListIdentitiesParams, 'offset'>, options?: CallOptions): AsyncIterable<Page<Identity>>;
    get(id: string, options?: CallOptions): Promise<Identity>;
    delete(id: string, options?: CallOptions): Promise<void>;
    ownership(id: string, options?: CallOptions): Promise<readonly OwnershipAssociation[]>;
    reset(id: string, options?: CallOptions): Promise<void>;
    /** Resolves to the body if the service sends one (undocumented; show it only to the caller, never log it). */
    sendVerification(
      id: string,
      mail: { readonly via: VerificationVia; readonly sourceName?: string | null },
      options?: CallOptions,
    ): Promise<unknown>;
    invite(ids: readonly string[], options?: CallOptions): Promise<TaskStatus>;
    /** Mails ALL unregistered identities (at most 1,000). */
    inviteAllUnregistered(options?: CallOptions): Promise<TaskStatus>;
    /** One result per started chunk of at most 250. */
    process(ids: readonly string[], options?: CallOptions): Promise<readonly TaskResult[]>;
    synchronize(id: string, options?: CallOptions): Promise<IdentitySyncJob>;
  };
  readonly roleAssignments: {
    list(identityId: string, options?: CallOptions): Promise<readonly RoleAssignmentRef[]>;
    listDetailed(
      identityId: string,
      role: { readonly roleId: string } | { readonly roleName: string },
      options?: CallOptions,
    ): Promise<readonly RoleAssignment[]>;
    get(identityId: string, assignmentId: string, options?: CallOptions): Promise<RoleAssignment>;
  };
  readonly tasks: {
    get(id: string, options?: CallOptions): Promise<TaskStatus>;
    list(
      params?: PageParams & { readonly filters?: string; readonly sorters?: string },
      options?: CallOptions,
    ): Promise<Page<TaskStatus>>;
  };
  readonly entitlements: {
    list(identityId: string, params?: PageParams, options?: CallOptions): Promise<Page<IdentityEntitlement>>;
  };
  readonly accounts: {
    list(identityId: string, params?: PageParams, options?: CallOptions): Promise<Page<Account>>;
  };
  readonly search: {
    identities(
      query: string,
      params?: PageParams & {
        readonly sort?: readonly string[];
        readonly searchAfter?: readonly string[];
        readonly includeNested?: boolean;
      },
      options?: CallOptions,
    ): Promise<Page<IdentityDocument>>;
    /** Goes past the 10,000 window with searchAfter. */
    all(query: string, options?: CallOptions): AsyncIterable<Page<IdentityDocument>>;
    count(query: string, options?: CallOptions): Promise<number>;
  };
  readonly identityAttributes: { list(options?: CallOptions): Promise<readonly IdentityAttribute[]> };
  readonly lifecycleStates: { list(identityProfileId: string, options?: CallOptions): Promise<Page<LifecycleState>> };
  readonly roles: { get(id: string, options?: CallOptions): Promise<Role> };
  readonly oauth: {
    /** No token is sent. */
    info(options?: CallOptions): Promise<OAuthInfo>;
    /** Claims of the access token in use (fetched if there is none), for display only. */
    claims(options?: CallOptions): Promise<TokenClaims>;
  };
}

export interface ClientOptions {
  /** https, or http on loopback; anything else is refused (`invalid`). */
  readonly baseUrl: string;
  readonly version: ApiVersion;
  readonly credentials: Credentials;
  /** Refuse every write inside the pipeline. */
  readonly readOnly?: boolean;
  readonly log?: ApiLog;
  /** How log lines name the tenant. */
  readonly name?: string;
  /** node-fetch unless given; tests and benches count and fault it. */
  readonly fetch?: typeof import('node-fetch').default;
  readonly userAgent?: string;
  /** Per attempt, milliseconds; default 30,000. */
  readonly timeoutMs?: number;
}
