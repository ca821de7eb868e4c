import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session, type Theme } from './driver';
import { connect, unlock } from './connect';
import { cutTexts, serious, showTab, sideways, TABS, THEMES, violations } from './panelPage';

/** A page, the tabs it has, and what is there once it is complete. */
interface Panel {
  readonly title: string | RegExp;
  readonly tabs?: Readonly<Record<string, RegExp>>;
  readonly complete: string;
}

/** What a page says of itself in a theme. */
const WORN: Readonly<Record<Theme, string>> = {
  dark: 'body.vscode-dark',
  light: 'body.vscode-light',
  contrast: 'body.vscode-high-contrast',
};

const ADA = 'Ada Winterbourne';
const FAILED = 'Aaliyah Bennett-Cole';
const EMPTY = 'Adele Vantongeren';

const PANELS: Readonly<Record<string, Panel>> = {
  identity: { title: ADA, tabs: TABS, complete: 'h1' },
  failed: { title: FAILED, complete: '.reason h2' },
  empty: { title: EMPTY, tabs: { roles: TABS.roles }, complete: 'h1' },
  why: { title: `Austin Office · ${ADA}`, complete: '.answer' },
  requested: { title: `Invoice Approver · ${ADA}`, complete: '.timeline' },
  compare: {
    title: `${ADA} ↔ Abel Marchetto`,
    tabs: { attributes: /^Attributes/, roles: /^Roles/ },
    complete: 'h1',
  },
  plan: { title: /^Delete/, complete: 'tbody tr' },
  result: { title: /^Process/, complete: 'tbody tr' },
  table: { title: 'Unregistered', complete: '.gridBody .badge' },
};

describe('looks', () => {
  let vs: Session;
  let acme: DemoTenant;
  let globex: DemoTenant;

  before(async () => {
    const size = { identities: 40, taskDurationMs: 500, rateLimit: Infinity };
    [vs, acme, globex] = await Promise.all([launch(), startDemo(size), startDemo({ ...size, seed: 2 })]);
    await vs.openView();
    await connect(vs, acme, { environment: 'production' });
    await unlock(vs, { environment: 'production' });
    await vs.expand(vs.row('Protected'));
    await openBulkActions();
    await openTable();
    await connect(vs, globex, { name: 'Globex', environment: 'production' });
    await vs.collapse(vs.row('Acme'));
    globex.faults.add({ kind: 'status', status: 403, operation: 'listIdentities', times: 9 });
    await vs.expand(vs.row('Locked'));
    await openPeople();
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await globex?.close();
  });

  async function planFor(action: string, names: readonly string[]): Promise<FrameLocator> {
    await vs.palette('File: New Untitled Text File');
    await vs.page.locator('.monaco-editor.focused').waitFor();
    await vs.page.keyboard.insertText(names.join('\n'));
    await vs.palette('ISC Identities: Plan bulk action...');
    await vs.pick(action);
    await vs.pick('IDs, aliases, emails or names in the active editor');
    await vs.modal('Show plan');
    return vs.webview(new RegExp(`^${action}`));
  }

  async function openBulkActions(): Promise<void> {
    let page = await planFor('Process', ['ada.winterbourne', 'adina.feldstern', 'aaron.achterberg']);
    await page.getByRole('button', { name: /^Process \d identities$/ }).click();
    await vs.modal('Process 3 identities');
    page = await vs.webview(/^Process/);
    await page.getByRole('button', { name: '1 failed' }).waitFor();
    page = await planFor('Delete', ['ada.winterbourne', 'nobody.at.all', 'adisa.balogunde', 'adam.kesslinger']);
    await page.getByRole('heading', { name: /^Plan: delete/ }).waitFor();
  }

  async function openTable(): Promise<void> {
    await vs.contextMenu(vs.row('Unregistered'), 'Open as table');
    const page = await vs.webview('Unregistered');
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Lifecycle state');
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /^active/ })
      .click();
    await page.getByRole('button', { name: 'Remove filter: Lifecycle state is active' }).waitFor();
  }

  async function openPeople(): Promise<void> {
    await vs.contextMenu(vs.row('Acme'), 'Check connection');
    await vs.webview(/^Preview/);
    await vs.expand(vs.row('Acme'));
    await vs.expand(vs.row('All identities'));
    await vs.contextMenu(vs.row(ADA), 'Select for compare');
    await vs.contextMenu(vs.row('Abel Marchetto'), 'Compare with selected');
    await (await vs.webview(`${ADA} ↔ Abel Marchetto`)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    for (const person of [EMPTY, FAILED]) {
      await vs.open(person);
      await (await vs.webview(person)).getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    }
    await vs.open(ADA);
    for (const role of ['Austin Office', 'Invoice Approver']) {
      const page = await vs.webview(ADA);
      await showTab(page, TABS.roles);
      await page.getByRole('button', { name: role, exact: true }).click();
      await (await vs.webview(`${role} · ${ADA}`)).getByRole('heading', { name: 'Evidence' }).waitFor();
    }
    await vs.expand(vs.row(ADA));
  }

  /** Does something with every tab of every panel, once it wears the theme. */
  async function eachPage(theme: Theme, look: (name: string, page: FrameLocator) => Promise<void>): Promise<void> {
    for (const [name, { title, tabs, complete }] of Object.entries(PANELS)) {
      const page = await vs.webview(title);
      // A tooltip of the tab would be in the picture.
      await vs.page.mouse.move(1, 1);
      await page.locator(WORN[theme]).waitFor();
      await page.locator(complete).first().waitFor();
      for (const [id, tab] of Object.entries(tabs ?? {})) {
        await showTab(page, tab);
        await look(`${name}-${id}`, page);
      }
      if (!tabs) await look(name, page);
    }
  }

  for (const theme of THEMES) {
    it(`shows every page, and axe finds nothing serious: ${theme}`, async () => {
      await vs.setTheme(theme);
      const found: string[] = [];
      await eachPage(theme, async (name, page) => {
        await vs.screenshot(`looks-${name}-${theme}`);
        found.push(...(await serious(vs, page)).map((text) => `${name}: ${text}`));
      });
      // A page of VS Code, which draws our Markdown; it has no background that axe could see.
      await vs.webview(/^Preview Connection/);
      await vs.screenshot(`looks-connection-${theme}`);
      assert.deepEqual(found, []);
    });

    it(`shows the views, and axe finds nothing serious: ${theme}`, async () => {
      const found: string[] = [];
      for (const [part, key] of [
        ['tree', 'Home'],
        ['tasks', 'End'],
      ] as const) {
        if (part === 'tasks') await toggleTasks();
        await scroll(key);
        await vs.screenshot(`looks-${part}-${theme}`);
        // Rows are spoken as sentences, not as they are written: a case of its own compares the words.
        const unfit = ['label-content-name-mismatch'];
        found.push(...(await violations(vs, vs.page.mainFrame(), '.sidebar .monaco-list-rows', unfit)));
      }
      assert.deepEqual(found, []);
      await everyWordIsSpoken();
      await toggleTasks();
    });
  }

  async function toggleTasks(): Promise<void> {
    await vs.view('Tasks').locator('.pane-header .title').click();
  }

  async function scroll(key: 'Home' | 'End'): Promise<void> {
    await vs.view().locator('.monaco-list').first().focus();
    await vs.page.keyboard.press(key);
    await vs.frame();
  }

  async function everyWordIsSpoken(): Promise<void> {
    for (const { label, description, spoken } of [...(await vs.rows()), ...(await vs.rows('Tasks'))]) {
      for (const words of [label, ...description.split(' · ')]) {
        assert.ok(spoken.toLowerCase().includes(words.toLowerCase()), `"${words}" is not in "${spoken}"`);
      }
    }
  }

  it('says in the tooltip what a side bar of 300 px cuts off', async () => {
    await toggleTasks();
    await scroll('End');
    for (const row of [
      vs.row('Adisa Balogunde'),
      vs.row('Could not load identities'),
      vs.row('Process 3 identities in Acme', 'Tasks'),
    ]) {
      const label = await row.locator('.label-name').innerText();
      const container = row.locator('.monaco-icon-label-container').first();
      assert.ok(await container.evaluate((text) => text.scrollWidth > text.clientWidth), `${label} is not cut off`);
      const shown = await (await vs.tooltip(row, label)).innerText();
      for (const words of (await row.locator('.label-description').innerText()).split(/ · |, /)) {
        assert.ok(`${shown.toLowerCase()} retry`.includes(words.toLowerCase()), `"${words}" is not in "${shown}"`);
      }
    }
  });

  it('cuts nothing off in a panel 400 px wide, and every action can be reached', async () => {
    // The side bar takes 348.
    await vs.page.setViewportSize({ width: 748, height: 800 });
    const found: string[] = [];
    await eachPage('dark', async (name, page) => {
      await vs.screenshot(`looks-${name}-narrow`);
      const wide = await sideways(page);
      if (wide > 1) found.push(`${name}: ${String(wide)} px sideways`);
      found.push(...(await cutTexts(page)).map((text) => `${name}: ${text}`));
    });
    assert.deepEqual(found, []);
    const page = await vs.webview(ADA);
    for (const action of ['Synchronize attributes', 'Process...', 'Invite...', 'Refresh']) {
      await page.getByRole('button', { name: action }).scrollIntoViewIfNeeded();
    }
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete...' }).scrollIntoViewIfNeeded();
    await vs.screenshot('looks-menu-narrow');
    await vs.page.keyboard.press('Escape');
  });

  it('writes nothing alarming on the console', () => {
    // The preview of Markdown watches the file of a report, which is none.
    assert.deepEqual(
      vs.problems.filter((problem) => !problem.includes('CodeExpectedError')),
      [],
    );
  });
});
