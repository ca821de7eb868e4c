import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { serious, showTab, TABS, THEMES } from './panelPage';
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
    await vs.contextMenu(vs.row(ada), 'Open');
    await vs.palette('ISC Identities: Open identity...');
    // The panel is active: nothing is asked.
    await vs.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(await vs.tab(ada).count(), 1);
  });

  it('says how the roles on the screen came, asks for each once, and for none below', async () => {
    const many = 'Adrian Solbergsen';
    const explained = (): string[] =>
      demo.requests.list.flatMap(({ operation, path }) => (operation === 'getRoleAssignment' ? path : []));
    await vs.open(many);
    const page = await vs.webview(many);
    await showTab(page, TABS.roles);
    const origins = page.locator('tbody td:nth-child(2)');
    await origins
      .first()
      .filter({ hasText: /^(rule|request|unknown)$/ })
      .waitFor();
    const onScreen = async (): Promise<number> =>
      // No named function in here: the page does not know what the compiler makes of its name.
      page
        .locator('tbody tr')
        .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().top < window.innerHeight).length);
    // The last of them may still be under way.
    await page
      .locator(`tbody tr:nth-child(${String((await onScreen()) - 1)})`)
      .filter({ hasText: /rule|request|unknown/ })
      .waitFor();
    const asked = explained();
    assert.equal(new Set(asked).size, asked.length);
    assert.ok(asked.length > 3 && asked.length <= (await onScreen()), `${String(asked.length)} asked`);
    await vs.screenshot('roles-origins-dark');
    // Another tab and back, and the answer in full: nothing is asked again.
    await showTab(page, TABS.attributes);
    await showTab(page, TABS.roles);
    await page.locator('tbody button.link').first().click();
    await vs.page.locator('.tabs-container .tab.active', { hasText: `· ${many}` }).waitFor();
    await (await vs.webview(/· Adrian Solbergsen$/)).getByRole('heading', { name: 'Evidence' }).waitFor();
    assert.equal(new Set(explained()).size, explained().length);
    // The graph asks for those alone that nobody asked for, and for no list again.
    const lists = (): number => demo.requests.count('getRoleAssignments');
    await vs.palette('View: Close Editor');
    const again = await vs.webview(many);
    await showTab(again, TABS.roles);
    await origins
      .first()
      .filter({ hasText: /^(rule|request|unknown)$/ })
      .waitFor();
    const before = lists();
    await showTab(again, TABS.picture);
    await again.locator('canvas').first().waitFor();
    assert.equal(lists(), before);
    assert.equal(new Set(explained()).size, explained().length);
    await vs.palette('View: Close All Editors');
  });

  it('fills in a row that failed once the answer is known, and walks from row to row', async () => {
    const some = 'Aaron Achterberg';
    demo.faults.add({ operation: 'getRoleAssignment', kind: 'status', status: 500 });
    await vs.open(some);
    const page = await vs.webview(some);
    await showTab(page, TABS.roles);
    const origin = page.locator('tbody tr:first-child td:nth-child(2)');
    await origin.getByText('could not be loaded').waitFor();
    await vs.screenshot('roles-failed-dark');
    demo.faults.clear();
    // Another tab reads it.
    await showTab(page, TABS.picture);
    await page.locator('canvas').first().waitFor();
    await showTab(page, TABS.roles);
    await origin.filter({ hasText: /^(rule|request|unknown)$/ }).waitFor();
    const focused = page.locator(':focus');
    await page.locator('tbody tr:first-child button.icon').focus();
    await vs.page.keyboard.press('ArrowDown');
    await page.locator('tbody tr:nth-child(2) button.icon:focus').waitFor();
    await vs.page.keyboard.press('ArrowRight');
    await page.locator('tbody tr:nth-child(2) button.link:focus').waitFor();
    await vs.page.keyboard.press('ArrowUp');
    await page.locator('tbody tr:first-child button.link:focus').waitFor();
    await vs.page.keyboard.press('Shift+Tab');
    assert.equal(await focused.evaluate((element) => element.closest('tbody') === null), true);
    await vs.palette('View: Close All Editors');
  });

  it('gives empty columns of its tables no room, and keeps the cells of a row at one height', async () => {
    const size = vs.page.viewportSize() ?? { width: 1280, height: 800 };
    await vs.page.setViewportSize({ width: 740, height: 700 });
    for (const name of ['Aaron Achterberg', 'Aeryn Maplewood']) {
      await vs.open(name);
      const page = await vs.webview(name);
      await showTab(page, TABS.roles);
      const rows = page.locator('table.roles tbody tr');
      await rows.first().waitFor();
      const cells = await page
        .locator('table.roles')
        .evaluate((table) =>
          [...table.querySelectorAll('tr')].map((row) =>
            [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? ''),
          ),
        );
      const [heads = []] = cells;
      for (const [at, head] of heads.entries()) {
        assert.ok(
          cells.slice(1).some((row) => row[at] !== ''),
          `${head} of ${name} is not empty`,
        );
      }
      await vs.screenshot(`roles-narrow-${name.startsWith('Ae') ? 'few' : 'all'}-dark`);
    }
    await vs.page.setViewportSize(size);
    await vs.palette('View: Close All Editors');
  });

  it('is walked by keyboard: a list is one stop of the Tab key', async () => {
    await vs.open(ada);
    const page = await vs.webview(ada);
    await page.getByRole('searchbox', { name: 'Filter attributes' }).focus();
    await vs.page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const first = await focused.getAttribute('aria-label');
    assert.match(first ?? '', /^Copy value of /);
    await vs.page.keyboard.press('ArrowDown');
    assert.notEqual(await focused.getAttribute('aria-label'), first);
    await vs.page.keyboard.press('Tab');
    await page.locator('details > summary:focus').waitFor();
    await vs.page.keyboard.press('Enter');
    await page.locator('details[open] dt').first().waitFor();
    await vs.screenshot('attributes-summary-dark');
  });

  it('says why processing failed, with the action beside it', async () => {
    const failed = 'Aaliyah Bennett-Cole';
    await vs.open(failed);
    const page = await vs.webview(failed);
    const reason = page.getByRole('region', { name: 'Processing error' });
    await reason.getByText(/From Search|From the task|In ISC, check/).waitFor();
    for (const theme of THEMES) {
      await vs.setTheme(theme);
      await (await vs.webview(failed)).getByRole('region', { name: 'Processing error' }).waitFor();
      assert.deepEqual(await serious(vs, await vs.webview(failed)), [], theme);
      await vs.screenshot(`processing-error-${theme}`);
    }
    await reason.getByRole('button', { name: 'Process' }).click();
    await vs.notification('the tenant is read-only');
    await vs.palette('View: Close All Editors');
    await vs.palette('Notifications: Clear All Notifications');
  });

  it('says which account activity failed, and asks for none of an identity without a processing error', async () => {
    const failed = 'Aaliyah Bennett-Cole';
    const listed = (): number => demo.requests.count('listAccountActivities');
    const before = listed();
    await vs.open(ada);
    await (await vs.webview(ada)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    const body = (value: unknown): string => JSON.stringify(value);
    demo.faults.add({ kind: 'body', body: '[]', operation: 'searchPost', times: 20 });
    const errors = ['The directory did not respond.', '<b>No space left</b>'];
    const items = [{ sourceName: 'Active Directory', operation: 'ADD', provisioningStatus: 'FAILED' }];
    const activity = { type: 'Identity Refresh', completionStatus: 'FAILURE', errors, items };
    demo.faults.add({ kind: 'body', body: body([activity]), operation: 'listAccountActivities' });
    await vs.open(failed);
    const reason = (await vs.webview(failed)).getByRole('region', { name: 'Processing error' });
    await reason.getByText('From the account activity “Identity Refresh”').waitFor();
    await reason.getByText('The directory did not respond.', { exact: true }).waitFor();
    assert.deepEqual(await reason.getByRole('listitem').allTextContents(), [
      '<b>No space left</b>',
      'Active Directory · add a value · provisioning failed',
    ]);
    assert.equal(listed() - before, 1);
    await vs.screenshot('processing-error-activity');
    demo.faults.clear();
    await vs.palette('View: Close All Editors');
  });

  it('marks the attributes that changed since she was last opened', async () => {
    await vs.open(ada);
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
    await (await vs.webview(ada)).locator('header').getByRole('button', { name: manager }).click();
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
    await vs.contextMenu(vs.row(ada), 'Open as', 'Open as JSON');
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
    await vs.contextMenu(vs.row(ada), 'Open as', 'Open as JSON');
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
    // VS Code repeats the error it shows there: that one is shown on purpose above.
    const unexpected = vs.problems.filter((problem) => !problem.includes('the tenant is read-only'));
    assert.deepEqual(unexpected, []);
  });
});
