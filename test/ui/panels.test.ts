import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';
import { serious, showTab, TABS, THEMES } from './panelPage';

describe('panels and documents of a person', () => {
  const person = 'Ada Winterbourne';
  let vs: Session;

  before(async () => {
    vs = await launch();
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.open(person);
    // Until then the panel takes the focus from the command palette.
    await (await vs.webview(person)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
  });
  after(() => vs?.dispose());

  it('opens the identity as a read-only JSON document, from the panel and from the tree', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.raw);
    await page.getByRole('button', { name: 'Identity' }).click();
    await vs.tab(`${person}.json`).waitFor();
    await vs.page.locator('.view-line', { hasText: '"alias": "ada.winterbourne"' }).waitFor();
    await vs.screenshot('document-identity-dark');
    await vs.contextMenu(vs.row(person), 'Open as', 'Open role assignments as JSON');
    await vs.tab(`${person} role assignments.json`).waitFor();
    await vs.page.locator('.view-line', { hasText: '"addedDate"' }).first().waitFor();
    await vs.contextMenu(vs.row(person), 'Open as', 'Open ownership as JSON');
    await vs.tab(`${person} ownership.json`).waitFor();
  });

  it('walks through the picture by keyboard and opens a role from it', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.picture);
    await page.getByRole('application', { name: /^Access graph of Ada Winterbourne/ }).focus();
    await vs.page.keyboard.press('ArrowRight');
    await page
      .getByRole('status')
      .filter({ hasText: `identity ${person}` })
      .waitFor({ state: 'attached' });
    await vs.page.keyboard.press('ArrowRight');
    await page
      .getByRole('status')
      .filter({ hasText: /^role / })
      .waitFor({ state: 'attached' });
    await vs.screenshot('picture-walked-dark');
    const role = (
      await page
        .getByRole('status')
        .filter({ hasText: /^role / })
        .innerText()
    ).slice('role '.length);
    await vs.page.keyboard.press('Enter');
    const why = await vs.webview(`${role} · ${person}`);
    await why.getByRole('heading', { name: `Why does ${person} have ${role}?` }).waitFor();
  });

  it('says why: by rule, by request, or that it is unknown', async () => {
    const answers = {
      'Austin Office': [/^Assigned by rule: city is Austin, since /, 'rule'],
      'Invoice Approver': [/^Requested by .+ via .+ on .+, until /, 'request'],
      'Campaign Editor': [/^Unknown: ISC does not report how this role was assigned; assigned since /, 'unknown'],
    } as const;
    for (const [role, [sentence, how]] of Object.entries(answers)) {
      const page = await vs.webview(person);
      await showTab(page, TABS.roles);
      const row = page.locator('tbody tr:not(.detail)', { has: page.getByRole('button', { name: role, exact: true }) });
      const cell = row.locator('td').first();
      // The rows on the screen say it by themselves.
      await cell.getByText(how, { exact: true }).waitFor();
      await row.getByRole('button', { name: `Explain ${role}` }).click();
      await page.locator('tr.detail').getByText(sentence).waitFor();
      await vs.screenshot(`roles-${how}-dark`);
      await row.getByRole('button', { name: role, exact: true }).click();
      // Until it is there it takes the focus from the command palette.
      await (await vs.webview(`${role} · ${person}`)).getByRole('heading', { name: 'Evidence' }).waitFor();
      const why = await vs.webview(`${role} · ${person}`);
      await why.locator('.answer').getByText(sentence).waitFor();
      await vs.screenshot(`why-${how}-dark`);
    }
    const unknown = await vs.webview(`Campaign Editor · ${person}`);
    const evidence = unknown.locator('dl.attributes > div', { hasText: 'Assignment source' });
    assert.match(await evidence.innerText(), /unknown$/);
  });

  it('finds everybody who has the role, from the answer and from what a person owns', async () => {
    const why = await vs.webview(`Austin Office · ${person}`);
    await why.getByRole('button', { name: 'Find identities with this role' }).click();
    const box = vs.page.locator('.quick-input-widget:visible');
    await box.locator('.monaco-list-row', { hasText: person }).first().waitFor();
    const title = box.locator('.quick-input-title').getByText(/^Identities with Austin Office \(\d+\)$/);
    await title.waitFor();
    assert.equal(await box.locator('input').first().inputValue(), '');
    await vs.screenshot('people-with-role-dark');
    await vs.page.keyboard.press('Escape');
    const page = await vs.webview(person);
    await showTab(page, TABS.owns);
    await page
      .getByTitle(/^Find identities with /)
      .first()
      .click();
    await vs.page.locator('.quick-input-widget:visible input').first().waitFor();
    await vs.page.keyboard.press('Escape');
  });

  it('says on which source each entitlement is', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.access);
    await page.getByText('Sources come from Search').waitFor();
    const vpn = page.locator('ul.rows li', { hasText: 'CN=VPN Users' });
    await vpn.getByText('Active Directory').waitFor();
    await vs.screenshot('access-sources-dark');
  });

  it('draws 500 roles: starts readable, finds, walks, asks for more', async () => {
    const many = 'Adrian Solbergsen';
    const found: string[] = [];
    await vs.open(many);
    let page = await vs.webview(many);
    await showTab(page, TABS.picture);
    await page.getByText('Provisioning loaded for 20 of 500 roles.').waitFor();
    for (const theme of THEMES) {
      await vs.setTheme(theme);
      page = await vs.webview(many);
      await showTab(page, TABS.picture);
      found.push(...(await serious(vs, page)).map((text) => `${theme}: ${text}`));
      await vs.screenshot(`picture-500-${theme}`);
    }
    assert.deepEqual(found, []);
    await page.getByRole('button', { name: 'Zoom to fit' }).click();
    await vs.screenshot('picture-500-all-dark');
    const find = page.getByRole('searchbox', { name: 'Find in graph' });
    await find.fill('Payroll');
    await page.getByText(/^\d+ found$/).waitFor();
    await page.locator('.chosen').getByText('Payroll Reviewer').first().waitFor();
    await vs.screenshot('picture-500-found-dark');
    await page.getByRole('button', { name: 'Load more roles (50)' }).click();
    await page.getByText('Provisioning loaded for 70 of 500 roles.').waitFor();
    await vs.screenshot('picture-500-asked-dark');
  });

  it('compares two people, in a panel and as JSON', async () => {
    await vs.contextMenu(vs.row(person), 'Select for compare');
    await vs.statusBar(`${person} selected for comparison`);
    await vs.contextMenu(vs.row('Abel Marchetto'), 'Compare with selected');
    const title = `${person} ↔ Abel Marchetto`;
    const open = await vs.webview(title);
    await open.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    assert.ok((await open.locator('tr.differs').count()) > 5);
    for (const tab of ['Roles', 'Entitlements']) await showTab(open, new RegExp(`^${tab}`));
    const page = await vs.webview(title);
    await page.getByRole('button', { name: 'Compare as JSON' }).click();
    await vs.page.locator('.monaco-diff-editor .line-delete').first().waitFor();
    await vs.screenshot('compare-json-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
