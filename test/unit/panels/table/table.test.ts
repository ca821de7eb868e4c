import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Client } from '../../../../src/api/client';
import type { Identity } from '../../../../src/api/identities';
import { textOf } from '../../../../src/api/json';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { fetchAllWhole } from '../../../../src/lists/pages';
import type { IdentityQuery } from '../../../../src/lists/query';
import type { KeptColumn } from '../../../../src/lists/keptColumns';
import { openTable } from '../../../../src/panels/table/openTable';
import type { PeopleSource } from '../../../../src/panels/table/gathering';
import { notesOf } from '../../../../src/panels/table/notes';
import { Table } from '../../../../src/panels/table/table';
import { waitUntil } from '../../../waitUntil';
import { clientOf } from '../../api/backend';

const IDENTITIES = 6_000;
const ALL: IdentityQuery = { by: 'filter', sorter: 'name', includeUncorrelated: false };
const LOCKED: IdentityQuery = { by: 'filter', filter: 'cloudStatus eq "LOCKED"', includeUncorrelated: true };

describe('a table', () => {
  let demo: DemoTenant;
  let client: Client;
  let all: readonly Identity[];
  let locked: readonly Identity[];
  const opened: Table[] = [];
  let kept: (readonly KeptColumn[])[];

  before(async () => {
    demo = await startDemo({ identities: IDENTITIES, rateLimit: Infinity });
    client = clientOf(demo);
    all = await everybody(ALL);
    locked = await everybody(LOCKED);
  });
  after(() => demo.close());
  beforeEach(() => {
    demo.requests.clear();
    kept = [];
  });
  afterEach(() => {
    for (const table of opened.splice(0)) table.dispose();
    demo.faults.clear();
  });

  async function everybody(query: IdentityQuery): Promise<readonly Identity[]> {
    const people: Identity[] = [];
    for await (const { items } of fetchAllWhole(client, query)) people.push(...items);
    return people;
  }

  function open(source: PeopleSource, columns?: readonly KeptColumn[]): Table {
    const table = new Table(source, {
      client: () => Promise.resolve(client),
      pageSize: () => 250,
      columns,
      keepColumns: (now) => {
        kept.push(now);
        return Promise.resolve();
      },
      changed: () => undefined,
    });
    opened.push(table);
    table.begin();
    return table;
  }

  const ofQuery = (query: IdentityQuery): PeopleSource => ({ kind: 'query', query });
  const isIdle = ({ gathering, view }: Table): boolean =>
    !gathering.isLoading && view.order.length === gathering.entries.length;
  const idle = (table: Table): Promise<unknown> => waitUntil(() => isIdle(table), 'the table is idle');
  const ids = (table: Table): string[] => table.view.people().map(({ key }) => key);
  const notes = (table: Table): string[] =>
    notesOf(table, { labels: [], requests: 0, durationMs: 0, loaded: { done: 0, of: 0 }, error: undefined }).map(
      ({ text }) => text,
    );
  const pages = (): number =>
    demo.requests.list.filter(({ operation, query }) => operation === 'listIdentities' && /limit=250\b/.test(query))
      .length;

  it('loads the first 5,000 by twenty requests, and the rest when it is asked for, nothing twice', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    assert.equal(table.gathering.entries.length, 5_000);
    assert.equal(pages(), 20);
    assert.equal(table.gathering.isWhole, false);
    assert.equal(
      openTable({ tenantId: 't', source: { kind: 'list', listId: 'all' }, title: 'All' }, table).isWhole,
      false,
    );
    await table.gathering.load(Infinity);
    await idle(table);
    assert.equal(table.gathering.isWhole, true);
    assert.deepEqual(
      ids(table),
      all.map(({ id }) => id),
    );
    assert.equal(pages(), Math.ceil(all.length / 250));
  });

  it('of a list that is loaded already asks for none of its rows', async () => {
    const table = open({ kind: 'query', query: LOCKED, known: { identities: locked, total: locked.length } });
    await idle(table);
    await waitUntil(
      () => demo.requests.list.some(({ operation }) => operation === 'listIdentityAttributes'),
      'it is so',
    );
    assert.deepEqual(
      ids(table),
      locked.map(({ id }) => id),
    );
    assert.deepEqual(
      demo.requests.list.filter(({ operation }) => operation === 'listIdentities'),
      [],
    );
  });

  it('keeps its rows where a page fails, says so, and goes on from there', async () => {
    demo.faults.add({
      operation: 'listIdentities',
      when: ({ query }) => /offset=1000\b/.test(query),
      kind: 'status',
      status: 400,
      times: 10,
    });
    const table = open(ofQuery(ALL));
    await waitUntil(() => table.gathering.error !== undefined && isIdle(table), 'it is so');
    assert.equal(table.gathering.entries.length, 1_000);
    assert.match(notes(table).join(), /^Could not load the identities/);
    demo.faults.clear();
    demo.requests.clear();
    await table.gathering.load(5_000);
    await idle(table);
    assert.equal(table.gathering.entries.length, 5_000);
    assert.equal(
      demo.requests.list.some(({ query }) => /limit=250\b/.test(query) && /offset=0\b/.test(query)),
      false,
    );
  });

  it('stops where a person says so, keeps what it has, and goes on later', async () => {
    const table = open(ofQuery(ALL));
    await waitUntil(() => table.gathering.entries.length > 0, 'it is so');
    table.gathering.stop();
    await idle(table);
    const { length } = table.gathering.entries;
    assert.ok(length > 0 && length < 5_000, String(length));
    await table.gathering.load(Infinity);
    await idle(table);
    assert.deepEqual(new Set(ids(table)), new Set(all.map(({ id }) => id)));
  });

  it('has ISC sort what is loaded in part, and sorts itself what is loaded, which it says', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    await table.sort({ column: 'name', order: 'descending' });
    await idle(table);
    assert.equal(table.view.people()[0]?.identity.id, (await everybody({ ...ALL, sorter: '-name' }))[0]?.id);
    assert.deepEqual(notes(table), []);
    await table.sort({ column: 'email', order: 'ascending' });
    await idle(table);
    assert.deepEqual(notes(table), [
      `Sorted among the 5,000 of ${all.length.toLocaleString('en')} identities loaded so far.`,
    ]);
    const mails = table.view.people().map(({ identity }) => identity.emailAddress?.toLowerCase() ?? '~');
    assert.ok(mails.every((mail, n) => n === 0 || (mails[n - 1] ?? '') <= mail));
  });

  it('counts the values of a column: of all by the search index, or of those that match', async () => {
    const column = 'attributes.department';
    const truth = (people: readonly Identity[]): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const { attributes } of people) {
        const value = textOf(attributes?.['department']) ?? '';
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return counts;
    };
    const counted = (table: Table): Map<string, number> =>
      new Map(table.groups?.groups.map(({ value, count }) => [value ?? '', count]));
    const table = open(ofQuery(ALL));
    await idle(table);
    await table.group(column);
    await waitUntil(() => table.groups !== null, 'it is so');
    assert.match(table.groups?.counted ?? '', /^Counted by the search index among all/);
    assert.deepEqual(counted(table), truth(all));
    await table.filterColumn({ column, filter: { text: 'Sales', exact: true } });
    assert.ok(table.view.people().every(({ identity }) => identity.attributes?.['department'] === 'Sales'));
    await table.filter('ad');
    await waitUntil(() => /that match/.test(table.groups?.counted ?? ''), 'it is so');
    // The filter of the column itself hides none of its values.
    assert.ok(counted(table).size > 1);
    const chosen = table.groups?.groups.filter((group) => group.chosen).map(({ value }) => value);
    assert.deepEqual(chosen, ['Sales']);
  });

  it('selects what is shown: what a filter hides is in no selection', async () => {
    const table = open({ kind: 'people', people: locked });
    await idle(table);
    table.view.select('all', 0, 0);
    assert.equal(table.view.selection().length, locked.length);
    const [first] = locked;
    assert.ok(first);
    await table.filter(first.name);
    const shown = ids(table);
    assert.ok(shown.length < locked.length);
    assert.deepEqual(
      table.view.selection().map(({ key }) => key),
      shown,
    );
    await table.resetFilters();
    table.view.select('toggle', 0, 0);
    assert.equal(table.view.selection().length, locked.length - 1);
  });

  it('counts another order as another, so that no place of before is taken for one in it', async () => {
    const table = open({ kind: 'people', people: locked });
    await idle(table);
    const before = table.view.orderVersion;
    await table.sort({ column: 'email', order: 'descending' });
    assert.notEqual(table.view.orderVersion, before);
    const sorted = table.view.orderVersion;
    table.view.select('only', 0, 0);
    assert.equal(table.view.orderVersion, sorted);
  });

  it('puts entries of a pasted list that name nobody, somebody again or several on top, the others in their order', async () => {
    const [a, b] = all;
    assert.ok(a && b);
    const texts = [b.id, 'nobody@nowhere.example', a.emailAddress ?? '', b.alias ?? ''];
    const table = open({ kind: 'asked', source: { kind: 'asked', texts, unreadable: ['a, b, c'] } });
    await idle(table);
    assert.deepEqual(
      table.gathering.entries.map(({ problem, key }) => problem ?? key),
      ['notFound', 'again', 'unreadable', b.id, a.id],
    );
    assert.deepEqual(notes(table), ['On top: 1 not found, 1 that repeat an identity, 1 that cannot be read.']);
    table.view.select('all', 0, 0);
    assert.equal(table.view.selection().length, 2);
  });

  it('keeps the columns that are chosen, with their widths, and forgets filters of those that go', async () => {
    const table = open({ kind: 'people', people: locked }, [{ column: 'name', width: 300 }, { column: 'status' }]);
    await idle(table);
    assert.deepEqual(
      table.view.columns.map(({ column, widthPx }) => [column.key, widthPx]),
      [
        ['name', 300],
        ['status', 160],
      ],
    );
    await table.filterColumn({ column: 'status', filter: { text: 'nothing like it', exact: false } });
    assert.equal(table.view.order.length, 0);
    await table.showColumns([
      { column: 'email', width: 111 },
      { column: 'name', width: 300 },
    ]);
    assert.equal(table.view.order.length, locked.length);
    assert.deepEqual(kept, [
      [
        { column: 'email', width: 111 },
        { column: 'name', width: 300 },
      ],
    ]);
  });

  it('shows a column that no identity has any more as one of which nothing is known', async () => {
    const table = open({ kind: 'people', people: locked }, [{ column: 'name' }, { column: 'attributes.goneLongAgo' }]);
    await idle(table);
    assert.deepEqual(
      table.view.columns.map(({ column }) => column.key),
      ['name', 'attributes.goneLongAgo'],
    );
  });

  it('takes out who was deleted, reads anew who changed, and says when more changed than it reads', async () => {
    const table = open({ kind: 'query', query: LOCKED, known: { identities: locked, total: locked.length } });
    await idle(table);
    const [first, second] = locked;
    assert.ok(first && second);
    await table.apply({ kind: 'deleted', tenantId: 't', identityId: first.id });
    await idle(table);
    assert.equal(ids(table).includes(first.id), false);
    assert.equal(table.gathering.isShort, false);
    demo.requests.clear();
    await table.apply({ kind: 'identity', tenantId: 't', identityId: second.id });
    assert.equal(demo.requests.list.filter(({ operation }) => operation === 'getIdentity').length, 1);
    assert.equal(table.isStale, false);
    await table.apply({ kind: 'identity', tenantId: 't' });
    assert.equal(table.isStale, true);
  });

  for (const version of ['v2024', 'beta', 'v1'] as const) {
    it(`loads, counts and asks for columns in ${version}`, async () => {
      const before = client;
      client = clientOf(demo, { version });
      try {
        const table = open(ofQuery(ALL), [{ column: 'name' }, { column: 'accountNames' }]);
        await idle(table);
        assert.equal(table.gathering.entries.length, 5_000);
        await table.group('attributes.department');
        await waitUntil(() => table.groups !== null, 'it is grouped');
        assert.match(table.groups?.counted ?? '', /^Counted by the search index/);
        await waitUntil(() => table.facts.of(all[0]?.id ?? '')?.access !== undefined, 'accounts are known');
        assert.ok(table.offered().some(({ key, label }) => key === 'attributes.department' && label === 'Department'));
      } finally {
        client = before;
      }
    });
  }

  it('asks for what a column needs when that takes few requests, and otherwise only when told to', async () => {
    const few = open({ kind: 'people', people: locked.slice(0, 5) }, [{ column: 'name' }, { column: 'roleNames' }]);
    await waitUntil(() => few.facts.of(locked[0]?.id ?? '') !== undefined, 'it is so');
    const many = open({ kind: 'people', people: locked }, [{ column: 'name' }, { column: 'roleEnds' }]);
    await idle(many);
    await waitUntil(() => many.facts.cost.requests > 0, 'it is so');
    assert.equal(many.facts.cost.requests, locked.length);
    demo.requests.clear();
    await many.facts.load();
    assert.equal(
      demo.requests.list.filter(({ operation }) => operation === 'getRoleAssignments').length,
      locked.length,
    );
    await waitUntil(() => many.facts.cost.requests === 0, 'nothing is missing');
  });
});
