/**
 * What the tests of commands share: the demo tenant over real HTTP, clients, tasks and bulk actions as they are, and a person,
 * a tree and panels that note what comes to them.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '../../../src/actions/bulk/batch';
import { registerBatches } from '../../../src/actions/bulk/register';
import type { PlanRequest } from '../../../src/actions/bulk/options';
import { createClient, type Client } from '../../../src/api/client';
import type { Fetch } from '../../../src/api/transport';
import { createRateLimits } from '../../../src/api/rateLimit';
import type { Identity } from '../../../src/api/identities';
import { askNamesake } from '../../../src/commands/actions/namesakes';
import { announceBatch } from '../../../src/commands/actions/announce';
import { ALL_HANDLERS, meantBy, runHandler } from '../../../src/commands/handlers';
import { Focus } from '../../../src/commands/identities/focus';
import { withTitle } from '../../../src/commands/ui/titledUi';
import type { IdentityTarget } from '../../../src/ids';
import { plain } from '../../../src/text/plain';
import type { CommandDeps } from '../../../src/commands/ui/deps';
import type { LoggedOperation } from '../../../src/demo/http/requestLog';
import { startDemo, type DemoOptions, type DemoTenant } from '../../../src/demo/server';
import { Recent } from '../../../src/find/recent';
import { Tracker } from '../../../src/tasks/tracker';
import type { IdentityChange } from '../../../src/tenants/identityChange';
import type { Tenant } from '../../../src/tenants/tenant';
import type { OpenTable } from '../../../src/panels/table/openTable';
import { USUAL_COLUMNS } from '../../../src/lists/columns';
import { BUILT_IN_LISTS } from '../../../src/lists/builtIn';
import type { IdentityList } from '../../../src/lists/list';
import {
  listNode,
  type IdentityNode,
  type ListNode,
  type LoadedRows,
  type Node,
  type TenantNode,
} from '../../../src/tree/nodes';
import { NodeStore } from '../../../src/tree/nodeStore';
import { noteRow } from '../../../src/ui/rows';
import { until } from '../actions/bulk/stage';
import { clientOf } from '../api/backend';
import { Places } from './places';
import { MemoryLists, MemorySecrets, MemoryTenants } from './memory';
import { ScriptedUi } from './scriptedUi';
import { ScriptedWorkbench } from './scriptedWorkbench';

/** The first people of the demo tenant, by what is special about them. */
export const PEOPLE = { active: 0, ada: 1, locked: 2, withoutRoles: 3, unregistered: 6, protected: 9 } as const;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** @param tenant what of the tenant Acme is other than a writable sandbox */
export async function openStage(
  options: DemoOptions & { readonly tenant?: Partial<Tenant>; readonly fetch?: Fetch } = {},
) {
  const { tenant: given, fetch, ...demoOptions } = options;
  const demo = await startDemo({ identities: 300, taskDurationMs: 40, rateLimit: Infinity, ...demoOptions });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-commands-'));
  const ui = new ScriptedUi();
  const workbench = new ScriptedWorkbench();
  const secrets = new MemorySecrets();
  const store = new MemoryTenants(secrets);
  const acme = store.put({ ...SANDBOX, baseUrl: demo.baseUrl, ...given });
  const lists = new MemoryLists();
  /** Panels, documents, pages and rows that were opened, with what they were opened with. */
  const opened: (readonly [what: string, ...args: unknown[]])[] = [];
  const changes: IdentityChange[] = [];
  const logged: string[] = [];
  const log = logOf(logged);
  const signedOut = new Map<string, string>();
  const clients = clientsOf(demo, store, signedOut, opened, fetch);
  const note =
    (what: string) =>
    (...args: unknown[]): void => {
      opened.push([what, ...args]);
    };
  const noteLater =
    (what: string) =>
    (...args: unknown[]): Promise<void> => {
      opened.push([what, ...args]);
      return Promise.resolve();
    };
  const fire = (change: IdentityChange): void => void changes.push(change);
  const tasks = new Tracker({
    client: clients.for,
    memory: {
      read: () => [],
      write: () => undefined,
      remove: () => undefined,
      claimEnd: () => true,
    },
    changed: () => undefined,
    ended: (task) => void batches.taskEnded(task),
    failed: () => undefined,
    pauses: { first: 5, moving: 10, still: 20, perTask: 0, unknown: 0 },
  });
  const batches = registerBatches({
    folder,
    tenants: { get: (id) => store.get(id), removed: new Set(), onDidRemove: (forget) => store.onDidRemove(forget) },
    clients,
    tracker: () => tasks,
    changes: { fire } as never,
    keepDays: () => 90,
    announce: (batch, name) => announceBatch({ ui, workbench }, batch, name),
    chooseNamesake: (...about) => askNamesake({ ui }, ...about),
    log,
  });
  const rows = new NodeStore({ tenants: store, clients, lists, pageSize: () => 250 });
  const places = new Places();
  const view = Object.assign(places.view, {
    reveal: noteLater('reveal'),
    onDidCollapseElement: () => ({ dispose: () => undefined }),
  });
  const tables = new Map<string, OpenTable>();
  const panels = Object.assign(places.panels, {
    choose: note('chosen'),
    openIdentity: note('identity'),
    openRoleAssignment: note('roleAssignment'),
    openComparison: note('comparison'),
    openBatch: note('batch'),
    openTable: note('table'),
    table: (tableId: string) => tables.get(tableId),
  });
  const tasksView: { selection: CommandDeps['tasksView']['selection'] } = { selection: [] };
  const deps: CommandDeps = {
    ui,
    workbench,
    store,
    secrets,
    clients,
    lists: lists,
    recent: new Recent(memento(), { removed: new Set(), onDidRemove: () => ({ dispose: () => undefined }) }),
    tree: {
      whileBusy: (_tenantId, _identityId, _words, run) => run(),
      refresh: noteLater('refresh'),
      loadMore: noteLater('loadMore'),
      loadAll: noteLater('loadAll'),
      showCount: noteLater('showCount'),
      retry: noteLater('retry'),
      rowFor: (tenantId, identity) => stage.personRow(identity, tenantId),
      listRow: (tenantId, listId) => {
        const list = [...BUILT_IN_LISTS, ...lists.all().map((entry) => entry.list)].find(({ id }) => id === listId);
        return list && stage.listRow(list, tenantId);
      },
      openList: (tenantId, found) => {
        rows.readTenants();
        const tenant = rows.tenant(tenantId);
        return tenant && noted(rows.openList(tenant, found));
      },
      removeList: note('listRemoved'),
    },
    view,
    tasks,
    tasksView,
    serviceTasks: { more: note('moreTasks'), toggle: note('toggleTasks'), refresh: note('refreshTasks') },
    batches,
    panels,
    focus: new Focus(view, panels),
    compare: { selected: undefined },
    exporting: { columns: USUAL_COLUMNS },
    csvStyle: () => ({ delimiter: ',', byteOrderMark: true }),
    documents: { open: noteLater('document'), compare: noteLater('comparedJson') },
    changes: { fire },
    pages: { show: noteLater('page') },
    log,
  };
  const stage = {
    demo,
    ui,
    workbench,
    store,
    secrets,
    lists,
    deps,
    acme,
    opened,
    changes,
    logged,
    signedOut,
    view,
    /** Selects rows, or makes a panel the active editor, as a person does. */
    select: (...rows: readonly Node[]): void => places.select(rows),
    activate: (active: IdentityTarget | undefined): void => places.activate(active),
    tasksView,
    tasks,
    batches,
    /** Open tables, by their ids. */
    tables,
    /** Runs a command as VS Code does, and looks whether all was asked as the script has it. */
    async run(command: string, ...args: readonly unknown[]): Promise<void> {
      await stage.begin(command, ...args);
      // A message is not waited for, but what its button does is part of it.
      await new Promise((resolve) => setImmediate(resolve));
      ui.verify();
    },
    /** Runs a command; what a button of its last message does goes on behind it. */
    async begin(command: string, ...args: readonly unknown[]): Promise<void> {
      const handler = ALL_HANDLERS.get(command);
      if (!handler) throw new Error(`no command ${command}`);
      noteRun(command);
      await runHandler(withTitle(deps, plain('The title of the command')), handler, meantBy(deps, command, args));
    },
    /** Makes something a row that was handed to VS Code. */
    noted,
    /** The person at a place in the demo tenant, as the service has them. */
    person: (index: number): Identity => demo.world.identity(index),
    /** As panels name a person. */
    target: (index: number, name = demo.world.identity(index).name) => ({
      tenantId: acme.id,
      identity: { id: demo.world.identity(index).id, name },
    }),
    /** As a row of the tree names a person. */
    row: (index: number, tenantId = acme.id): IdentityNode => stage.personRow(demo.world.identity(index), tenantId),
    personRow: (identity: Identity, tenantId: string): IdentityNode =>
      noted({
        kind: 'identity',
        id: randomUUID(),
        parent: stage.listRow(ALL, tenantId),
        identity,
        left: false,
        isProtected: false,
      }),
    tenantRow: (tenantId = acme.id): TenantNode =>
      noted({
        kind: 'tenant',
        id: tenantId,
        parent: undefined,
        tenant: tenantIn(store, tenantId),
        signedOut: undefined,
      }),
    listRow(list: IdentityList, tenantId = acme.id): ListNode {
      const row = listNode(stage.tenantRow(tenantId), list, NO_ROWS);
      noteRow(row.more);
      return noted(row);
    },
    /** How many requests of an operation the tenant got. */
    sent: (operation: LoggedOperation): number => demo.requests.count(operation),
    /** How many requests came that change something. */
    writes: (): number => WRITES.reduce((sum, operation) => sum + demo.requests.count(operation), 0),
    /** The bodies of the requests of an operation. */
    bodies: (operation: LoggedOperation): unknown[] =>
      demo.requests.list.filter((request) => request.operation === operation).map(({ body }) => body),
    async plan(request: Omit<PlanRequest, 'tenantId' | 'from'>): Promise<Batch> {
      const { id } = batches.plan({ tenantId: acme.id, from: 'the test', ...request });
      return until(batches, id, ({ phase }) => phase === 'planned' || phase === 'failed');
    },
    whoAre: (...indices: readonly number[]): PlanRequest['people'] => ({
      kind: 'people',
      people: indices.map((index) => demo.world.identity(index)),
    }),
    batch: (id: string, wanted: (batch: Batch) => boolean): Promise<Batch> => until(batches, id, wanted),
    async close(): Promise<void> {
      tasks.dispose();
      batches.dispose();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

const SANDBOX: Omit<Tenant, 'id' | 'baseUrl'> = {
  name: 'Acme',
  version: 'v2024',
  environment: 'sandbox',
  readOnly: false,
  kind: 'isc',
  auth: 'pat',
};

const [ALL] = BUILT_IN_LISTS as [IdentityList];

const WRITES: readonly LoggedOperation[] = [
  'deleteIdentity',
  'resetIdentity',
  'sendIdentityVerificationAccountToken',
  'startIdentitiesInvite',
  'startIdentityProcessing',
  'synchronizeAttributesForIdentity',
];

const NO_ROWS: LoadedRows = {
  rows: [],
  groups: [],
  total: undefined,
  countFailure: undefined,
  hasMore: false,
  isShort: false,
  error: undefined,
  started: false,
  loadMore: () => Promise.resolve(),
  reload: () => Promise.resolve(),
  count: () => Promise.resolve(),
  fill: () => undefined,
  reset: () => undefined,
  remove: () => undefined,
  setLeft: () => undefined,
  fetchAhead: () => undefined,
  dropAhead: () => undefined,
  giveUpAhead: () => undefined,
};

/** Clients of the demo tenant, as it is known under each tenant's id. */
function clientsOf(
  demo: DemoTenant,
  store: MemoryTenants,
  signedOut: ReadonlyMap<string, string>,
  opened: (readonly [string, ...unknown[]])[],
  fetch: Fetch | undefined,
): CommandDeps['clients'] {
  const known = new Map<string, Client>();
  const sending = fetch === undefined ? {} : { fetch };
  return {
    for: (tenantId) => {
      const client =
        known.get(tenantId) ?? clientOf(demo, { ...sending, readOnly: () => store.get(tenantId)?.readOnly ?? true });
      known.set(tenantId, client);
      return Promise.resolve(client);
    },
    probe: ({ baseUrl, version }, credentials) => {
      const rateLimits = createRateLimits({ ceiling: 100_000 });
      return Promise.resolve(createClient({ baseUrl, version, credentials, rateLimits }));
    },
    fetchInfo: (baseUrl, signal) => clientOf(demo, { baseUrl }).oauth.info({ signal }),
    forget: (tenantId) => void opened.push(['forgotten', tenantId]),
    signedOutReason: (tenantId) => signedOut.get(tenantId),
  };
}

function logOf(lines: string[]): CommandDeps['log'] {
  const add = (line: string): void => void lines.push(line);
  return {
    trace: add,
    debug: add,
    info: add,
    warn: add,
    error: add,
    show: () => add('(shown)'),
    isKept: () => true,
    lines: () => lines,
  };
}

function memento() {
  const values = new Map<string, unknown>();
  return {
    get: (key: string) => values.get(key),
    update(key: string, value: unknown) {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

function noted<T extends object>(row: T): T {
  noteRow(row);
  return row;
}

function tenantIn(store: MemoryTenants, id: string): Tenant {
  const tenant = store.get(id);
  if (!tenant) throw new Error(`no tenant ${id}`);
  return tenant;
}

const run = new Set<string>();

function noteRun(command: string): void {
  run.add(command);
}

/** Whether a test ran this command. */
export function wasRun(command: string): boolean {
  return run.has(command);
}
