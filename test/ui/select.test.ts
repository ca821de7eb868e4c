import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';

/** Several people selected at once, and what can be done with them. Each step goes on from the one before. */
describe('selecting several people', () => {
  let vs: Session;
  let names: readonly string[];

  before(async () => {
    vs = await launch();
    await vs.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
    names = (await vs.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
  });
  after(() => vs?.dispose());

  const name = (index: number): string => names[index] ?? '';
  const clipboard = (): Promise<string> => vs.page.evaluate(() => navigator.clipboard.readText());
  const selected = () => vs.view().locator('.monaco-list-row.selected');
  /** Selects by a click that opens nothing. */
  const click = (index: number, modifier: 'Control' | 'Shift') =>
    vs.row(name(index)).click({ modifiers: [modifier], position: { x: 100, y: 8 } });

  it('selects from one person to another by shift, and copies a line each', async () => {
    await vs.open(name(1));
    const page = await vs.webview(name(1));
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await vs.row(name(1)).click();
    await click(4, 'Shift');
    assert.equal(await selected().count(), 4);
    await vs.screenshot('selected-dark');
    await vs.contextMenu(vs.row(name(2)), 'Copy', 'Copy names');
    await vs.statusBar('4 names copied');
    assert.deepEqual((await clipboard()).split('\n'), names.slice(1, 5));
    await vs.contextMenu(vs.row(name(2)), 'Copy', 'Copy IDs');
    await vs.statusBar('4 IDs copied');
    const ids = (await clipboard()).split('\n');
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
    await vs.contextMenu(vs.row(name(2)), 'Copy', 'Copy email addresses');
    await vs.statusBar('Email addresses copied: 4');
    assert.match(await clipboard(), /^(\S+@\S+\n){3}\S+@\S+$/);
    assert.equal(await vs.page.locator('.tabs-container .tab').count(), 1);
  });

  it('adds and takes away one by one, and means those selected though another row is clicked', async () => {
    await click(3, 'Control');
    await selected().nth(2).waitFor();
    assert.equal(await selected().count(), 3);
    await vs.contextMenu(vs.row(name(7)), 'Copy', 'Copy names');
    await vs.statusBar('3 names copied');
    assert.deepEqual((await clipboard()).split('\n'), [1, 2, 4].map(name));
    assert.equal(await selected().count(), 3);
  });

  it('copies those selected from the command palette as well', async () => {
    await vs.palette('ISC Identities: Copy ID');
    await vs.statusBar('3 IDs copied');
    assert.equal((await clipboard()).split('\n').length, 3);
  });

  it('opens each of them', async () => {
    await vs.contextMenu(vs.row(name(2)), 'Open selected identities...');
    for (const index of [1, 2, 4]) await vs.tab(name(index)).waitFor();
    // The last panel is active by now: what is selected in the tree has to be selected there again to be meant.
    await click(2, 'Control');
    await click(2, 'Control');
    await vs.palette('ISC Identities: Open as JSON');
    for (const index of [1, 2, 4]) await vs.tab(`${name(index)}.json`).waitFor();
    assert.equal(await selected().count(), 3);
    await vs.screenshot('selected-opened-dark');
  });

  it('asks before more than ten open', async () => {
    await vs.row(name(0)).click();
    await vs.tab(name(0)).waitFor();
    await click(11, 'Shift');
    await vs.contextMenu(vs.row(name(2)), 'Open selected identities...');
    await vs.screenshot('selected-many-dark');
    assert.match(await vs.modal('Cancel'), /Open 12 identities\?/);
    assert.equal(await vs.tab(name(7)).count(), 0);
  });

  it('compares exactly two', async () => {
    const items = await vs.contextMenuItems(vs.row(name(2)));
    assert.equal(items.filter((item) => /compare/i.test(item)).length, 0, items.join());
    await vs.row(name(1)).click();
    await vs.row(name(1)).and(vs.page.locator('.selected')).waitFor();
    await click(2, 'Control');
    await vs.contextMenu(vs.row(name(2)), 'Compare identities...');
    const page = await vs.webview(`${name(1)} ↔ ${name(2)}`);
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await vs.screenshot('selected-compare-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
