import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { Client } from '../../../src/api/client';
import { ApiError } from '../../../src/api/errors';
import { equals, filterText } from '../../../src/api/filter';
import type { Identity } from '../../../src/api/identities';
import { API_VERSIONS } from '../../../src/api/versions';
import { SPECIAL_NAMES } from '../../../src/demo/data/names';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { findIdentities, type FoundIdentities } from '../../../src/find/findPeople';
import { plainWords, planQuery, queryByAccess, similarQuery, wordsQuery } from '../../../src/find/query';
import { fetchPage } from '../../../src/lists/pages';
import { START } from '../../../src/lists/query';
import { clientOf } from '../api/backend';

describe('finding people in a tenant', () => {
  let demo: DemoTenant;
  let ada: Identity;
  const person = 'Ada Winterbourne';

  before(async () => {
    // As many as it takes until every special name is somebody's.
    demo = await startDemo({ identities: 10_000, rateLimit: Infinity });
    ada = await named(clientOf(demo), person);
  });
  after(() => demo.close());

  const named = async (client: Client, name: string): Promise<Identity> => {
    const filters = filterText(equals('name', name));
    const { items } = await client.identities.list({ filters, defaultFilter: 'NONE', limit: 1 });
    return items[0] ?? assert.fail(`nobody is called ${name}`);
  };
  const names = ({ people }: FoundIdentities): string[] => people.map(({ name }) => name);
  const first = (found: FoundIdentities): string => `${String(found.used?.by)}: ${String(names(found)[0])}`;

  for (const version of API_VERSIONS) {
    it(`finds a person by whatever is known of her, in ${version}`, async () => {
      const client = clientOf(demo, { version });
      const find = (typed: string): Promise<FoundIdentities> => findIdentities(client, planQuery(typed));
      for (const typed of [
        ada.id,
        ada.id.toUpperCase(),
        ada.emailAddress ?? assert.fail(),
        (ada.emailAddress ?? '').slice(0, 12),
        ada.alias ?? assert.fail(),
        'ada.winterb',
        'Winterb',
        'ada winter',
        'winterbourne, ada'.replace(',', ''),
        '  ADA WINTERBOURNE ',
      ]) {
        assert.equal(first(await find(typed)), `filter: ${person}`, typed);
      }
      for (const typed of [
        'interbour',
        'bourne ada',
        'name:ada* AND name:*bourne',
        '"Ada Winterbourne"',
        '*terbourn*',
      ]) {
        assert.equal(first(await find(typed)), `search: ${person}`, typed);
      }
      const department = String(ada.attributes?.['department']);
      const colleagues = await find(`attributes.department:"${department}"`);
      assert.equal(colleagues.used?.by, 'search');
      assert.ok(colleagues.people.length > 1);
      const all = await client.search.count(`attributes.department:"${department}"`);
      assert.ok(all >= colleagues.people.length);
    });

    it(`finds names in any script, with quotes, backslashes and marks, in ${version}`, async () => {
      const client = clientOf(demo, { version });
      for (const [name, firstName, lastName] of SPECIAL_NAMES) {
        for (const typed of [name, firstName, lastName]) {
          const found = await findIdentities(client, planQuery(typed));
          // A page of people may start like a short name.
          assert.ok(names(found).includes(name) || found.people.length === 50, `${typed}: ${names(found).join()}`);
        }
      }
    });

    it(`answers anything that can be typed, in ${version}`, async () => {
      const client = clientOf(demo, { version });
      const long = 'x'.repeat(10_000);
      for (const typed of [
        long,
        `"${long}"`,
        `name:${long}`,
        '%',
        '100%',
        '#',
        '&',
        '&&',
        '?',
        '\\',
        '"',
        "'",
        '%22',
        '/',
        '🌻',
        '(',
      ]) {
        const found = await findIdentities(client, planQuery(typed)).catch((error: unknown) => {
          // A query that Search itself refuses is said in its words.
          assert.ok(ApiError.is(error, 'invalid'), `${typed.slice(0, 20)}: ${String(error)}`);
          return undefined;
        });
        if (typed.startsWith('%') || typed === '#') assert.deepEqual(found?.people, [], typed);
      }
    });
  }

  it('takes one request where the list knows, two where it does not', async () => {
    const client = clientOf(demo);
    await findIdentities(client, planQuery('warm up'));
    const asked = async (typed: string): Promise<string[]> => {
      demo.requests.clear();
      await findIdentities(client, planQuery(typed));
      return demo.requests.list.map(({ operation }) => String(operation));
    };
    assert.deepEqual(await asked('winterb'), ['listIdentities']);
    assert.deepEqual(await asked('interbour'), ['listIdentities', 'searchPost']);
    assert.deepEqual(await asked('name:ada'), ['searchPost']);
  });

  for (const [state, status] of [
    ['missing', 404],
    ['forbidden', 403],
  ] as const) {
    it(`falls back to starts of names where Search is ${state}, and says why`, async () => {
      const client = clientOf(demo);
      demo.faults.add({ kind: 'status', status, operation: 'searchPost', times: Infinity });
      try {
        const query = await findIdentities(client, planQuery('name:winterb* AND inactive:false'));
        assert.equal(query.searchUnavailable?.details.status, status);
        assert.equal(query.used?.by, 'filter');
        const star = await findIdentities(client, planQuery('"Ada Winterbourne"'));
        assert.deepEqual([names(star), star.searchUnavailable?.details.status], [[person], status]);
        const inside = await findIdentities(client, planQuery('interbour'));
        assert.deepEqual(
          [inside.people, inside.used?.by, inside.searchUnavailable?.details.status],
          [[], 'filter', status],
        );
        const nothing = await findIdentities(client, planQuery('*'));
        assert.deepEqual([nothing.people, nothing.searchUnavailable?.details.status], [[], status]);
        const anywhere = wordsQuery('ada winterbourne');
        const words = await findIdentities(client, { primary: anywhere, fallback: undefined });
        assert.deepEqual(names(words), [person]);
      } finally {
        demo.faults.clear();
      }
    });
  }

  it('lets nothing stand in for Search where starts of names cannot', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost' });
    const plan = { primary: queryByAccess('0a1b'), fallback: undefined };
    await assert.rejects(findIdentities(clientOf(demo), plan), (error) => ApiError.is(error, 'forbidden'));
    assert.equal(demo.faults.pending, 0);
  });

  it('finds names of similar spelling', async () => {
    const client = clientOf(demo);
    for (const typed of ['Ada Winterborne', 'wintrebourne', 'ada.winterburne@example.com']) {
      const { people } = await findIdentities(client, { primary: similarQuery(typed), fallback: undefined });
      assert.ok(
        people.some(({ name }) => name === person),
        typed,
      );
    }
  });

  it('gives all that came for a list to go on from, in the order of the service', async () => {
    const client = clientOf(demo);
    for (const typed of ['a', 'status:ACTIVE']) {
      const { people, hasMore, rows, used } = await findIdentities(client, planQuery(typed));
      assert.ok(used && rows.next && hasMore, typed);
      assert.deepEqual([people.length, rows.items.length, rows.next.offset], [50, 51, 51]);
      const page = await fetchPage(client, used, rows.next, 250);
      const both = [...rows.items, ...page.items].map(({ id }) => id);
      assert.equal(new Set(both).size, both.length);
      const once = await fetchPage(client, used, START, 250);
      assert.deepEqual(
        both.slice(0, 200),
        once.items.slice(0, 200).map(({ id }) => id),
      );
    }
  });

  it('takes the words out of a query', () => {
    const cases: readonly [string, string][] = [
      ['name:ada', 'ada'],
      ['attributes.department:"Human Resources"', 'Human Resources'],
      ['name:"ada" AND NOT *berg*', 'ada berg'],
      ['*ada* AND *winter\\-born*', 'ada winter-born'],
      ['O\\"Brien', 'O"Brien'],
      ['(a OR b)', 'a b'],
      ['*', ''],
    ];
    for (const [query, words] of cases) assert.equal(plainWords(query), words, query);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = plainWords(text);
        assert.ok([...words].length <= 128 && words === words.trim());
        encodeURIComponent(words);
      }),
    );
  });
});

describe('how many are found', () => {
  it('is said to be all of them, or not, right to the edge', async () => {
    const totals: (number | undefined)[] = [];
    for (const identities of [48, 49, 50, 51]) {
      const demo = await startDemo({ identities });
      const client = clientOf(demo);
      try {
        // Those that are uncorrelated are there besides, but not in the search index.
        const { total: listed } = await client.identities.list({ defaultFilter: 'NONE', count: true, limit: 1 });
        const searched = await client.search.count('*');
        totals.push(listed, searched);
        for (const [typed, total] of [
          ['', listed],
          ['*', searched],
        ] as const) {
          const { people, hasMore } = await findIdentities(client, planQuery(typed));
          assert.deepEqual(
            [people.length, hasMore],
            [Math.min(total ?? 0, 50), (total ?? 0) > 50],
            `${total} ${typed}`,
          );
        }
      } finally {
        await demo.close();
      }
    }
    assert.ok(totals.includes(50) && totals.includes(51), totals.join());
  });
});
