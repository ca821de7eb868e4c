import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE } from '../stage';

const FIND = 'Find identity in Acme';
const ADELE = PEOPLE.withoutRoles;

describeCommand(COMMANDS.findIdentity, () => {
  const s = useStage();

  it('opens whom it finds, and remembers them and the text', async () => {
    s().ui.on(FIND, { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().opened, [['identity', s().target(ADELE)]]);
    assert.deepEqual(s().deps.recent.people([s().acme.id]), [
      { tenantId: s().acme.id, id: s().person(ADELE).id, name: 'Adele Vantongeren' },
    ]);
    assert.deepEqual(s().deps.recent.queries([s().acme.id]), ['Adele']);
  });

  it('offers at first who was opened and what was typed before', async () => {
    s().ui.on(FIND, { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(COMMANDS.findIdentity);
    s().ui.on(FIND, 'Adele', 'Adele Vantongeren');
    await s().run(COMMANDS.findIdentity);
    s().ui.on(FIND, 'Adele Vantongeren');
    await s().run(COMMANDS.findIdentity);
    assert.equal(s().opened.length, 3);
    assert.deepEqual(s().ui.asked.at(-1)?.offered, [
      'recent identities',
      'Adele Vantongeren',
      'recent queries',
      'Adele',
    ]);
  });

  it('asks once for what is typed last, not at every letter', async () => {
    s().ui.on(FIND, { type: 'A' }, { type: 'Ad' }, { type: 'Ade' }, { type: 'Adele V' }, 'Adele Vantongeren');
    const before = s().sent('listIdentities');
    await s().run(COMMANDS.findIdentity);
    const asked = s().demo.requests.list.filter(({ query }) => /Ade/.test(decodeURIComponent(query)));
    assert.equal(asked.length, 1);
    // The box itself asks for nobody in particular first.
    assert.ok(s().sent('listIdentities') - before <= 2);
  });

  it('says when more match than are shown', async () => {
    s().ui.on(FIND, { type: '*' }, 'Only the first 50 are shown. Open them as a list to see all.', DISMISS);
    await s().run(COMMANDS.findIdentity);
  });

  it('marks whom Search calls protected, by an icon and a word', async () => {
    s().ui.on(FIND, { type: 'protected:true' }, 'Adisa Balogunde');
    await s().run(COMMANDS.findIdentity);
    const found = s()
      .ui.lists.at(-1)
      ?.rows.find(({ label }) => label.includes('Adisa Balogunde'));
    assert.match(found?.description ?? '', / · \$\(verified\) protected$/);
  });

  it('does nothing when it is closed', async () => {
    s().ui.on(FIND, { type: 'Adele' }, DISMISS);
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().opened, []);
    assert.deepEqual(s().deps.recent.people([s().acme.id]), []);
  });

  it('shows the row of somebody in the tree', async () => {
    s().ui.on(FIND, { type: 'Adele' }, { rowButton: 'Adele Vantongeren', tooltip: 'Reveal in tree' });
    await s().run(COMMANDS.findIdentity);
    const [[what, row, how] = []] = s().opened;
    assert.equal(what, 'reveal');
    assert.equal((row as { identity: { name: string } }).identity.name, 'Adele Vantongeren');
    assert.deepEqual(how, { select: true, focus: true });
  });

  it('keeps what was asked as a view', async () => {
    s().ui.on(FIND, { type: 'Adele' }, 'Save this query as a list').on('Name shown in the tree', 'My view');
    await s().run(COMMANDS.findIdentity);
    const [kept] = s().lists.settings.user;
    assert.equal(kept?.name, 'My view');
    assert.match(kept.filter ?? kept.search ?? '', /Adele/);
    assert.deepEqual(s().ui.said, ['$(check) List My view saved in the user settings']);
  });

  it('keeps nothing when the view is not named', async () => {
    s().ui.on(FIND, { type: 'Adele' }, 'Save this query as a list').on('Name shown in the tree', DISMISS);
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().lists.settings.user, []);
  });

  it('looks in all tenants that are signed in, or in the one that is chosen', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    const out = s().store.put({ ...s().acme, name: 'Signed out' });
    s().signedOut.set(out.id, 'refused');
    s().ui.on('Find identity in 2 tenants', { button: true }).on('Search where?', 'Other');
    s().ui.on('Find identity in Other', { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().ui.askedAbout('Search where?')?.offered, ['All signed-in tenants', 'Acme', 'Other']);
    assert.equal((s().opened[0]?.[1] as { tenantId: string }).tenantId, other.id);
  });

  it('looks in the tenant of a row only', async () => {
    s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on(FIND, DISMISS);
    await s().run(COMMANDS.findIdentity, s().tenantRow());
  });

  it('leads to a tenant when there is none, or none is signed in', async () => {
    s().signedOut.set(s().acme.id, 'refused');
    s().ui.on('You are not signed in to any tenant.', 'Sign in again');
    await s().run(COMMANDS.findIdentity);
    await s().store.remove(s().acme.id);
    s().ui.on('No tenant is connected yet.', 'Add tenant');
    await s().run(COMMANDS.findIdentity);
    assert.deepEqual(s().workbench.ran, [[COMMANDS.signIn], [COMMANDS.addTenant]]);
  });
});
