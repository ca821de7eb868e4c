import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Client } from '../../../../src/api/client';
import type { Identity } from '../../../../src/api/identities';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { fetchAllWhole } from '../../../../src/lists/pages';
import { columnsFor } from '../../../../src/lists/columns';
import type { IdentityQuery } from '../../../../src/lists/query';
import type { KeptColumn } from '../../../../src/lists/keptColumns';
import type { PeopleSource } from '../../../../src/panels/table/gathering';
import { notesOf } from '../../../../src/panels/table/notes';
import { presentTableRow } from '../../../../src/panels/table/present';
import { copyCell, copyRows } from '../../../../src/panels/table/copy';
import { Table } from '../../../../src/panels/table/table';
import { fetchRows, type ExportRow } from '../../../../src/lists/export/rows';
import { waitUntil } from '../../../waitUntil';
import { clientOf } from '../../api/backend';

const ALL: IdentityQuery = { by: 'filter', sorter: 'name', includeUncorrelated: false };
const NOTHING_ASKED = { labels: [], requests: 0, durationMs: 0, loaded: { done: 0, of: 0 }, error: undefined };
const LOCKED: IdentityQuery = { by: 'filter', filter: 'cloudStatus eq "LOCKED"', includeUncorrelated: true };
/** Longer than a table waits before it is drawn again: what it would ask for is asked for by then. */
const QUIET_MS = 400;
const beQuiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET_MS));

describe('a table under stress', () => {
  let demo: DemoTenant;
  let client: Client;
  let locked: readonly Identity[];
  const opened: Table[] = [];
  before(async () => {
    demo = await startDemo({ identities: 6_000, rateLimit: Infinity });
    client = clientOf(demo);
    const people: Identity[] = [];
    for await (const { items } of fetchAllWhole(client, LOCKED)) people.push(...items);
    locked = people;
  });
  after(() => demo.close());
  beforeEach(() => demo.requests.clear());
  afterEach(() => {
    for (const table of opened.splice(0)) table.dispose();
    demo.faults.clear();
    demo.latencyMs = 0;
  });
  function open(
    source: PeopleSource,
    columns?: readonly KeptColumn[],
    more: Partial<{ client: () => Promise<Client>; pageSize: () => number; changed: () => void }> = {},
  ): Table {
    const table = new Table(source, {
      client: () => Promise.resolve(client),
      pageSize: () => 250,
      columns,
      keepColumns: () => Promise.resolve(),
      changed: () => undefined,
      ...more,
    });
    opened.push(table);
    table.begin();
    return table;
  }
  const ofQuery = (query: IdentityQuery): PeopleSource => ({ kind: 'query', query });
  const isIdle = ({ gathering, view }: Table): boolean =>
    !gathering.isLoading && view.order.length === gathering.entries.length;
  const idle = (table: Table): Promise<unknown> => waitUntil(() => isIdle(table), 'the table is idle');
  const sent = (operation: string): number => demo.requests.list.filter((r) => r.operation === operation).length;

  it('closed in the middle of loading, it asks for nothing more', async () => {
    demo.latencyMs = 20;
    const table = open(ofQuery(ALL), [{ column: 'name' }, { column: 'roleNames' }]);
    await waitUntil(() => table.gathering.entries.length >= 500, 'some rows');
    table.dispose();
    demo.requests.clear();
    await beQuiet();
    await beQuiet();
    assert.equal(sent('searchPost'), 0, 'facts are asked for by a closed table');
  });

  it('stopped before the first page, Reload (or a sort) reads the first rows', async () => {
    demo.latencyMs = 100;
    const table = open(ofQuery(ALL));
    await waitUntil(() => table.gathering.isLoading, 'it loads');
    table.gathering.stop();
    demo.latencyMs = 0;
    await table.reload();
    await beQuiet();
    assert.ok(table.gathering.entries.length > 0, 'nothing was read; there is no Load all button either (isEmpty)');
  });

  it('Retry asks again for what was refused', async () => {
    demo.faults.add({ operation: 'searchPost', kind: 'status', status: 403, times: 100 });
    const table = open({ kind: 'people', people: locked.slice(0, 5) }, [{ column: 'name' }, { column: 'roleNames' }]);
    await waitUntil(() => table.facts.error !== undefined, 'it is refused');
    await beQuiet();
    demo.faults.clear();
    demo.requests.clear();
    await table.facts.load(); // what the button "Retry" of the note does
    await beQuiet();
    assert.deepEqual([sent('searchPost') > 0, table.facts.error === undefined], [true, true]);
  });

  it('people that could not be read anew are read anew by Retry', async () => {
    const table = open({ kind: 'people', people: locked.slice(0, 5) });
    await idle(table);
    demo.faults.add({ operation: 'listIdentities', kind: 'status', status: 400, times: 100 });
    await table.reload();
    assert.notEqual(table.gathering.error, undefined);
    demo.faults.clear();
    demo.requests.clear();
    await table.gathering.load(Infinity); // what the button "Retry" of the note does
    assert.deepEqual(
      [table.gathering.error, sent('listIdentities') > 0],
      [undefined, true],
      'the failure is gone from the screen, nothing was read',
    );
  });

  it('reading people anew is loading: it is seen and can be stopped, and is given up when the table is closed', async () => {
    const table = open({ kind: 'people', people: locked.slice(0, 5) });
    await idle(table);
    let go = (): void => undefined;
    demo.faults.add({ operation: 'listIdentities', kind: 'hold', until: new Promise<void>((r) => (go = r)), times: 1 });
    void table.reload();
    await beQuiet();
    const { isLoading } = table.gathering;
    go();
    assert.equal(isLoading, true);
  });

  it('counts that come late do not replace those of what is filtered meanwhile', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    let go = (): void => undefined;
    demo.faults.add({
      operation: 'searchAggregate',
      kind: 'hold',
      until: new Promise<void>((r) => (go = r)),
      times: 1,
    });
    const grouping = table.group('attributes.department');
    await waitUntil(() => sent('searchAggregate') === 1, 'asked');
    await table.filter('ada');
    assert.match(table.groups?.counted ?? '', /that match/);
    go();
    await grouping;
    await beQuiet();
    assert.match(table.groups?.counted ?? '', /that match/);
  });

  for (const [column, what] of [
    ['isManager', 'a flag'],
    ['attributes.startDate', 'a date'],
    ['status', 'status'],
    ['processingState', 'processing state'],
    ['lifecycleState', 'lifecycle'],
    ['manager', 'manager'],
    ['accountCount', 'accounts'],
  ] as const) {
    it(`a group that Search counted leads to its rows: ${what}`, async () => {
      const table = open(ofQuery(ALL), [{ column: 'name' }, { column }]);
      await idle(table);
      await table.group(column);
      await waitUntil(() => table.groups !== null, 'counted');
      assert.match(table.groups?.counted ?? '', /^Counted by the search index/);
      const empty: string[] = [];
      for (const { value, label, count } of (table.groups?.groups ?? []).slice(0, 5)) {
        await table.filterColumn({ column, filter: { text: value ?? '', exact: true } });
        await beQuiet();
        if (table.view.order.length === 0) empty.push(`${label} (${String(count)})`);
      }
      assert.deepEqual(empty, []);
    });
  }

  it('a table whose kept columns all are gone shows some', async () => {
    const table = open({ kind: 'people', people: locked }, [{ column: 'nmae' }]);
    await idle(table);
    assert.ok(table.view.columns.length > 0);
  });
  it('a column that is kept twice is there once', async () => {
    const table = open({ kind: 'people', people: locked }, [{ column: 'name' }, { column: 'name' }]);
    await idle(table);
    assert.deepEqual(
      table.view.columns.map(({ column }) => column.key),
      ['name'],
    );
  });
  it('a right click on a row while rows come is not about the row that was selected before', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    table.view.select('only', 0, 0);
    const seen = table.view.orderVersion;
    const [first, second] = [table.view.entryAt(0), table.view.entryAt(1)];
    await table.gathering.load(5_250);
    await idle(table);
    // The rows above stand where they were.
    assert.deepEqual([table.view.entryAt(0)?.key, table.view.entryAt(1)?.key], [first?.key, second?.key]);
    // panel.ts, `select`:
    const { view } = table;
    const { order, how, from, to } = { order: seen, how: 'only' as 'only' | 'all' | 'none', from: 1, to: 1 };
    if (order === view.orderVersion || how === 'none' || how === 'all') view.select(how, from, to);
    // The menu that opens over row 1 is about:
    assert.notEqual(view.selection()[0]?.key, first?.key);
  });

  it('a bulk action on many does not have the table ask for facts all the time', async () => {
    const table = open({ kind: 'query', query: LOCKED, known: { identities: locked, total: locked.length } }, [
      { column: 'name' },
      { column: 'roleNames' },
    ]);
    await idle(table);
    await waitUntil(
      () =>
        table.facts.cost.requests === 0 && !table.facts.isAsked() && table.facts.of(locked[0]?.id ?? '') !== undefined,
      'facts',
    );
    demo.requests.clear();
    for (const { id } of locked.slice(0, 100)) {
      await table.apply({ kind: 'identity', tenantId: 't', identityId: id });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await beQuiet();
    assert.ok(
      sent('searchPost') <= 3,
      `${String(locked.length)} rows, 100 changes in 3 s: ${String(sent('searchPost'))} searches, ${String(sent('getIdentity'))} identities`,
    );
  });

  it('what a page is sent of a value of 1 MB is short', async () => {
    const big = 'x'.repeat(1_000_000);
    const people = locked
      .slice(0, 40)
      .map((identity, n) => ({ ...identity, name: `${String(n)}${big}`, attributes: { note: `${String(n)}${big}` } }));
    const table = open({ kind: 'people', people }, [{ column: 'name' }, { column: 'attributes.note' }]);
    await idle(table);
    await table.group('attributes.note');
    const entry = table.view.entryAt(0);
    assert.ok(entry);
    const row = JSON.stringify(
      presentTableRow(
        0,
        entry,
        table.view,
        () => undefined,
        () => false,
      ),
    ).length;
    const groups = JSON.stringify(table.groups).length;
    assert.deepEqual([row < 20_000, groups < 200_000], [true, true], `row ${String(row)}, groups ${String(groups)}`);
  });

  it('a short first page is not the end of a list whose number comes late', async () => {
    const short: Client = {
      ...client,
      identities: {
        ...client.identities,
        list: async (params, options) => {
          if (params?.limit === 1) await beQuiet();
          const page = await client.identities.list(params, options);
          return params?.limit === 1 || params?.offset !== 0
            ? page
            : { ...page, items: page.items.slice(1), hasMore: false };
        },
      },
    };
    const table = open(ofQuery(ALL), undefined, { client: () => Promise.resolve(short) });
    await waitUntil(() => !table.gathering.isLoading, 'loaded');
    assert.ok(
      table.gathering.entries.length > 4_000,
      `${String(table.gathering.entries.length)} of ${String(table.gathering.total)}`,
    );
  });

  it('no two columns have one name', () => {
    const [one] = locked;
    assert.ok(one);
    const labels = columnsFor([{ ...one, attributes: { Name: 'a', Status: 'b', x: 1, y: 2 } }], [], [
      { name: 'x', displayName: 'y' },
    ] as never).map(({ label }) => label);
    const twice = labels.filter((label, n) => labels.indexOf(label) !== n);
    assert.deepEqual(twice, []);
  });

  it('somebody deleted who is not loaded yet is not missed later', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    const gone: Identity[] = [];
    for await (const { items } of fetchAllWhole(client, ALL)) gone.push(...items);
    const last = gone.at(-1);
    assert.ok(last);
    await client.identities.delete(last.id);
    await table.apply({ kind: 'deleted', tenantId: 't', identityId: last.id });
    await table.gathering.load(Infinity);
    await idle(table);
    const said = notesOf(table, NOTHING_ASKED).map(({ text }) => text);
    assert.deepEqual(said, []);
  });

  it('a cell is copied as text, as rows are', async () => {
    const people = [{ ...(locked[0] as Identity), name: '=HYPERLINK("http://x")' }];
    const table = open({ kind: 'people', people }, [{ column: 'name' }]);
    await idle(table);
    table.view.select('all', 0, 0);
    assert.match((await copyRows(table.view, () => undefined)).text, /'=HYPER/);
    assert.equal(copyCell(table.view, 0, 'name', () => undefined).text, `'=HYPERLINK("http://x")`);
  });

  it('too many pasted texts are refused in words', async () => {
    const texts = Array.from({ length: 50_001 }, (_, n) => `a${String(n)}@b.c`);
    const table = open({ kind: 'asked', source: { kind: 'asked', texts } });
    await waitUntil(() => table.gathering.error !== undefined, 'refused');
    const [note] = notesOf(table, NOTHING_ASKED);
    assert.match(note?.text ?? '', /50,000/, note?.text);
  });

  it('a list that ISC left some out of is not "all" in the words of groups', async () => {
    const table = open({ kind: 'query', query: LOCKED, known: { identities: locked, total: locked.length + 5 } });
    await idle(table);
    assert.equal(table.gathering.isShort, true);
    await table.group('status');
    await waitUntil(() => table.groups !== null, 'counted');
    assert.doesNotMatch(table.groups?.counted ?? '', /\ball\b/, table.groups?.counted);
  });
  it('closed while attributes are on their way, it does not begin anew to ask for facts', async () => {
    let go = (): void => undefined;
    demo.faults.add({
      operation: 'listIdentityAttributes',
      kind: 'hold',
      until: new Promise<void>((r) => (go = r)),
      times: 1,
    });
    demo.faults.add({ operation: 'searchPost', kind: 'delay', ms: 1_500, times: 1 });
    const table = open({ kind: 'people', people: locked.slice(0, 5) }, [{ column: 'name' }, { column: 'roleNames' }]);
    await waitUntil(() => sent('searchPost') === 1, 'asked');
    await beQuiet();
    table.dispose();
    go();
    await beQuiet();
    assert.equal(sent('searchPost'), 1);
  });

  it('Retry goes on to what was wanted, not to all of the list', async () => {
    demo.faults.add({
      operation: 'listIdentities',
      when: ({ query }) => /offset=1000\b/.test(query),
      kind: 'status',
      status: 400,
      times: 10,
    });
    const table = open(ofQuery(ALL));
    await waitUntil(() => table.gathering.error !== undefined && isIdle(table), 'failed');
    demo.faults.clear();
    const [note] = notesOf(table, NOTHING_ASKED);
    assert.equal(note?.button?.label, 'Retry');
    table.readAgain();
    await waitUntil(() => table.gathering.error === undefined, 'it is loaded again');
    await idle(table);
    assert.equal(table.gathering.entries.length, 5_000);
  });

  it('no sort is the order of the list again: a part of it', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    const first = table.view.entryAt(0)?.key;
    await table.sort({ column: 'name', order: 'descending' });
    await idle(table);
    assert.notEqual(table.view.entryAt(0)?.key, first);
    await table.sort({ column: 'name', order: null });
    await idle(table);
    assert.equal(table.view.entryAt(0)?.key, first);
  });
  it('no sort is the order of the list again: all of it', async () => {
    const table = open(ofQuery(ALL));
    await idle(table);
    const first = table.view.entryAt(0)?.key;
    await table.sort({ column: 'name', order: 'descending' });
    await table.gathering.load(Infinity);
    await idle(table);
    await table.sort({ column: 'name', order: null });
    await idle(table);
    assert.equal(table.view.entryAt(0)?.key, first);
  });
  it('what is known is not lost where it is refused now', async () => {
    const [one] = locked;
    assert.ok(one);
    demo.faults.add({ operation: 'searchPost', kind: 'status', status: 403, times: 10 });
    const pages = (async function* () {
      yield await Promise.resolve({ items: [one], total: 1, facts: new Map([[one.id, { access: { roles: 7 } }]]) });
    })();
    const rows: ExportRow[] = [];
    for await (const portion of fetchRows(
      () => Promise.resolve(client),
      pages,
      new Set(['access', 'roleAssignments'] as const),
      { onRefused: () => undefined },
    ))
      rows.push(...portion.rows);
    assert.equal(rows[0]?.facts?.access?.roles, 7);
  });
  it('a client that cannot be had is no unhandled rejection', async () => {
    const seen: unknown[] = [];
    const note = (error: unknown): void => void seen.push(error);
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', note);
    const table = open(ofQuery(ALL), undefined, { client: () => Promise.reject(new Error('secret storage')) });
    await beQuiet();
    process.removeAllListeners('unhandledRejection');
    for (const each of before) process.on('unhandledRejection', each as never);
    assert.deepEqual(seen, []);
    assert.notEqual(table.gathering.error, undefined);
  });
  it('none is not unknown: an identity that Search knows to have no role', async () => {
    const [one, two] = locked;
    assert.ok(one && two);
    const fake: Client = {
      ...client,
      search: {
        ...client.search,
        identities: () =>
          Promise.resolve({
            items: [{ id: one.id, access: [], roleCount: 0 }],
            offset: 0,
            hasMore: false,
            total: 1,
          }) as never,
      },
    };
    const table = open({ kind: 'people', people: [one, two] }, [{ column: 'name' }, { column: 'roleNames' }], {
      client: () => Promise.resolve(fake),
    });
    await waitUntil(() => table.facts.of(one.id) !== undefined && !table.facts.isAsked(), 'facts');
    assert.deepEqual(table.facts.of(one.id)?.access?.roleNames, []);
    assert.equal(table.facts.of(two.id)?.access, undefined);
    await table.group('roleNames');
    await waitUntil(() => table.groups !== null, 'counted');
    const cell = (at: number) => {
      const entry = table.view.entryAt(at);
      assert.ok(entry);
      return presentTableRow(
        at,
        entry,
        table.view,
        (id) => table.facts.of(id),
        () => false,
      ).cells[1];
    };
    assert.notDeepEqual(
      [cell(0), table.groups?.groups.map(({ label, count }) => [label, count])],
      [cell(1), [['unknown', 2]]],
    );
  });
});
