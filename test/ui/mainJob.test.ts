import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { nameAdded, signIn } from './connect';
import { waitUntil } from '../waitUntil';

/** What a person does with the extension on the first day, in order: each step goes on from the one before. */
describe('the main job, as a person does it', () => {
  const person = 'Ada Winterbourne';
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300 })]);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  it('offers the demo tenant and Add tenant in an empty view', async () => {
    await vs.openView();
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).waitFor();
    await vs.view().getByRole('button', { name: 'Add tenant', exact: true }).waitFor();
    await vs.screenshot('welcome-dark');
  });

  it('shows the demo tenant, its first 250 people and how many more there are', async () => {
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).click();
    // It unfolds to its identities by itself.
    await vs.row('Aada Koskivaara').waitFor();
    await vs.expand(vs.row('All identities'));
    await vs.screenshot('demo-tenant-dark');
    await vs.collapse(vs.row('All identities'));
    // Before any list is opened each says how many are in it.
    for (const list of ['All identities', 'Processing errors', 'Uncorrelated', 'Unregistered', 'Locked', 'Protected']) {
      await vs
        .row(list)
        .locator('.label-description')
        .filter({ hasText: /^[\d,]+$/ })
        .waitFor();
    }
    await vs.screenshot('tenant-counts-dark');
    await vs.expand(vs.row('All identities'));
    await vs.row(person).waitFor();
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
    const [tenant, view, first] = await vs.rows();
    assert.equal(tenant?.description, 'demo');
    assert.equal(view?.spoken, 'All identities, 2,000 identities');
    assert.match(first?.spoken ?? '', /^[^,]+, (unregistered|active|processing error)/);
    const more = await vs.scrollTo('Load more');
    assert.match(await more.innerText(), /250 of 2,000/);
    await vs.screenshot('load-more-dark');
  });

  it('loads more', async () => {
    await vs.row('Load more').click();
    await vs.view().locator('.monaco-list-row', { hasText: '250 of 2,000' }).waitFor({ state: 'detached' });
    const more = await vs.scrollTo('Load more');
    assert.match(await more.innerText(), /500 of 2,000/);
    await vs.page.keyboard.press('Home');
    await vs.row('Demo tenant').waitFor();
  });

  it('shows a person’s role assignments below her', async () => {
    await vs.expand(vs.row(person));
    const assignments = (await vs.rows()).filter(({ level }) => level === 4);
    assert.equal(assignments.length, 7);
    for (const { description } of assignments) assert.match(description, /^(since|starts|ends) /);
  });

  it('opens her panel with states in words, attributes and role assignments', async () => {
    await vs.open(person);
    const page = await vs.webview(person);
    await page.getByRole('heading', { name: person }).waitFor();
    await page.getByText('active', { exact: true }).first().waitFor();
    await page.getByText('ada.winterbourne', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await vs.screenshot('identity-dark');

    await page.getByRole('searchbox', { name: 'Filter attributes' }).fill('department');
    await page.locator('dl.attributes dt').getByText('department', { exact: true }).waitFor();
    assert.ok((await page.locator('dl.attributes dt').count()) < 5);
    await page.getByRole('button', { name: 'Copy value of department' }).click();
    await page.locator('.codicon-check').waitFor();

    await page.getByRole('tab', { name: /^Role assignments/ }).click();
    await page.getByRole('tab', { name: 'Role assignments (7)' }).waitFor();
    await vs.screenshot('identity-roles-dark');
  });

  it('works by keyboard', async () => {
    const page = await vs.webview(person);
    await page.getByRole('tab', { name: /^Role assignments/ }).focus();
    await vs.page.keyboard.press('ArrowLeft');
    await page.getByRole('tab', { name: /^Attributes/, selected: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter attributes' }).waitFor();
  });

  it('synchronizes her attributes by right-click and says what happened', async () => {
    await vs.contextMenu(vs.row(person), 'Synchronize attributes');
    await vs.statusBar(`Attribute synchronization of ${person} accepted by Demo tenant`);
    await vs.screenshot('synchronized-dark');
  });

  it('says the 10-second rule as a sentence', async () => {
    await vs.contextMenu(vs.row(person), 'Synchronize attributes');
    const toast = await vs.notification(/at most once every 10 seconds/);
    assert.match(await toast.innerText(), new RegExp(`Could not synchronize attributes of ${person}`));
    await vs.screenshot('ten-second-rule-dark');
    await vs.dismiss(toast);
  });

  it('synchronizes from the command palette who is in the active panel, after it said who', async () => {
    const other = 'Abigail Thornquist';
    await vs.open(other);
    await (await vs.webview(other)).getByRole('heading', { name: other }).waitFor();
    await vs.palette('ISC Identities: Synchronize attributes');
    await vs.modal(`Synchronize ${other}`);
    await vs.statusBar(`Attribute synchronization of ${other} accepted`);
    await vs.palette('View: Close Editor');
    await vs.tab(other).waitFor({ state: 'detached' });
  });

  it('keeps tenant, tree and panel over a reload', async () => {
    await vs.reload();
    await vs.openView();
    const page = await vs.webview(person);
    await page.getByRole('heading', { name: person }).waitFor();
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await vs.row('Demo tenant').waitFor();
  });

  it('follows the theme', async () => {
    const page = await vs.webview(person);
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await vs.setTheme(theme);
      await page.getByRole('heading', { name: person }).waitFor();
      await vs.screenshot(`identity-${theme}`);
    }
  });

  it('refuses to add a tenant with bad input, and says why at once', async () => {
    await vs.palette('ISC Identities: Add tenant...');
    await vs.type('http://acme.identitynow.com');
    await vs.inputMessage('ISC is reached only over https');
    await vs.type('ac me');
    await vs.inputMessage('is not a host name');
    await vs.type('acme');
    await vs.inputMessage('Credentials will be sent to https://acme.api.identitynow.com only.');
    await vs.screenshot('add-tenant-host-dark');
    await vs.input(acme.baseUrl);
    await vs.pick('Personal access token (PAT)');
    await vs.inputMessage('Client ID of the personal access token');
    await vs.input(acme.clientId);
    await vs.inputMessage('Client secret, sent to');
    await vs.input('not-the-secret');
    await vs.inputMessage(/Could not sign in to .*ISC rejected the credentials.* Check client ID and secret\./);
    await vs.page.locator('.quick-input-title').getByText('Add tenant (3/4)').waitFor();
    const typed = vs.page.locator('.quick-input-widget input[type="password"]');
    assert.equal(await typed.inputValue(), 'not-the-secret');
    await vs.screenshot('add-tenant-refused-dark');
  });

  it('adds a tenant once its credentials work', async () => {
    await vs.input(acme.clientSecret);
    await vs.pick('sandbox');
    await nameAdded(vs);
    const row = (await vs.rows()).find(({ label }) => label === 'Acme');
    assert.equal(row?.description, 'sandbox · read-only');
    await vs.expand(vs.row('Acme'));
  });

  it('refuses changes in a read-only tenant and offers to unlock it', async () => {
    // The row of Acme is selected, and no panel is active: nobody is asked which tenant.
    await vs.palette('View: Close All Editors');
    await vs.palette('ISC Identities: Synchronize attributes');
    // Whatever is asked says which command asks.
    assert.match(await vs.inputText(), /^Synchronize attributes\b/);
    await vs.page.locator('.quick-input-title').filter({ hasText: ' · Acme' }).waitFor();
    await vs.search('ada w', /Ada Winterbourne/);
    const toast = await vs.notification('the tenant is read-only');
    assert.match(await toast.innerText(), /allows changes in Acme \(sandbox\) until it is set to read-only again\./);
    await toast.getByRole('button', { name: 'Unlock and continue' }).click();
    // Nobody pointed at a row: after the tenant was unlocked it is said once more whom it is about.
    await vs.modal('Synchronize Ada Winterbourne');
    await vs.statusBar('Attribute synchronization of Ada Winterbourne accepted by Acme');
    await vs.row('Acme').locator('.codicon-organization').waitFor();
  });

  it('keeps the secret over a reload', async () => {
    await vs.reload();
    await vs.openView();
    await vs.collapse(vs.row('Demo tenant'));
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.row(person).waitFor();
  });

  it('says that a token lacks permission, and which', async () => {
    const reader = acme.issue({ scopes: ['idn:identity:read'], authorities: [] });
    await vs.palette('ISC Identities: Change credentials...');
    await vs.pick('Acme');
    const listed = acme.requests.count('listIdentities');
    await signIn(vs, reader);
    await vs.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    // The list is read again, its page and its number: a row that is being replaced has no menu.
    await waitUntil(() => acme.requests.count('listIdentities') >= listed + 2, 'both pages are asked for', {
      everyMs: 50,
    });
    await vs.row('All identities').filter({ hasText: '300' }).waitFor();
    await vs.contextMenu(vs.row(person), 'Synchronize attributes');
    const toast = await vs.notification(/ORG_ADMIN/);
    await vs.screenshot('forbidden-dark');
    await vs.dismiss(toast);
  });

  it('removes a tenant after a question and leaves the others alone', async () => {
    await vs.contextMenu(vs.row('Acme'), 'Remove tenant...');
    assert.match(await vs.modal('Remove Acme'), /Its stored credentials are deleted/);
    await vs.row('Acme').waitFor({ state: 'detached' });
    await vs.row('Demo tenant').waitFor();
  });

  it('writes nothing alarming on the console', () => {
    // VS Code repeats every error it shows there: those two are shown on purpose above.
    const unexpected = vs.problems.filter(
      (problem) => !/at most once every 10 seconds|read-only|ORG_ADMIN/.test(problem),
    );
    assert.deepEqual(unexpected, []);
  });
});
