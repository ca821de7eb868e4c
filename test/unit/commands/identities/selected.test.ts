import assert from 'node:assert/strict';
import { it } from 'mocha';
import { ACTION_IDS, commandForSelected } from '../../../../src/actions/catalog';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const { ada, locked, withoutRoles } = PEOPLE;

/** The commands in the menu of several rows: they say "selected", so they are about those and no other row. */
function twoSelected(s: Stage) {
  const rows = [s.row(ada), s.row(locked)];
  s.select(...rows);
  return rows;
}

for (const [command, text] of [
  [COMMANDS.copySelectedNames, 'Ada Winterbourne\nAaron Achterberg'],
  [COMMANDS.copySelectedEmails, 'ada.winterbourne@example.com\naaron.achterberg@example.com'],
] as const) {
  describeCommand(command, () => {
    const s = useStage();

    it('copies of those that are selected, also when another row was clicked', async () => {
      const rows = twoSelected(s());
      await s().run(command, rows[1], rows);
      assert.equal(s().workbench.clipboard, text);
      s().workbench.clipboard = '';
      const beside = s().row(withoutRoles);
      await s().run(command, beside, [beside]);
      assert.equal(s().workbench.clipboard, text);
    });
  });
}

describeCommand(COMMANDS.copySelectedIds, () => {
  const s = useStage();

  it('copies a line each', async () => {
    const rows = twoSelected(s());
    await s().run(COMMANDS.copySelectedIds, rows[1], rows);
    assert.equal(s().workbench.clipboard, `${s().person(ada).id}\n${s().person(locked).id}`);
    assert.deepEqual(s().ui.said, ['$(check) 2 IDs copied']);
  });
});

describeCommand(COMMANDS.openSelected, () => {
  const s = useStage();

  it('opens each of them', async () => {
    const rows = twoSelected(s());
    await s().run(COMMANDS.openSelected, rows[0], rows);
    assert.deepEqual(
      s().opened.map(([what]) => what),
      ['identity', 'identity'],
    );
  });
});

for (const id of ACTION_IDS) {
  const command = commandForSelected(id);

  describeCommand(command, () => {
    const s = useStage();

    it('plans for those that are selected, also when another row was clicked, and sends nothing', async () => {
      twoSelected(s());
      const beside = s().row(withoutRoles);
      if (id === 'verification') s().ui.on('Select the delivery method and address', 'Link to the work address');
      if (id !== 'invite') s().ui.on(/ (in|from) Acme\?$/, 'Show plan');
      await s().run(command, beside, [beside]);
      const [[what, batchId] = []] = s().opened;
      assert.equal(what, 'batch');
      const batch = await s().batch(String(batchId), ({ phase }) => phase === 'planned');
      assert.deepEqual([batch.action, batch.from], [id, '2 selected identities']);
      assert.equal(s().writes(), 0);
      if (id === 'verification')
        assert.equal(s().ui.asked[0]?.detail, 'Send password reset email: 2 identities', 'the number is said first');
    });

    it('asks before anything is sent to the only identity among the selected rows', async () => {
      const row = s().row(withoutRoles);
      s().select(s().tenantRow(), row);
      s().ui.on(/Adele Vantongeren|^Select the delivery method/, DISMISS);
      await s().run(command, row, [s().tenantRow(), row]);
      assert.equal(s().writes(), 0);
    });

    it('says that none is selected', async () => {
      await s().run(command, s().tenantRow());
      assert.deepEqual(s().ui.said, ['No identity is selected in the tree']);
    });
  });
}
