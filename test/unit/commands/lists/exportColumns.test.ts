import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, it } from 'mocha';
import { exportPeople } from '../../../../src/commands/lists/exportFile';
import { pagesOf } from '../../../../src/commands/lists/people';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const ALL = BUILT_IN_LISTS.find(({ id }) => id === 'all') as IdentityList;
const SALES: IdentityList = {
  id: 'sales',
  origin: 'own',
  name: 'Sales',
  query: { by: 'search', query: 'attributes.department:Sales' },
};
const QUESTION = 'Load what these columns need?';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isc-identities-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function saveAs(s: Stage, name: string): string {
  s.workbench.target = name;
  s.workbench.folderOfTarget = folder;
  return join(folder, name);
}

/** The rows of a table by their headings. */
function table(file: string): Readonly<Record<string, string>>[] {
  return parse(readFileSync(file), { bom: true, columns: true }) as Record<string, string>[];
}

describeCommand(COMMANDS.exportWithColumns, () => {
  const s = useStage({ identities: 600 });

  it('offers what is told elsewhere, says from where, and every attribute by the name that people gave it', async () => {
    s().ui.on('Which columns?', DISMISS);
    await s().run(COMMANDS.exportWithColumns, s().row(PEOPLE.ada));
    const offered = s().ui.asked[0]?.offered ?? [];
    for (const label of ['Accounts', 'Number of roles', 'Roles', 'Assigned roles', 'Roles that end']) {
      assert.ok(offered.includes(label), label);
    }
    assert.ok(offered.includes('Department') && !offered.includes('department'));
  });

  it('loads what Search tells of few identities without a question, 250 a request', async () => {
    const file = saveAs(s(), 'people.csv');
    s().ui.on('Which columns?', { check: ['Name', 'Number of accounts', 'Accounts', 'Roles', 'ID'] });
    await s().run(COMMANDS.exportWithColumns, s().listRow(ALL));
    assert.equal(s().sent('searchPost'), 3);
    const rows = table(file);
    assert.equal(rows.length, 600);
    const client = await s().deps.clients.for(s().acme.id);
    const ada = rows.find(({ Name }) => Name === 'Ada Winterbourne');
    const assigned = await client.roleAssignments.list(String(ada?.['ID']));
    assert.deepEqual(ada?.['Roles']?.split('; '), [...new Set(assigned.map(({ role }) => role.name))]);
    assert.equal(ada?.['Accounts']?.split('; ').length, Number(ada?.['Number of accounts']));
    assert.deepEqual(s().ui.said, ['$(check) 600 identities saved in people.csv']);
  });

  it('says how many requests it takes, and how long, before the file is chosen; dismissed, nothing is sent', async () => {
    saveAs(s(), 'people.csv');
    s().ui.on('Which columns?', { check: ['Name', 'Roles that end', 'Roles'] });
    s().ui.on('Which rows?', 'One row per identity');
    s().ui.on(QUESTION, DISMISS);
    await s().run(COMMANDS.exportWithColumns, s().listRow(ALL));
    const { detail = '' } = s().ui.askedAbout(QUESTION) ?? {};
    assert.match(detail, /^600 identities: 603 requests, about 63 seconds at the allowed rate\.\n\n/);
    assert.match(detail, /Role assignments take one request per identity\.$/);
    assert.deepEqual(s().workbench.suggested, []);
    assert.deepEqual([s().sent('getRoleAssignments'), s().sent('searchPost')], [0, 0]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('writes roles with their ends, one row an identity', async () => {
    const file = saveAs(s(), 'sales.csv');
    s().ui.on('Which columns?', { check: ['Name', 'Roles that end', 'ID'] });
    s().ui.on('Which rows?', 'One row per identity');
    s().ui.on(QUESTION, 'Load');
    await s().run(COMMANDS.exportWithColumns, s().listRow(SALES));
    const rows = table(file);
    assert.ok(rows.length > 20);
    assert.equal(s().sent('getRoleAssignments'), rows.length);
    const client = await s().deps.clients.for(s().acme.id);
    for (const row of rows.slice(0, 30)) {
      const assigned = await client.roleAssignments.list(String(row['ID']));
      const ends = assigned.flatMap(({ role, removeDate }) =>
        removeDate ? [`${String(role.name)} until ${removeDate.slice(0, 10)}`] : [],
      );
      assert.equal(row['Roles that end'], [...new Set(ends)].join('; '));
    }
  });

  it('writes a row for each role assignment, one for an identity without any, and remembers the choice', async () => {
    const file = saveAs(s(), 'sales.csv');
    s().ui.on('Which columns?', { check: ['Name', 'ID', 'Assigned roles', 'Roles that end', 'Roles'] });
    s().ui.on('Which rows?', 'One row per role assignment');
    s().ui.on(QUESTION, 'Load');
    await s().run(COMMANDS.exportWithColumns, s().listRow(SALES));
    const rows = table(file);
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['Name', 'ID', 'Roles', 'Role', 'Added', 'Starts', 'Ends']);
    const client = await s().deps.clients.for(s().acme.id);
    const ids = [...new Set(rows.map(({ ID }) => String(ID)))];
    for (const id of ids.slice(0, 40)) {
      const assigned = await client.roleAssignments.list(id);
      const written = rows.filter(({ ID }) => ID === id).map((row) => [row['Role'], row['Added'], row['Ends']]);
      const expected = assigned.map(({ role, addedDate, removeDate }) => [
        role.name,
        addedDate ?? '',
        removeDate ?? '',
      ]);
      assert.deepEqual(written, assigned.length === 0 ? [['', '', '']] : expected);
    }
    const said = `$(check) ${String(ids.length)} identities saved in sales.csv, one row per role assignment: `;
    assert.ok(s().ui.said[0]?.startsWith(said), s().ui.said[0]);
    assert.ok(rows.length > ids.length);

    const again = saveAs(s(), 'ada.json');
    const two = [s().row(PEOPLE.ada), s().row(PEOPLE.withoutRoles)];
    await s().run(COMMANDS.exportIdentities, two[0], two);
    const both = JSON.parse(readFileSync(again, 'utf8')) as Record<string, unknown>[];
    assert.deepEqual(Object.keys(both[0] ?? {}), ['name', 'id', 'roleNames', 'role', 'added', 'starts', 'ends']);
    const { id, name } = s().person(PEOPLE.withoutRoles);
    const none = { name, id, roleNames: '', role: '', added: '', starts: '', ends: '' };
    assert.deepEqual(both.at(-1), none);
    assert.ok(both.length > 2);
  });

  it('leaves what the token may not ask for empty, and says that it is unknown and why', async () => {
    const file = saveAs(s(), 'people.csv');
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: 100 });
    s().ui.on('Which columns?', { check: ['Name', 'Roles', 'Number of roles'] });
    s().ui.on(/^people\.csv: Number of roles, Roles: empty means unknown\. The token needs the scope `sp:search:read`/);
    await s().run(COMMANDS.exportWithColumns, s().listRow(ALL));
    const rows = table(file);
    assert.equal(rows.length, 600);
    assert.ok(rows.every((row) => row['Roles'] === '' && row['Number of roles'] === ''));
    assert.deepEqual(s().ui.said, ['$(check) 600 identities saved in people.csv']);
    assert.ok(s().sent('searchPost') <= 8, 'asked for again and again');
  });

  it('asks for roles of nobody after they were refused, however many pages there are', async () => {
    saveAs(s(), 'people.csv');
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'getRoleAssignments', times: 600 });
    s().ui.on('Which columns?', { check: ['Name', 'Roles that end'] });
    s().ui.on('Which rows?', 'One row per identity');
    s().ui.on(QUESTION, 'Load');
    s().ui.on(/^people\.csv: Roles that end: empty means unknown\./);
    await s().run(COMMANDS.exportWithColumns, s().listRow(ALL));
    assert.ok(s().sent('getRoleAssignments') <= 8, String(s().sent('getRoleAssignments')));
  });

  it('says how many Search does not know: empty there is unknown', async () => {
    const file = saveAs(s(), 'people.csv');
    s().ui.on('Which columns?', { check: ['Name', 'Number of roles'] });
    s().ui.on('people.csv: Number of roles: unknown for identities that Search does not list: 1.');
    const stranger = s().personRow({ ...s().person(PEOPLE.ada), id: '0'.repeat(32), name: 'Stranger' }, s().acme.id);
    const rows = [s().row(PEOPLE.ada), stranger];
    await s().run(COMMANDS.exportWithColumns, rows[0], rows);
    assert.deepEqual(
      table(file).map((row) => [row['Name'], row['Number of roles'] !== '']),
      [
        ['Ada Winterbourne', true],
        ['Stranger', false],
      ],
    );
  });

  it('offers the attributes that identities have where those of the tenant are refused', async () => {
    const file = saveAs(s(), 'people.csv');
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'listIdentityAttributes' });
    s().ui.on('Which columns?', { check: ['department'] });
    await s().run(COMMANDS.exportWithColumns, s().row(PEOPLE.ada));
    assert.deepEqual(table(file), [{ department: s().person(PEOPLE.ada).attributes?.['department'] }]);
  });

  it('stops in the middle of what columns need, and says what is in the file', async () => {
    saveAs(s(), 'people.csv');
    s().demo.faults.add({ kind: 'hang', operation: 'getRoleAssignments', times: 500 });
    s().ui.on('Which columns?', { check: ['Name', 'Roles that end'] });
    s().ui.on('Which rows?', 'One row per identity');
    s().ui.on(QUESTION, 'Load');
    s().ui.cancels.add('Export All identities');
    s().ui.on('Export stopped: 0 of 600 identities are in people.incomplete.csv.');
    await s().run(COMMANDS.exportWithColumns, s().listRow(ALL));
    assert.deepEqual(readdirSync(folder), ['people.incomplete.csv']);
  });

  it('writes 1,000 columns and cells of a megabyte', async () => {
    const file = saveAs(s(), 'wide.csv');
    const names = Array.from({ length: 1_000 }, (_, n) => `attribute${String(n).padStart(4, '0')}`);
    const long = `=${'ä"\n'.repeat(350_000)}`;
    const attributes = Object.fromEntries(names.map((name, n) => [name, n === 7 ? long : `value ${String(n)}`]));
    const row = s().personRow({ ...s().person(PEOPLE.ada), attributes }, s().acme.id);
    s().ui.on('Which columns?', { check: names });
    await s().run(COMMANDS.exportWithColumns, row);
    const [only = {}] = table(file);
    assert.equal(Object.keys(only).length, 1_000);
    assert.equal(only['attribute0999'], 'value 999');
    assert.equal(only['attribute0007'], `'${long.replaceAll('\n', ' ')}`);
  });

  it('writes the columns of a table in its order, and says which do not exist', async () => {
    const file = saveAs(s(), 'shown.csv');
    const items = [s().person(PEOPLE.ada), s().person(PEOPLE.locked)];
    const columns = ['id', 'gone', 'attributes.department', 'name'];
    s().ui.on('shown.csv: These columns do not exist: gone.');
    await exportPeople(s().deps, { tenantId: s().acme.id, name: 'Shown', pages: () => pagesOf(items), columns });
    assert.deepEqual(Object.keys(table(file)[0] ?? {}), ['ID', 'Department', 'Name']);
    s().ui.verify();
  });

  it('asks for nothing again that a table has loaded already', async () => {
    const file = saveAs(s(), 'shown.csv');
    const items = Array.from({ length: 60 }, (_, n) => s().person(n));
    const unknown = new Set([items[3]?.id, items[59]?.id]);
    const facts = new Map(
      items.flatMap(({ id }) => (unknown.has(id) ? [] : [[id, { access: { roles: 99 } }] as const])),
    );
    const pages = async function* () {
      yield await Promise.resolve({ items, total: items.length, facts });
    };
    s().demo.requests.clear();
    const columns = ['id', 'roleCount'];
    await exportPeople(s().deps, { tenantId: s().acme.id, name: 'Shown', pages, columns });
    const rows = table(file);
    assert.deepEqual(
      rows.map((row) => row['ID']),
      items.map(({ id }) => id),
    );
    for (const row of rows) assert.equal(row['Number of roles'] === '99', !unknown.has(row['ID']));
    assert.equal(s().sent('searchPost'), 1);
    s().ui.verify();
  });
});
