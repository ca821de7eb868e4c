/**
 * The table of everything this module can ask the service. Requests, the explanation of a 403 and the documentation
 * come from it; nothing else knows a path. Facts: contract 0 (paths), 1 (scopes, levels), 6 (versions), 8 (supporting
 * operations), checked against the published OpenAPI documents by the contract tests.
 */
import type { ApiVersion } from './versions';

type PerVersion<T> = Readonly<Record<ApiVersion, T>>;

export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A read may be sent again and is allowed on a read-only client, whatever its method (search is a POST). */
  readonly access: 'read' | 'write';
  /** Where it is asked. `version` differs from the client's where the client's version lacks the operation. */
  readonly endpoint: PerVersion<{ readonly version: ApiVersion; readonly path: string }>;
  /** The service marks it experimental: `X-SailPoint-Experimental` is required (never in beta). */
  readonly experimental: boolean;
  /** The service limits it per person as well: a 429 may be about that one person for up to so many milliseconds. */
  readonly pausePerPersonMs?: number;
  /** A token needs one of these; empty: none is named. */
  readonly scopes: PerVersion<readonly string[]>;
  /** A user needs one of these levels; empty: none is named. */
  readonly userLevels: readonly string[];
  /** False: a token of a client without a user is not enough. */
  readonly withoutUser: PerVersion<boolean>;
  /** What SailPoint's PowerShell modules export for it, generator slips included: a corrected name does not run. */
  readonly cmdlet: PerVersion<string>;
}

function everywhere(path: string): Operation['endpoint'] {
  return {
    v2024: { version: 'v2024', path: `/v2024${path}` },
    beta: { version: 'beta', path: `/beta${path}` },
    // The per-service model puts the version after the first segment.
    v1: { version: 'v1', path: path.replace(/^\/[^/]+/, '$&/v1') },
  };
}

/** For operations that beta lacks: its documented sibling is the same operation of v2024, in v2024's rate bucket. */
function notInBeta(path: string): Operation['endpoint'] {
  const endpoint = everywhere(path);
  return { ...endpoint, beta: endpoint.v2024 };
}

function same<T>(value: T): PerVersion<T> {
  return { v2024: value, beta: value, v1: value };
}

/** `Get-#Identity` becomes Get-V2024Identity, Get-BetaIdentity, Get-IdentityV1. */
function cmdlets(pattern: string, beta?: string): PerVersion<string> {
  return {
    v2024: pattern.replace('#', 'V2024'),
    beta: beta ?? pattern.replace('#', 'Beta'),
    v1: `${pattern.replace('#', '')}V1`,
  };
}

const IDENTITY_READ = ['idn:identity:read', 'idn:identity:manage'];
const ASSIGNMENT_READ = ['idn:identity:read', 'idn:identity-direct-report:read', 'idn:identity:manage'];
const TASK_READ = ['idn:task-management:read', 'idn:task-management:write'];
const ROLE_READ = [
  'idn:role-unchecked:read',
  'idn:role-unchecked:manage',
  'idn:role-checked:manage',
  'idn:role-checked:read',
];
const SEARCH_LEVELS = [
  'ORG_ADMIN',
  'CERT_ADMIN',
  'REPORT_ADMIN',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
];
const TASK_LEVELS = ['HELPDESK', ...SEARCH_LEVELS];
/** What applies where the published document names no scope of its own. */
const ALL_SCOPES = ['sp:scopes:all'];

const read = { access: 'read', experimental: false } as const;
const write = { access: 'write', experimental: false } as const;
const search = { ...read, method: 'POST', scopes: same(['sp:search:read']), withoutUser: same(true) } as const;

export const OPERATIONS = {
  listIdentities: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identities'),
    scopes: same(IDENTITY_READ),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#Identities'),
  },
  getIdentity: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identities/{id}'),
    scopes: same(IDENTITY_READ),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#Identity'),
  },
  deleteIdentity: {
    ...write,
    method: 'DELETE',
    endpoint: everywhere('/identities/{id}'),
    scopes: same(['idn:identity:manage']),
    userLevels: [],
    withoutUser: same(true),
    cmdlet: cmdlets('Remove-#Identity'),
  },
  getIdentityOwnershipDetails: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identities/{id}/ownership'),
    scopes: same(['idn:identity:read']),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#IdentityOwnershipDetails'),
  },
  getRoleAssignments: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identities/{id}/role-assignments'),
    scopes: same(ASSIGNMENT_READ),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#RoleAssignments'),
  },
  getRoleAssignment: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identities/{id}/role-assignments/{assignmentId}'),
    scopes: same(ASSIGNMENT_READ),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#RoleAssignment'),
  },
  resetIdentity: {
    ...write,
    method: 'POST',
    endpoint: everywhere('/identities/{id}/reset'),
    scopes: { ...same(['idn:identity:manage']), beta: ['idn:identity:update'] },
    userLevels: [],
    withoutUser: { ...same(true), beta: false },
    cmdlet: cmdlets('Reset-#Identity'),
  },
  sendIdentityVerificationAccountToken: {
    access: 'write',
    method: 'POST',
    endpoint: everywhere('/identities/{id}/verification/account/send'),
    experimental: true,
    scopes: same(['idn:password:user-invite']),
    userLevels: ['ORG_ADMIN', 'HELPDESK'],
    withoutUser: same(false),
    cmdlet: cmdlets('Send-#IdentityVerificationAccountToken'),
  },
  startIdentitiesInvite: {
    access: 'write',
    method: 'POST',
    endpoint: everywhere('/identities/invite'),
    experimental: true,
    scopes: { ...same(['idn:password-user-invite:manage']), beta: ALL_SCOPES },
    userLevels: ['ORG_ADMIN', 'HELPDESK'],
    withoutUser: same(false),
    cmdlet: cmdlets('Start-#IdentitiesInvite'),
  },
  startIdentityProcessing: {
    access: 'write',
    method: 'POST',
    endpoint: everywhere('/identities/process'),
    experimental: true,
    scopes: same(['idn:identity:process', 'idn:identity:manage']),
    userLevels: ['ORG_ADMIN', 'HELPDESK'],
    withoutUser: same(true),
    cmdlet: cmdlets('Start-#IdentityProcessing'),
  },
  synchronizeAttributesForIdentity: {
    access: 'write',
    method: 'POST',
    endpoint: everywhere('/identities/{id}/synchronize-attributes'),
    experimental: true,
    pausePerPersonMs: 10_000,
    scopes: { ...same([]), beta: ALL_SCOPES },
    userLevels: ['ORG_ADMIN'],
    withoutUser: same(true),
    cmdlet: cmdlets('Sync-#hronizeAttributesForIdentity'),
  },
  listEntitlementsByIdentity: {
    ...read,
    method: 'GET',
    endpoint: notInBeta('/entitlements/identities/{id}/entitlements'),
    scopes: same(['idn:entitlement:read']),
    userLevels: ['ORG_ADMIN', 'API'],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#EntitlementsByIdentity', 'Get-V2024EntitlementsByIdentity'),
  },
  listAccounts: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/accounts'),
    scopes: same(['idn:accounts:read', 'idn:accounts:manage']),
    userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN', 'HELPDESK'],
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#Accounts'),
  },
  listAccountActivities: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/account-activities'),
    scopes: same(ALL_SCOPES),
    userLevels: [],
    withoutUser: same(false),
    cmdlet: cmdlets('Get-#AccountActivities'),
  },
  getTaskStatus: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/task-status/{id}'),
    scopes: same(TASK_READ),
    userLevels: TASK_LEVELS,
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#TaskStatus'),
  },
  getTaskStatusList: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/task-status'),
    scopes: same(TASK_READ),
    userLevels: TASK_LEVELS,
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#TaskStatusList'),
  },
  searchPost: {
    ...search,
    endpoint: notInBeta('/search'),
    userLevels: SEARCH_LEVELS,
    cmdlet: cmdlets('Search-#Post', 'Search-V2024Post'),
  },
  searchCount: {
    ...search,
    endpoint: notInBeta('/search/count'),
    userLevels: [],
    cmdlet: cmdlets('Search-#Count', 'Search-V2024Count'),
  },
  searchAggregate: {
    ...search,
    endpoint: notInBeta('/search/aggregate'),
    userLevels: [],
    cmdlet: cmdlets('Search-#Aggregate', 'Search-V2024Aggregate'),
  },
  listIdentityAttributes: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/identity-attributes'),
    scopes: same(['idn:identity-profile-attribute:read', 'idn:identity-profile-attribute:manage']),
    userLevels: [],
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#IdentityAttributes'),
  },
  getLifecycleStates: {
    ...read,
    method: 'GET',
    endpoint: notInBeta('/identity-profiles/{id}/lifecycle-states'),
    scopes: same(['idn:identity-profile-lifecycle-state:read']),
    userLevels: ['ORG_ADMIN'],
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#LifecycleStates', 'Get-V2024LifecycleStates'),
  },
  getRole: {
    ...read,
    method: 'GET',
    endpoint: everywhere('/roles/{id}'),
    scopes: same(ROLE_READ),
    userLevels: ['ORG_ADMIN', 'ROLE_ADMIN', 'ROLE_SUBADMIN'],
    withoutUser: same(true),
    cmdlet: cmdlets('Get-#Role'),
  },
  getOAuthInfo: {
    ...read,
    method: 'GET',
    // Outside the versions, without a token (contract 4).
    endpoint: {
      v2024: { version: 'v2024', path: '/oauth/info' },
      beta: { version: 'beta', path: '/oauth/info' },
      v1: { version: 'v1', path: '/oauth/info' },
    },
    scopes: same([]),
    userLevels: [],
    withoutUser: same(true),
    cmdlet: same(''),
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
