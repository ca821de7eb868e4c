import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { tryDemo, connect } from './connect';

/** How a person finds anyone: by typing, by views, in long lists. Each step goes on from the one before. */
describe('finding people', () => {
  const person = 'Ada Winterbourne';
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 1200 })]);
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  const box = () => vs.page.locator('.quick-input-widget:visible');
  const find = async (text: string): Promise<void> => {
    // The box closes when a view or a panel that was just opened takes the focus: then it is opened again, as a person would.
    for (let tries = 0; tries < 5; tries++) {
      await vs.palette('ISC Identities: Find identity...');
      await box().getByText('Find identity in', { exact: false }).waitFor();
      try {
        return await box().locator('input[type="text"]').fill(text, { timeout: 5_000 });
      } catch {
        await vs.page.keyboard.press('Escape');
      }
    }
    throw new Error('The box for finding does not stay open');
  };

  it('finds a person while her name is typed, and opens her panel by Enter', async () => {
    await vs.view().locator('.monaco-list').first().focus();
    await vs.page.keyboard.press('Control+Shift+Alt+f');
    await box().getByText('Find identity in Demo tenant').waitFor();
    await vs.type('winterb');
    // The title row stays on top, but Enter is for the first person.
    const first = box().locator('.monaco-list-row').first();
    await first.filter({ hasText: 'Open as list: 1 identity' }).waitFor();
    const found = box().locator('.monaco-list-row').filter({ hasText: person });
    await found.waitFor();
    await box().getByText('start with "winterb"', { exact: false }).waitFor();
    await vs.screenshot('find-list-dark');
    await vs.page.keyboard.press('Enter');
    const page = await vs.webview(person);
    await page.getByRole('heading', { name: person }).waitFor();
    // Once all of it is there the panel takes the focus from nothing that opens later.
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter attributes' }).click();
  });

  it('shows the people and queries of last time when nothing is typed', async () => {
    await find('');
    const items = await vs.quickPickItems();
    assert.deepEqual(
      items.slice(0, 2).map((item) => item.trim()),
      [person, 'winterb'],
    );
    await vs.screenshot('find-recent-dark');
    await vs.page.keyboard.press('Escape');
  });

  it('asks Search for words inside a name, and for queries, and says so', async () => {
    await find('interbour');
    await box().getByText('search for "interbour" in names', { exact: false }).waitFor();
    await box().locator('.monaco-list-row').filter({ hasText: person }).waitFor();
    await vs.type('Sales');
    await box().getByText('search for "Sales" in names, emails, departments', { exact: false }).waitFor();
    await box().locator('.monaco-list-row').nth(2).waitFor();
    await vs.screenshot('find-department-dark');
    await vs.type('attributes.department:Sales AND inactive:false');
    await box().getByText('search: attributes.department:Sales AND inactive:false', { exact: false }).first().waitFor();
    await vs.screenshot('find-search-dark');
    assert.ok((await vs.quickPickItems()).length > 2);
  });

  it('takes whatever is typed or pasted', async () => {
    for (const [typed, said] of [
      ['x'.repeat(10_000), 'No identities found'],
      ['a "quote" and a \\', 'There is nothing after the backslash.'],
      ['100% & #1', 'No identities found'],
      ['attributes.city:', 'Type a value right after the colon'],
      ['מרים', 'No identities found'],
    ] as const) {
      await vs.type(typed);
      await box().locator('.monaco-list-row').filter({ hasText: said }).waitFor();
    }
    await vs.screenshot('find-nobody-dark');
    await vs.type('attributes.city:Austin AND (inactive:false');
    await box().getByText('Character 28: The bracket "(" is not closed.').waitFor();
    await vs.screenshot('find-mistake-dark');
    await vs.type('attributes.department:Sales AND inactive:false');
    await box().locator('.monaco-list-row').nth(2).waitFor();
  });

  it('keeps the query as a view', async () => {
    await box()
      .locator('.monaco-list-row')
      .filter({ hasText: /Open as list: \d/ })
      .waitFor();
    // From the first person up to the title row, and from there to the end.
    await vs.page.keyboard.press('ArrowUp');
    await vs.page.keyboard.press('ArrowUp');
    await vs.pick('Save this query as a list');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('Sales now');
    await vs.expand(vs.row('Sales now'));
    await vs.screenshot('views-dark');
  });

  it('searches for similar spellings where nobody is found', async () => {
    await find('Ada Winterborne');
    await vs.pick('Search for similar spellings');
    await box().getByText('spelled like "Ada Winterborne"', { exact: false }).waitFor();
    await box().locator('.monaco-list-row').filter({ hasText: person }).waitFor();
    await vs.page.keyboard.press('Escape');
  });

  it('opens all hits as a list by keyboard, which can be saved or removed', async () => {
    await vs.collapse(vs.row('Sales now'));
    const query = 'attributes.department:Sales';
    const open = async (): Promise<void> => {
      await find(query);
      await box()
        .locator('.monaco-list-row')
        .filter({ hasText: /Open as list: \d+ identities/ })
        .waitFor();
    };
    await open();
    const hit = box().locator('.monaco-list-row').nth(1);
    await hit.hover();
    for (const title of ['Open in panel', 'Reveal in tree', 'Process...']) {
      assert.equal(await hit.getByRole('button', { name: title }).count(), 1, title);
    }
    await vs.screenshot('find-hits-dark');
    await vs.page.mouse.move(1, 1);
    await vs.page.keyboard.press('ArrowUp');
    await vs.page.keyboard.press('Enter');
    const list = vs.row(query);
    await list.and(vs.page.locator('.selected[aria-expanded="true"]')).waitFor();
    await list
      .locator('.label-description')
      .filter({ hasText: /^\d+ · temporary$/ })
      .waitFor();
    await vs.screenshot('find-opened-dark');
    const rows = await vs.rows();
    assert.ok(rows.filter(({ level }) => level === 3).length > 5);
    assert.ok(!rows.some(({ label }) => label === 'No identities match'));
    await vs.collapse(list);
    await vs.contextMenu(list, 'Save as list...');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('Sales');
    await vs.row('Sales').waitFor();
    await list.waitFor({ state: 'detached' });
    await open();
    await vs.page.keyboard.press('ArrowUp');
    await vs.page.keyboard.press('Enter');
    await list.and(vs.page.locator('.selected')).waitFor();
    await vs.collapse(list);
    await vs.contextMenu(list, 'Remove');
    await list.waitFor({ state: 'detached' });
  });

  it('shows a found person in the tree, who is in no list that was loaded', async () => {
    await find('chikamatsu');
    const found = box().locator('.monaco-list-row').filter({ hasText: 'Wakana Chikamatsu' });
    await found.waitFor();
    await found.hover();
    await found.locator('.codicon-list-tree').click();
    await vs.row('Found').waitFor();
    const row = vs.row('Wakana Chikamatsu').and(vs.page.locator('.selected'));
    await row.waitFor();
    await vs.screenshot('find-reveal-dark');
  });

  it('shows built-in views with their people', async () => {
    await vs.collapse(vs.row('Sales now'));
    await vs.expand(vs.row('Locked'));
    await vs.row('Locked').locator('.label-description').filter({ hasText: /\d/ }).waitFor();
    const locked = (await vs.rows()).filter(({ level, description }) => level === 3 && /locked/.test(description));
    assert.ok(locked.length > 0);
    await vs.screenshot('views-locked-dark');
    await vs.collapse(vs.row('Locked'));
  });

  it('loads a list to its end', async () => {
    await vs.contextMenu(vs.row('All identities'), 'Load all');
    // Rows are drawn once, at the end: those past the first thousand stand in a group then.
    await vs.expand(vs.row('All identities'));
    await vs.scrollTo('1,001 – 2,000');
    assert.equal((await vs.rows()).filter(({ label }) => label.startsWith('Load more')).length, 0);
    await vs.page.keyboard.press('Home');
    await vs.collapse(vs.row('All identities'));
  });

  it('says where Search is not allowed and shows names that start like it', async () => {
    const reader = acme.issue({ scopes: ['idn:identity:read'], authorities: [] });
    await connect(vs, { ...reader, baseUrl: acme.baseUrl });
    await find('winterb*');
    await box().getByText('Find identity in 2 tenants', { exact: false }).waitFor();
    await box().getByText('Search is unavailable in Acme', { exact: false }).waitFor();
    assert.equal(await box().locator('.monaco-list-row').filter({ hasText: person }).count(), 2);
    await vs.screenshot('find-forbidden-dark');
    await vs.page.keyboard.press('Escape');
  });

  it('looks the same in light and high contrast', async () => {
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await vs.setTheme(theme);
      await find('ada');
      await box().locator('.monaco-list-row').filter({ hasText: person }).nth(1).waitFor();
      await vs.screenshot(`find-${theme}`);
      await vs.page.keyboard.press('Escape');
    }
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
