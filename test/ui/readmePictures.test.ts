import { after, before, describe, it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import { tryDemo } from './connect';
import { launch, type Session } from './driver';
import { showTab, TABS } from './panelPage';

const ADA = 'Ada Winterbourne';
const ROLE = 'Austin Office';

/** The pictures of the README, taken into artifacts/screenshots; `npm run pictures` takes them over into media/readme. */
describe('what the README shows, in light and dark', () => {
  let vs: Session;

  before(async () => {
    vs = await launch({
      viewport: { width: 1120, height: 740 },
      theme: 'light',
      // The title is that of the tab alone.
      userSettings: { 'window.commandCenter': false, 'window.title': '${activeEditorShort}' },
    });
    await vs.openView();
    await tryDemo(vs);
  });
  after(() => vs?.dispose());

  async function inBothThemes(name: string, page: FrameLocator): Promise<void> {
    for (const theme of ['dark', 'light'] as const) {
      await vs.setTheme(theme);
      await page.locator(`body.vscode-${theme}`).waitFor();
      await vs.page.mouse.move(1, 1);
      await vs.screenshot(`readme-${name}-${theme}`);
    }
  }

  async function closeTabs(): Promise<void> {
    await vs.palette('View: Close All Editors');
    await vs.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  it('shows an identity, and the graph of its access', async () => {
    await vs.expand(vs.row('All identities'));
    await vs.expand(vs.row(ADA));
    await vs.open(ADA);
    const page = await vs.webview(ADA);
    await showTab(page, TABS.roles);
    await page.getByText('request', { exact: true }).first().waitFor();
    await inBothThemes('identity', page);
    await showTab(page, TABS.picture);
    await page.getByRole('application', { name: `Access graph of ${ADA}` }).waitFor();
    await inBothThemes('graph', page);
    await closeTabs();
  });

  it('shows why an identity has a role', async () => {
    await vs.row(ROLE).click();
    const page = await vs.webview(`${ROLE} · ${ADA}`);
    await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    await inBothThemes('why', page);
    await closeTabs();
    await vs.collapse(vs.row(ADA));
    await vs.collapse(vs.row('All identities'));
  });

  it('shows a plan and its result', async () => {
    await vs.contextMenu(vs.row('Processing errors'), 'Plan bulk action on this list...');
    await vs.pick('Process');
    const page = await vs.webview(/^Process \d+ identities in Demo tenant$/);
    const run = page.getByRole('button', { name: /^Process \d+ identities$/ });
    await run.waitFor();
    await page.locator('tbody tr').first().waitFor();
    await inBothThemes('plan', page);
    const button = await run.innerText();
    await run.click();
    await vs.modal(button.trim());
    await page.getByRole('button', { name: /^Retry failed/ }).waitFor();
    await vs.palette('Notifications: Clear All Notifications');
    await inBothThemes('result', page);
  });
});
