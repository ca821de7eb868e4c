import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, afterEach, before, describe, it } from 'mocha';
import { ApiError } from '../../../../src/api/errors';
import { createClient, type Client } from '../../../../src/api/client';
import { createRateLimits } from '../../../../src/api/rateLimit';
import type { Found, Reading } from '../../../../src/actions/bulk/found';
import { resolveIdentities } from '../../../../src/actions/bulk/resolveIdentities';
import { startAnyTenant, type AnyPerson, type AnyTenant } from './anyPeople';
import { lookUpAsBefore } from './formerKeys';
import { openStage, range, type Stage } from './stage';

function lookUp(client: Client, texts: readonly string[], more: Partial<Reading> = {}): Promise<Found[]> {
  const reading = { signal: new AbortController().signal, progress: () => undefined, ...more };
  return resolveIdentities(client, { kind: 'asked', texts }, reading);
}

const idsOf = (found: readonly Found[]): string[][] => found.map(({ identities }) => identities.map(({ id }) => id));

describe('identities asked for by ids, aliases and addresses that are alike', () => {
  let tenant: AnyTenant;
  let client: Client;
  before(async () => {
    tenant = await startAnyTenant();
    const { baseUrl, clientId, clientSecret } = tenant;
    const credentials = { kind: 'pat', clientId, clientSecret } as const;
    const rateLimits = createRateLimits({ ceiling: 1_000_000 });
    client = createClient({ baseUrl, version: 'v2024', credentials, rateLimits });
  });
  after(() => tenant.close());

  const anyCase = (keys: readonly string[]) =>
    fc.tuple(fc.constantFrom(...keys), fc.nat(2)).map(([key, to]) => {
      if (to === 0) return key;
      return to === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);
    });
  /** Few, so that one's address is another one's alias, or id. */
  const hexIds = range(0, 4).map((n) => String(n).padStart(32, 'ab'));
  const addresses = (length: number): string[] =>
    range(0, 6).map((n) => `${'ü'.repeat(length)}${String(n)}@example.com`);
  const words = ['ada', 'ada.winterbourne', 'back\\slash', 'quo"te', 'Straße'];

  const tenantOf = (keys: readonly string[]) =>
    fc.uniqueArray(
      fc.record({
        id: anyCase(keys),
        name: fc.constantFrom('Ada Winterbourne', 'Adele Vantongeren'),
        alias: anyCase(keys),
        emailAddress: fc.option(anyCase(keys.filter((key) => key.includes('@')))),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 12 },
    );

  it('are those that they were when each was asked for in every way, in few requests', async () => {
    const keys = [...hexIds, ...addresses(1), ...words];
    await fc.assert(
      fc.asyncProperty(tenantOf(keys), fc.array(anyCase(keys), { maxLength: 20 }), async (people, texts) => {
        tenant.people = people;
        tenant.filters.length = 0;
        const found = idsOf(await lookUp(client, texts));
        assert.ok(tenant.filters.filter((filter) => !filter.startsWith('name')).length <= 1);
        assert.deepEqual(
          found,
          (await lookUpAsBefore(client, texts)).map((some) => some.map(({ id }) => id)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('are those that they were among many ids, which are asked for as nothing else at first', async () => {
    const others = range(0, 80).map((n) => String(n).padStart(32, 'cd'));
    const keys = [...hexIds, ...words, 'ada@example.com'];
    await fc.assert(
      fc.asyncProperty(
        tenantOf(keys),
        fc.array(anyCase(keys), { minLength: 1, maxLength: 12 }),
        async (people, some) => {
          tenant.people = people;
          const texts = [...others, ...some];
          const found = idsOf(await lookUp(client, texts));
          assert.deepEqual(
            found,
            (await lookUpAsBefore(client, texts)).map((each) => each.map(({ id }) => id)),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are those that they were where all are read, where not all came, and where there are too many', async () => {
    // So long that eight requests and more are needed.
    const keys = [...hexIds, ...addresses(30), ...words];
    const others = range(0, 60).map((n) => `${'é'.repeat(45)}${String(n)}@example.org`);
    const waysSeen = new Set<string>();
    const whole = { uncounted: 0, isShort: false };
    const ways = { whole, short: { uncounted: 0, isShort: true }, many: { uncounted: 100_000, isShort: false } };
    await fc.assert(
      fc.asyncProperty(
        tenantOf(keys),
        fc.array(anyCase(keys), { minLength: 5, maxLength: 30 }),
        fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[])),
        async (people, some, way) => {
          Object.assign(tenant, ways[way]);
          tenant.people = people;
          tenant.filters.length = 0;
          const texts = [...others, ...some];
          const found = idsOf(await lookUp(client, texts));
          const all = tenant.filters.filter((filter) => filter === '').length;
          assert.equal(all, way === 'many' ? 1 : 2);
          waysSeen.add(way);
          Object.assign(tenant, whole);
          assert.deepEqual(
            found,
            (await lookUpAsBefore(client, texts)).map((each) => each.map(({ id }) => id)),
          );
        },
      ),
      { numRuns: 60 },
    );
    assert.equal(waysSeen.size, 3);
  });

  it('are the one with the very id, then the very alias, then all with the address', async () => {
    const [id = ''] = hexIds;
    const person = (own: string, more: Partial<AnyPerson>): AnyPerson => ({
      id: own,
      name: own,
      alias: `${own}.alias`,
      emailAddress: null,
      ...more,
    });
    tenant.people = [
      person('1', { emailAddress: 'a@example.com' }),
      person('2', { alias: 'a@example.com' }),
      person('3', { alias: 'B@example.com' }),
      person('4', { emailAddress: 'b@example.com' }),
      person(id, {}),
      person('6', { alias: id }),
      person('c@example.com', {}),
      person('8', { alias: 'c@example.com' }),
    ];
    const texts = ['a@example.com', 'A@example.com', 'b@example.com', id, id.toUpperCase(), 'c@example.com', '1'];
    assert.deepEqual(idsOf(await lookUp(client, texts)), [
      ['2'],
      ['1', '2'],
      ['3', '4'],
      [id],
      ['6', id],
      ['c@example.com'],
      ['1'],
    ]);
  });
});

describe('thousands of pasted texts', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  async function openLarge(identities = 2_000): Promise<string[]> {
    stage = await openStage({ identities });
    const { people } = stage.demo.world;
    const ways = [(n: number) => people.id(n), (n: number) => people.alias(n), (n: number) => people.email(n)];
    return range(0, identities).map((n) => {
      const text = ways[n % 3]?.(n) ?? people.alias(n);
      return n % 5 === 0 ? text.toUpperCase() : text;
    });
  }

  const requests = (): number => stage.demo.requests.count('listIdentities');

  it("are found in their order by few requests, with what is nobody's and what comes twice", async () => {
    const texts = await openLarge();
    const mixed = [...texts, 'nobody@at.all', 'f'.repeat(32), texts[3] ?? '', '\uD83D'];
    const found = await lookUp(stage.client, mixed);
    const { people } = stage.demo.world;
    const expected = [...range(0, 2_000).map((n) => [people.id(n)]), [], [], [people.id(3)], []];
    assert.deepEqual(idsOf(found), expected);
    assert.deepEqual(
      found.map(({ asked }) => asked),
      mixed,
    );
    assert.ok(requests() <= 14, `${String(requests())} requests`);
  });

  it('are all found where the list leaves some out', async () => {
    const texts = await openLarge();
    const { people } = stage.demo.world;
    // A filter leaves them out, too: only who is not listed at all stays unknown.
    stage.demo.shapes.pages = 'short';
    const short = idsOf(await lookUp(stage.client, texts));
    const before = requests();
    assert.deepEqual(
      short,
      (await lookUpAsBefore(stage.client, texts)).map((each) => each.map(({ id }) => id)),
    );
    assert.ok(before < requests() - before, `${String(before)} requests`);
    stage.demo.shapes.pages = 'whole';
    assert.deepEqual(
      idsOf(await lookUp(stage.client, texts)),
      range(0, 2_000).map((n) => [people.id(n)]),
    );
  });

  for (const status of [400, 414, 431] as const) {
    it(`are asked for in smaller portions where the service answers ${String(status)} to a long address`, async () => {
      const texts = (await openLarge(300)).slice(0, 200);
      Object.assign(stage.demo.addresses, { longestQuery: 1_500, status });
      const { people } = stage.demo.world;
      assert.deepEqual(
        idsOf(await lookUp(stage.client, texts)),
        range(0, 200).map((n) => [people.id(n)]),
      );
      const refused = stage.demo.requests.list.filter((request) => request.status === status).length;
      assert.ok(refused > 0 && refused <= 5, String(refused));
    });
  }

  it('fail where even one alone is refused', async () => {
    const texts = (await openLarge(300)).slice(0, 50);
    stage.demo.addresses.longestQuery = 20;
    await assert.rejects(lookUp(stage.client, texts), (error) => ApiError.is(error) && error.details.status === 414);
  });

  it('are told while others are still asked for, each where it was asked for', async () => {
    const texts = (await openLarge(300)).slice(0, 200);
    const told = new Map<number, Found>();
    let first = 0;
    const found = await lookUp(stage.client, [...texts, 'nobody@at.all'], {
      onFound: (rows) => {
        first ||= requests();
        for (const [at, each] of rows) told.set(at, each);
      },
    });
    assert.ok(first < requests(), `${String(first)} of ${String(requests())} requests`);
    assert.deepEqual(
      [...told.keys()].sort((a, b) => a - b),
      range(0, 200),
    );
    for (const [at, each] of told) assert.deepEqual(each, found[at]);
  });

  it('can be given up', async () => {
    const texts = await openLarge();
    const abort = new AbortController();
    const reading = lookUp(stage.client, texts, { signal: abort.signal, onFound: () => abort.abort() });
    await assert.rejects(reading, (error) => ApiError.is(error, 'cancelled'));
  });
});
