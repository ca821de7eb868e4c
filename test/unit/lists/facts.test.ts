import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Identity } from '../../../src/api/identities';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { fetchAttributes } from '../../../src/lists/attributes';
import { columnsFor } from '../../../src/lists/columns';
import { factRequests, factsDurationMs, fetchFacts, type Facts, type Need } from '../../../src/lists/facts';
import { REQUESTS_PER_SECOND } from '../../../src/api/rateLimit';
import { clientOf } from '../api/backend';

let demo: DemoTenant;
let people: readonly Identity[];
before(async () => {
  demo = await startDemo({ identities: 700, rateLimit: Infinity });
  const all: Identity[] = [];
  for await (const { items } of clientOf(demo).identities.listAll()) all.push(...items);
  people = all;
});
after(() => demo.close());
afterEach(() => demo.faults.clear());

async function factsOf(
  ids: readonly string[],
  needs: readonly Need[],
  options?: Parameters<typeof fetchFacts>[3],
): Promise<{ readonly facts: ReadonlyMap<string, Facts>; readonly portions: number }> {
  const facts = new Map<string, Facts>();
  let portions = 0;
  for await (const portion of fetchFacts(clientOf(demo), ids, new Set(needs), options)) {
    portions++;
    for (const [id, told] of portion) {
      assert.ok(!facts.has(id), 'told twice');
      facts.set(id, told);
    }
  }
  return { facts, portions };
}

const cell = (key: string, person: Identity, facts: Facts | undefined): unknown =>
  columnsFor([])
    .find((column) => column.key === key)
    ?.valueOf(person, facts);

const eachOnce = (names: readonly unknown[]): string => [...new Set(names)].join('; ');

const idsOf = (count: number): string[] => people.slice(0, count).map(({ id }) => id);

describe('facts of identities', () => {
  it('come of Search in the order of the ids, 250 a request, as the documents have them', async () => {
    const ids = idsOf(600);
    demo.requests.clear();
    const { facts, portions } = await factsOf(ids, ['access']);
    assert.deepEqual([...facts.keys()], ids);
    assert.equal(portions, 3);
    assert.equal(demo.requests.list.filter(({ operation }) => operation === 'searchPost').length, 3);
    assert.equal(factRequests(new Set(['access']), 600), 3);

    const client = clientOf(demo);
    for (const person of people.slice(0, 5)) {
      const assigned = await client.roleAssignments.list(person.id);
      const { total } = await client.accounts.list(person.id, { count: true });
      const entitlements = await client.entitlements.list(person.id, { count: true });
      const told = facts.get(person.id);
      assert.equal(cell('roleCount', person, told), assigned.length);
      assert.equal(cell('roleNames', person, told), eachOnce(assigned.map(({ role }) => role.name)));
      assert.equal(cell('accountCount', person, told), total);
      assert.equal(String(cell('accountNames', person, told)).split('; ').length, total);
      assert.match(String(cell('accountNames', person, told)), /^[^;]+: [^;]+(; [^;]+: [^;]+)*$/);
      assert.equal(cell('entitlementCount', person, told), entitlements.total);
    }
  });

  it('are unknown, not none, of whom the index does not know', async () => {
    const gone = '0'.repeat(32);
    const [person] = people as [Identity];
    const { facts } = await factsOf([gone, person.id], ['access', 'roleAssignments']);
    assert.deepEqual(facts.get(gone), { access: undefined, roleAssignments: undefined });
    for (const key of ['accountCount', 'roleNames', 'roleEnds', 'rolesAssigned']) {
      assert.equal(cell(key, person, facts.get(gone)), null, key);
      assert.equal(cell(key, person, undefined), null, key);
      assert.notEqual(cell(key, person, facts.get(person.id)), null, key);
    }
  });

  it('tell roles with their ends, a request each, at most eight at once', async () => {
    const ids = idsOf(90);
    demo.requests.clear();
    demo.latencyMs = 20;
    let open = 0;
    let most = 0;
    const { default: fetch } = await import('node-fetch');
    const client = clientOf(demo, {
      fetch: async (...given) => {
        most = Math.max(most, ++open);
        try {
          return await fetch(...given);
        } finally {
          open--;
        }
      },
    });
    const facts = new Map<string, Facts>();
    try {
      for await (const portion of fetchFacts(client, ids, new Set(['roleAssignments']))) {
        for (const [id, told] of portion) facts.set(id, told);
      }
    } finally {
      demo.latencyMs = 0;
    }
    assert.deepEqual([...facts.keys()], ids);
    assert.equal(demo.requests.list.filter(({ operation }) => operation === 'getRoleAssignments').length, 90);
    assert.ok(most > 4 && most <= 8, String(most));
    let ends = 0;
    for (const person of people.slice(0, 90)) {
      const assigned = await clientOf(demo).roleAssignments.list(person.id);
      const expected = assigned.flatMap(({ role, removeDate }) =>
        removeDate ? [`${String(role.name)} until ${removeDate.slice(0, 10)}`] : [],
      );
      ends += expected.length;
      assert.equal(cell('roleEnds', person, facts.get(person.id)), eachOnce(expected));
      assert.equal(
        cell('rolesAssigned', person, facts.get(person.id)),
        eachOnce(assigned.map(({ role }) => role.name)),
      );
    }
    assert.ok(ends > 0, 'no role ends');
  });

  it('of both kinds come together, each with its own', async () => {
    const ids = idsOf(260);
    const { facts } = await factsOf(ids, ['access', 'roleAssignments']);
    assert.deepEqual([...facts.keys()], ids);
    for (const { access, roleAssignments } of facts.values()) assert.equal(access?.roles, roleAssignments?.length);
  });

  it('that are refused are told once and asked for no more; others come', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: 100 });
    demo.requests.clear();
    const refused: Need[] = [];
    const { facts } = await factsOf(idsOf(600), ['access', 'roleAssignments'], {
      onRefused: (need, error) => {
        assert.equal(error.reason, 'forbidden');
        refused.push(need);
      },
    });
    assert.deepEqual(refused, ['access']);
    assert.ok([...facts.values()].every(({ access, roleAssignments }) => !access && roleAssignments));
    await assert.rejects(factsOf(idsOf(600), ['access']), { reason: 'forbidden' });
  });

  it('of identities with more than fits into a response are asked for again by halves', async () => {
    const ids = idsOf(600);
    demo.faults.add({ kind: 'hugeBody', bytes: 5_000_000, operation: 'searchPost', times: 1 });
    demo.requests.clear();
    const { facts } = await factsOf(ids, ['access']);
    assert.deepEqual([...facts.keys()], ids);
    assert.ok([...facts.values()].every(({ access }) => access !== undefined));
    // Three that were on their way, then the rest of one by halves.
    assert.equal(demo.requests.list.filter(({ operation }) => operation === 'searchPost').length, 5);
  });

  it('stop where they fail, and nothing is left on its way when they are left early', async () => {
    demo.faults.add({ kind: 'status', status: 400, operation: 'getRoleAssignments', times: 100 });
    await assert.rejects(factsOf(idsOf(50), ['roleAssignments']), { reason: 'invalid' });
    demo.faults.clear();
    const abort = new AbortController();
    await assert.rejects(
      async () => {
        for await (const portion of fetchFacts(clientOf(demo), idsOf(700), new Set(['roleAssignments']), {
          signal: abort.signal,
        })) {
          if (portion.size > 0) abort.abort();
        }
      },
      { reason: 'cancelled' },
    );
    demo.requests.clear();
    for await (const portion of fetchFacts(clientOf(demo), idsOf(700), new Set(['roleAssignments']))) {
      assert.equal(portion.size, 25);
      break;
    }
    assert.ok(demo.requests.count() < 100, String(demo.requests.count()));
  });

  it('take the time that the rate limit makes them take', () => {
    assert.equal(factRequests(new Set(['roleAssignments', 'access']), 1_000), 1_004);
    assert.equal(factRequests(new Set(), 1_000), 0);
    assert.equal(factsDurationMs(new Set(['roleAssignments']), 1_000), Math.ceil(999 / REQUESTS_PER_SECOND) * 1000);
  });
});

describe('columns of identities', () => {
  it('are every attribute of the tenant, by the name that people gave it, with or without an identity', async () => {
    const attributes = await fetchAttributes(clientOf(demo));
    assert.ok(attributes.length > 20);
    const columns = columnsFor([], [], attributes);
    for (const { name, displayName } of attributes) {
      const column = columns.find(({ key }) => key === `attributes.${name}`);
      assert.ok(column?.label === displayName || column?.label === `${String(displayName)} (${name})`, name);
    }
    assert.equal(new Set(columns.map(({ label }) => label)).size, columns.length, 'two columns of one name');
    const keys = columns.map(({ key }) => key);
    assert.deepEqual(
      columnsFor([], [...keys].reverse()).map(({ key }) => key),
      keys,
    );
  });

  it('are those that identities have where the attributes may not be asked for', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'listIdentityAttributes' });
    assert.deepEqual(await fetchAttributes(clientOf(demo)), []);
    demo.faults.add({ kind: 'status', status: 400, operation: 'listIdentityAttributes' });
    await assert.rejects(fetchAttributes(clientOf(demo)), { reason: 'invalid' });
  });
});
