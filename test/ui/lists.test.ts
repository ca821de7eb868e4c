import { after, afterEach, before, describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { launch, type Session } from './driver';

/** What a list of people says and keeps. Each step goes on from the one before. */
describe('lists of people', () => {
  let vs: Session;
  let names: readonly string[];

  before(async () => {
    vs = await launch();
    await vs.openView();
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).click();
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.row('All identities').filter({ hasText: '2,000' }).waitFor();
    names = (await vs.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.screenshot(`failed-${this.currentTest.title}`);
  });
  after(() => vs?.dispose());

  const name = (index: number): string => names[index] ?? '';

  it('says that the demo tenant has no web console, from the tree and from the panel', async () => {
    const said = 'Demo tenant is served on this machine and has no web console';
    await vs.contextMenu(vs.row(name(1)), 'Open in ISC');
    await vs.statusBar(said);
    await vs.open(name(1));
    const page = await vs.webview(name(1));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Open in ISC' }).waitFor();
    await vs.screenshot('lists-open-in-isc-dark');
    await page.getByRole('menuitem', { name: 'Open in ISC' }).click();
    await vs.statusBar(said);
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
