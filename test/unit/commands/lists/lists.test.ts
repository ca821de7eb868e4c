import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import type { SavedList } from '../../../../src/lists/savedLists';
import type { ListNode } from '../../../../src/tree/nodes';
import { describeCommand, useStage } from '../describeCommand';
import { BACK_BUTTON, DISMISS } from '../scriptedUi';
import type { Stage } from '../stage';

const [ALL] = BUILT_IN_LISTS as [IdentityList];
const MINE: SavedList = { name: 'Mine', filter: 'name sw "A"' };

/** The row of an own view. */
function ownRow(s: Stage, name: string) {
  const entry = s.lists.all().find(({ own }) => own.name === name);
  assert.ok(entry);
  return s.listRow(entry.list);
}

function rowName(row: unknown): unknown[] {
  const { list, parent } = row as ListNode;
  return [list.name, parent.tenant.name];
}

describeCommand(COMMANDS.countList, () => {
  const s = useStage();

  it('counts on the row, by the tree', async () => {
    const row = s().listRow(ALL);
    await s().run(COMMANDS.countList, row);
    assert.deepEqual(s().opened, [['showCount', row]]);
  });

  it('asks which, when none is named, counts it with one request and says so', async () => {
    s().ui.on('Count which list in Acme?', 'All identities').on('All identities in Acme: 300');
    await s().run(COMMANDS.countList);
    assert.equal(s().sent('listIdentities'), 1);
  });

  it('asks nothing of the tenant when the list is closed', async () => {
    s().ui.on('Count which list in Acme?', DISMISS);
    await s().run(COMMANDS.countList);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('says why it cannot be counted', async () => {
    s().demo.faults.add({ operation: 'listIdentities', kind: 'status', status: 403 });
    s()
      .ui.on('Count which list in Acme?', 'Locked')
      .on(/^Could not count Locked in Acme: /);
    await s().run(COMMANDS.countList);
  });
});

describeCommand(COMMANDS.sortList, () => {
  const s = useStage();

  it('asks by what, and keeps it', async () => {
    s().ui.on('Sort All identities by', 'alias (descending)');
    await s().run(COMMANDS.sortList, s().listRow(ALL));
    assert.deepEqual([...s().lists.sorted], [['all', '-alias']]);
  });

  it('keeps nothing when it is closed, or for what is no view', async () => {
    s().ui.on('Sort All identities by', DISMISS);
    await s().run(COMMANDS.sortList, s().listRow(ALL));
    await s().run(COMMANDS.sortList, s().tenantRow());
    assert.equal(s().lists.sorted.size, 0);
  });
});

describeCommand(COMMANDS.newList, () => {
  const s = useStage();
  const FORM = 'New list';

  it('is made of a condition and a name, and says how many match', async () => {
    s().ui.on(FORM, 'Add condition');
    s().ui.on('Which field?', 'alias').on('Which operator for alias?', 'starts with');
    s().ui.on('Start of the alias, exact text', 'ada.');
    s().ui.on(FORM, 'Name: not set').on('Name shown in the tree', 'Adas');
    s().ui.on(FORM, 'Save list');
    await s().run(COMMANDS.newList, s().tenantRow());
    assert.deepEqual(s().lists.settings.user, [{ name: 'Adas', filter: 'alias sw "ada."' }]);
    assert.deepEqual(s().ui.said, ['$(check) List Adas saved in the user settings']);
    assert.equal(s().writes(), 0);
  });

  it('is shown and selected once it is saved, in the tenant that shows it', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    const save = async (name: string, tenant: string | undefined, row?: unknown): Promise<void> => {
      s()
        .ui.on(FORM, 'Use Search instead')
        .on(/^A Search query, such as /, 'attributes.city:Berlin');
      s().ui.on(FORM, 'Name: not set').on('Name shown in the tree', name);
      if (tenant !== undefined) s().ui.on(FORM, 'Shown in: all tenants').on('Which tenants show the list?', tenant);
      s().ui.on(FORM, 'Save list');
      await s().run(COMMANDS.newList, row);
    };
    await save('First', undefined);
    await save('Of the row', undefined, s().tenantRow(other.id));
    await save('Of another', 'Acme', s().tenantRow(other.id));
    s().view.selection = [s().listRow(ALL, other.id)];
    s().signedOut.set(other.id, 'expired');
    await save('Of who is signed in', undefined);
    assert.deepEqual(
      s().opened.map(([what, row, options]) => [what, rowName(row), options]),
      [
        ['First', 'Acme'],
        ['Of the row', 'Other'],
        ['Of another', 'Acme'],
        ['Of who is signed in', 'Acme'],
      ].map((shown) => ['reveal', shown, { select: true, focus: true, expand: false }]),
    );
  });

  it('is not saved without a name, and a name there is already is not taken', async () => {
    s().lists.settings.user = [MINE];
    s().ui.on(FORM, 'Add condition');
    s().ui.on('Which field?', 'status').on('Which value for status?', 'locked');
    s().ui.on(FORM, 'Save list').on('Name shown in the tree', '', 'Mine', 'Locked ones');
    await s().run(COMMANDS.newList);
    assert.deepEqual(s().ui.refusals, ['The list has no name.', 'A list named Mine already exists.']);
    assert.deepEqual(s().lists.settings.user[1], { name: 'Locked ones', filter: 'cloudStatus eq "LOCKED"' });
  });

  it('leads from a dismissed question, and from Back, to the form', async () => {
    s().ui.on(FORM, 'Add condition').on('Which field?', DISMISS);
    s().ui.on(FORM, 'Add condition').on('Which field?', BACK_BUTTON);
    s().ui.on(FORM, DISMISS);
    await s().run(COMMANDS.newList);
    assert.deepEqual(s().lists.settings.user, []);
  });

  it('takes a filter as text, and says where a mistake is', async () => {
    s().ui.on(FORM, 'Edit filter as text');
    s().ui.on('The filter as sent to ISC; leave empty for all identities', 'name xx "A"', 'name sw "A"');
    s().ui.on(FORM, 'Name: not set').on('Name shown in the tree', 'A');
    s().ui.on(FORM, 'Save list');
    await s().run(COMMANDS.newList);
    assert.match(s().ui.refusals[0] ?? '', /^Character 6: /);
    assert.deepEqual(s().lists.settings.user, [{ name: 'A', filter: 'name sw "A"' }]);
  });

  it('can ask Search, be shown in one tenant and be kept with the workspace', async () => {
    s().workbench.folder = true;
    s()
      .ui.on(FORM, 'Use Search instead')
      .on(/^A Search query, such as /, 'attributes.city:Berlin');
    s().ui.on(FORM, 'Name: not set').on('Name shown in the tree', 'Berlin');
    s().ui.on(FORM, 'Shown in: all tenants').on('Which tenants show the list?', 'Acme');
    s().ui.on(FORM, 'Saved in: user settings').on('Save the list where?', 'Workspace settings');
    s().ui.on(FORM, 'Save list');
    await s().run(COMMANDS.newList);
    assert.deepEqual(s().lists.settings, {
      user: [],
      workspace: [{ name: 'Berlin', search: 'attributes.city:Berlin', tenant: 'Acme' }],
    });
  });
});

describeCommand(COMMANDS.editList, () => {
  const s = useStage();
  const FORM = 'Edit Mine';

  it('changes the view of the row: a condition goes, the order differs', async () => {
    s().lists.settings.user = [{ ...MINE, filter: 'name sw "A" and cloudStatus eq "LOCKED"' }];
    s().ui.on(FORM, { rowButton: 'display name starts with A' });
    s().ui.on(FORM, 'Sorted by: display name').on('Sort by what?', 'alias');
    s().ui.on(FORM, 'Save changes');
    await s().run(COMMANDS.editList, ownRow(s(), 'Mine'));
    assert.deepEqual(s().lists.settings.user, [{ name: 'Mine', filter: 'cloudStatus eq "LOCKED"', sorter: 'alias' }]);
  });

  it('changes nothing when the form is closed', async () => {
    s().lists.settings.user = [MINE];
    s().ui.on(FORM, DISMISS);
    await s().run(COMMANDS.editList, ownRow(s(), 'Mine'));
    assert.deepEqual(s().lists.settings.user, [MINE]);
  });

  it('asks which, even of one', async () => {
    s().lists.settings.user = [MINE];
    s().ui.on('Edit which list?', DISMISS);
    await s().run(COMMANDS.editList);
    assert.deepEqual(s().lists.settings.user, [MINE]);
  });

  it('offers to make one when there is none', async () => {
    s().ui.on('You have no saved lists yet.', 'New list');
    await s().run(COMMANDS.editList);
    assert.deepEqual(s().workbench.ran, [[COMMANDS.newList]]);
  });

  it('does not take another view for one that is no longer in the settings', async () => {
    s().lists.settings.user = [MINE];
    const row = ownRow(s(), 'Mine');
    s().lists.settings.user = [{ ...MINE, name: 'Another' }];
    s().ui.on('Nothing was done: the list is no longer in the settings.');
    await s().run(COMMANDS.editList, row);
  });
});

describeCommand(COMMANDS.duplicateList, () => {
  const s = useStage();

  it('copies an own view right behind itself, under another name', async () => {
    s().lists.settings.user = [MINE, { name: 'Last', everyone: true }];
    s().ui.on('Name shown in the tree', 'Mine', 'Copy');
    await s().run(COMMANDS.duplicateList, ownRow(s(), 'Mine'));
    assert.deepEqual(
      s().lists.settings.user.map(({ name }) => name),
      ['Mine', 'Copy', 'Last'],
    );
    assert.deepEqual(s().ui.refusals, ['A list named Mine already exists.']);
  });

  it('copies a built-in view to be changed, everybody said in so many words', async () => {
    s().workbench.folder = true;
    s().ui.on('Name shown in the tree', 'Everybody').on('Save the list where?', 'Workspace settings');
    await s().run(COMMANDS.duplicateList, s().listRow(ALL));
    assert.deepEqual(s().lists.settings.workspace, [{ name: 'Everybody', everyone: true, sorter: 'name' }]);
  });

  it('copies nothing when a question is dismissed', async () => {
    s().workbench.folder = true;
    s().ui.on('Name shown in the tree', DISMISS);
    await s().run(COMMANDS.duplicateList, s().listRow(ALL));
    s().ui.on('Name shown in the tree', 'Everybody').on('Save the list where?', DISMISS);
    await s().run(COMMANDS.duplicateList, s().listRow(ALL));
    assert.deepEqual(s().lists.all(), []);
  });
});

describeCommand(COMMANDS.deleteList, () => {
  const s = useStage();
  const question = 'Delete the list Mine?';

  it('says where it is taken out of, and takes out this one', async () => {
    s().lists.settings.user = [MINE, { name: 'Other', everyone: true }];
    s().ui.on(question, 'Delete list Mine');
    await s().run(COMMANDS.deleteList, ownRow(s(), 'Mine'));
    assert.equal(s().ui.asked[0]?.detail, 'It is removed from your user settings. Its identities are not affected.');
    assert.deepEqual(s().lists.settings.user, [{ name: 'Other', everyone: true }]);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('says that others share the settings of a workspace, and keeps it when that is dismissed', async () => {
    s().lists.settings.workspace = [MINE];
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.deleteList, ownRow(s(), 'Mine'));
    assert.match(s().ui.asked[0]?.detail ?? '', /for everyone who shares them/);
    assert.deepEqual(s().lists.settings.workspace, [MINE]);
  });

  it('asks which, when none is named', async () => {
    s().lists.settings.user = [MINE];
    s().ui.on('Delete which list?', 'Mine').on(question, DISMISS);
    await s().run(COMMANDS.deleteList);
    assert.deepEqual(s().lists.settings.user, [MINE]);
  });
});

for (const [command, by] of [
  [COMMANDS.moveListUp, -1],
  [COMMANDS.moveListDown, 1],
] as const) {
  describeCommand(command, () => {
    const s = useStage();
    const names = (): string[] => s().lists.settings.user.map(({ name }) => name);

    it('moves the view of the row past the next one that its tenant shows', async () => {
      const elsewhere = (name: string): SavedList => ({ name, everyone: true, tenant: 'Other' });
      s().lists.settings.user = [{ ...MINE, name: 'A' }, elsewhere('x'), MINE, elsewhere('y'), { ...MINE, name: 'B' }];
      await s().run(command, ownRow(s(), 'Mine'));
      assert.deepEqual(names(), by < 0 ? ['Mine', 'A', 'x', 'y', 'B'] : ['A', 'x', 'y', 'B', 'Mine']);
    });

    it('says that there is no further', async () => {
      s().lists.settings.user = [MINE];
      await s().run(command, ownRow(s(), 'Mine'));
      assert.deepEqual(s().ui.said, [`$(check) Mine is the ${by < 0 ? 'first' : 'last'} list in the user settings`]);
    });

    it('asks which, when none is named', async () => {
      s().lists.settings.user = [MINE, { ...MINE, name: 'B' }];
      s().ui.on(by < 0 ? 'Move which list up?' : 'Move which list down?', DISMISS);
      await s().run(command);
      assert.deepEqual(names(), ['Mine', 'B']);
    });
  });
}
