import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect } from './connect';
import { cutTexts, serious, THEMES } from './panelPage';

const LIST = 'All identities';

/** The table of a list in a window of VS Code. What the page does by itself is in tablePage.test.ts. */
describe('table of a list', () => {
  let vs: Session;
  let acme: DemoTenant;
  let page: FrameLocator;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 400, rateLimit: Infinity })]);
    await vs.openView();
    await connect(vs, acme);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  const grid = (): Locator => page.getByRole('grid');
  const row = (name: string): Locator => page.getByRole('row', { name, exact: true });
  const heading = (name: string | RegExp): Locator => page.getByRole('columnheader', { name });
  const selected = (n: number): Promise<void> => page.getByText(`${String(n)} selected`, { exact: true }).waitFor();
  /** The names in the first column, from the top. */
  const names = (): Promise<string[]> => page.locator('.gridBody [role="rowheader"]').allInnerTexts();

  it('opens from the menu of the list, with all of its rows', async () => {
    await vs.contextMenu(vs.row(LIST), 'Open as table');
    page = await vs.webview(LIST);
    await row('Ada Winterbourne').waitFor();
    await page.getByText(/^4\d\d identities$/).waitFor();
    assert.match((await grid().getAttribute('aria-rowcount')) ?? '', /^4\d\d$/);
    await vs.screenshot('table-dark');
  });

  it('sorts at a click on a heading, and filters at once', async () => {
    const first = heading(/./).first();
    await first.click();
    await page.locator('[aria-sort="ascending"]').waitFor();
    await first.click();
    await page.locator('[aria-sort="descending"]').waitFor();
    // The heading is there before the rows.
    const firstRow = page.locator('[aria-rowindex="2"] [role="rowheader"]');
    await firstRow.filter({ hasNotText: 'Aada Koskivaara' }).waitFor();
    const [top = '', next = ''] = await names();
    assert.ok(top.localeCompare(next, 'en') >= 0, `${top}, ${next}`);
    await first.click();
    await firstRow.filter({ hasText: 'Aada Koskivaara' }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('ada.winterbourne@');
    await page.getByText(/^1 of 4\d\d shown$/).waitFor();
    assert.deepEqual(await names(), ['Ada Winterbourne']);
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('');
    await row('Aaron Achterberg').waitFor();
  });

  it('groups, and shows the rows of a group at a click', async () => {
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Status');
    const groups = page.getByRole('complementary', { name: 'Group by: Status' });
    const locked = groups.getByRole('button', { name: /^locked/ });
    const count = Number(/\d+$/.exec((await locked.innerText()).trim())?.[0]);
    assert.ok(count > 0);
    await vs.screenshot('table-grouped-dark');
    await locked.click();
    await page.getByText(new RegExp(`^${String(count)} of 4\\d\\d shown$`)).waitFor();
    await row('Aaron Achterberg').waitFor();
    await page.getByRole('button', { name: 'Remove filter: Status is locked' }).click();
    await row('Ada Winterbourne').waitFor();
  });

  it('is fine for everybody: in all themes, by what axe finds, with no text cut off', async () => {
    const found: string[] = [];
    for (const theme of THEMES) {
      await vs.setTheme(theme);
      page = await vs.webview(LIST);
      await row('Ada Winterbourne').click({ modifiers: ['Control'] });
      await selected(1);
      found.push(...(await serious(vs, page)).map((problem) => `${theme}: ${problem}`));
      found.push(...(await cutTexts(page)).map((problem) => `${theme}: ${problem}`));
      await vs.screenshot(`table-grouped-${theme}`);
      await page.locator('.gridBody [tabindex="0"]').press('Escape');
    }
    assert.deepEqual(found, []);
    await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  });

  it('selects a range by keyboard, copies it, and does to it what rows of the tree do', async () => {
    await row('Aaron Achterberg').getByRole('rowheader').click();
    await vs.page.keyboard.press('Shift+ArrowDown');
    await vs.page.keyboard.press('Shift+ArrowDown');
    await selected(3);
    await vs.page.keyboard.press('Control+c');
    await page
      .getByRole('status')
      .filter({ hasText: /Copied 3/ })
      .waitFor();
    await vs.page.keyboard.press('ContextMenu');
    await vs.page.locator('.monaco-menu').waitFor();
    await vs.screenshot('table-menu-dark');
    await vs.page.keyboard.press('Escape');
    await row('Ada Winterbourne').click({ button: 'right' });
    await selected(1);
    // By key: a click on a menu that has just opened may do nothing.
    const item = vs.page.locator('.monaco-menu .action-menu-item').filter({ hasText: 'Open identity...' });
    await item.hover();
    await item
      .and(vs.page.locator(':focus'))
      .or(item.locator(':focus'))
      .or(vs.page.locator('.focused').filter({ has: item }))
      .first()
      .waitFor();
    await vs.page.keyboard.press('Enter');
    await (await vs.webview('Ada Winterbourne')).getByRole('tab', { name: /^Attributes/ }).waitFor();
    page = await vs.webview(LIST);
    await row('Ada Winterbourne').waitFor();
  });

  it('keeps widths, order and columns over a reload of the window', async () => {
    const choose = async (column: string, item: string): Promise<void> => {
      await heading(column).click({ button: 'right' });
      await page.getByRole('menuitem', { name: item }).click();
    };
    const columns = (): Promise<string[]> => page.getByRole('columnheader').locator('.label').allInnerTexts();
    const width = async (): Promise<number> => (await heading('Email').boundingBox())?.width ?? 0;
    await choose('Lifecycle state', 'Hide column');
    await heading('Lifecycle state').waitFor({ state: 'detached' });
    await choose('Status', 'Move left');
    await page.locator('[aria-colindex="2"]').getByText('Status').waitFor();
    const before = await width();
    await choose('Email', 'Wider');
    const [kept, wide] = [await columns(), await width()];
    assert.ok(wide > before, `${String(wide)} px`);
    await vs.reload();
    page = await vs.webview(LIST);
    await row('Ada Winterbourne').waitFor();
    assert.deepEqual([await columns(), await width()], [kept, wide]);
  });

  it('stays usable in a narrow window and a low one', async () => {
    const size = vs.page.viewportSize();
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Status');
    await page.getByRole('complementary').waitFor();
    for (const [name, width, height] of [
      ['narrow', 750, 800],
      ['low', 640, 400],
    ] as const) {
      await vs.page.setViewportSize({ width, height });
      page = await vs.webview(LIST);
      await row('Aaron Achterberg').waitFor();
      await vs.screenshot(`table-${name}-dark`);
      const wide = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      assert.ok(wide <= 1, `${name}: ${String(wide)} px sideways`);
    }
    if (size) await vs.page.setViewportSize(size);
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
