import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { LoggedOperation } from '../../src/demo/http/requestLog';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect } from './connect';

/** Every action on one person: its dialog read, its effect checked in the tenant, its requests counted there. */
describe('acting on one person', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300, taskDurationMs: 2_000 })]);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  /** Index of a person of the tenant by name. */
  function person(name: string): number {
    const index = Array.from({ length: 20 }, (_, n) => n).find((n) => acme.world.people.name(n).display === name);
    assert.ok(index !== undefined, name);
    return index;
  }
  const sent = (operation: LoggedOperation): number => acme.requests.count(operation);

  it('starts with a production tenant', async () => {
    await vs.openView();
    await connect(vs, acme, { environment: 'production' });
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.row('Ada Winterbourne').waitFor();
  });

  it('refuses in a read-only tenant before asking anything, and offers to unlock', async () => {
    await vs.contextMenu(vs.row('Ada Winterbourne'), 'Delete...');
    const toast = await vs.notification('the tenant is read-only');
    assert.match(await toast.innerText(), /Could not delete Ada Winterbourne from Acme/);
    assert.equal(sent('getIdentityOwnershipDetails'), 0);
    await toast.getByRole('button', { name: 'Unlock and continue' }).click();
    await vs.inputMessage('Acme is a production tenant.');
    await vs.input('Acme');
    await vs.pick('Until set to read-only');
    await vs.row('Acme').locator('.codicon-unlock').waitFor();
    // It goes on at its checks: she owns what blocks it.
    await vs.dismiss(await vs.notification('Could not delete Ada Winterbourne from Acme: owner of'));
    assert.equal(sent('deleteIdentity'), 0);
  });

  it('processes a person after saying what is calculated', async () => {
    await vs.contextMenu(vs.row('Abigail Thornquist'), 'Process...');
    const said = await vs.modal('Process Abigail Thornquist');
    assert.match(said, /Process Abigail Thornquist in Acme\?/);
    assert.match(said, /recalculates the attributes, lifecycle state, roles and access/);
    await vs.statusBar('Processing of Abigail Thornquist started in Acme');
    assert.equal(sent('startIdentityProcessing'), 1);
  });

  it('does nothing when the dialog is cancelled', async () => {
    await vs.contextMenu(vs.row('Abigail Thornquist'), 'Process...');
    await vs.modal('Cancel');
    assert.equal(sent('startIdentityProcessing'), 1);
  });

  it('invites an unregistered person at the address it names', async () => {
    const name = 'Aada Koskivaara';
    await vs.contextMenu(vs.row(name), 'Invite...');
    const said = await vs.modal('Send invitation');
    assert.match(said, /Invite Aada Koskivaara in Acme\?/);
    assert.match(said, new RegExp(`1 email is sent to ${acme.world.people.email(person(name)) ?? ''} `));
    await vs.statusBar(`Invitation of ${name}`);
    assert.equal(sent('startIdentitiesInvite'), 1);
  });

  it('says that a registered person is not invited, and sends nothing', async () => {
    await vs.contextMenu(vs.row('Aeryn Maplewood'), 'Invite...');
    const toast = await vs.notification('Could not invite Aeryn Maplewood in Acme');
    assert.match(await toast.innerText(), /in Acme: status is registered; ISC invites only unregistered identities/);
    await vs.dismiss(toast);
    assert.equal(sent('startIdentitiesInvite'), 1);
  });

  it('sends a password-reset mail to the chosen address for a source of the person', async () => {
    const name = 'Ada Winterbourne';
    const email = acme.world.people.email(person(name)) ?? '';
    await vs.contextMenu(vs.row(name), 'Send password reset email...');
    assert.deepEqual(await vs.quickPickItems(), [
      'Email to the work address',
      'Email to the personal address',
      'Link to the work address',
      'Link to the personal address',
      'For the password of one source...',
    ]);
    await vs.screenshot('verification-way-dark');
    await vs.pick('For the password of one source...');
    await vs.page.locator('.quick-input-widget').getByText('has an account').first().waitFor();
    const [source = ''] = await vs.quickPickItems();
    await vs.screenshot('verification-source-dark');
    await vs.pick(source);
    await vs.pick('Link to the work address');
    const said = await vs.modal('Send email');
    assert.ok(
      said.includes(`Send a password reset link to ${name} in Acme?`) && said.includes(`work email (${email})`),
      said,
    );
    assert.ok(said.includes(`It applies to the password on ${source}. It is valid for 2 hours.`), said);
    await vs.statusBar(`Password reset email to ${name} sent; valid for 2 hours`);
    assert.equal(acme.world.change(person(name)).mails, 1);
  });

  it('resets a person from her panel and reads her again', async () => {
    const name = 'Aeryn Maplewood';
    await vs.open(name);
    const page = await vs.webview(name);
    await page.getByText('registered', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete...' }).waitFor();
    await vs.screenshot('more-menu-dark');
    await page.getByRole('menuitem', { name: 'Reset...' }).click();
    const said = await vs.modal(`Reset ${name}`);
    assert.match(said, /is de-registered, loses security question answers and any elevated user level/);
    assert.match(said, /This cannot be undone\./);
    await page.getByText('unregistered', { exact: true }).first().waitFor();
    assert.equal(acme.world.status(person(name)), 'UNREGISTERED');
    assert.equal(sent('resetIdentity'), 1);
  });

  it('opens the menu of the panel by keyboard', async () => {
    const page = await vs.webview('Aeryn Maplewood');
    await page.getByRole('button', { name: 'More' }).focus();
    await vs.page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy ID' }).and(page.locator(':focus')).waitFor();
    await vs.page.keyboard.press('End');
    await page.getByRole('menuitem', { name: 'Delete...' }).and(page.locator(':focus')).waitFor();
    for (const theme of ['light', 'contrast'] as const) {
      await vs.page.keyboard.press('Escape');
      await vs.setTheme(theme);
      await (await vs.webview('Aeryn Maplewood')).getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Delete...' }).waitFor();
      await vs.screenshot(`more-menu-${theme}`);
    }
    await vs.page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Delete...' }).waitFor({ state: 'hidden' });
    await vs.setTheme('dark');
  });

  it('refuses to delete an owner and leads to what she owns', async () => {
    const name = 'Ada Winterbourne';
    await vs.contextMenu(vs.row(name), 'Delete...');
    const toast = await vs.notification(`Could not delete ${name} from Acme: owner of`);
    await vs.screenshot('delete-refused-dark');
    await toast.getByRole('button', { name: `Show what ${name} owns` }).click();
    const page = await vs.webview(name);
    await page.getByRole('tab', { name: /^Ownership/, selected: true }).waitFor();
    await page
      .getByRole('heading', { name: /^Owner of/ })
      .first()
      .waitFor();
    assert.equal(sent('deleteIdentity'), 0);
  });

  it('says why a protected person stays', async () => {
    const name = 'Adisa Balogunde';
    await vs.contextMenu(vs.row(name), 'Delete...');
    const toast = await vs.notification(`Could not delete ${name} from Acme: protected`);
    await vs.dismiss(toast);
    await vs.row(name).waitFor();
    assert.equal(sent('deleteIdentity'), 0);
  });

  it('deletes after the name was typed: her row goes, her panel says so', async () => {
    const name = 'Aeryn Maplewood';
    await vs.contextMenu(vs.row(name), 'Delete...');
    const said = await vs.modal(`Delete ${name}`);
    assert.match(said, /is not protected and owns nothing that blocks deletion \(checked just now\)/);
    assert.match(said, /Deletion cannot be undone\./);
    await vs.type('Aeryn');
    await vs.inputMessage(`Type ${name}`);
    await vs.screenshot('delete-typed-dark');
    await vs.input(name);
    await vs.statusBar(`${name} deleted from Acme`);
    await vs.row(name).waitFor({ state: 'detached' });
    const page = await vs.webview(name);
    await page.getByText(`${name} no longer exists in Acme.`).waitFor();
    assert.equal(acme.world.exists(12), false);
    assert.equal(sent('deleteIdentity'), 1);
    await vs.screenshot('deleted-dark');
  });

  it('sends a deletion whose answer was lost once, and sees that it happened', async () => {
    const name = 'Abner Quillfeather';
    acme.faults.add({ operation: 'deleteIdentity', kind: 'resetAfter' });
    await vs.contextMenu(vs.row(name), 'Delete...');
    await vs.modal(`Delete ${name}`);
    await vs.inputMessage('Acme is a production tenant.');
    await vs.input(name);
    await vs.row(name).waitFor({ state: 'detached' });
    assert.equal(sent('deleteIdentity'), 2);
  });

  it('sends a mail whose answer was lost once, and does not say "try again"', async () => {
    const name = 'Abigail Thornquist';
    acme.faults.add({ operation: 'sendIdentityVerificationAccountToken', kind: 'resetAfter' });
    await vs.contextMenu(vs.row(name), 'Send password reset email...');
    await vs.pick('Email to the work address');
    await vs.modal('Send email');
    const toast = await vs.notification(`Could not send a password reset email to ${name} in Acme`);
    assert.match(await toast.innerText(), /The request may have taken effect anyway: check before you try again\./);
    await vs.dismiss(toast);
    assert.equal(acme.world.change(person(name)).mails, 1);
  });
});
