import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import { columnsFor } from '../../../../src/lists/columns';
import type { OpenTable } from '../../../../src/panels/table/openTable';
import type { TableTarget } from '../../../../src/panels/table/register';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const ALL = BUILT_IN_LISTS.find(({ id }) => id === 'all') as IdentityList;

/** Whom the one table that was opened is about. */
function openedTable(s: Stage): TableTarget {
  assert.deepEqual(
    s.opened.map(([what]) => what),
    ['table'],
  );
  return s.opened[0]?.[1] as TableTarget;
}

/** An open table of these identities, of which some are selected. */
function showTable(
  s: Stage,
  shown: readonly number[],
  selected: readonly number[] = [],
  more: Partial<OpenTable> = {},
) {
  const tableId = randomUUID();
  const chosen: (readonly string[])[] = [];
  const offered = columnsFor(shown.map((index) => s.person(index)));
  s.tables.set(tableId, {
    tenantId: s.acme.id,
    name: 'Some people',
    selection: () => selected.map((index) => s.person(index)),
    shown: () => shown.map((index) => s.person(index)),
    factsOf: () => undefined,
    isWhole: true,
    isFiltered: false,
    query: undefined,
    columns: offered.filter(({ key }) => key === 'email' || key === 'name').toReversed(),
    offered: () => offered,
    showColumns: (keys) => {
      chosen.push(keys);
      return Promise.resolve();
    },
    ...more,
  });
  return { argument: { webviewSection: 'rows', tableId }, chosen };
}

describeCommand(COMMANDS.openAsTable, () => {
  const s = useStage();

  it('opens a list by what it asks, to be found again after a reload', async () => {
    await s().run(COMMANDS.openAsTable, s().listRow(ALL));
    const { title, source, people, tenantId } = openedTable(s());
    assert.deepEqual(
      [title, tenantId, source, people],
      [
        'All identities',
        s().acme.id,
        { kind: 'list', listId: 'all' },
        { kind: 'query', query: ALL.query, known: undefined },
      ],
    );
    assert.equal(s().demo.requests.count(), 0);
  });

  it('hands over the rows of a list that is loaded to its end', async () => {
    const row = s().listRow(ALL);
    const rows = [s().row(PEOPLE.ada), { ...s().row(PEOPLE.locked), left: true }];
    Object.assign(row, { loaded: { ...row.loaded, rows, started: true } });
    await s().run(COMMANDS.openAsTable, row);
    const { people } = openedTable(s());
    assert.ok(people.kind === 'query');
    assert.deepEqual(
      [people.known?.identities.map(({ name }) => name), people.known?.total],
      [['Ada Winterbourne'], 1],
    );
  });

  it('opens the identities that are selected', async () => {
    const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    await s().run(COMMANDS.openAsTable, rows[0], rows);
    const { title, source, people } = openedTable(s());
    assert.ok(people.kind === 'people');
    assert.deepEqual([title, source, people.people.length], ['2 selected identities', undefined, 2]);
  });

  it('refuses those of several tenants', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked, other.id)];
    s().ui.on(/^No table was opened: the selected identities belong to different tenants/);
    await s().run(COMMANDS.openAsTable, rows[0], rows);
    assert.deepEqual(s().opened, []);
  });

  it('opens those of a bulk action, to be read anew', async () => {
    const { id } = await s().plan({ action: 'reset', people: s().whoAre(PEOPLE.ada, PEOPLE.locked) });
    await s().run(COMMANDS.openAsTable, { batchId: id });
    const { title, people } = openedTable(s());
    assert.equal(title, 'Reset: 2 identities');
    assert.ok(people.kind === 'asked' && people.source.kind === 'people');
    assert.deepEqual(
      people.source.people.map(({ name }) => name),
      ['Ada Winterbourne', 'Aaron Achterberg'],
    );
  });

  it('asks for identities where nothing names them: the clipboard, with what cannot be read', async () => {
    s().workbench.clipboard = `${s().person(PEOPLE.ada).emailAddress ?? ''}\nNobody, of all`;
    s().ui.on('Open as table: which identities in Acme?', 'IDs, aliases, emails or names on the clipboard');
    await s().run(COMMANDS.openAsTable);
    const { title, source, people } = openedTable(s());
    assert.deepEqual([title, source], ['2 entries from the clipboard', undefined]);
    assert.ok(people.kind === 'asked' && people.source.kind === 'asked');
    assert.deepEqual(
      [people.source.texts, people.source.unreadable],
      [[s().person(PEOPLE.ada).emailAddress], ['Nobody, of all']],
    );
  });

  it('opens nothing when that is closed', async () => {
    s().ui.on('Open as table: which identities in Acme?', DISMISS);
    await s().run(COMMANDS.openAsTable);
    assert.deepEqual(s().opened, []);
  });

  it('says what is wrong with a list that has a mistake', async () => {
    s().ui.on(/^No table was opened: Unknown key/);
    const row = s().listRow({
      id: 'own/user/Berlin',
      origin: 'own',
      name: 'Berlin',
      problem: { part: 'list', message: 'Unknown key "serch".' },
    });
    await s().run(COMMANDS.openAsTable, row);
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.tableColumns, () => {
  const s = useStage();

  it('offers every column, those shown checked; what stays keeps its place, what comes stands at the end', async () => {
    const { argument, chosen } = showTable(s(), [PEOPLE.ada]);
    s().ui.on('Which columns?', { check: ['Name', 'Email', 'Status'] });
    await s().run(COMMANDS.tableColumns, argument);
    assert.deepEqual(chosen, [['email', 'name', 'status']]);
  });

  it('changes nothing when it is closed, or when the table is', async () => {
    const { argument, chosen } = showTable(s(), [PEOPLE.ada]);
    s().ui.on('Which columns?', DISMISS);
    await s().run(COMMANDS.tableColumns, argument);
    s().ui.on('Nothing was done: the table is closed.');
    await s().run(COMMANDS.tableColumns, { tableId: randomUUID() });
    assert.deepEqual(chosen, []);
  });
});

describeCommand(COMMANDS.tableAct, () => {
  const s = useStage();

  it('plans the action for the rows that are selected, naming each', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada, PEOPLE.locked, PEOPLE.active], [PEOPLE.ada, PEOPLE.locked]);
    s().ui.on('Which action for the 2 selected identities?', 'Reset');
    s().ui.on(/^Reset 2 identities in Acme\?$/, DISMISS);
    await s().run(COMMANDS.tableAct, argument);
    assert.match(s().ui.asked[1]?.detail ?? '', /Ada Winterbourne/);
    assert.equal(s().writes(), 0);
  });

  it('does nothing where no row is selected', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada]);
    await s().run(COMMANDS.tableAct, argument);
    assert.equal(s().ui.asked.length, 0);
  });
});

describe('the menu of rows of a table', () => {
  const s = useStage();

  it('is about the selected rows: one of them is asked about by name', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada, PEOPLE.locked], [PEOPLE.ada]);
    s().ui.on('Reset Ada Winterbourne in Acme?', DISMISS);
    await s().run(actionCommand('reset'), argument);
    assert.equal(s().writes(), 0);
  });

  it('is about the selected rows, not about those selected in the tree', async () => {
    s().view.selection = [s().row(PEOPLE.active)];
    const { argument } = showTable(s(), [PEOPLE.ada, PEOPLE.locked], [PEOPLE.ada, PEOPLE.locked]);
    s().ui.on(/^Reset 2 identities in Acme\?$/, DISMISS);
    await s().run(`${actionCommand('reset')}Selected`, argument);
    assert.match(s().ui.asked[0]?.detail ?? '', /Aaron Achterberg/);
    await s().run(COMMANDS.copySelectedNames, argument);
    assert.equal(s().workbench.clipboard, 'Ada Winterbourne\nAaron Achterberg');
  });

  it('is about the row whose menu was opened, whatever was selected before', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada, PEOPLE.locked], [PEOPLE.ada]);
    const rowKey = s().person(PEOPLE.locked).id;
    s().ui.on('Reset Aaron Achterberg in Acme?', DISMISS);
    await s().run(actionCommand('reset'), { ...argument, rowKey });
    const { argument: filtered } = showTable(s(), [PEOPLE.ada], [PEOPLE.ada]);
    await s().run(COMMANDS.copySelectedNames, { ...filtered, rowKey });
    assert.equal(s().workbench.clipboard, '');
  });

  it('says that the rows were read anew when none is selected any more, and does nothing', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada]);
    await s().run(actionCommand('reset'), argument);
    assert.deepEqual([s().writes(), s().opened], [0, []]);
  });

  it('takes no row that it did not make itself', async () => {
    const forged = { kind: 'tableRow', tenantId: s().acme.id, identity: s().person(PEOPLE.locked) };
    s().ui.on('Acme', DISMISS);
    await s().run(COMMANDS.copySelectedNames, forged, [forged]);
    assert.notEqual(s().workbench.clipboard, 'Aaron Achterberg');
  });
});

describe('a file of a table', () => {
  const s = useStage({ identities: 600 });
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-table-'));
    s().workbench.target = 'table.csv';
    s().workbench.folderOfTarget = folder;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const written = (): string[][] => parse(readFileSync(join(folder, 'table.csv')), { bom: true }) as string[][];

  it('has the columns and the rows that are shown, in their order', async () => {
    const { argument } = showTable(s(), [PEOPLE.locked, PEOPLE.ada], [], { isFiltered: true });
    await s().run(COMMANDS.exportIdentities, argument);
    assert.deepEqual(
      written().map(([, name]) => name),
      ['Name', 'Aaron Achterberg', 'Ada Winterbourne'],
    );
    assert.equal(written()[0]?.[0], 'Email');
    assert.equal(s().sent('listIdentities'), 0);
  });

  it('has the selected rows where some are', async () => {
    const { argument } = showTable(s(), [PEOPLE.locked, PEOPLE.ada], [PEOPLE.ada]);
    await s().run(COMMANDS.exportIdentities, argument);
    assert.equal(written().length, 2);
  });

  it('says that a filter covered only what was loaded of the list', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada], [], { isWhole: false, isFiltered: true, query: ALL.query });
    s().ui.on('table.csv: The filter covered only the part of Some people that the table had loaded.');
    await s().run(COMMANDS.exportIdentities, argument);
    assert.equal(written().length, 2);
  });

  it('has all of the list where the table has only a part of it', async () => {
    const { argument } = showTable(s(), [PEOPLE.ada], [], { isWhole: false, query: ALL.query });
    await s().run(COMMANDS.exportIdentities, argument);
    assert.equal(written().length, 601);
  });
});
