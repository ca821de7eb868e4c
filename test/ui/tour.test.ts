import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root } from '../../scripts/processes.mjs';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';

/** The steps of the walkthrough, by the names of their pictures. */
const STEPS = {
  demo: 'Try the demo tenant',
  find: 'Find an identity',
  understand: 'Understand its access',
  act: 'Act on one or many',
  add: 'Add your tenant',
} as const;

/**
 * The tour, and what its pictures show: they are taken here, into artifacts/screenshots, and copied to media/walkthrough when
 * something on them has changed.
 */
describe('the tour', () => {
  let vs: Session;

  before(async () => {
    vs = await launch({
      // In a smaller one newer versions show no pictures beside the steps.
      viewport: { width: 1500, height: 800 },
      userSettings: { 'workbench.statusBar.visible': false },
    });
  });
  after(() => vs?.dispose());

  /** A part of the window. */
  async function picture(
    step: keyof typeof STEPS,
    [x, y, width, height]: [number, number, number, number],
  ): Promise<void> {
    await vs.page.mouse.move(1, 1);
    const file = path.join(root, 'artifacts', 'screenshots', `tour-${step}.png`);
    await vs.page.screenshot({ path: file, clip: { x, y, width, height }, animations: 'disabled' });
  }

  it('begins in the welcome view, and shows a picture in each step', async () => {
    await vs.openView();
    await vs.view().getByText('Take the tour').click();
    for (const [step, title] of Object.entries(STEPS)) {
      const button = vs.page.locator('.getting-started-step').filter({ hasText: title });
      if (!(await button.getAttribute('class'))?.includes('expanded')) await button.click();
      const page = vs.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
      const image = page.locator(`img[src$="/${step}.png"]`);
      await image.waitFor();
      const width = await image.evaluate((element: HTMLImageElement) =>
        element.decode().then(() => element.naturalWidth),
      );
      assert.ok(width > 250, `${step}: ${String(width)}`);
      await vs.screenshot(`walkthrough-${step}-dark`);
    }
    await vs.page.keyboard.press('Control+F4');
    // What the pictures taken below are cut from.
    await vs.page.setViewportSize({ width: 980, height: 560 });
  });

  it('shows the demo tenant with its lists', async () => {
    await tryDemo(vs);
    await vs.expand(vs.row('Protected'));
    await picture('demo', [0, 35, 293, 380]);
  });

  it('shows a search', async () => {
    await vs.palette('ISC Identities: Find identity...');
    await vs.type('ada');
    await vs.page.locator('.quick-input-title').filter({ hasText: 'ada' }).waitFor();
    await picture('find', [190, 0, 600, 230]);
    await vs.pick('Ada Winterbourne');
  });

  it('shows why an identity has its roles', async () => {
    const page = await vs.webview('Ada Winterbourne');
    await page.getByRole('tab', { name: /^Role assignments/ }).click();
    await page.getByText('request', { exact: true }).first().waitFor();
    await picture('understand', [293, 75, 687, 400]);
    await vs.page.keyboard.press('Control+F4');
  });

  it('shows a plan', async () => {
    await vs.collapse(vs.row('Protected'));
    await vs.contextMenu(vs.row('Unregistered'), 'Plan bulk action on this list...');
    await vs.pick('Invite');
    const page = await vs.webview(/^Invite/);
    await page.getByRole('heading', { name: /^Plan: invite/ }).waitFor();
    await page.locator('tbody tr').first().waitFor();
    await picture('act', [293, 75, 687, 400]);
  });

  it('shows where credentials go', async () => {
    await vs.palette('ISC Identities: Add tenant...');
    await vs.type('acme');
    await vs.inputMessage('Credentials will be sent to https://acme.api.identitynow.com only.');
    await picture('add', [190, 0, 600, 100]);
    await vs.page.keyboard.press('Escape');
  });
});
