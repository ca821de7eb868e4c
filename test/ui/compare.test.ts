import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { serious, showTab, TABS } from './panelPage';
import { connect, showIdentities, tryDemo } from './connect';

describe('two people, two tenants, three versions', () => {
  const ada = 'Ada Winterbourne';
  const abel = 'Abel Marchetto';
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 40, seed: 2, rateLimit: Infinity })]);
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.page.keyboard.press('Escape');
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  it('compares the two people selected in the tree', async () => {
    await vs.row(abel).click();
    await (await vs.webview(abel)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    await vs.row(ada).click({ modifiers: ['Control'] });
    await vs.row(abel).and(vs.page.locator('.selected')).waitFor();
    await vs.row(ada).and(vs.page.locator('.selected')).waitFor();
    await vs.screenshot('compare-selected-dark');
    await vs.contextMenu(vs.row(ada), 'Compare identities...');
    const page = await vs.webview(/^(Ada Winterbourne ↔ Abel Marchetto|Abel Marchetto ↔ Ada Winterbourne)$/);
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    await showTab(page, /^Roles/);
    await page.getByRole('heading', { name: /^In both/ }).waitFor();
    await vs.palette('View: Close All Editors');
  });

  it('compares one person in two tenants by name, and as JSON', async () => {
    // One row instead of the two.
    await vs.open(ada);
    await (await vs.webview(ada)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    await vs.contextMenu(vs.row(ada), 'Select for compare');
    await vs.statusBar(`${ada} selected for comparison`);
    await vs.collapse(vs.row('Demo tenant'));
    await connect(vs, acme);
    await showIdentities(vs);
    await vs.contextMenu(vs.row(ada), 'Compare with selected');
    const page = await vs.webview(`${ada} ↔ ${ada}`);
    await page.getByText('Compared by name, because IDs differ between tenants.').waitFor();
    await page.getByRole('button', { name: `${ada} (Demo tenant)` }).waitFor();
    await page.getByRole('button', { name: `${ada} (Acme)` }).waitFor();
    await vs.screenshot('compare-tenants-dark');
    await showTab(page, /^Roles/);
    // Ids differ, names do not: by id nothing would be in both.
    await page.getByRole('heading', { name: /^In both \([1-9]/ }).waitFor();
    assert.deepEqual(await serious(vs, page), []);
    await vs.screenshot('compare-tenants-roles-dark');
    await page.getByRole('button', { name: 'Compare as JSON' }).click();
    await vs.page.locator('.monaco-diff-editor .line-delete').first().waitFor();
    await vs.palette('View: Close All Editors');
  });

  for (const version of ['beta', 'v1', 'v2024']) {
    it(`shows every tab and says in place what is lacking: ${version}`, async () => {
      await vs.contextMenu(vs.row('Acme'), 'Set API version...');
      await vs.pick(version);
      await vs.expand(vs.row('All identities'));
      await vs.open(ada);
      const page = await vs.webview(ada);
      for (const tab of Object.values(TABS)) {
        await showTab(page, tab);
        assert.equal(await page.getByRole('alert').count(), 0, String(tab));
      }
      await showTab(page, TABS.access);
      await page.getByText('Sources come from Search').waitFor();
      const note = page.getByText(
        'The beta API does not list the entitlements of an identity: they are loaded through v2024.',
      );
      assert.equal(await note.count(), version === 'beta' ? 1 : 0);
      await vs.screenshot(`access-${version}-dark`);
      await showTab(page, TABS.roles);
      await page
        .locator('tbody')
        .getByRole('button', { name: /^[A-Z][a-z]+ Office$|^Employee Basics$/ })
        .first()
        .click();
      const why = vs.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
      await why
        .locator('.answer')
        .getByText(/^Assigned by rule: /)
        .waitFor();
      await vs.palette('View: Close All Editors');
    });
  }

  it('says in place that Search could not be asked, and lists the entitlements all the same', async () => {
    acme.faults.add({ kind: 'status', status: 403, operation: 'searchPost', times: 20 });
    await vs.open(ada);
    const page = await vs.webview(ada);
    await showTab(page, TABS.access);
    await page
      .getByText(/The list does not include the sources of entitlements, and Search could not be queried/)
      .waitFor();
    await page.locator('ul.sourced li').getByText('source unknown').first().waitFor();
    await vs.screenshot('access-no-search-dark');
    acme.faults.clear();
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
