import { after, before, describe, it } from 'mocha';
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';

/** What a list of people says and keeps. Each step goes on from the one before. */
describe('lists of people', () => {
  let vs: Session;
  let names: readonly string[];

  before(async () => {
    vs = await launch();
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
    names = (await vs.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
  });
  after(() => vs?.dispose());

  const name = (index: number): string => names[index] ?? '';

  it('says that the demo tenant has no web console, from the tree and from the panel', async () => {
    const said = 'Demo tenant runs on this machine and has no web console';
    await vs.contextMenu(vs.row(name(1)), 'Open in ISC');
    await vs.statusBar(said);
    // Another message in its place, so that the next one is seen to come.
    await vs.contextMenu(vs.row(name(1)), 'Copy', 'Copy name');
    await vs.statusBar(`${name(1)} copied`);
    await vs.open(name(1));
    const page = await vs.webview(name(1));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Open in ISC' }).waitFor();
    await vs.screenshot('lists-open-in-isc-dark');
    await page.getByRole('menuitem', { name: 'Open in ISC' }).click();
    await vs.statusBar(said);
  });

  const list = () => vs.view().locator('.monaco-list').first();
  const focused = () => vs.view().locator('.monaco-list-row.focused');
  /** Goes up from the end of the tree, where the other views stand, to the row that has the text. */
  const upTo = async (text: string): Promise<Locator> => {
    const row = focused().filter({ hasText: text });
    // By its label: a person may be protected, too.
    const last = focused().and(vs.row('Protected'));
    await vs.pressUntil('End', last);
    for (let n = 0; n < 20 && !(await row.isVisible()); n++) {
      await vs.page.keyboard.press('ArrowUp');
      await vs.frame();
    }
    await row.waitFor({ timeout: 5_000 });
    return row;
  };

  it('says the state of a person in words, and goes to whom is typed', async () => {
    const aaliyah = (await vs.rows()).find(({ label }) => label === name(1));
    assert.equal(aaliyah?.spoken, 'Aaliyah Bennett-Cole, processing error, active, aaliyah.bennettcole@example.com');
    await list().focus();
    await vs.page.keyboard.type('Aeryn Ma');
    await focused().filter({ hasText: 'Aeryn Maplewood' }).waitFor();
  });

  it('marks whom a panel has found to be protected', async () => {
    const adisa = vs.row('Adisa Balogunde');
    assert.equal(await adisa.getByText('protected').count(), 0);
    await vs.open('Adisa Balogunde');
    await adisa.locator('.codicon-verified').waitFor();
    assert.match((await adisa.textContent()) ?? '', /protected · adisa/);
    const page = await vs.webview('Adisa Balogunde');
    await page.locator('.badge', { hasText: 'protected' }).locator('.codicon-verified').waitFor();
    await vs.screenshot('lists-protected-dark');
  });

  it('loads more by keyboard and says of how many', async () => {
    const more = await upTo('250 of 2,000');
    assert.equal(await more.getAttribute('aria-label'), 'Load more, 250 of 2,000 shown');
    await vs.page.keyboard.press('Enter');
    await more.waitFor({ state: 'detached' });
    await upTo('500 of 2,000');
    await vs.screenshot('lists-more-dark');
  });

  it('shows people past the first thousand in groups, and keeps what is expanded over a refresh', async () => {
    await list().focus();
    await vs.page.keyboard.press('Home');
    await vs.contextMenu(vs.row('All identities'), 'Load all');
    // Rows come below while it loads: the way down ends at the group.
    const group = await vs.scrollTo('1,001 – 2,000');
    await vs.expand(group);
    await group.and(vs.page.locator('[aria-expanded="true"]')).waitFor();
    await vs.screenshot('lists-groups-dark');
    await vs.palette('ISC Identities: Refresh');
    await vs.statusBar('Demo tenant');
    await list().focus();
    await group.and(vs.page.locator('[aria-expanded="true"]')).waitFor();
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
