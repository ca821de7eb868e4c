import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';

const ACTION = 'Invite all unregistered identities...';

/** The one action that takes people nobody named: counted, said, typed, sent once. */
describe('inviting everybody who is unregistered', () => {
  let vs: Session;
  let acme: DemoTenant;
  let globex: DemoTenant;

  before(async () => {
    [vs, acme, globex] = await Promise.all([
      launch(),
      startDemo({ identities: 300, taskDurationMs: 2_000 }),
      startDemo({ identities: 25_000, taskDurationMs: 2_000 }),
    ]);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await globex?.close();
  });

  const sent = (tenant: DemoTenant): number => tenant.requests.count('startIdentitiesInvite');

  it('starts with a view of the unregistered', async () => {
    await vs.openView();
    await connect(vs, acme);
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('Unregistered'));
    await vs.row('Unregistered').filter({ hasText: '11' }).waitFor();
  });

  it('refuses in a read-only tenant before anything is asked of the service', async () => {
    const before = acme.requests.count();
    await vs.contextMenu(vs.row('Acme'), ACTION);
    const toast = await vs.notification(
      'Could not invite all unregistered identities in Acme: the tenant is read-only.',
    );
    assert.equal(acme.requests.count(), before);
    await vs.dismiss(toast);
    await unlock(vs);
  });

  it('counts with one request, says what will happen, and sends nothing when it is cancelled', async () => {
    const before = acme.requests.count('listIdentities');
    await vs.contextMenu(vs.row('Unregistered'), ACTION);
    await vs.page.locator('.monaco-dialog-box').waitFor();
    for (const theme of ['dark', 'light', 'contrast'] as const) {
      if (theme !== 'dark') {
        await vs.modal('Cancel');
        await vs.setTheme(theme);
        await vs.contextMenu(vs.row('Unregistered'), ACTION);
        await vs.page.locator('.monaco-dialog-box').waitFor();
      }
      await vs.screenshot(`invite-all-${theme}`);
    }
    const said = await vs.modal('Cancel');
    assert.match(said, /Invite all 11 unregistered identities in Acme \(sandbox\)\?/);
    assert.match(said, /Each identity is sent an email at the work address/);
    assert.match(said, /at most 1,000 at a time; you cannot exclude any\. Emails cannot be recalled\./);
    assert.equal(acme.requests.count('listIdentities'), before + 3);
    assert.equal(sent(acme), 0);
    await vs.setTheme('dark');
  });

  it('wants the number typed, and nothing else will do', async () => {
    await vs.contextMenu(vs.row('Unregistered'), ACTION);
    await vs.modal('Send 11 invitations');
    await vs.inputMessage('11 emails are sent. To confirm, type the number: 11');
    await vs.input('1');
    await vs.inputMessage('Type 11');
    await vs.screenshot('invite-all-typed-dark');
    await vs.page.keyboard.press('Escape');
    await vs.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(sent(acme), 0);
  });

  it('sends one request, follows it in Tasks, and reads the list again at its end', async () => {
    await vs.palette('ISC Identities: Invite all unregistered identities...');
    await vs.modal('Send 11 invitations');
    await vs.inputMessage('To confirm, type the number');
    await vs.input('11');
    await vs.statusBar('Invitation of all unregistered identities started in Acme; tracked in Tasks');
    assert.equal(sent(acme), 1);
    const request = acme.requests.list.find(({ operation }) => operation === 'startIdentitiesInvite');
    assert.deepEqual(request?.body, { ids: [], uninvited: true });
    await vs.view('Tasks').locator('.pane-header').click();
    const row = vs.row('Invite all unregistered (11)', 'Tasks');
    await row.filter({ hasText: /done|warning/ }).waitFor();
    await vs.row('Unregistered').filter({ hasText: '11' }).waitFor({ state: 'detached' });
    await vs.screenshot('invite-all-done-dark');
    await vs.contextMenu(row, 'Open');
    await vs.statusBar('ISC selected the identities to invite; see the list Unregistered');
    assert.equal(sent(acme), 1);
  });

  it('says that nobody is left', async () => {
    const start = acme.world.people.correlated;
    for (let index = 0; index < start; index++) {
      if (acme.world.status(index) === 'UNREGISTERED') acme.world.update(index, { status: 'PENDING' });
    }
    await vs.contextMenu(vs.row('Acme'), ACTION);
    await vs.statusBar('Acme has no unregistered identities to invite');
    assert.equal(sent(acme), 1);
  });

  it('says how many of more than 1,000 are invited, and asks for that number', async () => {
    await connect(vs, globex, { name: 'Globex', environment: 'production' });
    await unlock(vs, { name: 'Globex', environment: 'production' });
    await vs.contextMenu(vs.row('Globex'), ACTION);
    const said = await vs.modal('Send 1,000 invitations');
    assert.match(said, /Invite 1,000 of the 1,\d\d\d unregistered identities in Globex \(production\)\?/);
    await vs.inputMessage('1,000 emails are sent. To confirm, type the number: 1000');
    await vs.input('1000');
    // Some of them have no work e-mail: ISC says so, and the task ends with a warning.
    await vs.row('Invite all unregistered (1,000)', 'Tasks').filter({ hasText: 'warning' }).waitFor();
    assert.equal(sent(globex), 1);
  });
});
