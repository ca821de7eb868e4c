import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { browserArguments } from '../../scripts/browser.mjs';
import { ensureBrowser } from '../../scripts/setup.mjs';
import { tableParams } from '../../src/panels/table/protocol';
import { openAlone, tellChanged, type Answerer } from './pageAlone';
import { TABLE_KEYS, TableHost } from './tableHost';

/** The page of a table in a browser, without VS Code: the test is its host. */
describe('page of a table', () => {
  let browser: Browser;
  let page: Page;
  let host: TableHost;
  let problems: string[];

  before(async () => {
    browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserArguments });
  });
  after(() => browser.close());
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.setDefaultTimeout(10_000);
    problems = [];
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
  });
  afterEach(() => {
    assert.deepEqual(problems, []);
  });

  const open = (answer: Answerer = host.answer, state?: unknown): Promise<void> =>
    openAlone(page, 'table', tableParams, answer, state);
  const grid = (): Locator => page.getByRole('grid');
  const row = (name: string): Locator => page.getByRole('row', { name, exact: true });
  const heading = (name: string): Locator => page.getByRole('columnheader', { name, exact: true });
  const press = (keys: string): Promise<void> => page.keyboard.press(keys);
  const asked = (name: string): unknown[] =>
    host.asked.filter((question) => question.name === name).map(({ params }) => params);
  /** Waits until the focus is there: "row column", by their places as they are said. */
  const focusAt = (place: string): Promise<unknown> =>
    page.waitForFunction((wanted) => {
      const cell = document.activeElement;
      return `${cell?.parentElement?.ariaRowIndex ?? ''} ${cell?.ariaColIndex ?? ''}` === wanted;
    }, place);
  const selected = (n: number): Promise<void> =>
    n === 0
      ? page.getByText(/^\d+ selected$/).waitFor({ state: 'detached' })
      : page.getByText(`${n.toLocaleString('en')} selected`, { exact: true }).waitFor();

  it('draws what is seen of 100,000 rows and asks for no more, to the very end', async () => {
    host = new TableHost(100_000);
    await open();
    await row('Person 5').waitFor();
    assert.equal(await grid().getAttribute('aria-rowcount'), '100001');
    assert.equal(await grid().getAttribute('aria-colcount'), '12');
    assert.ok((await page.getByRole('row').count()) < 60);
    await row('Person 1').getByRole('rowheader').click();
    await press('Control+End');
    await row('Person 100000').waitFor();
    await focusAt('100001 12');
    await page.getByRole('gridcell', { name: 'column11 969', exact: true }).waitFor();
    const before = asked('rows').length;
    await grid().evaluate(async (element) => {
      for (let at = 100; at > 0; at--) {
        element.scrollTop = (element.scrollHeight / 100) * at;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      element.scrollTop = 0;
    });
    await row('Person 2').waitFor();
    const questions = asked('rows').length - before;
    assert.ok(questions <= 104, `${String(questions)} questions for 101 places`);
    await focusAt('100001 12');
  });

  it('has one stop of Tab, and moves as grids do', async () => {
    host = new TableHost(5000);
    await open();
    await row('Person 5').waitFor();
    assert.equal(await grid().locator('[tabindex="0"]').count(), 1);
    await heading('Name').focus();
    for (const [key, place] of [
      ['ArrowDown', '2 1'],
      ['ArrowDown', '3 1'],
      ['ArrowRight', '3 2'],
      ['End', '3 12'],
      ['ArrowRight', '3 12'],
      ['Home', '3 1'],
      ['ArrowUp', '2 1'],
      ['ArrowUp', '1 1'],
      ['ArrowUp', '1 1'],
      ['Control+End', '5001 12'],
      ['Control+Home', '2 1'],
    ] as const) {
      await press(key);
      await focusAt(place);
    }
    await press('PageDown');
    await page.waitForFunction(() => Number(document.activeElement?.parentElement?.ariaRowIndex) > 10);
    await press('PageUp');
    await focusAt('2 1');
    assert.equal(await grid().locator('[tabindex="0"]').count(), 1);
    const hidden = await grid().evaluate((element) => {
      const headings = element.querySelector('.headings')?.getBoundingClientRect().bottom ?? 0;
      return (document.activeElement?.getBoundingClientRect().top ?? 0) < headings - 1;
    });
    assert.equal(hidden, false, 'the focus is below the headings');
  });

  it('selects by keyboard: one, a range, all, none; never an entry that names nobody', async () => {
    host = new TableHost(1000);
    host.problems = ['nobody@acme.example'];
    await open();
    await page.getByRole('row', { name: 'nobody@acme.example' }).getByText('not found').waitFor();
    await heading('Name').focus();
    await press('ArrowDown');
    await press('Space');
    await press('ArrowDown');
    await press('Space');
    await selected(1);
    assert.equal(await row('Person 1').getAttribute('aria-selected'), 'true');
    await press('Shift+ArrowDown');
    await press('Shift+ArrowDown');
    await selected(3);
    assert.equal(await row('Person 3').getAttribute('aria-selected'), 'true');
    await press('Shift+ArrowUp');
    await selected(2);
    await press('Control+a');
    await selected(1000);
    await press('Control+Shift+End');
    await selected(1000);
    await press('Escape');
    await selected(0);
    assert.deepEqual(asked('select').slice(0, 3), [
      { order: 1, how: 'toggle', from: 1, to: 1 },
      { order: 1, how: 'only', from: 1, to: 2 },
      { order: 1, how: 'only', from: 1, to: 3 },
    ]);
  });

  it('selects by mouse, and tells VS Code for its menu what is selected', async () => {
    host = new TableHost(1000);
    await open();
    await row('Person 2').click();
    await row('Person 4').click({ modifiers: ['Shift'] });
    await selected(3);
    await row('Person 7').click({ modifiers: ['Control'] });
    await selected(4);
    const told = async (): Promise<unknown> =>
      JSON.parse((await grid().getAttribute('data-vscode-context')) ?? 'null') as unknown;
    const menu = { webviewSection: 'rows', tableId: 'table-1', preventDefaultContextMenuItems: true };
    await row('Person 3').click({ button: 'right' });
    assert.deepEqual(await told(), { ...menu, iscSelected: 'many', rowKey: '2' });
    await row('Person 9').click({ button: 'right' });
    assert.deepEqual(await told(), { ...menu, iscSelected: 'one', rowKey: '8' });
    await selected(1);
    assert.deepEqual(asked('select').at(-1), { order: 1, how: 'only', from: 8, to: 8 });
    await row('Person 4').click();
    await selected(1);
    assert.deepEqual(asked('select').at(-1), { order: 1, how: 'only', from: 3, to: 3 });
    await row('Person 9').dblclick();
    assert.deepEqual(asked('open'), [{ order: 1, row: 8 }]);
  });

  it('sorts at a click or Enter, and keeps the focus on the same row', async () => {
    host = new TableHost(1000);
    await open();
    await row('Person 3').getByRole('gridcell').first().click();
    await focusAt('4 2');
    const sort = async (order: string): Promise<void> => {
      host.answer({ name: 'sort', params: { column: 'name', order } });
      await tellChanged(page);
    };
    await sort('descending');
    await focusAt(`${String(host.names().indexOf('Person 3') + 2)} 2`);
    await row('Person 3').waitFor();
    await heading('Name').click();
    await page.locator('[role="columnheader"][aria-colindex="1"][aria-sort="none"]').waitFor();
    await press('Enter');
    await page.locator('[role="columnheader"][aria-sort="ascending"]').waitFor();
    await press('Enter');
    await page.locator('[role="columnheader"][aria-sort="descending"]').waitFor();
    await focusAt('1 1');
    assert.deepEqual(
      asked('sort')
        .slice(1)
        .map((params) => (params as { order: unknown }).order),
      [null, 'ascending', 'descending'],
    );
  });

  it('lets nothing that is answered late take the focus back', async () => {
    host = new TableHost(1000);
    let hold = false;
    const held: (() => void)[] = [];
    await open(async (question) => {
      const answer = host.answer(question);
      if (question.name === 'rows' && hold) await new Promise<void>((resolve) => held.push(resolve));
      return answer;
    });
    await row('Person 2').getByRole('rowheader').click();
    await selected(1);
    hold = true;
    await press('Space');
    await selected(0);
    await press('ArrowDown');
    await press('ArrowDown');
    await focusAt('5 1');
    assert.ok(held.length > 0 && asked('rows').some((params) => (params as { find?: string }).find === '1'));
    hold = false;
    for (const release of held) release();
    await press('Space');
    await selected(1);
    assert.deepEqual(asked('select').at(-1), { order: 1, how: 'toggle', from: 3, to: 3 });
    await focusAt('5 1');
  });

  it('filters all columns or one, with chips to take it away', async () => {
    host = new TableHost(1000);
    await open();
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('person 99');
    await page.getByText('11 of 1,000 shown').waitFor();
    await heading('Department').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Filter Department' }).click();
    await page.keyboard.type('sal');
    await page.getByText('1 of 1,000 shown').waitFor();
    await press('Enter');
    await focusAt('1 3');
    await page.getByRole('button', { name: 'Remove filter: Department contains sal' }).click();
    await page.getByText('11 of 1,000 shown').waitFor();
    await page.getByRole('searchbox', { name: 'Filter identities' }).fill('no such thing');
    await page.getByText('No matches.').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row('Person 1').waitFor();
    assert.equal(await page.getByRole('searchbox', { name: 'Filter identities' }).inputValue(), '');
  });

  it('groups by a column; a click shows the rows of a group, again all', async () => {
    host = new TableHost(1000);
    await open();
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Department');
    const groups = page.getByRole('complementary');
    await groups.getByRole('button', { name: /Finance 167/ }).click();
    await page.getByText('167 of 1,000 shown').waitFor();
    await page.getByRole('button', { name: 'Remove filter: Department is Finance' }).waitFor();
    await groups.locator('[aria-pressed="true"]').click();
    await groups.getByRole('button', { name: /unknown 166/ }).click();
    await page.getByRole('button', { name: 'Remove filter: Department is unknown' }).waitFor();
    assert.deepEqual(asked('filterColumn'), [
      { column: 'department', filter: { text: 'Finance', exact: true } },
      { column: 'department', filter: null },
      { column: 'department', filter: { text: '', exact: true } },
    ]);
    await groups.getByRole('button', { name: 'Close' }).click();
    await groups.waitFor({ state: 'detached' });
  });

  it('moves, resizes and hides columns, by menu and by dragging', async () => {
    host = new TableHost(100);
    await open();
    await row('Person 1').waitFor();
    const choose = async (column: string, item: string): Promise<void> => {
      await heading(column).focus();
      await press('Alt+ArrowDown');
      await page.getByRole('menuitem', { name: item }).click();
    };
    const keys = (): string[] => host.columns.map(({ key }) => key).slice(0, 3);
    const width = async (column: string): Promise<number> => (await heading(column).boundingBox())?.width ?? 0;
    await choose('Status', 'Move right');
    await page.waitForFunction(() => document.querySelector('[aria-colindex="2"]')?.textContent.includes('Department'));
    assert.deepEqual(keys(), ['name', 'department', 'status']);
    await choose('Status', 'Hide column');
    await heading('Status').waitFor({ state: 'detached' });
    await choose('Department', 'Wider');
    await page.waitForFunction(() => document.querySelector('[aria-colindex="2"]')?.clientWidth === 175);
    const edge = await heading('Department').locator('.edge').boundingBox();
    assert.ok(edge);
    await page.mouse.move(edge.x + 3, edge.y + 5);
    await page.mouse.down();
    await page.mouse.move(edge.x + 103, edge.y + 5, { steps: 4 });
    assert.equal(await width('Department'), 275, 'while it is dragged');
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelector('[aria-colindex="2"]')?.clientWidth === 275);
    assert.equal(host.columns[1]?.widthPx, 275);
    assert.deepEqual(asked('sort'), [], 'dragging sorts nothing');
  });

  it('copies rows if any are selected, else the cell, and says so', async () => {
    host = new TableHost(100);
    await open();
    await row('Person 2').getByRole('rowheader').click();
    await press('ArrowRight');
    await press('Control+c');
    await page.getByRole('status').filter({ hasText: 'Copied 1 cell' }).waitFor();
    await press('Space');
    await selected(0);
    await press('Space');
    await selected(1);
    await press('Control+c');
    await press('Enter');
    await press('Escape');
    await selected(0);
    assert.deepEqual(asked('copy'), [{ cell: { order: 1, row: 1, column: 'status' } }, { cell: null }]);
    assert.deepEqual(asked('open'), [{ order: 1, row: 1 }]);
  });

  it('says what is missing: nothing yet, a failure, a list without identities, a list that is gone', async () => {
    host = new TableHost(100);
    let fails = true;
    let gone = false;
    await open((question) => {
      if (question.name === 'rows' && fails) throw new Error('No connection.');
      if (question.name === 'table' && gone) return { state: 'gone', sentence: 'The tenant was removed.' };
      return host.answer(question);
    });
    await page.getByRole('alert').getByText('No connection.').waitFor();
    assert.equal(await row('Loading Identities').first().getAttribute('aria-selected'), 'false');
    fails = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await row('Person 1').waitFor();
    host.more = { total: 0, matching: 0 };
    await tellChanged(page);
    await page.getByText('No identities found.').waitFor();
    gone = true;
    await tellChanged(page);
    await page.getByRole('heading', { name: 'The tenant was removed.' }).waitFor();
  });

  it('shows a thousand columns, whatever is in them, and keeps its width', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    host = new TableHost(1000, 1000);
    host.columns = host.columns.map((column, at) => (at === 2 ? { ...column, label: markup.repeat(20) } : column));
    host.more = { heading: markup + 'x'.repeat(5000) };
    await open((question) => {
      const answer = host.answer(question);
      if (question.name === 'rows')
        (answer as { rows: { cells: { text: string }[] }[] }).rows.forEach(
          ({ cells }) => (cells[2] = { text: `${markup}\n${'long'.repeat(5000)}` }),
        );
      return answer;
    });
    await row('Person 1').waitFor();
    assert.ok((await page.getByRole('columnheader').count()) < 30);
    assert.equal(await page.locator('img').count(), 0);
    await heading('Name').focus();
    await press('End');
    await focusAt('1 1000');
    await page.getByRole('columnheader', { name: 'Column 999' }).waitFor();
    const wide = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(wide <= 1, `${String(wide)} px sideways`);
  });

  it('keeps keys and the place only, and is at that place again when it is loaded anew', async () => {
    host = new TableHost(1000);
    await open(host.answer, { ...TABLE_KEYS, top: 500 });
    await row('Person 501').waitFor();
    await grid().evaluate((element) => (element.scrollTop = 0));
    await page.waitForFunction(() => (window as unknown as { kept: { top: number } }).kept.top === 0);
    assert.deepEqual(await page.evaluate(() => (window as unknown as { kept: unknown }).kept), {
      ...TABLE_KEYS,
      top: 0,
    });
  });

  it('stays usable 400 px wide', async () => {
    host = new TableHost(1000);
    host.groupedBy = 'department';
    await page.setViewportSize({ width: 400, height: 800 });
    await open();
    await row('Person 1').waitFor();
    const wide = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(wide <= 1, `${String(wide)} px sideways`);
    await page.getByRole('button', { name: /Support/ }).click();
    await page.getByText('166 of 1,000 shown').waitFor();
  });
});
