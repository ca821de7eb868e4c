import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Identity } from '../../../src/api/identities';
import { compare } from '../../../src/demo/query/filter';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { asking, cause, field, type Ask, type Got } from './asking';

/** A filter as text, and what it means for a row. */
interface Filter {
  readonly text: string;
  readonly means: (row: Identity) => boolean;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
}

/** In capitals, but for letters that do not come back from there (ß becomes SS). */
function shouted(value: string): string {
  return value.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** Filters over values people have, written by hand here: the tenant must agree with a plain reading of them. */
function filters(rows: readonly Identity[], demo: DemoTenant): fc.Arbitrary<Filter> {
  const read: Record<string, (row: Identity) => string | boolean | null | undefined> = {
    id: ({ id }) => id,
    name: ({ name }) => name,
    alias: ({ alias }) => alias,
    firstname: ({ attributes }) => attributes?.['firstname'] as string,
    lastname: ({ attributes }) => attributes?.['lastname'] as string,
    email: ({ emailAddress }) => emailAddress,
    cloudStatus: ({ identityStatus }) => identityStatus,
    processingState: ({ processingState }) => processingState,
    correlated: ({ lifecycleState }) => lifecycleState !== null,
    protected: ({ id }) => demo.world.people.isProtected(demo.world.people.indexOfId(id) ?? -1),
  };
  const row = fc.constantFrom(...rows);
  const equal = fc
    .tuple(fc.constantFrom(...Object.keys(read)), row, fc.boolean())
    .map(([name, { id }, upper]): Filter => {
      const get = read[name] ?? (() => null);
      const value = get(rows.find((one) => one.id === id) as Identity);
      const written = typeof value === 'boolean' ? String(value) : quoted(upper ? shouted(value ?? '') : (value ?? ''));
      return { text: `${name} eq ${written}`, means: (one) => compare(get(one), 'eq', [value ?? '']) };
    });
  const starts = fc
    .tuple(fc.constantFrom('name', 'alias', 'firstname', 'lastname', 'email'), row, fc.nat({ max: 12 }))
    .map(([name, one, length]): Filter => {
      const get = read[name] ?? (() => null);
      const value = String(get(one) ?? '').slice(0, length);
      return { text: `${name} sw ${quoted(value)}`, means: (other) => compare(get(other), 'sw', [value]) };
    });
  const among = fc.array(row, { minLength: 1, maxLength: 4 }).map((some): Filter => {
    const ids = some.map(({ id }) => id);
    return { text: `id in (${ids.map(quoted).join(', ')})`, means: ({ id }) => ids.includes(id) };
  });
  return fc.letrec<{ any: Filter; leaf: Filter }>((tie) => ({
    leaf: fc.oneof(equal, starts, among),
    any: fc.oneof(
      { maxDepth: 3 },
      tie('leaf'),
      tie('any').map(({ text, means }): Filter => ({ text: `not (${text})`, means: (one) => !means(one) })),
      fc
        .tuple(tie('any'), tie('any'))
        .map(([a, b]): Filter => ({ text: `(${a.text} and ${b.text})`, means: (one) => a.means(one) && b.means(one) })),
      fc
        .tuple(tie('any'), tie('any'))
        .map(([a, b]): Filter => ({ text: `(${a.text} or ${b.text})`, means: (one) => a.means(one) || b.means(one) })),
    ),
  })).any;
}

describe('demo: list of identities', () => {
  let demo: DemoTenant;
  let ask: Ask;
  let everybody: Identity[];

  const list = (query: Record<string, string> = {}): Promise<Got> => ask('GET', '/identities', { query });
  const rows = async (query: Record<string, string> = {}): Promise<Identity[]> =>
    (await list(query)).body as Identity[];

  before(async () => {
    demo = await startDemo({ identities: 600, rateLimit: Infinity });
    ask = asking(demo);
    const pages = [0, 250, 500].map((offset) => rows({ defaultFilter: 'NONE', offset: String(offset) }));
    everybody = (await Promise.all(pages)).flat();
  });
  after(() => demo.close());

  it('counts correlated ones unless told otherwise, and only when asked', async () => {
    assert.equal((await list({ count: 'true', limit: '0' })).headers.get('x-total-count'), '600');
    assert.equal((await list({ count: 'true', defaultFilter: 'NONE' })).headers.get('x-total-count'), '609');
    assert.equal((await list()).headers.get('x-total-count'), null);
    assert.equal(everybody.length, 609);
    assert.equal(new Set(everybody.map(({ id }) => id)).size, 609);
  });

  it('pages by record, up to its end and past it', async () => {
    const all = await rows({ limit: '5' });
    const apart = [...(await rows({ limit: '2' })), ...(await rows({ limit: '3', offset: '2' }))];
    assert.deepEqual(apart, all);
    assert.equal((await rows({ offset: '598' })).length, 2);
    assert.deepEqual(await rows({ offset: '600' }), []);
  });

  it('filters as a plain reading of the filter would', async () => {
    await fc.assert(
      fc.asyncProperty(filters(everybody, demo), async ({ text, means }) => {
        const found = await list({ filters: text, defaultFilter: 'NONE', count: 'true', limit: '20' });
        const expected = everybody.filter(means);
        assert.equal(found.headers.get('x-total-count'), String(expected.length), text);
        assert.deepEqual(found.body, expected.slice(0, 20), text);
      }),
      { numRuns: 100 },
    );
  });

  it('sorts by each field, both ways, letter case aside', async () => {
    const read = {
      name: ({ name }: Identity) => name,
      alias: ({ alias }: Identity) => alias ?? '',
      cloudStatus: ({ identityStatus }: Identity) => identityStatus ?? '',
    };
    for (const [sorter, get] of Object.entries(read)) {
      for (const sign of ['', '-']) {
        const values = (await rows({ sorters: sign + sorter })).map((row) => get(row).toLowerCase());
        const sorted = [...values].sort();
        assert.deepEqual(values, sign === '' ? sorted : sorted.reverse(), sign + sorter);
      }
    }
  });

  it('sorts by several fields', async () => {
    const found = await rows({ sorters: 'cloudStatus,-name' });
    const keys = found.map(({ identityStatus, name }) => [identityStatus ?? '', name.toLowerCase()] as const);
    for (const [at, [status, name]] of keys.slice(1).entries()) {
      const [before = '', above = ''] = keys[at] ?? [];
      assert.ok(before < status || (before === status && above >= name));
    }
  });

  it('orders aliases with numbers as texts, also among a million', async () => {
    const big = await startDemo({ identities: 60_000, rateLimit: Infinity });
    const found = await asking(big)('GET', '/identities', { query: { sorters: 'alias', offset: '30000' } });
    const aliases = (found.body as Identity[]).map(({ alias }) => alias ?? '');
    assert.deepEqual(aliases, [...aliases].sort());
    await big.close();
  });

  for (const [filter, reason] of [
    ['city eq "Lyon"', 'Filter property "city" is not supported.'],
    ['constructor eq "x"', 'Filter property "constructor" is not supported.'],
    ['name co "a"', 'Filter operator "co" is not supported for property "name".'],
    ['name ne "a"', 'Filter operator "ne" is not supported for property "name".'],
    ['id isnull', 'Filter operator "isnull" is not supported for property "id".'],
    ['name EQ "a"', 'Filter operator "EQ" at position 5 is unknown.'],
    ['name eq', 'Filter ends where a value is expected.'],
    ['name eq "a', 'Filter could not be read at position 7: a string is not closed.'],
    ['name eq a', 'Filter value "a" at position 8 needs double quotes.'],
    ['(name eq "a"', 'Filter ends where ")" is expected.'],
    ['name eq "a" name', 'Filter has "name" at position 12 after its end.'],
    ['name+eq+"a"', 'Filter operator "a" at position 8 is unknown.'],
    ['id in "a"', 'Filter has "a" at position 6 where "(" is expected.'],
    ['', 'Filter ends where a property is expected.'],
    [`${'('.repeat(200)}`, 'Filter is nested too deeply.'],
  ] as const) {
    it(`refuses ${filter.slice(0, 30) || 'an empty filter'}`, async () => {
      const got = await list({ filters: filter });
      assert.equal(got.status, 400);
      assert.equal(cause(got), reason);
      assert.match(String(field(got.body, 'trackingId')), /^[0-9a-f]{32}$/);
    });
  }

  for (const [name, value] of [
    ['limit', '251'],
    ['limit', '-1'],
    ['limit', 'x'],
    ['offset', '1.5'],
    ['count', 'yes'],
    ['sorters', 'email'],
    ['sorters', 'name,'],
    ['defaultFilter', 'ALL'],
  ] as const) {
    it(`refuses ${name}=${value}`, async () => {
      assert.equal((await list({ [name]: value })).status, 400);
    });
  }

  it('shows deleted and changed people as they are now', async () => {
    const [before] = await rows({ filters: 'cloudStatus eq "LOCKED"' });
    assert.ok(before);
    assert.equal((await ask('POST', `/identities/${before.id}/reset`)).status, 202);
    const locked = await rows({ filters: 'cloudStatus eq "LOCKED"' });
    assert.ok(!locked.some(({ id }) => id === before.id));
    assert.equal((await ask('DELETE', `/identities/${before.id}`)).status, 204);
    assert.equal((await list({ count: 'true' })).headers.get('x-total-count'), '599');
    assert.deepEqual(await rows({ filters: `id eq "${before.id}"` }), []);
  });

  it('may be empty', async () => {
    const empty = await startDemo({ identities: 0 });
    const got = await asking(empty)('GET', '/identities', { query: { count: 'true', defaultFilter: 'NONE' } });
    assert.deepEqual([got.body, got.headers.get('x-total-count')], [[], '0']);
    await empty.close();
  });

  it('has a possible number of people whatever it is told', async () => {
    for (const [told, size] of [
      [-5, 0],
      [1.9, 1],
      [NaN, 0],
      [2_000_000, 1_000_000],
    ] as const) {
      const odd = await startDemo({ identities: told });
      assert.equal(odd.world.people.correlated, size);
      await odd.close();
    }
  });

  it('answers a million as it answers a hundred', async () => {
    const million = await startDemo({ identities: 1_000_000, rateLimit: Infinity });
    const query = { sorters: 'name', offset: '999999', count: 'true', limit: '2' };
    const got = await asking(million)('GET', '/identities', { query });
    assert.equal(got.headers.get('x-total-count'), '1000000');
    assert.equal((got.body as unknown[]).length, 1);
    await million.close();
  });
});
