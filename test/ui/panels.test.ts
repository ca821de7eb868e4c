import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrameLocator } from 'playwright-core';
import { after, afterEach, before, describe, it } from 'mocha';
import { launch, type Session, type Theme } from './driver';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const THEMES: readonly Theme[] = ['light', 'contrast', 'dark'];

describe('panels and documents of a person', () => {
  const person = 'Ada Winterbourne';
  let vs: Session;

  before(async () => {
    vs = await launch();
    await vs.openView();
    await vs.view().getByRole('button', { name: 'Try the demo tenant' }).click();
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('All identities'));
    await vs.open(person);
    // Until then the panel takes the focus from the command palette.
    await (await vs.webview(person)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.screenshot(`failed-${this.currentTest.title}`);
  });
  after(() => vs?.dispose());

  /** What axe finds that is serious or worse, in words. */
  async function serious(page: FrameLocator): Promise<string[]> {
    const frame = await (await page.locator('body').elementHandle())?.ownerFrame();
    assert.ok(frame);
    const problems = vs.problems.length;
    await frame.evaluate(axe);
    const found = await frame.evaluate(async () => {
      const { axe: checker } = window as unknown as { axe: { run(): Promise<AxeResults> } };
      const { violations } = await checker.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join(' ')}`);
    });
    // Axe itself tries inline styles, which the page's policy refuses.
    vs.problems.splice(problems);
    return found;
  }

  async function showTab(page: FrameLocator, name: RegExp): Promise<void> {
    await page.getByRole('tab', { name }).click();
    await page.locator('.tabpanel:not([hidden]):not(:has(.skeleton)):not(:has(.picture:empty))').waitFor();
  }

  const TABS = {
    attributes: /^Attributes/,
    roles: /^Role assig/,
    access: /^Access/,
    owns: /^Owns/,
    picture: /^Picture/,
    raw: /^Raw/,
  };

  it('shows every tab in every theme, and axe finds nothing serious', async () => {
    const found: string[] = [];
    for (const theme of THEMES) {
      await vs.setTheme(theme);
      const page = await vs.webview(person);
      for (const [name, tab] of Object.entries(TABS)) {
        await showTab(page, tab);
        found.push(...(await serious(page)).map((text) => `${theme}, ${name}: ${text}`));
        await vs.screenshot(`tab-${name}-${theme}`);
      }
    }
    assert.deepEqual(found, []);
  });

  it('opens the identity as a read-only JSON document, from the panel and from the tree', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.raw);
    await page.getByRole('button', { name: 'Identity' }).click();
    await vs.tab(`${person}.json`).waitFor();
    await vs.page.locator('.view-line', { hasText: '"alias": "ada.winterbourne"' }).waitFor();
    await vs.screenshot('document-identity-dark');
    await vs.contextMenu(vs.row(person), 'Open role assignments as JSON');
    await vs.tab(`${person} role assignments.json`).waitFor();
    await vs.page.locator('.view-line', { hasText: '"addedDate"' }).first().waitFor();
    await vs.contextMenu(vs.row(person), 'Open ownership as JSON');
    await vs.tab(`${person} owns.json`).waitFor();
  });

  it('walks through the picture by keyboard and opens a role from it', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.picture);
    await page.getByRole('application', { name: /^Picture of the access of Ada Winterbourne/ }).focus();
    await vs.page.keyboard.press('ArrowRight');
    await page
      .getByRole('status')
      .filter({ hasText: `person ${person}` })
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
    const found: string[] = [];
    const seen = new Set<string>();
    const page = await vs.webview(person);
    await showTab(page, TABS.roles);
    const expanders = page.getByRole('button', { name: /^Why / });
    for (let n = 0; n < 7; n++) {
      const expander = expanders.nth(n);
      await expander.click();
      const row = page.locator('tbody tr:not(.detail)').nth(n);
      const cell = row.locator('td').first();
      await cell.filter({ hasText: /rule|request|unknown/ }).waitFor();
      const how = await cell.innerText();
      if (!seen.has(how)) {
        seen.add(how);
        const role = (await expander.getAttribute('aria-label'))?.slice('Why '.length, -1) ?? '';
        await page.getByRole('button', { name: 'Show the evidence' }).last().click();
        const why = await vs.webview(`${role} · ${person}`);
        await why.getByRole('heading', { name: 'How we know' }).waitFor();
        found.push(...(await serious(why)).map((text) => `${how}: ${text}`));
        await vs.screenshot(`why-${how}-dark`);
        await vs.webview(person);
        await showTab(page, TABS.roles);
        await page.locator('tbody tr').first().waitFor();
        // The page starts anew when it is shown again: nothing is expanded.
      } else await expander.click();
    }
    assert.deepEqual(found, []);
    assert.ok(seen.has('rule') && seen.has('request'), [...seen].join());
  });

  it('stays usable 400 px wide and at 200% zoom', async () => {
    const size = vs.page.viewportSize();
    for (const [name, width, height] of [
      ['narrow', 750, 800],
      ['zoomed', 640, 400],
    ] as const) {
      await vs.page.setViewportSize({ width, height });
      const page = await vs.webview(person);
      for (const [id, tab] of Object.entries(TABS)) {
        await showTab(page, tab);
        await vs.screenshot(`${name}-${id}-dark`);
      }
      const wide = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.ok(wide <= 1, `${name}: ${wide} px sideways`);
    }
    if (size) await vs.page.setViewportSize(size);
  });

  it('draws 500 things as well', async () => {
    const page = await vs.webview(person);
    await showTab(page, TABS.picture);
    const ms = await page.locator('.picture').evaluate((container) => {
      const sources = Array.from({ length: 9 }, (_, n) => ({ id: `s${n}`, kind: 'source', label: `Source ${n}` }));
      const roles = Array.from({ length: 400 }, (_, n) => ({
        id: `r${n}`,
        kind: 'role',
        label: `Role number ${n}`,
        assignmentId: `${n}`,
      }));
      const accounts = Array.from({ length: 90 }, (_, n) => ({ id: `a${n}`, kind: 'account', label: `account.${n}` }));
      const edges = [
        ...roles.map(({ id }) => ({ from: 'p', to: id })),
        ...roles.map(({ id }, n) => ({ from: id, to: `s${n % 9}` })),
        ...accounts.map(({ id }, n) => ({ from: `s${n % 9}`, to: id })),
      ];
      const nodes = [{ id: 'p', kind: 'person', label: 'Ada' }, ...roles, ...sources, ...accounts];
      const { iscPicture } = window as unknown as { iscPicture: (...args: unknown[]) => unknown };
      container.replaceChildren();
      const begun = performance.now();
      iscPicture(container, { nodes, edges, roles: 400, asked: 20 }, {});
      return performance.now() - begun;
    });
    assert.ok(ms < 3000, `${ms} ms`);
    await vs.screenshot('picture-500-dark');
  });

  it('compares two people, in a panel and as JSON', async () => {
    const found: string[] = [];
    await vs.contextMenu(vs.row(person), 'Select for compare');
    await vs.statusBar(`${person} is selected for compare`);
    await vs.contextMenu(vs.row('Abel Marchetto'), 'Compare with selected');
    const title = `${person} ↔ Abel Marchetto`;
    const open = await vs.webview(title);
    await open.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    assert.ok((await open.locator('tr.differs').count()) > 5);
    for (const theme of THEMES) {
      await vs.setTheme(theme);
      const page = await vs.webview(title);
      for (const tab of ['Attributes', 'Roles', 'Entitlements']) {
        await showTab(page, new RegExp(`^${tab}`));
        found.push(...(await serious(page)).map((text) => `${theme}, ${tab}: ${text}`));
        await vs.screenshot(`compare-${tab.toLowerCase()}-${theme}`);
      }
    }
    assert.deepEqual(found, []);
    const page = await vs.webview(title);
    await page.getByRole('button', { name: 'Compare as JSON' }).click();
    await vs.page.locator('.monaco-diff-editor .line-delete').first().waitFor();
    await vs.screenshot('compare-json-dark');
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
