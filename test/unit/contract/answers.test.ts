import assert from 'node:assert/strict';
import { OPERATIONS, pathIn, type DemoOperation } from '../../../src/demo/http/operations';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { documentsFound, readDocument, SPEC_VERSIONS, type SpecVersion } from './documents';

/** One answer the demo tenant is made to give. */
interface Check {
  readonly operation: DemoOperation;
  readonly outcome: string;
  readonly status: number;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent unless false. */
  readonly experimental?: false;
  readonly token?: 'none' | 'weak';
  readonly versions?: readonly SpecVersion[];
  readonly before?: (demo: DemoTenant) => void;
  /** Looks at the body once more, beyond the schema. */
  readonly then?: (body: unknown) => void;
}

const DAY = 86_400_000;
let now = Math.floor(Date.UTC(2026, 4, 4) / DAY) * DAY + DAY / 2;

const NOBODY = '0'.repeat(32);
const person = (demo: DemoTenant, index: number): string => demo.world.people.id(index);
/** People of the default seed, by what they are (src/demo/data/showcasePeople.ts). */
const [BOSS, HERO, LOCKED, NO_ROLES, MANY_ROLES, MOST_ROLES, UNREGISTERED, BROKEN, PREHIRE, PROTECTED] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];

function everyOperation(demo: DemoTenant): Check[] {
  const role = demo.world.roles[0]?.id ?? '';
  const parameters: Partial<Record<DemoOperation, Record<string, string>>> = {
    getRoleAssignment: { id: person(demo, HERO), assignmentId: NOBODY },
    getRole: { id: role },
  };
  return (Object.keys(OPERATIONS) as DemoOperation[]).flatMap((operation): Check[] => {
    const common = { operation, parameters: parameters[operation] ?? { id: person(demo, HERO) } };
    return [
      { ...common, outcome: 'without a token', status: 401, token: 'none' },
      { ...common, outcome: 'without permission', status: 403, token: 'weak' },
      { ...common, outcome: 'beyond the rate limit', status: 429, before: ({ rateLimit }) => (rateLimit.limit = 0) },
      {
        ...common,
        outcome: 'with an internal fault',
        status: 500,
        before: ({ faults }) => {
          faults.add({ kind: 'status', status: 500 });
        },
      },
    ];
  });
}

function lists(): Check[] {
  const operation = 'listIdentities';
  const filters = (text: string): { query: Record<string, string> } => ({ query: { filters: text } });
  return [
    ...Array.from({ length: 9 }, (_, page): Check => ({
      operation,
      outcome: `rows from ${String(page * 250)}`,
      status: 200,
      query: { offset: String(page * 250), defaultFilter: 'NONE', count: 'true' },
    })),
    { operation, outcome: 'filtered', status: 200, ...filters('name sw "A" and not (cloudStatus eq "ACTIVE")') },
    { operation, outcome: 'unknown property', status: 400, ...filters('city eq "Lyon"') },
    { operation, outcome: 'unsupported operator', status: 400, ...filters('name co "a"') },
    { operation, outcome: 'unclosed string', status: 400, ...filters('name eq "a') },
    { operation, outcome: 'unknown sorter', status: 400, query: { sorters: 'email' } },
    { operation, outcome: 'limit too high', status: 400, query: { limit: '251' } },
    { operation, outcome: 'negative offset', status: 400, query: { offset: '-1' } },
    { operation, outcome: 'unknown default filter', status: 400, query: { defaultFilter: 'ALL' } },
    { operation: 'listAccounts', outcome: 'first page', status: 200, query: { count: 'true' } },
    { operation: 'listAccounts', outcome: 'unsupported operator', status: 400, ...filters('name co "a"') },
    { operation: 'listAccountActivities', outcome: 'of many', status: 200, query: { count: 'true' } },
    { operation: 'listAccountActivities', outcome: 'sorted', status: 200, query: { sorters: '-created,type' } },
    { operation: 'listAccountActivities', outcome: 'filtered', status: 200, ...filters('type eq "appRequest"') },
    { operation: 'listAccountActivities', outcome: 'unknown property', status: 400, ...filters('name eq "a"') },
    { operation: 'listAccountActivities', outcome: 'unknown sorter', status: 400, query: { sorters: 'completed' } },
    {
      operation: 'listAccountActivities',
      outcome: 'of two at once',
      status: 400,
      query: { 'regarding-identity': NOBODY, 'requested-for': NOBODY },
    },
    { operation: 'listIdentityAttributes', outcome: 'all', status: 200, query: { includeSystem: 'true' } },
    { operation: 'listIdentityProfiles', outcome: 'all', status: 200, query: { count: 'true' } },
    { operation: 'getTenant', outcome: 'the tenant', status: 200 },
    { operation: 'getTaskStatusList', outcome: 'history', status: 200, query: { sorters: '-created' } },
    { operation: 'getTaskStatusList', outcome: 'unknown property', status: 400, ...filters('name eq "a"') },
    { operation: 'searchPost', outcome: 'everybody', status: 200, body: { query: { query: '*' } } },
    { operation: 'searchPost', outcome: 'broken query', status: 400, body: { query: { query: '(' } } },
    { operation: 'searchCount', outcome: 'everybody', status: 204, body: { query: { query: '*' } } },
    { operation: 'searchCount', outcome: 'no query', status: 400, body: {} },
    { operation: 'searchAggregate', outcome: 'of a field', status: 200, ...aggregated('attributes.city.exact') },
    { operation: 'searchAggregate', outcome: 'of true and false', status: 200, ...aggregated('isManager') },
    { operation: 'searchAggregate', outcome: 'of analyzed text', status: 400, ...aggregated('attributes.city') },
    {
      operation: 'searchAggregate',
      outcome: 'of none',
      status: 200,
      query: { limit: '0' },
      body: { query: { query: '*' } },
    },
  ];
}

function aggregated(field: string): Pick<Check, 'body' | 'query'> {
  return { query: { limit: '0' }, body: { query: { query: '*' }, aggregationsDsl: { by: { terms: { field } } } } };
}

/** Of everybody whose processing failed, and each by itself for one of them. */
function activities(demo: DemoTenant): Check[] {
  const failed = Array.from({ length: 2_000 }, (_, index) => index).filter((index) =>
    demo.world.processingError(index),
  );
  return failed.flatMap((index): Check[] => [
    {
      operation: 'listAccountActivities',
      outcome: `regarding ${String(index)}`,
      status: 200,
      query: { 'regarding-identity': person(demo, index), sorters: '-created', limit: '50' },
      then: (body) => {
        assert.ok((body as unknown[]).length > 0);
      },
    },
    {
      operation: 'getAccountActivity',
      outcome: `the first of ${String(index)}`,
      status: 200,
      parameters: { id: `${person(demo, index)}0` },
    },
  ]);
}

function oneIdentity(demo: DemoTenant): Check[] {
  const about = (index: number): { parameters: { id: string } } => ({ parameters: { id: person(demo, index) } });
  const nobody = { parameters: { id: NOBODY, assignmentId: NOBODY } };
  const hero = about(HERO);
  const uncorrelated = about(demo.world.people.correlated);
  const role = demo.world.roles[0];
  const everybody = [BOSS, HERO, LOCKED, NO_ROLES, MANY_ROLES, MOST_ROLES, UNREGISTERED, BROKEN, PREHIRE];
  const byId: readonly DemoOperation[] = [
    'getIdentity',
    'deleteIdentity',
    'getIdentityOwnershipDetails',
    'getRoleAssignments',
    'getRoleAssignment',
    'resetIdentity',
    'synchronizeAttributesForIdentity',
    'listEntitlementsByIdentity',
    'getTaskStatus',
    'getAccountActivity',
  ];
  return [
    ...activities(demo),
    ...byId.map((operation): Check => ({ operation, outcome: 'of nobody', status: 404, ...nobody })),
    { operation: 'getRole', outcome: 'unknown', status: 404, ...nobody, versions: ['v2024', 'beta'] },
    { operation: 'getIdentity', outcome: 'correlated', status: 200, ...hero },
    { operation: 'getIdentity', outcome: 'uncorrelated', status: 200, ...uncorrelated },
    { operation: 'deleteIdentity', outcome: 'refused to an owner', status: 400, ...hero },
    { operation: 'deleteIdentity', outcome: 'refused when protected', status: 400, ...about(PROTECTED) },
    { operation: 'deleteIdentity', outcome: 'done', status: 204, ...about(1_000) },
    { operation: 'getIdentityOwnershipDetails', outcome: 'of an owner', status: 200, ...hero },
    { operation: 'getIdentityOwnershipDetails', outcome: 'of no owner', status: 200, ...about(1_001) },
    ...everybody.flatMap((index): Check[] => [
      { operation: 'getRoleAssignments', outcome: `short, of ${String(index)}`, status: 200, ...about(index) },
      { operation: 'listEntitlementsByIdentity', outcome: `of ${String(index)}`, status: 200, ...about(index) },
      {
        operation: 'listAccounts',
        outcome: `of ${String(index)}`,
        status: 200,
        query: { filters: `identityId eq "${person(demo, index)}"` },
      },
    ]),
    {
      operation: 'getRoleAssignments',
      outcome: 'of a role id',
      status: 200,
      ...hero,
      query: { roleId: role?.id ?? '' },
    },
    {
      operation: 'getRoleAssignments',
      outcome: 'of a role name',
      status: 200,
      ...hero,
      query: { roleName: 'employee basics' },
    },
    { operation: 'getRoleAssignments', outcome: 'of an unknown role', status: 200, ...hero, query: { roleId: NOBODY } },
    ...demo.world.roles.map((given): Check => ({
      operation: 'getRoleAssignments',
      outcome: `in full, ${given.name}`,
      status: 200,
      ...about(MOST_ROLES),
      query: { roleId: given.id },
    })),
    ...demo.world.roles.map((given): Check => ({
      operation: 'getRole',
      outcome: given.name,
      status: 200,
      parameters: { id: given.id },
    })),
    { operation: 'resetIdentity', outcome: 'done', status: 202, ...about(LOCKED) },
    { operation: 'synchronizeAttributesForIdentity', outcome: 'accepted', status: 202, ...about(NO_ROLES) },
  ];
}

function withBodies(demo: DemoTenant): Check[] {
  const parameters = { id: person(demo, HERO) };
  const mail = { operation: 'sendIdentityVerificationAccountToken', parameters } as const;
  const invite = { operation: 'startIdentitiesInvite' } as const;
  const process = { operation: 'startIdentityProcessing' } as const;
  const ids = [person(demo, UNREGISTERED)];
  const notBeta = ['v2024', 'v1'] as const;
  return [
    ...['EMAIL_WORK', 'EMAIL_PERSONAL', 'LINK_WORK', 'LINK_PERSONAL'].map((via): Check => ({
      ...mail,
      outcome: via,
      status: 200,
      body: { via, sourceName: null },
    })),
    { ...mail, outcome: 'unknown way', status: 400, body: { via: 'PIGEON' } },
    { ...mail, outcome: 'no body', status: 400 },
    { ...mail, outcome: 'to nobody', status: 404, parameters: { id: NOBODY }, body: { via: 'EMAIL_WORK' } },
    { ...mail, outcome: 'no header', status: 400, body: { via: 'EMAIL_WORK' }, experimental: false, versions: notBeta },
    { ...invite, outcome: 'one', status: 202, body: { ids } },
    { ...invite, outcome: 'everybody unregistered', status: 202, body: { ids: null, uninvited: true } },
    { ...invite, outcome: 'nobody', status: 400, body: {} },
    { ...invite, outcome: 'no header', status: 400, body: { ids }, experimental: false, versions: notBeta },
    { ...process, outcome: 'one', status: 202, body: { identityIds: ids } },
    { ...process, outcome: 'none', status: 400, body: { identityIds: [] } },
    { ...process, outcome: 'too many', status: 400, body: { identityIds: Array(251).fill(NOBODY) } },
    {
      ...process,
      outcome: 'no header',
      status: 400,
      body: { identityIds: ids },
      experimental: false,
      versions: notBeta,
    },
    {
      operation: 'synchronizeAttributesForIdentity',
      outcome: 'no header',
      status: 400,
      parameters,
      experimental: false,
      versions: notBeta,
    },
  ];
}

/** A running task and the three ways tasks end. */
function tasks(demo: DemoTenant): Check[] {
  const { world } = demo;
  const repairable = person(demo, BROKEN);
  const stubborn = person(demo, 13);
  const started = [[repairable], [stubborn], [repairable, stubborn], [NOBODY, repairable]];
  const ends = ['SUCCESS', 'ERROR', 'WARNING', 'WARNING'];
  return started.flatMap((identityIds, n): Check[] => {
    const id = String(n);
    const ended = (then: (body: unknown) => void) => ({ parameters: { id }, then });
    const field = (body: unknown, name: string): unknown => (body as Record<string, unknown>)[name];
    return [
      {
        operation: 'startIdentityProcessing',
        outcome: `to end as ${ends[n] ?? ''} (${id})`,
        status: 202,
        body: { identityIds },
        before: () => {
          world.update(BROKEN, { processingError: true });
        },
        then: (body) => taskIds.set(id, String(field(body, 'id'))),
      },
      {
        operation: 'getTaskStatus',
        outcome: `running (${id})`,
        status: 200,
        ...ended((body) => {
          assert.equal(field(body, 'completionStatus'), null);
        }),
      },
      {
        operation: 'getTaskStatus',
        outcome: `${ends[n] ?? ''} (${id})`,
        status: 200,
        before: () => (now += 60_000),
        ...ended((body) => {
          assert.equal(field(body, 'completionStatus'), ends[n]);
        }),
      },
    ];
  });
}

const taskIds = new Map<string, string>();

function appliesTo({ operation, versions }: Check, version: SpecVersion): boolean {
  const known: readonly string[] = OPERATIONS[operation].versions;
  return known.includes(version) && (versions?.includes(version) ?? true);
}

async function ask(demo: DemoTenant, version: SpecVersion, check: Check): Promise<{ status: number; text: string }> {
  const { method, path } = OPERATIONS[check.operation];
  const ids: Record<string, string> = {
    ...check.parameters,
    ...(check.operation === 'getTaskStatus' && known(check.parameters?.['id'])),
  };
  const filled = pathIn(version, path).replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? NOBODY);
  const query = Object.entries(check.query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const weak = { scopes: ['sp:scopes:default'], authorities: ['USER'] };
  const headers: Record<string, string> = {};
  if (check.token !== 'none') headers['Authorization'] = `Bearer ${demo.accessToken(check.token && weak)}`;
  if (check.experimental !== false && version !== 'beta') headers['X-SailPoint-Experimental'] = 'true';
  const body = check.body === undefined ? null : JSON.stringify(check.body);
  if (body !== null) headers['Content-Type'] = 'application/json';
  check.before?.(demo);
  const response = await fetch(`${demo.baseUrl}${filled}?${query.join('&')}`, { method, headers, body });
  return { status: response.status, text: await response.text() };
}

function known(id: string | undefined): { id: string } {
  return { id: taskIds.get(id ?? '') ?? id ?? NOBODY };
}

describe('answers of the demo tenant', () => {
  let demo: DemoTenant;
  /** Each version starts with everybody still there. */
  let fresh: DemoTenant | undefined;
  let checks: Check[];
  const count = (version: SpecVersion): number => checks.filter((check) => appliesTo(check, version)).length;

  before(async () => {
    demo = await startDemo({ rateLimit: Infinity, now: () => now });
    checks = [...everyOperation(demo), ...lists(), ...oneIdentity(demo), ...withBodies(demo), ...tasks(demo)];
  });
  afterEach(() => fresh?.close());
  after(() => demo.close());

  if (!documentsFound) {
    it('are not compared: the published documents are not here', () => {
      const total = SPEC_VERSIONS.reduce((sum, version) => sum + count(version), 0);
      process.stdout.write(`      contract documents not found: ${String(total)} checks not run\n`);
    });
    return;
  }

  for (const version of SPEC_VERSIONS) {
    it(`are as documented in ${version}`, async () => {
      const document = readDocument(version);
      fresh = await startDemo({ rateLimit: Infinity, now: () => now });
      const problems: string[] = [];
      for (const check of checks.filter((one) => appliesTo(one, version))) {
        const { status, text } = await ask(fresh, version, check);
        fresh.rateLimit.limit = Infinity;
        const problem =
          status === check.status
            ? document.problem(check.operation, status, text)
            : `${String(status)} instead of ${String(check.status)}: ${text.slice(0, 300)}`;
        if (problem !== undefined) problems.push(`${check.operation} ${check.outcome}: ${problem}`);
        else if (check.then) check.then(JSON.parse(text));
      }
      assert.deepEqual(problems, []);
      process.stdout.write(`      ${String(count(version))} answers compared with the ${version} document\n`);
    });
  }
});
