import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect, signIn, type Signing } from './connect';
import { rewriting } from './rewriting';

/** Several tenants, their credentials and their environments, as a person looks after them. */
describe('tenants, as a person looks after them', () => {
  let vs: Session;
  let acme: DemoTenant;
  let reader: { clientId: string; clientSecret: string };

  before(async () => {
    [vs, acme] = await Promise.all([launch({ theme: 'light' }), startDemo({ identities: 300 })]);
    reader = acme.issue({ scopes: ['idn:identity:read'], authorities: ['HELPDESK'] });
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  async function add(name: string, environment: 'production' | 'sandbox', { clientId, clientSecret }: Signing = acme) {
    // Copied secrets end in a line break.
    const baseUrl = acme.baseUrl;
    await connect(vs, { baseUrl, clientId, clientSecret: `${clientSecret}\n` }, { name, environment });
  }

  const labels = async (): Promise<string[]> =>
    (await vs.rows()).filter(({ level }) => level === 1).map(({ label, description }) => `${label}: ${description}`);

  it('keeps two credentials of one host side by side, with their environments', async () => {
    await vs.openView();
    await add('Acme', 'production');
    await add('Acme helpdesk', 'sandbox', reader);
    assert.deepEqual(await labels(), ['Acme: production · read-only', 'Acme helpdesk: sandbox · read-only']);
    await vs.screenshot('tenants-light');
  });

  it('goes back a step and keeps what was typed', async () => {
    await vs.palette('ISC Identities: Add tenant...');
    await vs.input(acme.baseUrl);
    await vs.pick('Personal access token (PAT)');
    await vs.inputMessage('Client ID of the personal access token');
    await vs.page.locator('.quick-input-widget [aria-label="Where do I get one?"]').waitFor();
    await vs.input('some-client');
    await vs.inputMessage('Client secret, sent to');
    await vs.type('half a secret');
    await vs.page.locator('.quick-input-widget .quick-input-left-action-bar .action-label').click();
    await vs.inputMessage('Client ID of the personal access token');
    assert.equal(await vs.page.locator('.quick-input-widget input[type="text"]').inputValue(), 'some-client');
    await vs.input('some-client');
    await vs.inputMessage('Client secret, sent to');
    assert.equal(await vs.page.locator('.quick-input-widget input[type="password"]').inputValue(), 'half a secret');
    await vs.page.keyboard.press('Escape');
    assert.equal((await labels()).length, 2);
  });

  it('says that a host does not exist before it asks for a secret', async () => {
    await vs.palette('ISC Identities: Add tenant...');
    await vs.input('acme.example.invalid');
    await vs.inputMessage('Could not reach https://acme.example.invalid');
    await vs.screenshot('unknown-host-light');
    await vs.page.keyboard.press('Escape');
  });

  it('renames and reorders', async () => {
    await vs.contextMenu(vs.row('Acme helpdesk'), 'Rename tenant...');
    await vs.input('Helpdesk');
    await vs.row('Helpdesk').waitFor();
    await vs.contextMenu(vs.row('Helpdesk'), 'Move tenant up');
    await vs.page.locator('.monaco-list-row[data-index="0"]', { hasText: 'Helpdesk' }).waitFor();
  });

  it('says what the credentials can do', async () => {
    await vs.contextMenu(vs.row('Helpdesk'), 'Check connection');
    const page = await vs.webview(/Connection to Helpdesk/);
    await page.getByRole('heading', { name: 'Connection to Helpdesk' }).waitFor();
    await page.getByRole('cell', { name: 'HELPDESK' }).waitFor();
    const row = (operation: RegExp) => page.getByRole('row', { name: operation });
    assert.match(await row(/^List identities/).innerText(), /✓ allowed/);
    assert.match(await row(/^Delete/).innerText(), /✗ not allowed.*idn:identity:manage/s);
    await vs.screenshot('check-connection-light');
    await vs.page.keyboard.press('Control+F4');
    assert.equal(acme.requests.list.filter(({ method }) => method === 'DELETE').length, 0);
  });

  it('unlocks production by its name, shows it everywhere, and locks it again', async () => {
    // Each tenant was unfolded when it was added: this is about the lists of one.
    await vs.collapse(vs.row('Helpdesk'));
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.open('Ada Winterbourne');
    await vs.webview('Ada Winterbourne');
    await vs.statusBar('Acme · production · read-only');
    await vs.contextMenu(vs.row('Acme'), 'Unlock tenant for changes...');
    await vs.input('acm');
    await vs.inputMessage('Type Acme');
    await vs.input('Acme');
    await vs.pick('15 minutes');
    await vs.statusBar(/Acme · production · unlocked until/);
    await vs.screenshot('production-unlocked-light');
    await vs.setTheme('contrast');
    await vs.screenshot('production-unlocked-contrast');
    await vs.setTheme('dark');
    await vs.screenshot('production-unlocked-dark');
    await vs.contextMenu(vs.row('Acme'), 'Set tenant to read-only');
    await vs.statusBar('Acme · production · read-only');
  });

  it('forgets an unlocking when the window is reloaded', async () => {
    await vs.contextMenu(vs.row('Acme'), 'Unlock tenant for changes...');
    await vs.input('Acme');
    await vs.pick('Until set to read-only');
    await vs.statusBar('Acme · production · unlocked');
    await vs.reload();
    await vs.openView();
    await vs.statusBar('Acme · production · read-only');
  });

  it('turns a revoked tenant into "sign in again", and signs in again in place', async () => {
    const helpdesk = vs.row('Helpdesk');
    acme.revokeCredentials(reader.clientId);
    // Counting its lists finds it out.
    await vs.expand(helpdesk);
    await helpdesk.filter({ hasText: 'sign in again' }).waitFor();
    await vs.screenshot('signed-out-dark');
    reader = acme.issue({ scopes: ['idn:identity:read'], authorities: ['HELPDESK'] });
    await vs.row('Could not connect').click();
    await signIn(vs, reader);
    await helpdesk.filter({ hasText: 'sandbox' }).waitFor();
    await vs.expand(vs.row('All identities'));
    await vs.row('Ada Winterbourne').waitFor();
  });

  it('sends the credentials to no other address before a person says so', async () => {
    const other = await rewriting(acme, () => undefined);
    try {
      const isRecord = (file: string): boolean => /globalStorage.*[/\\]tenants[/\\][^/\\]+\.json$/.test(file);
      for (const [file, text] of Object.entries(filesOf(vs.data))) {
        if (isRecord(file) && text.includes('"Acme"')) writeFileSync(file, text.replace(acme.baseUrl, other.baseUrl));
      }
      const tokens = acme.requests.count('token');
      await vs.reload();
      await vs.openView();
      await vs.expand(vs.row('Acme'));
      await vs.row('Could not connect').first().click();
      const question = vs.page.locator('.monaco-dialog-box');
      await question.getByText(`Send the credentials of Acme to ${other.baseUrl} from now on?`).waitFor();
      assert.match(await question.innerText(), new RegExp(`They were entered for ${acme.baseUrl}`));
      await vs.screenshot('other-address-dark');
      assert.equal(acme.requests.count('token'), tokens);
      await vs.modal('Send to the new address');
      await vs.expand(vs.row('All identities'));
      await vs.row('Ada Winterbourne').waitFor();
      assert.equal(acme.requests.count('token'), tokens + 1);
    } finally {
      await other.close();
    }
  });

  it('shows its log, also where VS Code keeps none', async () => {
    await vs.palette('ISC Identities: Show log');
    await vs.page.locator('.view-line', { hasText: 'listIdentities' }).first().waitFor();
    await vs.screenshot('log-dark');
  });

  it('walks a newcomer through', async () => {
    await vs.palette('Welcome: Open Walkthrough...');
    await vs.type('ISC Identities');
    await vs.pick(/Get started with ISC Identities/);
    await vs.page.getByText('Try the demo tenant').first().waitFor();
    await vs.screenshot('walkthrough-dark');
    await vs.page.keyboard.press('Control+F4');
  });

  it('leaves nothing of a removed tenant: not in files, not in the browser, not on the screen', async () => {
    for (const name of ['Helpdesk', 'Acme']) {
      await vs.contextMenu(vs.row(name), 'Remove tenant...');
      await vs.modal(`Remove ${name}`);
      await vs.row(name).waitFor({ state: 'detached' });
    }
    await vs.tab('Ada Winterbourne').waitFor({ state: 'detached' });
    await vs.view().getByRole('button', { name: 'Add tenant', exact: true }).waitFor();
    await vs.reload();
    const places = { ...filesOf(vs.data), ...(await storageOf(vs)) };
    const secrets = [acme.clientId, acme.clientSecret, reader.clientId, reader.clientSecret];
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) assert.ok(!text.includes(secret), `a secret in ${place}`);
      assert.doesNotMatch(text, /iscIdentities\.credentials\./, place);
    }
    assert.deepEqual(
      Object.keys(places).filter((place) => /globalStorage.*tenants/.test(place)),
      [],
    );
    assert.ok(Object.keys(places).length > 5, 'the hunt looked somewhere');
  });
});

/** Every file VS Code wrote on the machine: settings, logs, storages. */
function filesOf(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !file.includes('CachedExtension')) found[file] = readFileSync(file, 'latin1');
  }
  return found;
}

/** Everything the window keeps in the browser: localStorage (secrets, encrypted, by key) and its databases (states). */
async function storageOf({ page }: Session): Promise<Record<string, string>> {
  const { origins } = await page.context().storageState({ indexedDB: true });
  return Object.fromEntries(origins.map(({ origin, ...kept }) => [origin, JSON.stringify(kept)]));
}
