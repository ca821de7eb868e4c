import assert from 'node:assert/strict';
import { it } from 'mocha';
import { ApiError } from '../../../../src/api/errors';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import type { Node } from '../../../../src/tree/nodes';
import { waitUntil } from '../../../waitUntil';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE } from '../stage';

const [ALL] = BUILT_IN_LISTS as [IdentityList];

describeCommand(COMMANDS.deleteRow, () => {
  const s = useStage();

  async function press(...rows: readonly Node[]): Promise<void> {
    s().select(...rows);
    await s().run(COMMANDS.deleteRow);
  }

  it('asks whether the identity that is selected is deleted', async () => {
    s().ui.on('Delete Adele Vantongeren from Acme?', DISMISS);
    await press(s().row(PEOPLE.withoutRoles));
    assert.equal(s().writes(), 0);
  });

  it('goes on about the same identity once the tenant is unlocked, whatever row is selected by then', async () => {
    s().store.lock(s().acme.id);
    s().select(s().row(PEOPLE.withoutRoles));
    const show = s().ui.showError.bind(s().ui);
    s().ui.showError = (...message) => {
      s().select(s().row(PEOPLE.locked));
      return show(...message);
    };
    s().ui.on(/: the tenant is read-only\. Unlock it first\. /, 'Unlock and continue');
    s().ui.on('Delete Adele Vantongeren from Acme?', DISMISS);
    await s().begin(COMMANDS.deleteRow);
    await waitUntil(() => s().ui.asked.length === 2, 'it is asked', { everyMs: 5 });
    s().ui.verify();
    assert.equal(s().writes(), 0);
  });

  it('takes the row that is selected, whatever panel is active', async () => {
    s().select(s().row(PEOPLE.withoutRoles));
    s().activate(s().target(PEOPLE.ada));
    s().ui.on('Delete Adele Vantongeren from Acme?', DISMISS);
    await s().run(COMMANDS.deleteRow);
    assert.equal(s().writes(), 0);
  });

  it('takes the row at the cursor alone when that is none of those selected', async () => {
    const [cursor, selected] = [s().row(PEOPLE.withoutRoles), s().row(PEOPLE.ada)];
    s().select(selected, s().row(PEOPLE.locked));
    s().workbench.runCommand = (id) => {
      assert.equal(id, 'list.toggleSelection');
      const { selection } = s().view;
      s().select(...(selection.includes(cursor) ? selection.filter((row) => row !== cursor) : [...selection, cursor]));
      return Promise.resolve();
    };
    s().ui.on('Delete Adele Vantongeren from Acme?', DISMISS);
    await s().run(COMMANDS.deleteRow);
    assert.equal(s().view.selection.length, 2, 'what is selected stays so');
    assert.deepEqual(s().opened, []);
  });

  it('makes a plan for several, which deletes none by itself', async () => {
    s().ui.on('Delete 2 identities from Acme?', 'Show plan');
    await press(s().row(PEOPLE.withoutRoles), s().row(PEOPLE.locked));
    const [[what, id] = []] = s().opened;
    assert.equal(what, 'batch');
    const { action } = await s().batch(String(id), ({ phase }) => phase === 'planned');
    assert.equal(action, 'delete');
    assert.equal(s().writes(), 0);
  });

  it('asks whether a tenant is removed, or a saved list deleted', async () => {
    s().ui.on('Remove Acme from VS Code?', DISMISS);
    await press(s().tenantRow());
    s().lists.settings.user = [{ name: 'Mine', filter: 'name sw "A"' }];
    const [entry] = s().lists.all();
    assert.ok(entry);
    s().ui.on('Delete the list Mine?', DISMISS);
    await press(s().listRow(entry.list));
    assert.equal(s().lists.all().length, 1);
    assert.equal(s().store.all().length, 1);
  });

  it('does nothing with any other row, or with rows of several kinds', async () => {
    await press(s().listRow(ALL));
    await press(s().listRow(ALL).more);
    await press(s().row(PEOPLE.ada), s().tenantRow());
    await press();
    assert.deepEqual(s().ui.said, Array(4).fill('Select identities, a saved list or a tenant to delete'));
    assert.equal(s().demo.requests.count(), 0);
  });
});

describeCommand(COMMANDS.openRow, () => {
  const s = useStage();

  async function click(...rows: readonly Node[]): Promise<void> {
    s().view.selection = [...rows];
    await s().run(COMMANDS.openRow);
  }

  it('shows a person, or why somebody has a role, in the preview panel', async () => {
    const row = s().row(PEOPLE.ada);
    await click(row);
    const assignment = { id: 'a1', role: { id: 'r1', name: 'Reader' } };
    await click(s().noted({ kind: 'roleAssignment', id: 'x', parent: row, assignment }));
    const person = { tenantId: s().acme.id, identity: { id: row.identity.id, name: row.identity.name } };
    assert.deepEqual(s().opened, [
      ['chosen', person],
      ['chosen', { ...person, assignment: { id: 'a1', role: 'Reader' } }],
    ]);
  });

  it('opens the row whose menu it was chosen from, whatever is selected', async () => {
    s().view.selection = [s().row(PEOPLE.locked), s().row(PEOPLE.active)];
    const row = s().row(PEOPLE.ada);
    await s().run(COMMANDS.openRow, row, [row]);
    const { id, name } = row.identity;
    assert.deepEqual(s().opened, [['chosen', { tenantId: s().acme.id, identity: { id, name } }]]);
  });

  it('loads more, tries again, reads a short list again', async () => {
    const list = s().listRow(ALL);
    const error = s().noted<Node>({ kind: 'error', id: 'e', parent: list, error: new Error('x') });
    await click(list.more);
    await click(error);
    await click(s().noted<Node>({ kind: 'short', id: 's', parent: list }));
    assert.deepEqual(s().opened, [
      ['loadMore', list.more],
      ['retry', error],
      ['refresh', list],
    ]);
  });

  it('opens nothing when several rows are selected, or a row without anything to open', async () => {
    await click(s().row(PEOPLE.ada), s().row(PEOPLE.locked));
    await click(s().tenantRow());
    await click(s().listRow(ALL));
    assert.deepEqual(s().opened, []);
  });

  it('says that the list was read again when no row is selected', async () => {
    await click();
    assert.deepEqual(s().ui.said, ['The list was just refreshed: select the row again']);
  });

  for (const [scope, command, path] of [
    ['user', 'workbench.action.openSettingsJson', '/home/User/settings.json'],
    ['workspace', 'workbench.action.openWorkspaceSettingsFile', '/w/.vscode/settings.json'],
  ] as const) {
    it(`opens the ${scope} settings at an own view with a mistake`, async () => {
      const text =
        '{ "iscIdentities.lists": [{ "name": "good", "everyone": true }, { "name": "bad", "filter": "x" }] }';
      s().lists.settings[scope] = [
        { name: 'good', everyone: true },
        { name: 'bad', filter: 'x' },
      ];
      s().workbench.editor = { path, text, selected: '' };
      const entry = s()
        .lists.all()
        .find(({ own }) => own.name === 'bad');
      assert.ok(entry?.list.problem);
      await click(s().listRow(entry.list));
      assert.equal(s().workbench.ran[0]?.[0], command);
      assert.equal(text.slice(s().workbench.revealed[0]).startsWith('{ "name": "bad"'), true);
    });
  }
});

describeCommand(COMMANDS.editListInSettings, () => {
  const s = useStage();

  it('opens the settings at a list with a mistake, and does nothing for another row', async () => {
    s().lists.settings.user = [{ name: 'bad', filter: 'x' }];
    const [entry] = s().lists.all();
    assert.ok(entry);
    await s().run(COMMANDS.editListInSettings, s().tenantRow());
    assert.deepEqual(s().workbench.ran, []);
    await s().run(COMMANDS.editListInSettings, s().listRow(entry.list));
    assert.equal(s().workbench.ran[0]?.[0], 'workbench.action.openSettingsJson');
  });
});

describeCommand(COMMANDS.selectFocused, () => {
  const s = useStage();

  it('leaves the row with the focus of those that an arrow key selected, and one as it is', async () => {
    const [ada, locked] = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    s().view.selection = [ada, locked];
    await s().run(COMMANDS.selectFocused);
    assert.deepEqual(s().opened, [['reveal', locked, { select: true, focus: false }]]);
    for (const selection of [[ada], []]) {
      s().view.selection = selection;
      await s().run(COMMANDS.selectFocused);
    }
    assert.equal(s().opened.length, 1);
  });
});

describeCommand(COMMANDS.retry, () => {
  const s = useStage();

  it('asks again for what failed', async () => {
    const row = s().noted<Node>({
      kind: 'error',
      id: 'e',
      parent: s().listRow(ALL),
      error: new ApiError('network', 'x'),
    });
    await s().run(COMMANDS.retry, row);
    assert.deepEqual(s().opened, [['retry', row]]);
  });

  it('asks for credentials when those there are were refused', async () => {
    const error = new ApiError('auth', 'refused');
    s().ui.on('Sign in to Acme', DISMISS);
    await s().run(COMMANDS.retry, s().noted<Node>({ kind: 'error', id: 'e', parent: s().tenantRow(), error }));
    assert.deepEqual(s().opened, []);
  });

  it('does nothing with another row, or one that is none', async () => {
    await s().run(COMMANDS.retry, s().tenantRow());
    await s().run(COMMANDS.retry, { kind: 'error', error: new Error('x') });
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.loadMore, () => {
  const s = useStage();

  it('loads the next page of a list, and nothing for another row', async () => {
    const { more } = s().listRow(ALL);
    await s().run(COMMANDS.loadMore, more);
    await s().run(COMMANDS.loadMore, s().tenantRow());
    await s().run(COMMANDS.loadMore, { ...more });
    assert.deepEqual(s().opened, [['loadMore', more]]);
  });
});

describeCommand(COMMANDS.loadAll, () => {
  const s = useStage();
  const title = 'Loading All identities of Acme';

  it('loads the view of the row to its end, with a way to stop', async () => {
    const list = s().listRow(ALL);
    await s().run(COMMANDS.loadAll, list.more);
    s().ui.cancels.add(title);
    await s().run(COMMANDS.loadAll, list);
    assert.deepEqual(s().ui.progress, [title, title]);
    const signals = s().opened.map(([what, row, signal]) => [what, row, (signal as AbortSignal).aborted]);
    assert.deepEqual(signals, [
      ['loadAll', list, false],
      ['loadAll', list, true],
    ]);
  });

  it('says how far it is', async () => {
    const list = s().listRow(ALL);
    Object.assign(s().deps.tree, {
      loadAll: (_row: unknown, _signal: unknown, report: (rows: object) => void) => {
        report({ rows: [1, 2], total: undefined });
        report({ rows: { length: 1_250 }, total: 2_000 });
        return Promise.resolve();
      },
    });
    await s().run(COMMANDS.loadAll, list);
    assert.deepEqual(s().ui.progress, [title, '2', '1,250 of 2,000']);
  });

  it('does nothing for a row that is in no view', async () => {
    await s().run(COMMANDS.loadAll, s().tenantRow());
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.refresh, () => {
  const s = useStage();

  it('reads again what is below a row, or everything', async () => {
    const row = s().tenantRow();
    await s().run(COMMANDS.refresh, row);
    await s().run(COMMANDS.refresh, { ...row });
    await s().run(COMMANDS.refresh);
    assert.deepEqual(s().opened, [
      ['refresh', row],
      ['refresh', undefined],
      ['refresh', undefined],
    ]);
  });
});
