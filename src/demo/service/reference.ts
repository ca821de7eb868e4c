import type { TaskStatus } from '../../api/tasks';
import { daysAgo } from '../data/attributes';
import { notFound, type Answer } from '../http/responses';
import { countHeader, pagingOf, type DemoCall } from './requestContext';
import { evaluate, parseFilter, type FieldRules } from '../query/filter';
import { parseSorters, type Sorter } from '../query/listing';
import { IDENTITY_PROFILES, LIFECYCLE_STATES, SOURCES } from '../data/organisation';
import { idFrom } from '../data/random';
import type { World } from '../data/world';

const TASK_FIELDS: FieldRules = {
  id: ['eq', 'in'],
  sourceId: ['eq', 'in'],
  completionStatus: ['eq', 'in', 'isnull'],
  type: ['eq', 'in'],
};
const OLD_TASK_FIELDS: FieldRules = { ...TASK_FIELDS, completionStatus: ['eq', 'in'] };

export function getTaskStatus({ tasks, parameters }: DemoCall): Answer {
  const status = tasks.get(parameters['id'] ?? '');
  if (!status) throw notFound(`Task with id "${parameters['id'] ?? ''}" was not found.`);
  return { status: 200, body: status };
}

/** Completed tasks only in beta and v2024, all in v1 (contract 2.8). */
export function getTaskStatusList(call: DemoCall): Answer {
  const { query, tasks, version } = call;
  const { limit, offset, count } = pagingOf(call);
  const text = query.get('filters');
  const filter = text === undefined ? undefined : parseFilter(text, version === 'v1' ? TASK_FIELDS : OLD_TASK_FIELDS);
  const [sorter] = parseSorters(query.get('sorters'), ['created']);
  const rows = tasks
    .list()
    .filter((task) => version === 'v1' || task.completionStatus !== null)
    .filter((task) => !filter || evaluate(filter, (field) => taskField(task, field)));
  if (sorter && !sorter.descending) rows.reverse();
  return { status: 200, body: rows.slice(offset, offset + limit), ...countHeader(count, rows.length) };
}

function taskField(task: TaskStatus, field: string): string | null {
  const { id, type = null, completionStatus } = task;
  return { id, type, completionStatus }[field] ?? null;
}

/** What the identity attributes of every demo person are called. */
export function listIdentityAttributes(call: DemoCall): Answer {
  const system = call.query.get('includeSystem') === 'true';
  const searchable = call.query.get('searchableOnly') === 'true';
  const names = Object.keys(call.world.people.correlated > 0 ? (call.world.identity(0).attributes ?? {}) : {});
  const rows = names
    .map((name) => ({
      name,
      displayName:
        name.charAt(0).toUpperCase() + name.slice(1).replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
      standard: ['uid', 'firstname', 'lastname', 'email', 'displayName', 'manager'].includes(name),
      type: name.endsWith('Date') ? 'date' : 'string',
      multi: name === 'languages',
      searchable: !name.startsWith('internal'),
      system: name.startsWith('cloud') || name.startsWith('internal'),
      sources: [
        { type: 'rule', properties: { ruleType: 'IdentityAttribute', ruleName: 'Cloud Promote Identity Attribute' } },
      ],
    }))
    .filter((row) => (system || !row.system) && (!searchable || row.searchable));
  return { status: 200, body: rows, ...countHeader(call.query.get('count') === 'true', rows.length) };
}

export function profileId(world: World, n: number): string {
  return idFrom(world.people.seed, 'profile', n);
}

export function listIdentityProfiles(call: DemoCall): Answer {
  const { world, query } = call;
  const { limit, offset, count } = pagingOf(call);
  const { seed, correlated } = world.people;
  const comparisons = ['eq', 'ne', 'ge', 'gt', 'in', 'le', 'sw'];
  const text = query.get('filters');
  const filter =
    text === undefined ? undefined : parseFilter(text, { id: comparisons, name: comparisons, priority: ['eq', 'ne'] });
  const profiles = IDENTITY_PROFILES.map((name, n) => ({
    id: profileId(world, n),
    name,
    created: daysAgo(world.today(), 1400 - n),
    modified: daysAgo(world.today(), 30 + n),
    description: `${name} of Larkspur Industries`,
    owner: world.exists(1) ? world.ref(1) : null,
    priority: 10 * (n + 1),
    authoritativeSource: { type: 'SOURCE', id: idFrom(seed, 'source', n), name: SOURCES[n]?.name ?? '' },
    identityRefreshRequired: false,
    identityCount: n === 0 ? correlated - Math.floor(correlated / 8) : Math.floor(correlated / 8),
    hasTimeBasedAttr: true,
  }));
  const rows = profiles.filter(
    (row) => !filter || evaluate(filter, (field) => ({ id: row.id, name: row.name, priority: row.priority })[field]),
  );
  sortRows(rows, parseSorters(query.get('sorters'), ['id', 'name', 'priority', 'created', 'modified']));
  return { status: 200, body: rows.slice(offset, offset + limit), ...countHeader(count, rows.length) };
}

export function getLifecycleStates(call: DemoCall): Answer {
  const { world, parameters, query, version } = call;
  const { limit, offset, count } = pagingOf(call);
  const n = IDENTITY_PROFILES.findIndex((_, at) => profileId(world, at) === parameters['id']);
  // Contract 8: this list has no documented 404; an unknown profile has no states.
  const states = n < 0 ? [] : LIFECYCLE_STATES;
  const rows = states.map(({ name, technicalName, identityState }, at) => ({
    id: idFrom(world.people.seed, 'lifecycle', n, at),
    name,
    technicalName,
    description: `${name} ${IDENTITY_PROFILES[n]?.toLowerCase() ?? ''}`,
    enabled: technicalName !== 'leaveOfAbsence',
    created: daysAgo(world.today(), 1300 - at),
    modified: daysAgo(world.today(), 100 - at),
    identityCount: Math.floor(world.people.correlated / (at === 0 ? 2 : 20)),
    emailNotificationOption: {
      notifyManagers: at > 2,
      notifyAllAdmins: false,
      notifySpecificUsers: false,
      emailAddressList: [],
    },
    accountActions: at < 3 ? [] : [{ action: 'DISABLE', sourceIds: [idFrom(world.people.seed, 'source', 2)] }],
    accessProfileIds: [],
    identityState,
    ...(version === 'v1' && { priority: at + 1 }),
  }));
  sortRows(rows, parseSorters(query.get('sorters'), ['name', 'priority', 'created', 'modified']));
  return { status: 200, body: rows.slice(offset, offset + limit), ...countHeader(count, rows.length) };
}

function sortRows(rows: object[], sorters: readonly Sorter[]): void {
  const value = (row: object, field: string): unknown => (row as Record<string, unknown>)[field];
  rows.sort((a, b) => {
    for (const { field, descending } of sorters) {
      const [left, right] = [value(a, field) as string, value(b, field) as string];
      if (left !== right) return left < right !== descending ? -1 : 1;
    }
    return 0;
  });
}

export function getRole({ world, parameters, version }: DemoCall): Answer {
  const role = world.roles.find(({ id }) => id === parameters['id']?.toLowerCase());
  if (!role) throw notFound(`Role with id "${parameters['id'] ?? ''}" was not found.`);
  const { seed } = world.people;
  const criteria = role.rule && {
    operation: 'EQUALS',
    key: { type: 'IDENTITY', property: `attribute.${role.rule.attribute}`, sourceId: null },
    stringValue: role.rule.value,
  };
  return {
    status: 200,
    body: {
      id: role.id,
      name: role.name,
      description: role.description,
      created: daysAgo(world.today(), 900),
      modified: daysAgo(world.today(), 12),
      owner: world.exists(role.ownerIndex) ? world.ref(role.ownerIndex) : null,
      accessProfiles: role.sources.map((at, k) => ({
        id: idFrom(seed, `profile ${role.id}`, k),
        type: 'ACCESS_PROFILE',
        name: `${role.name} (${SOURCES[at]?.name ?? ''})`,
      })),
      entitlements: [],
      membership: criteria ? { type: 'STANDARD', criteria, identities: null } : null,
      legacyMembershipInfo: null,
      enabled: true,
      requestable: !role.rule,
      segments: [],
      ...(version !== 'beta' && { dimensional: role.dimensional }),
    },
  };
}

export function getTenant({ world }: DemoCall): Answer {
  return {
    status: 200,
    body: {
      id: idFrom(world.people.seed, 'tenant', 0),
      name: 'demo',
      fullName: 'Demo tenant',
      pod: 'demo',
      region: 'local',
      description: 'People who do not exist, at a company that does not either.',
      products: [],
    },
  };
}

/** `GET /oauth/info`, which needs no token (contract 4). */
export function tenantInfo(world: World, host: string): Answer {
  const base = `http://${host}`;
  return {
    status: 200,
    body: {
      tenantId: idFrom(world.people.seed, 'tenant', 0),
      tenantName: 'demo',
      authorizeEndpoint: `${base}/oauth/authorize`,
      tokenEndpoint: `${base}/oauth/token`,
      cloudDomainUrl: base,
      logoutUrl: `${base}/logout`,
      pod: 'demo',
    },
  };
}
