import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';

/** What reaches the extension from outside the window: a link, and a panel of a tenant that is not there any more. */
describe('links and restored panels', () => {
  const person = 'Ada Winterbourne';
  let vs: Session;

  before(async () => {
    vs = await launch();
    await vs.openView();
  });
  after(() => vs?.dispose());

  const follow = async (link: string): Promise<void> => {
    await vs.palette('Developer: Open URL');
    await vs.input(link);
    // VS Code's own question; the extension's may stand in its place at once.
    const question = vs.page.locator('.monaco-dialog-box').filter({ hasText: "Allow 'ISC Identities' extension" });
    await question.getByText('Open', { exact: true }).click();
    await question.waitFor({ state: 'detached' });
  };

  it('asks before a link adds a tenant, and asks for the credentials itself', async () => {
    await follow('code-oss://isc-identities.isc-identities/add-tenant?host=acme&name=Acme%20Test');
    const dialog = vs.page.locator('.monaco-dialog-box');
    await dialog.getByText('A link asks to add the tenant Acme Test').waitFor();
    await vs.screenshot('link-dark');
    const said = await vs.modal('Add Acme Test');
    assert.match(said, /credentials would be sent to https:\/\/acme\.api\.identitynow\.com/);
    await vs.inputMessage('Credentials will be sent to https://acme.api.identitynow.com only.');
    const box = vs.page.locator('.quick-input-widget:visible');
    assert.equal(await box.locator('input').first().inputValue(), 'acme');
    await vs.page.keyboard.press('Escape');
  });

  it('adds nothing when the question is refused', async () => {
    await follow('code-oss://isc-identities.isc-identities/add-tenant?host=acme');
    await vs.modal('Cancel');
    await vs.view().getByRole('button', { name: 'Add tenant', exact: true }).waitFor();
  });

  it('refuses a link that brings a secret, and does not repeat it', async () => {
    await follow('code-oss://isc-identities.isc-identities/add-tenant?host=acme&clientSecret=hunter2');
    const toast = await vs.notification('A link to ISC Identities was rejected');
    assert.doesNotMatch(await toast.innerText(), /hunter2/);
    await vs.dismiss(toast);
  });

  it('says of a restored panel that its tenant was removed, and what helps', async () => {
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.open(person);
    const page = await vs.webview(person);
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    // Removed by another window between the end of this one and its new start.
    // The page itself alone: its thousand files would each take a detour.
    const itself = (url: URL): boolean => url.pathname === '/';
    await vs.page.route(itself, async (route) => {
      const request = route.request();
      if (request.isNavigationRequest() && request.frame() === vs.page.mainFrame()) await removeTenants();
      await route.continue();
    });
    await vs.reload();
    await vs.page.unroute(itself);
    const restored = await vs.webview(person);
    await restored.getByText(`The tenant of ${person} was removed from VS Code. Add it again`).waitFor();
    await vs.view().getByRole('button', { name: 'Add tenant', exact: true }).waitFor();
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await vs.setTheme(theme);
      await vs.screenshot(`panel-tenant-removed-${theme}`);
    }
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });

  async function removeTenants(): Promise<void> {
    const files = await readdir(vs.data, { recursive: true });
    const tenants = files.filter((file) => /isc-identities[\\/]tenants[\\/][^\\/]+\.json$/.test(file));
    assert.equal(tenants.length, 1);
    for (const file of tenants) await rm(path.join(vs.data, file));
  }
});
