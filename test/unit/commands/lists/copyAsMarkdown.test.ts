import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const ALL = BUILT_IN_LISTS.find(({ id }) => id === 'all') as IdentityList;
const LOCKED = BUILT_IN_LISTS.find(({ id }) => id === 'locked') as IdentityList;

/** The cells of what was copied, without its line of dashes. */
function cells(s: Stage): string[][] {
  const [heading, dashes, ...rows] = s.workbench.clipboard.trimEnd().split('\n');
  assert.match(dashes ?? '', /^\|( -{2,3}:? \|)+$/);
  return [heading ?? '', ...rows].map((line) => line.slice(2, -2).split(' | '));
}

describeCommand(COMMANDS.copyAsMarkdown, () => {
  const s = useStage({ identities: 1_300 });

  it('copies selected identities with the columns that were chosen last, and loads nothing', async () => {
    s().deps.exporting.columns = ['name', 'email'];
    const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    s().demo.requests.clear();
    await s().run(COMMANDS.copyAsMarkdown, rows[0], rows);
    assert.deepEqual(cells(s()), [
      ['Name', 'Email'],
      ...rows.map(({ identity }) => [identity.name, identity.emailAddress]),
    ]);
    assert.deepEqual(s().ui.said, ['$(check) 2 identities copied as a Markdown table']);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('copies one identity', async () => {
    await s().run(COMMANDS.copyAsMarkdown, s().row(PEOPLE.ada));
    assert.equal(cells(s()).length, 2);
    assert.deepEqual(s().ui.said, ['$(check) 1 identity copied as a Markdown table']);
  });

  it('copies a whole list, one that is picked from the palette, too', async () => {
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(LOCKED));
    const locked = cells(s());
    s().ui.on('Copy which list?', 'Locked');
    await s().run(COMMANDS.copyAsMarkdown);
    assert.deepEqual(cells(s()), locked);
    s().workbench.clipboard = 'as it was';
    s().ui.on('Copy which list?', DISMISS);
    await s().run(COMMANDS.copyAsMarkdown);
    assert.equal(s().workbench.clipboard, 'as it was');
  });

  it('copies the first 1,000 of more, says of how many, and loads no more than it needs', async () => {
    s().demo.requests.clear();
    s().ui.on('1,000 of 1,300 identities are copied as a Markdown table.');
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(ALL));
    assert.equal(cells(s()).length, 1_001);
    assert.ok(s().sent('listIdentities') <= 6, String(s().sent('listIdentities')));
  });

  it('says that a list is empty, and leaves the clipboard', async () => {
    s().workbench.clipboard = 'as it was';
    const list: IdentityList = {
      ...LOCKED,
      query: { by: 'filter', filter: 'name eq "Nobody at all"', includeUncorrelated: true },
    };
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(list));
    assert.deepEqual(s().ui.said, ['Locked has no identities']);
    assert.equal(s().workbench.clipboard, 'as it was');
  });

  it('loads what columns need after a question, and says what is unknown', async () => {
    s().deps.exporting.columns = ['name', 'roleNames', 'rolesAssigned'];
    const list: IdentityList = { ...ALL, query: { by: 'filter', filter: 'name sw "A"', includeUncorrelated: false } };
    s().ui.on('Load what these columns need?', DISMISS);
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(list));
    assert.equal(s().sent('getRoleAssignments'), 0);
    assert.equal(s().workbench.clipboard, '');
    s().demo.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: 9 });
    s().ui.on('Load what these columns need?', 'Load');
    s().ui.on(
      /^\d+ identities copied as a Markdown table\. Roles: empty means unknown\. The token needs the scope `sp:search:read`/,
    );
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(list));
    const [heading, ...rows] = cells(s());
    assert.deepEqual(heading, ['Name', 'Roles', 'Assigned roles']);
    assert.ok(rows.length > 20 && rows.every(([, roles]) => roles === '') && rows.some(([, , assigned]) => assigned));
    assert.equal(s().sent('getRoleAssignments'), rows.length);
  });

  it('says why nothing was copied', async () => {
    s().workbench.clipboard = 'as it was';
    s().demo.faults.add({ kind: 'status', status: 400, operation: 'listIdentities' });
    s().ui.on(/^Could not copy All identities of Acme: /);
    await s().run(COMMANDS.copyAsMarkdown, s().listRow(ALL));
    const other = await s().store.add({ ...s().acme, name: 'Other' });
    const rows = [s().row(1), s().row(2, other.id)];
    s().ui.on('Nothing was copied: the selected identities belong to different tenants; select those of one.');
    await s().run(COMMANDS.copyAsMarkdown, rows[0], rows);
    assert.equal(s().workbench.clipboard, 'as it was');
  });
});
