import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';
import { serious, showTab, sideways, TABS } from './panelPage';

/** A window of 1280 x 800 at the browser's zoom of 200%: half as many pixels, each twice as big. */
describe('panels in a zoomed window', () => {
  const person = 'Ada Winterbourne';
  const role = `Austin Office · ${person}`;
  const compared = `${person} ↔ Abel Marchetto`;
  let vs: Session;

  before(async () => {
    vs = await launch({ zoom: 2 });
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.contextMenu(vs.row('Locked'), 'Open as table');
    await (await vs.webview('Locked')).getByRole('row', { name: 'Aaron Achterberg' }).waitFor();
    await vs.expand(vs.row('All identities'));
    await vs.contextMenu(vs.row(person), 'Select for compare');
    await vs.contextMenu(vs.row('Abel Marchetto'), 'Compare with selected');
    await (await vs.webview(compared)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    await vs.open(person);
    await (await vs.webview(person)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    await vs.palette('View: Toggle Primary Side Bar Visibility');
    await vs.page.setViewportSize({ width: 640, height: 400 });
  });
  after(() => vs?.dispose());

  /** Nothing of the page itself is beyond its right edge. */
  async function fits(page: FrameLocator): Promise<void> {
    const wide = await sideways(page);
    assert.ok(wide <= 1, `${wide} px sideways`);
  }

  it('shows every tab of a person', async () => {
    const page = await vs.webview(person);
    for (const [id, tab] of Object.entries(TABS)) {
      await showTab(page, tab);
      await fits(page);
      await vs.screenshot(`zoomed-${id}-dark`);
    }
    assert.deepEqual(await serious(vs, page), []);
  });

  it('reaches every action', async () => {
    const page = await vs.webview(person);
    for (const action of ['Synchronize attributes', 'Process...', 'Invite...', 'Refresh']) {
      await page.getByRole('button', { name: action }).scrollIntoViewIfNeeded();
    }
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete...' }).scrollIntoViewIfNeeded();
    await vs.screenshot(`zoomed-menu-dark`);
    await vs.page.keyboard.press('Escape');
  });

  it('says why she has a role', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.roles);
    await page.getByRole('button', { name: 'Austin Office', exact: true }).click();
    const why = await vs.webview(role);
    await why.locator('.answer').waitFor();
    await fits(why);
    await vs.screenshot(`zoomed-why-dark`);
  });

  it('compares her with somebody else', async () => {
    const page = await vs.webview(compared);
    for (const tab of ['Attributes', 'Roles', 'Entitlements']) {
      await showTab(page, new RegExp(`^${tab}`));
      await fits(page);
      await vs.screenshot(`zoomed-compare-${tab.toLowerCase()}-dark`);
    }
  });

  it('shows a table, and takes the keyboard through it', async () => {
    const page = await vs.webview('Locked');
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Status');
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /^locked/ })
      .waitFor();
    await fits(page);
    await page.getByRole('row', { name: 'Aaron Achterberg' }).getByRole('rowheader').click();
    await vs.screenshot('zoomed-table-dark');
    await vs.page.keyboard.press('Control+End');
    await vs.frame();
    const cell = await page.locator('.gridCell:focus').evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { inside: left >= 0 && right <= innerWidth + 1 && top >= 0 && bottom <= innerHeight + 1, bottom, right };
    });
    assert.ok(cell.inside, JSON.stringify(cell));
    await vs.screenshot('zoomed-table-end-dark');
    await page.getByRole('complementary').scrollIntoViewIfNeeded();
    await vs.screenshot('zoomed-table-groups-dark');
  });
});
