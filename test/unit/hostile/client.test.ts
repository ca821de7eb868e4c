/** Hostile answers to every operation: what they are read into, and all that is made of that, throws nothing but our own errors. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Client } from '../../../src/api/client';
import { ApiError } from '../../../src/api/errors';
import type { Identity } from '../../../src/api/identities';
import { jsonText } from '../../../src/api/json';
import { OPERATIONS, type OperationName } from '../../../src/api/operations';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { columnsFor } from '../../../src/lists/columns';
import { fileText } from '../../../src/lists/export/formats';
import { fetchAllWhole } from '../../../src/lists/pages';
import { compareAttributes, compareSets } from '../../../src/panels/compare/diff';
import { accountPage, entitlementPage, entitlementSources, ownedGroups } from '../../../src/panels/identity/access';
import { pictureReader } from '../../../src/panels/identity/accessGraph';
import { fetchFlags } from '../../../src/panels/identity/flags';
import { presentIdentity, roleRows } from '../../../src/panels/identity/present';
import { fetchProcessingReason } from '../../../src/panels/identity/processingReason';
import { presentWhy } from '../../../src/panels/roleAssignment/present';
import { startedTask, withStatus } from '../../../src/tasks/task';
import { fetchConnectionReport } from '../../../src/tenants/connectionCheck';
import type { Tenant } from '../../../src/tenants/tenant';
import { errorReason, errorText } from '../../../src/text/errors';
import { ownershipText } from '../../../src/text/ownership';
import { plain } from '../../../src/text/plain';
import { identityFacts, identityText } from '../../../src/tree/identityText';
import { CALLS, clientOf, subjectsOf, type Subjects } from '../api/backend';
import { hostileFetch, type Malice } from './answers';

const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 12);
const tenant = { id: 't', name: 'Acme', environment: 'sandbox', readOnly: false, kind: 'isc' } as Tenant;
const signal = new AbortController().signal;

/** Everything that is made of an identity. */
function show(identity: Identity): void {
  presentIdentity(identity);
  identityText({ identity, left: false, isProtected: false });
  identityFacts({ identity, isProtected: false });
  compareAttributes(identity.attributes, { ...identity.attributes, more: 1 });
  compareSets([identity], [identity], { byName: true });
  jsonText(identity, 2);
  const columns = columnsFor([identity]);
  for (const format of ['csv', 'json', 'jsonl'] as const) {
    const text = fileText(format, columns, { delimiter: ',', byteOrderMark: true });
    const whole = text.begin() + text.add([{ identity }]) + text.end();
    if (format === 'json') JSON.parse(whole);
  }
}

/** What pages, rows, documents and files ask for and make of it. */
const READERS: Readonly<Record<string, (client: Client, ids: Subjects) => Promise<unknown>>> = {
  identities: async (client) => {
    const { items } = await client.identities.list({ limit: 10 });
    for (const identity of items) show(identity);
  },
  'one identity': async (client, { identity }) => show(await client.identities.get(identity)),
  'all of a list': async (client) => {
    for await (const { items } of fetchAllWhole(client, { by: 'filter', includeUncorrelated: true }, {})) {
      for (const identity of items) show(identity);
    }
  },
  'all of a search': async (client) => {
    for await (const { items } of fetchAllWhole(client, { by: 'search', query: '*' }, {})) items.forEach(show);
  },
  flags: (client, { identity }) => fetchFlags(client, identity, signal),
  roles: async (client, { identity }) => roleRows(await client.roleAssignments.list(identity)),
  'why a role': async (client, { identity, assignment }) => {
    const read = await client.roleAssignments.get(identity, assignment);
    presentWhy(read, await client.identities.get(identity), { id: identity, name: 'Ada' }, tenant);
    presentWhy(read, undefined, { id: identity, name: 'Ada' }, tenant);
  },
  graph: (client, { identity }) =>
    pictureReader(
      {
        roles: (call) => client.roleAssignments.list(identity, { signal: call }),
        accounts: (call) => client.accounts.list(identity, {}, { signal: call }),
        assignment: (id, call) => client.roleAssignments.get(identity, id, call),
      },
      'Ada',
    )(0, signal),
  accounts: async (client, { identity }) => accountPage(await client.accounts.list(identity)),
  entitlements: async (client, { identity }) => entitlementPage(await client.entitlements.list(identity)),
  'sources of entitlements': (client, { identity }) => entitlementSources(client, identity, signal),
  ownership: async (client, { identity }) => {
    const owned = await client.identities.ownership(identity);
    ownedGroups(owned);
    ownershipText(owned);
  },
  'processing error': (client, { identity }) => fetchProcessingReason(client, identity, signal),
  tasks: async (client, { task }) => {
    const started = startedTask('t', 'process', task, [{ id: 'i', name: 'Ada' }]);
    withStatus(started, await client.tasks.get(task));
    for (const status of (await client.tasks.list()).items) withStatus(started, status);
  },
  connection: (client) => fetchConnectionReport(client, ['resetIdentity'], signal),
};

describe('hostile answers', () => {
  let demo: DemoTenant;
  let ids: Subjects;
  let malice: Malice | undefined;
  let client: Client;
  const lines: string[] = [];
  before(async () => {
    demo = await startDemo({ identities: 60, taskDurationMs: 1, rateLimit: Infinity });
    ids = await subjectsOf(demo);
    const add = (line: string): void => void lines.push(line);
    const log = { trace: add, debug: add, info: add, warn: add, error: add };
    client = clientOf(demo, { fetch: hostileFetch(() => malice), log, retryDelayMs: 1, timeoutMs: 10_000 });
  });
  after(() => demo.close());

  async function holds(what: string, run: () => Promise<unknown>): Promise<void> {
    const seeds = Array.from({ length: RUNS }, (_, n) => n + 1);
    for (const seed of seeds) {
      // From one odd leaf to almost nothing but.
      const share = [0.02, 0.1, 0.3, 0.9][seed % 4] ?? 0.1;
      malice = { seed: seed * 104_729, share, huge: seed % 8 === 0 };
      try {
        await run();
      } catch (error) {
        assert.ok(
          ApiError.is(error),
          `${what}, seed ${String(seed)}: ${error instanceof Error ? String(error.stack) : String(error)}`,
        );
        for (const text of [errorReason(error), errorText(error, 'Could not')])
          assert.equal(plain(text, 100_000), text);
      } finally {
        malice = undefined;
      }
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    for (const line of lines.splice(0)) {
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e\u2066]/);
      assert.ok(line.length < 1_000, `${String(line.length)} characters in a line of the log`);
    }
  }

  for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
    it(`to ${operation} are read, or refused by an error of our own`, () =>
      holds(operation, () => CALLS[operation](client, ids))).timeout(120_000);
  }
  for (const [what, read] of Object.entries(READERS)) {
    it(`are shown or told: ${what}`, () => holds(what, () => read(client, ids))).timeout(120_000);
  }
});
