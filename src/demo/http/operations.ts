import { forbidden } from './responses';
import type { Caller } from './auth';

/**
 * What the demo tenant answers, by the service's operation ids: its own table, kept apart from the API module's so
 * that each is checked against the other (contract 1 and 8).
 */
export type DemoVersion = 'v2024' | 'v3' | 'beta' | 'v1';

interface Permission {
  /** A token needs one of these; empty: none is named. `sp:scopes:all` always does. */
  readonly scopes: readonly string[];
  /** A user's token needs one of these levels; empty: any. */
  readonly levels?: readonly string[];
  /** True when a token without a user will do. */
  readonly app?: boolean;
}

export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As in v2024; v1 has `/v1` after the first segment. */
  readonly path: string;
  readonly versions: readonly DemoVersion[];
  /** Without the experimental header: 400 in every version but beta. */
  readonly experimental?: true;
  readonly permission: Permission;
  readonly betaPermission?: Permission;
  /** Answered with `X-Deprecated: true` there (contract 0 and 6). */
  readonly deprecatedIn?: DemoVersion;
}

const ALL: readonly DemoVersion[] = ['v2024', 'beta', 'v1'];
const NOT_BETA: readonly DemoVersion[] = ['v2024', 'v3', 'v1'];
const READ: Permission = { scopes: ['idn:identity:read', 'idn:identity:manage'] };
const ROLE_ASSIGNMENTS: Permission = {
  scopes: ['idn:identity:read', 'idn:identity-direct-report:read', 'idn:identity:manage'],
};
const HELPDESK = ['ORG_ADMIN', 'HELPDESK'];
const TASKS: Permission = {
  scopes: ['idn:task-management:read', 'idn:task-management:write'],
  levels: [...HELPDESK, 'CERT_ADMIN', 'REPORT_ADMIN', 'ROLE_ADMIN', 'ROLE_SUBADMIN', 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'],
  app: true,
};
/** Operations without an entry of their own. */
const EVERYTHING: Permission = { scopes: ['sp:scopes:all'] };
const SEARCH_LEVELS = [
  'ORG_ADMIN',
  'CERT_ADMIN',
  'REPORT_ADMIN',
  'SOURCE_ADMIN',
  'SOURCE_SUBADMIN',
  'ROLE_ADMIN',
  'ROLE_SUBADMIN',
];

export const OPERATIONS = {
  listIdentities: { method: 'GET', path: '/identities', versions: ALL, permission: READ },
  getIdentity: { method: 'GET', path: '/identities/{id}', versions: ALL, permission: READ },
  deleteIdentity: {
    method: 'DELETE',
    path: '/identities/{id}',
    versions: ALL,
    permission: { scopes: ['idn:identity:manage'], app: true },
  },
  getIdentityOwnershipDetails: {
    method: 'GET',
    path: '/identities/{id}/ownership',
    versions: ALL,
    permission: { scopes: ['idn:identity:read'] },
  },
  getRoleAssignments: {
    method: 'GET',
    path: '/identities/{id}/role-assignments',
    versions: ALL,
    permission: ROLE_ASSIGNMENTS,
  },
  getRoleAssignment: {
    method: 'GET',
    path: '/identities/{id}/role-assignments/{assignmentId}',
    versions: ALL,
    permission: ROLE_ASSIGNMENTS,
  },
  resetIdentity: {
    method: 'POST',
    path: '/identities/{id}/reset',
    versions: ALL,
    permission: { scopes: ['idn:identity:manage'], app: true },
    betaPermission: { scopes: ['idn:identity:update'] },
  },
  sendIdentityVerificationAccountToken: {
    method: 'POST',
    path: '/identities/{id}/verification/account/send',
    versions: ALL,
    experimental: true,
    permission: { scopes: ['idn:password:user-invite'], levels: HELPDESK },
  },
  startIdentitiesInvite: {
    method: 'POST',
    path: '/identities/invite',
    versions: ALL,
    experimental: true,
    permission: { scopes: ['idn:password-user-invite:manage'], levels: HELPDESK },
    betaPermission: { scopes: ['sp:scopes:all'], levels: HELPDESK },
  },
  startIdentityProcessing: {
    method: 'POST',
    path: '/identities/process',
    versions: ALL,
    experimental: true,
    permission: { scopes: ['idn:identity:process', 'idn:identity:manage'], levels: HELPDESK, app: true },
  },
  synchronizeAttributesForIdentity: {
    method: 'POST',
    path: '/identities/{id}/synchronize-attributes',
    versions: ALL,
    experimental: true,
    permission: { scopes: [], levels: ['ORG_ADMIN'], app: true },
    betaPermission: { scopes: ['sp:scopes:all'], levels: ['ORG_ADMIN', 'API'], app: true },
  },
  listEntitlementsByIdentity: {
    method: 'GET',
    path: '/entitlements/identities/{id}/entitlements',
    versions: ['v2024', 'v1'],
    permission: { scopes: ['idn:entitlement:read'], levels: ['ORG_ADMIN', 'API'] },
  },
  getTaskStatus: { method: 'GET', path: '/task-status/{id}', versions: ALL, permission: TASKS },
  getTaskStatusList: { method: 'GET', path: '/task-status', versions: ALL, permission: TASKS },
  listAccounts: {
    method: 'GET',
    path: '/accounts',
    versions: ['v2024', 'v3', 'beta', 'v1'],
    deprecatedIn: 'beta',
    permission: {
      scopes: ['idn:accounts:read', 'idn:accounts:manage'],
      levels: [...HELPDESK, 'SOURCE_ADMIN', 'SOURCE_SUBADMIN'],
      app: true,
    },
  },
  listAccountActivities: { method: 'GET', path: '/account-activities', versions: ALL, permission: EVERYTHING },
  getAccountActivity: { method: 'GET', path: '/account-activities/{id}', versions: ALL, permission: EVERYTHING },
  searchPost: {
    method: 'POST',
    path: '/search',
    versions: NOT_BETA,
    permission: { scopes: ['sp:search:read'], levels: SEARCH_LEVELS, app: true },
  },
  searchCount: {
    method: 'POST',
    path: '/search/count',
    versions: NOT_BETA,
    permission: { scopes: ['sp:search:read'], app: true },
  },
  searchAggregate: {
    method: 'POST',
    path: '/search/aggregate',
    versions: NOT_BETA,
    permission: { scopes: ['sp:search:read'], app: true },
  },
  listIdentityAttributes: {
    method: 'GET',
    path: '/identity-attributes',
    versions: ALL,
    permission: {
      scopes: ['idn:identity-profile-attribute:read', 'idn:identity-profile-attribute:manage'],
      app: true,
    },
  },
  listIdentityProfiles: {
    method: 'GET',
    path: '/identity-profiles',
    versions: ['v2024', 'v3', 'beta', 'v1'],
    permission: { scopes: ['idn:identity-profile:read'], levels: ['ORG_ADMIN', 'API'], app: true },
  },
  getLifecycleStates: {
    method: 'GET',
    path: '/identity-profiles/{id}/lifecycle-states',
    versions: NOT_BETA,
    permission: { scopes: ['idn:identity-profile-lifecycle-state:read'], levels: ['ORG_ADMIN'], app: true },
  },
  getRole: {
    method: 'GET',
    path: '/roles/{id}',
    versions: ['v2024', 'v3', 'beta', 'v1'],
    permission: {
      scopes: [
        'idn:role-unchecked:read',
        'idn:role-unchecked:manage',
        'idn:role-checked:manage',
        'idn:role-checked:read',
      ],
      levels: ['ORG_ADMIN', 'ROLE_ADMIN', 'ROLE_SUBADMIN'],
      app: true,
    },
  },
  getTenant: { method: 'GET', path: '/tenant', versions: ALL, permission: { scopes: ['sp:tenant:read'] } },
} as const satisfies Record<string, Operation>;

export type DemoOperation = keyof typeof OPERATIONS;

/** Throws the service's 403, which never says which of the three reasons it was (contract 1). */
export function checkPermission(operation: Operation, version: DemoVersion, caller: Caller): void {
  const { scopes, levels = [], app = false } = (version === 'beta' && operation.betaPermission) || operation.permission;
  if (!caller.userContext && !app) throw forbidden();
  if (scopes.length > 0 && ![...scopes, 'sp:scopes:all'].some((scope) => caller.scopes.includes(scope))) {
    throw forbidden();
  }
  if (caller.userContext && levels.length > 0 && !levels.some((level) => caller.authorities.includes(level))) {
    throw forbidden();
  }
}

interface Route {
  readonly name: DemoOperation;
  readonly operation: Operation;
  readonly version: DemoVersion;
  readonly pattern: RegExp;
  readonly parameters: readonly string[];
}

/** `/identities/{id}` as the version spells it. */
export function pathIn(version: DemoVersion, path: string): string {
  return version === 'v1' ? path.replace(/^(\/[^/]+)/, '$1/v1') : `/${version}${path}`;
}

const ROUTES: readonly Route[] = (Object.entries(OPERATIONS) as [DemoOperation, Operation][]).flatMap(
  ([name, operation]) =>
    operation.versions.map((version) => {
      const path = pathIn(version, operation.path);
      return {
        name,
        operation,
        version,
        pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter ?? ''),
      };
    }),
);
// `/identities/invite` is not an identity called "invite".
const ORDERED = [...ROUTES].sort((a, b) => a.parameters.length - b.parameters.length);

export interface Match {
  readonly name: DemoOperation;
  readonly operation: Operation;
  readonly version: DemoVersion;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The operation a request means, or undefined. */
export function route(method: string, path: string): Match | undefined {
  for (const { name, operation, version, pattern, parameters } of ORDERED) {
    const values = operation.method === method ? pattern.exec(path) : null;
    if (!values) continue;
    const entries = parameters.map((parameter, n) => [parameter, decode(values[n + 1] ?? '')]);
    return { name, operation, version, parameters: Object.fromEntries(entries) as Record<string, string> };
  }
  return undefined;
}

/** Percent-decoding as the service documents it: `+` stays a plus, broken escapes stay as they are. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
