import { createHash } from 'node:crypto';
import nodeFetch from 'node-fetch';
import type { Account, IdentityEntitlement } from './accounts';
import { accountOperations, entitlementOperations } from './accounts';
import type { AccountActivity } from './accountActivities';
import { accountActivityOperations } from './accountActivities';
import type { ApiLog } from './attempt';
import { ApiError } from './errors';
import { createPipeline } from './pipeline';
import type { CallOptions } from './pipeline';
import type {
  Identity,
  IdentitySyncJob,
  ListIdentitiesParams,
  OwnershipAssociation,
  VerificationVia,
} from './identities';
import { identityOperations } from './identityOperations';
import type { OAuthOptions } from './oauth';
import { requestInfo, requestToken } from './oauth';
import type { Page, PageParams } from './paging';
import type { RateLimits } from './rateLimit';
import { processRateLimits } from './rateLimit';
import type { IdentityAttribute, LifecycleState, OAuthInfo, Role } from './reference';
import { identityAttributeOperations, lifecycleStateOperations, parseOAuthInfo, roleOperations } from './reference';
import type { RoleAssignment, RoleAssignmentRef } from './roleAssignments';
import { roleAssignmentOperations } from './roleAssignments';
import type { Aggregation, IdentityDocument, SearchParams } from './search';
import { searchOperations } from './search';
import type { TaskResult, TaskStatus } from './tasks';
import { taskOperations } from './tasks';
import type { Credentials, TokenClaims, TokenSource } from './token';
import { claimsKnown, decodeClaims, grantedToken, pastedToken } from './token';
import type { Fetch } from './transport';
import type { ApiVersion } from './versions';

export type { ApiLog } from './attempt';
export type { CallOptions } from './pipeline';
export type { Page, PageParams } from './paging';
export type { Credentials } from './token';

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
  readonly accountActivities: {
    /** What ISC did to the accounts of an identity, or was asked to do by it. */
    list(
      regardingIdentity: string,
      params?: PageParams & { readonly sorters?: string },
      options?: CallOptions,
    ): Promise<Page<AccountActivity>>;
  };
  readonly search: {
    identities(query: string, params?: SearchParams, options?: CallOptions): Promise<Page<IdentityDocument>>;
    /** Goes past the 10,000 window with searchAfter. */
    all(query: string, options?: CallOptions): AsyncIterable<Page<IdentityDocument>>;
    count(query: string, options?: CallOptions): Promise<number>;
    /** How many identities have which value of a field of their documents, at most `size` values. */
    aggregate(query: string, field: string, size: number, options?: CallOptions): Promise<Aggregation>;
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
  /** Refuse every write inside the pipeline. A function is asked before each, so that locking stops what is under way. */
  readonly readOnly?: boolean | (() => boolean);
  /** Asked before each request: why nothing may be sent any more, as of a tenant that was removed. */
  readonly ended?: (() => ApiError | undefined) | undefined;
  /** Told when a call ends because the credentials are refused. */
  readonly onRefused?: (error: ApiError) => void;
  readonly log?: ApiLog;
  /** How log lines name the tenant. */
  readonly name?: string;
  /** node-fetch unless given; tests and benches count and fault it. */
  readonly fetch?: Fetch;
  readonly userAgent?: string;
  /** Per attempt, milliseconds; default 30,000. */
  readonly timeoutMs?: number;
  /** Wait before the second attempt, milliseconds, doubled and jittered from then on; default 250. */
  readonly retryDelayMs?: number;
  /** The process-wide budgets unless given; tests and benches bring their own. */
  readonly rateLimits?: RateLimits;
}

/**
 * The one door to the service. Sends nothing by itself: tokens are fetched with the first call.
 * Throws `invalid` for a base URL that is not an https origin (http is allowed on loopback).
 * All methods of the client reject with ApiError only.
 */
export function createClient(options: ClientOptions): Client {
  const { version, credentials, readOnly = false, log, fetch = nodeFetch } = options;
  const isReadOnly = typeof readOnly === 'function' ? readOnly : () => readOnly;
  const origin = checkedOrigin(options.baseUrl);
  const secrets = new Set([credentials.kind === 'pat' ? credentials.clientSecret : credentials.accessToken]);
  const shared: OAuthOptions = {
    origin,
    version,
    fetch,
    log,
    name: options.name ?? new URL(origin).host,
    timeoutMs: options.timeoutMs ?? 30_000,
    retryDelayMs: options.retryDelayMs ?? 250,
    redact: (text) => withoutSecrets(text, secrets),
    userAgent: options.userAgent ?? 'isc-identities',
  };
  const token = tokenSource(credentials, shared, secrets);
  const send = createPipeline({
    ...shared,
    readOnly: isReadOnly,
    ended: options.ended,
    onRefused: options.onRefused,
    token,
    rateLimits: options.rateLimits ?? processRateLimits,
    clientKey: `${origin} ${clientIdOf(credentials)}`,
  });
  return {
    version,
    baseUrl: origin,
    get readOnly() {
      return isReadOnly();
    },
    identities: identityOperations(send),
    roleAssignments: roleAssignmentOperations(send),
    tasks: taskOperations(send, version),
    entitlements: entitlementOperations(send),
    accounts: accountOperations(send),
    accountActivities: accountActivityOperations(send),
    search: searchOperations(send),
    identityAttributes: identityAttributeOperations(send),
    lifecycleStates: lifecycleStateOperations(send),
    roles: roleOperations(send),
    oauth: {
      info: async (call) => parseOAuthInfo(await requestInfo(shared, call?.signal)),
      claims: async (call) => claimsKnown(token, await token.get(call?.signal)) ?? { authorities: [], scopes: [] },
    },
  };
}

/** Secrets may go to https only; a demo tenant on this very machine is the exception. */
function checkedOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const refuse = (why: string) => new ApiError('invalid', `The base URL ${why}.`, { sent: false });
  if (url === undefined) throw refuse('is not a URL');
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) throw refuse('must begin with https');
  if (url.username !== '' || url.password !== '') throw refuse('must not hold credentials');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw refuse('must be a host without a path');
  return url.origin;
}

function tokenSource(credentials: Credentials, options: OAuthOptions, secrets: Set<string>): TokenSource {
  if (credentials.kind === 'token') return pastedToken(credentials.accessToken);
  return grantedToken(async () => {
    const grant = await requestToken(options, credentials);
    secrets.clear();
    secrets.add(credentials.clientSecret).add(grant.accessToken);
    return grant;
  });
}

/** Whose requests the service counts together; an opaque pasted token counts for itself. */
function clientIdOf(credentials: Credentials): string {
  if (credentials.kind === 'pat') return credentials.clientId;
  const { accessToken } = credentials;
  return decodeClaims(accessToken)?.clientId ?? createHash('sha256').update(accessToken).digest('hex');
}

/** For words of the service or the system that end in an error: whatever could be a secret is blotted out. */
function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '…');
  return clean.replace(/(?<![\w-])eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…').replace(/\bBearer\s+\S+/gi, 'Bearer …');
}
