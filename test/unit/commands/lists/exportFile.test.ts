import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import { LoadedList } from '../../../../src/tree/loadedList';
import type { IdentityList } from '../../../../src/lists/list';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const ALL = BUILT_IN_LISTS.find(({ id }) => id === 'all') as IdentityList;
const LOCKED = BUILT_IN_LISTS.find(({ id }) => id === 'locked') as IdentityList;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isc-identities-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The file is named so in the dialog. */
function saveAs(s: Stage, name: string): string {
  s.workbench.target = name;
  s.workbench.folderOfTarget = folder;
  return join(folder, name);
}

const table = (file: string): string[][] => parse(readFileSync(file), { bom: true }) as string[][];
const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describeCommand(COMMANDS.exportIdentities, () => {
  const s = useStage({ identities: 600 });

  it('writes everybody of a list as a table, page by page', async () => {
    const file = saveAs(s(), 'people.csv');
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
    const [heading, ...rows] = table(file);
    assert.deepEqual(heading?.slice(0, 3), ['Name', 'Alias', 'Email']);
    const correlated = s().demo.requests.list.filter(({ operation }) => operation === 'listIdentities').length;
    assert.equal(new Set(rows.map((row) => row.at(-1))).size, rows.length);
    assert.ok(correlated <= Math.ceil(rows.length / 250) + 1, String(correlated));
    assert.deepEqual(s().ui.said, [`$(check) ${String(rows.length)} identities saved in people.csv`]);
    const ada = rows.find(([name]) => name === 'Ada Winterbourne');
    const { alias, emailAddress, id } = s().person(PEOPLE.ada);
    assert.deepEqual([ada?.[1], ada?.[2], ada?.at(-1)], [alias, emailAddress, id]);
    // Excel reads a file without the mark in the system's own encoding.
    assert.equal(readFileSync(file, 'utf8').charCodeAt(0), 0xfeff);
    assert.deepEqual(readdirSync(folder), ['people.csv']);
  });

  it('suggests a name that says which list of which tenant, and when', async () => {
    await s().run(COMMANDS.exportIdentities, s().listRow(LOCKED));
    assert.match(s().workbench.suggested[0] ?? '', /^Locked-Acme-\d{4}-\d\d-\d\d\.csv$/);
    assert.deepEqual(readdirSync(folder), []);
  });

  for (const [name, read] of [
    ['people.json', json],
    [
      'people.jsonl',
      (file: string) =>
        readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
    ],
  ] as const) {
    it(`writes ${name} by the ending of its name`, async () => {
      const file = saveAs(s(), name);
      await s().run(COMMANDS.exportIdentities, s().row(PEOPLE.ada));
      const { id, name: display, alias, emailAddress, identityStatus } = s().person(PEOPLE.ada);
      const [row] = read(file) as Record<string, unknown>[];
      assert.deepEqual(
        [row?.['id'], row?.['name'], row?.['alias'], row?.['email'], row?.['status']],
        [id, display, alias, emailAddress, identityStatus],
      );
    });
  }

  it('asks for nobody again who is in the tree: selected identities, a list that is loaded whole', async () => {
    const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    const file = saveAs(s(), 'selected.csv');
    s().demo.requests.clear();
    await s().run(COMMANDS.exportIdentities, rows[0], rows);
    assert.deepEqual(
      table(file)
        .slice(1)
        .map(([name]) => name),
      rows.map(({ identity }) => identity.name),
    );
    assert.equal(s().demo.requests.count(), 0);

    const client = () => s().deps.clients.for(s().acme.id);
    const loaded = new LoadedList(LOCKED, () => 250);
    const row = { ...s().listRow(LOCKED), loaded };
    s().noted(row);
    await loaded.loadMore(row, client);
    await loaded.count(client);
    // Who left the list is in it no longer, although the row stays until it is loaded again.
    const gone = loaded.rows[0];
    assert.ok(gone);
    gone.left = true;
    s().demo.requests.clear();
    const locked = saveAs(s(), 'locked.csv');
    await s().run(COMMANDS.exportIdentities, row);
    assert.equal(table(locked).length - 1, loaded.rows.length - 1);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('takes the list that is selected in the tree, else asks which', async () => {
    const file = saveAs(s(), 'locked.csv');
    s().view.selection = [s().listRow(LOCKED)];
    await s().run(COMMANDS.exportIdentities);
    const count = table(file).length;
    s().view.selection = [];
    s().ui.on('Export which list?', 'Locked');
    await s().run(COMMANDS.exportIdentities);
    assert.equal(table(file).length, count);
  });

  it('writes what Search finds, and says what Search does not tell', async () => {
    const file = saveAs(s(), 'found.csv');
    const list: IdentityList = {
      id: 'mine',
      origin: 'own',
      name: 'Sales',
      query: { by: 'search', query: 'attributes.department:Sales' },
    };
    s().ui.on('found.csv: ISC reported nothing for Last refresh. Empty there means unknown.', DISMISS);
    await s().run(COMMANDS.exportIdentities, s().listRow(list));
    const [heading = [], ...rows] = table(file);
    assert.ok(rows.length > 1 && rows.every((cells) => cells[heading.indexOf('Last refresh')] === ''));
    assert.match(
      s().ui.said[0] ?? '',
      new RegExp(`^\\$\\(check\\) ${String(table(file).length - 1)} identities saved`),
    );
  });

  it('keeps a file that was there, and what was written beside it, when a page fails', async () => {
    const file = saveAs(s(), 'people.csv');
    writeFileSync(file, 'as it was');
    s().demo.faults.add({
      kind: 'status',
      status: 400,
      operation: 'listIdentities',
      when: ({ query }) => /offset=2\d\d/.test(query),
    });
    s().ui.on(/^Could not export All identities of Acme \(250 of 600 identities are in people\.incomplete\.csv\): /);
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
    assert.equal(readFileSync(file, 'utf8'), 'as it was');
    assert.equal(table(join(folder, 'people.incomplete.csv')).length, 251);
  });

  it('says so when it is stopped, and keeps what was written', async () => {
    saveAs(s(), 'people.csv');
    s().demo.faults.add({ kind: 'hang', operation: 'listIdentities', when: ({ query }) => /offset=2\d\d/.test(query) });
    s().ui.cancels.add('Export All identities');
    s().ui.on(/^Export stopped: \d+ of \d+ identities are in people\.incomplete\.csv\.$/);
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
    assert.ok(existsSync(join(folder, 'people.incomplete.csv')));
    assert.ok(!existsSync(join(folder, 'people.csv')));
  });

  it('stops when its tenant is removed in the middle, says so, and leaves nothing that looks whole', async () => {
    saveAs(s(), 'people.json');
    s().demo.faults.add({
      kind: 'hang',
      operation: 'listIdentities',
      when: ({ query }) => {
        if (/offset=2\d\d/.test(query)) void s().store.remove(s().acme.id);
        return false;
      },
    });
    s().ui.on(
      /^Could not export All identities of Acme \(\d+ of 600 identities are in people\.incomplete\.json\): This tenant is no longer connected\.$/,
    );
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
    assert.deepEqual(readdirSync(folder), ['people.incomplete.json']);
    assert.throws(() => json(join(folder, 'people.incomplete.json')), SyntaxError);
  });

  it('writes nobody whose tenant is removed while the file is chosen', async () => {
    const file = saveAs(s(), 'selected.csv');
    const choose = s().workbench.chooseTarget.bind(s().workbench);
    s().workbench.chooseTarget = async (...asked) => {
      await s().store.remove(s().acme.id);
      return choose(...asked);
    };
    s().ui.on(/^Could not export selected identities of Acme .*: This tenant is no longer connected\.$/);
    await s().run(COMMANDS.exportIdentities, s().row(PEOPLE.ada));
    assert.ok(!existsSync(file));
  });

  it('says why a file cannot be written, without its folder, before anything else is asked for', async () => {
    saveAs(s(), 'people.csv');
    s().workbench.folderOfTarget = join(folder, 'gone');
    s().ui.on('Could not export All identities of Acme: the file cannot be written: it does not exist.');
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
  });

  for (const [what, code, at, said] of [
    ['a full disk', 'ENOSPC', 'append', 'the file cannot be written: the disk is full'],
    ['a folder that may not be written to', 'EACCES', 'grow', 'the file cannot be written: access is denied'],
    ['a disk that is read-only', 'EROFS', 'grow', 'the file cannot be written: the disk is read-only'],
    ['a file that Excel has open', 'EBUSY', 'finish', 'the file cannot be replaced: another program may have it open'],
    [
      'a file that is held on Windows',
      'EPERM',
      'finish',
      'the file cannot be replaced: another program may have it open',
    ],
    ['a disk that fills up in the end', 'ENOSPC', 'finish', 'the file cannot be replaced: the disk is full'],
  ] as const) {
    it(`says so of ${what}, without its folder, and what is left of the file`, async () => {
      const file = saveAs(s(), 'people.csv');
      writeFileSync(file, 'as it was');
      const fail = () => Promise.reject(Object.assign(new Error(`${code}: ${file}`), { code }));
      const choose = s().workbench.chooseTarget.bind(s().workbench);
      s().workbench.chooseTarget = async (...asked) => {
        const target = await choose(...asked);
        if (!target) return undefined;
        const grow = at === 'grow' ? fail : async () => ({ ...(await target.grow()), [at]: fail });
        return { ...target, grow };
      };
      const kept = { grow: '', append: ' (0 of 600 identities are in people.incomplete.csv)' };
      const left = at === 'finish' ? ' (600 of 600 identities are in people.incomplete.csv)' : kept[at];
      s().ui.on(`Could not export All identities of Acme${left}: ${said}.`);
      await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
      assert.equal(readFileSync(file, 'utf8'), 'as it was');
      assert.deepEqual(s().ui.said, []);
      if (at === 'finish') assert.equal(table(join(folder, 'people.incomplete.csv')).length, 601);
    });
  }

  it('leaves alone what stands under the name of its unfinished file', async () => {
    saveAs(s(), 'people.csv');
    mkdirSync(join(folder, 'people.incomplete.csv'));
    writeFileSync(join(folder, 'people.incomplete-2.csv'), 'of another export');
    await s().run(COMMANDS.exportIdentities, s().listRow(ALL));
    assert.equal(readFileSync(join(folder, 'people.incomplete-2.csv'), 'utf8'), 'of another export');
    assert.ok(existsSync(join(folder, 'people.csv')));
    assert.ok(!existsSync(join(folder, 'people.incomplete-3.csv')));
  });

  it('writes nothing of identities of several tenants', async () => {
    const other = await s().store.add({ ...s().acme, name: 'Other' });
    const rows = [s().row(1), s().row(2, other.id)];
    s().ui.on('Nothing was exported: the selected identities belong to different tenants; select those of one.');
    await s().run(COMMANDS.exportIdentities, rows[0], rows);
  });
});

describeCommand(COMMANDS.exportWithColumns, () => {
  const s = useStage({ identities: 300 });

  it('offers every attribute there is, and remembers what was checked', async () => {
    const file = saveAs(s(), 'people.csv');
    s().ui.on('Which columns?', { check: ['Name', 'Department'] });
    await s().run(COMMANDS.exportWithColumns, s().row(PEOPLE.ada));
    assert.ok(s().ui.asked[0]?.offered?.includes('[x] Email'));
    assert.deepEqual(table(file), [
      ['Name', 'Department'],
      ['Ada Winterbourne', s().person(PEOPLE.ada).attributes?.['department']],
    ]);
    await s().run(COMMANDS.exportIdentities, s().row(PEOPLE.locked));
    assert.deepEqual(table(file)[0], ['Name', 'Department']);
  });

  it('keeps a column that was chosen where the first identities lack the attribute', async () => {
    const file = saveAs(s(), 'people.csv');
    s().deps.exporting.columns = ['name', 'attributes.badgeOfTomorrow'];
    await s().run(COMMANDS.exportIdentities, s().row(PEOPLE.ada));
    assert.deepEqual(table(file), [
      ['Name', 'badgeOfTomorrow'],
      ['Ada Winterbourne', ''],
    ]);
  });

  it('writes nothing when no column is checked', async () => {
    saveAs(s(), 'people.csv');
    s().ui.on('Which columns?', { check: [] });
    await s().run(COMMANDS.exportWithColumns, s().row(PEOPLE.ada));
    s().ui.on('Which columns?', DISMISS);
    await s().run(COMMANDS.exportWithColumns, s().row(PEOPLE.ada));
    assert.deepEqual(readdirSync(folder), []);
  });
});
