import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { showTab, TABS } from './panelPage';
import { connect, showIdentities } from './connect';

describe('the life of a panel', () => {
  const ada = 'Ada Winterbourne';
  const abel = 'Abel Marchetto';
  let vs: Session;
  let demo: DemoTenant;

  before(async () => {
    [vs, demo] = await Promise.all([launch(), startDemo({ identities: 40, rateLimit: Infinity })]);
    await vs.openView();
    await connect(vs, demo);
    await showIdentities(vs);
  });
  afterEach(() => vs.page.keyboard.press('Escape'));
  after(async () => {
    await vs?.dispose();
    await demo?.close();
  });

  const indexOf = (name: string): number =>
    Array.from({ length: 40 }, (_, n) => n).find((n) => demo.world.people.name(n).display === name) ?? -1;
  /** Requests about a person that arrived so far. */
  const asked = (name: string): number => {
    const id = demo.world.people.id(indexOf(name));
    return demo.requests.list.filter(({ path, query }) => path.includes(id) || query.includes(id)).length;
  };

  it('is one for each person, however often she is opened', async () => {
    await vs.open(ada);
    await (await vs.webview(ada)).getByRole('tab', { name: TABS.attributes }).waitFor();
    await vs.contextMenu(vs.row(ada), 'Open identity...');
    await vs.palette('ISC Identities: Open identity...');
    await vs.search('ada.winterbourne', /Ada Winterbourne/);
    await vs.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(await vs.tab(ada).count(), 1);
  });

  it('marks the attributes that changed since she was last opened', async () => {
    const page = await vs.webview(ada);
    await page.getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    assert.equal(await page.getByText('Changed since you last viewed it').count(), 0);
    await vs.palette('View: Close All Editors');
    demo.world.update(indexOf(ada), { status: 'LOCKED' });
    await vs.open(ada);
    const again = await vs.webview(ada);
    const mark = again.locator('dl.attributes > div', { hasText: 'cloudStatus' }).getByText('changed', { exact: true });
    await mark.first().waitFor();
    await again.getByText(/^Changed since you last viewed it: cloudStatus, /).waitFor();
    await again.getByRole('searchbox', { name: 'Filter attributes' }).fill('status');
    await vs.screenshot('attributes-changed-dark');
    const other = again.locator('dl.attributes > div', { hasText: 'department' });
    assert.equal(await other.getByText('changed', { exact: true }).count(), 0);
    demo.world.update(indexOf(ada), { status: 'ACTIVE' });
  });

  it('costs no requests while it is hidden, and reads again when it is shown', async () => {
    await vs.open(abel);
    await (await vs.webview(abel)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    const before = asked(ada);
    // What happens to her meanwhile does not wake her panel.
    await vs.contextMenu(vs.row('Acme'), 'Unlock tenant for changes...');
    await vs.modal('Allow changes in Acme');
    const page = await vs.webview(abel);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.locator('#page[aria-busy="false"]').waitFor();
    await vs.palette('ISC Identities: Refresh');
    await vs.row(ada).waitFor();
    assert.equal(asked(ada), before);
    await (await vs.webview(ada)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    assert.ok(asked(ada) > before);
  });

  it('goes to the manager and to whom asked for a role, and the tree follows', async () => {
    const manager = 'Abigail Thornquist';
    await (await vs.webview(ada)).getByRole('button', { name: manager }).click();
    await (await vs.webview(manager)).getByRole('heading', { name: manager }).waitFor();
    await vs.row(manager).and(vs.page.locator('.selected')).waitFor();
    const page = await vs.webview(ada);
    await showTab(page, TABS.roles);
    await page.getByRole('button', { name: 'Invoice Approver', exact: true }).click();
    const why = await vs.webview(`Invoice Approver · ${ada}`);
    await why.locator('dl.attributes').getByRole('button').first().click();
    await vs.tab(manager).and(vs.page.locator('.active')).waitFor();
    assert.equal(await vs.tab(manager).count(), 1);
  });

  it('comes back after a reload with the tab that was chosen', async () => {
    await showTab(await vs.webview(ada), TABS.roles);
    const opened = await vs.page.locator('.tabs-container .tab').count();
    await vs.reload();
    const page = await vs.webview(ada);
    await page.getByRole('tab', { name: TABS.roles, selected: true }).waitFor();
    await page.locator('tbody tr').first().waitFor();
    const why = await vs.webview(`Invoice Approver · ${ada}`);
    await why.getByRole('heading', { name: 'Evidence' }).waitFor();
    assert.equal(await vs.page.locator('.tabs-container .tab').count(), opened);
  });

  it('shows a failed part in its place, keeps its neighbours, and tries again', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'getIdentityOwnershipDetails', times: 10 });
    const page = await vs.webview(ada);
    await page.getByRole('tab', { name: TABS.owns }).click();
    const problem = page.getByRole('alert');
    await problem.getByText(`Could not load the ownership of ${ada}`).waitFor();
    await vs.screenshot('tab-failed-dark');
    demo.faults.clear();
    await problem.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('tab', { name: /^Ownership \(\d+\)$/ }).waitFor();
    await problem.waitFor({ state: 'detached' });
    await showTab(page, TABS.roles);
    await page.locator('tbody tr').first().waitFor();
  });

  it('keeps the cursor of a document that is read again, and the order of its keys', async () => {
    await vs.openView();
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.contextMenu(vs.row(ada), 'Open as JSON');
    await vs.tab(`${ada}.json`).waitFor();
    await vs.page.locator('.view-line', { hasText: '"alias": "ada.winterbourne"' }).waitFor();
    await vs.page.locator('.monaco-editor .view-lines').click();
    await vs.page.keyboard.press('Control+g');
    await vs.input(':12:5');
    await vs.statusBar('Ln 12, Col 5');
    const keys = async (): Promise<string[]> =>
      (await vs.page.locator('.view-line').allInnerTexts()).flatMap((line) => /^\s*"([^"]+)":/.exec(line)?.[1] ?? []);
    const before = await keys();
    demo.world.update(indexOf(ada), { status: 'LOCKED' });
    await vs.contextMenu(vs.row(ada), 'Open as JSON');
    await vs.page.locator('.view-line', { hasText: '"cloudStatus": "LOCKED"' }).waitFor();
    await vs.statusBar('Ln 12, Col 5');
    assert.deepEqual(await keys(), before);
    demo.world.update(indexOf(ada), { status: 'ACTIVE' });
  });

  it('says so when the person no longer exists', async () => {
    demo.world.delete(indexOf(abel));
    const page = await vs.webview(abel);
    await page.getByText(`${abel} no longer exists in Acme.`).waitFor();
    await vs.screenshot('person-gone-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
