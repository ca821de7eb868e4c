import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE } from '../stage';

const ADA = PEOPLE.ada;
const ADELE = PEOPLE.withoutRoles;

for (const [command, what, one, several] of [
  [COMMANDS.copyId, 'id', 'ID of Ada Winterbourne copied', '2 IDs copied'],
  [COMMANDS.copyName, 'name', 'Ada Winterbourne copied', '2 names copied'],
] as const) {
  describeCommand(command, () => {
    const s = useStage();

    it('copies of the row that was clicked', async () => {
      await s().run(command, s().row(ADA));
      assert.equal(s().workbench.clipboard, s().person(ADA)[what]);
      assert.deepEqual(s().ui.said, [`$(check) ${one}`]);
      assert.equal(s().demo.requests.count(), 0);
    });

    it('copies of all who are selected, a line each', async () => {
      const rows = [s().row(ADA), s().row(ADELE)];
      await s().run(command, rows[1], rows);
      assert.equal(s().workbench.clipboard, `${s().person(ADA)[what]}\n${s().person(ADELE)[what]}`);
      assert.deepEqual(s().ui.said, [`$(check) ${several}`]);
    });

    it('copies nothing when nobody is chosen', async () => {
      s().workbench.clipboard = 'as it was';
      s().ui.on('Acme', DISMISS);
      await s().run(command);
      assert.equal(s().workbench.clipboard, 'as it was');
    });
  });
}

describeCommand(COMMANDS.copyName, () => {
  const s = useStage();

  it('copies a name as one line', async () => {
    await s().run(COMMANDS.copyName, s().personRow({ ...s().person(ADA), name: 'two\nlines' }, s().acme.id));
    assert.equal(s().workbench.clipboard, 'two lines');
  });
});

describeCommand(COMMANDS.copyEmail, () => {
  const s = useStage();

  it('reads the address of one person, and copies it', async () => {
    await s().run(COMMANDS.copyEmail, s().target(ADA));
    assert.equal(s().workbench.clipboard, 'ada.winterbourne@example.com');
    assert.equal(s().sent('getIdentity'), 1);
    assert.deepEqual(s().ui.said, ['$(check) Email address of Ada Winterbourne copied']);
  });

  it('copies those that the rows of several show, and says how many have none', async () => {
    const none = s().personRow({ ...s().person(ADELE), emailAddress: null }, s().acme.id);
    const rows = [s().row(ADA), s().row(PEOPLE.locked), none];
    await s().run(COMMANDS.copyEmail, rows[0], rows);
    assert.equal(s().workbench.clipboard, 'ada.winterbourne@example.com\naaron.achterberg@example.com');
    assert.deepEqual(s().ui.said, ['$(check) Email addresses copied: 2; without an address: 1']);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('says that nobody has one, and leaves the clipboard', async () => {
    s().workbench.clipboard = 'as it was';
    const rows = [ADA, ADELE].map((n) => s().personRow({ ...s().person(n), emailAddress: null }, s().acme.id));
    await s().run(COMMANDS.copyEmail, rows[0], rows);
    assert.deepEqual(s().ui.said, ['None of the 2 identities has an email address']);
    assert.equal(s().workbench.clipboard, 'as it was');
  });

  it('copies of the one who is selected when the key is pressed in the tree, and asks nothing', async () => {
    s().view.selection = [s().row(ADA)];
    await s().run(COMMANDS.copyEmail, { selected: true });
    assert.equal(s().workbench.clipboard, 'ada.winterbourne@example.com');
    assert.deepEqual(s().ui.said, ['$(check) Email address of Ada Winterbourne copied']);
  });

  it('says that no identity is selected when the key is pressed in the tree, and leaves the clipboard', async () => {
    s().workbench.clipboard = 'as it was';
    s().view.selection = [];
    await s().run(COMMANDS.copyEmail, { selected: true });
    assert.equal(s().workbench.clipboard, 'as it was');
    assert.deepEqual(s().ui.said, ['No identity is selected in the tree']);
  });

  it('says why it cannot be read', async () => {
    s().demo.faults.add({ operation: 'getIdentity', kind: 'status', status: 403 });
    s().ui.on(/^Could not read the email address of Ada Winterbourne: /);
    await s().run(COMMANDS.copyEmail, s().target(ADA));
    assert.equal(s().workbench.clipboard, '');
  });
});

describeCommand(COMMANDS.openInIsc, () => {
  const s = useStage();

  it('opens the page of a person in the console of their tenant', async () => {
    const { id: tenantId } = s().store.put({ ...s().acme, name: 'Cloud', baseUrl: 'https://acme.api.identitynow.com' });
    const { identity } = s().target(ADA);
    await s().run(COMMANDS.openInIsc, { tenantId, identity });
    assert.deepEqual(s().workbench.browsed, [
      `https://acme.identitynow.com/ui/a/admin/identities/${identity.id}/details/attributes`,
    ]);
    assert.deepEqual(s().ui.said, ['$(check) Ada Winterbourne opened in ISC']);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('asks nothing where there is no console', async () => {
    await s().run(COMMANDS.openInIsc, s().row(ADA));
    assert.deepEqual(s().workbench.browsed, []);
    assert.deepEqual(s().ui.said, ['Acme runs on this machine and has no web console']);
  });
});
