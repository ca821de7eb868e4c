import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { after, before, describe, it } from 'mocha';
import { root } from '../../scripts/processes.mjs';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect, showIdentities, unlock } from './connect';
import { showTab, TABS } from './panelPage';
import { focusStops, lost, moving, notePainted } from './senses';

const ADA = 'Ada Winterbourne';
const ROLE = `Austin Office · ${ADA}`;
const COMPARED = `${ADA} ↔ Abel Marchetto`;

/** What differs from run to run. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{32}\b/g, '<id>'],
  [/\b\d{1,2} [A-Z][a-z]{2} \d{4}(, \d\d:\d\d(:\d\d)?( UTC)?)?/g, '<date>'],
  [/\b(\d+ (second|minute|hour|day|month|year)s?|just now|less than a minute)( ago)?\b/g, '<time>'],
  [/\b[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d\b/g, '<date>'],
  [/, now,/g, ', <time>,'],
  [/127\.0\.0\.1:\d+/g, '<host>'],
];

/**
 * What those notice who do not see the window, or see it otherwise: `heard.txt` is what a screen reader says. When it is to be said
 * differently, copy artifacts/heard.txt over it.
 */
describe('a window that is heard, walked by keyboard, or shown without colors and motion', () => {
  let vs: Session;
  let acme: DemoTenant;
  const heard: string[] = [];

  before(async () => {
    [vs, acme] = await Promise.all([
      launch({
        userSettings: {
          'iscIdentities.pageSize': 10,
          'iscIdentities.lists': [
            { name: 'Nobody', filter: 'name eq "Nobody"' },
            { name: 'Wrong', filter: 'name' },
          ],
        },
      }),
      startDemo({ identities: 40, taskDurationMs: 300, rateLimit: Infinity }),
    ]);
    await vs.openView();
    await connect(vs, acme);
    await unlock(vs);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  function hear(title: string, text: string): void {
    const lines = VARYING.reduce((said, [what, name]) => said.replaceAll(what, name), text).split('\n');
    heard.push(`# ${title}`, ...lines, '');
  }

  async function hearRows(view: string): Promise<void> {
    const rows = await vs.rows(view);
    const state = { true: 'expanded', false: 'collapsed' };
    const said = rows.map(
      ({ level, spoken, expanded }) =>
        `${'  '.repeat(level - 1)}${spoken}${expanded === undefined ? '' : ` (${state[`${expanded}`]})`}`,
    );
    hear(`${view} view`, said.join('\n'));
  }

  it('says every kind of row', async () => {
    acme.faults.add({ kind: 'status', status: 403, operation: 'listIdentities', times: 1 });
    await vs.expand(vs.row('Locked'));
    await vs.expand(vs.row('Nobody'));
    await showIdentities(vs);
    await vs.expand(vs.row(ADA));
    await vs.row('Load more').filter({ hasText: 'of 40' }).waitFor();
    for (const list of ['Processing errors', 'Uncorrelated', 'Unregistered', 'Protected']) {
      await vs.row(list).filter({ hasText: /\d/ }).waitFor();
    }
    await hearRows('Tenants');
    const failing = 'Adina Feldstern';
    await vs.palette('ISC Identities: Process...');
    await vs.search(failing, new RegExp(failing));
    await vs.modal(`Process ${failing}`);
    await vs.view('Tasks').locator('.pane-header').click();
    await vs.row(`Process ${failing}`, 'Tasks').filter({ hasText: 'failed' }).waitFor();
    await hearRows('Tasks');
    await vs.view('Tasks').locator('.pane-header').click();
  });

  it('says heading, tabs and content of every panel', async () => {
    await vs.open(ADA);
    let page = await vs.webview(ADA);
    await page.getByRole('tab', { name: /^Attributes \(\d+\)$/ }).waitFor();
    hear('Panel of an identity', await page.locator('header').ariaSnapshot());
    hear('Its tabs', await page.getByRole('tablist').ariaSnapshot());
    for (const [name, tab] of Object.entries(TABS)) {
      await showTab(page, tab);
      const said = await page.locator('.tabpanel:not([hidden])').ariaSnapshot();
      hear(`Tab ${name}, its beginning`, said.split('\n').slice(0, 14).join('\n'));
    }
    await showTab(page, TABS.roles);
    await page.getByRole('button', { name: 'Austin Office', exact: true }).click();
    page = await vs.webview(ROLE);
    await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    hear('Panel of a role assignment', await page.locator('body').ariaSnapshot());
    await vs.contextMenu(vs.row(ADA), 'Select for compare');
    await vs.contextMenu(vs.row('Abel Marchetto'), 'Compare with selected');
    page = await vs.webview(COMPARED);
    await page.getByRole('tab', { name: /^Attributes \(/ }).waitFor();
    hear('Panel that compares', (await page.locator('body').ariaSnapshot()).split('\n').slice(0, 30).join('\n'));
    await vs.collapse(vs.row('All identities'));
    await vs.contextMenu(vs.row('Unregistered'), 'Plan bulk action on this list...');
    await vs.pick('Invite');
    page = await vs.webview(/^Invite/);
    await page.locator('tbody tr').first().waitFor();
    hear('Panel of a plan', (await page.locator('body').ariaSnapshot()).split('\n').slice(0, 40).join('\n'));
    await vs.contextMenu(vs.row('Protected'), 'Open as table');
    page = await vs.webview('Protected');
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('Status');
    await page.getByRole('complementary').getByRole('button', { name: /1$/ }).waitFor();
    hear('Table of a list', await page.locator('body').ariaSnapshot());
  });

  it('says what there is', async () => {
    const said = `${heard.join('\n').trimEnd()}\n`;
    await mkdir(path.join(root, 'artifacts'), { recursive: true });
    await writeFile(path.join(root, 'artifacts', 'heard.txt'), said);
    assert.equal(said, await readFile(path.join(root, 'test', 'ui', 'heard.txt'), 'utf8'));
  });

  const panels = new Map<string | RegExp, readonly RegExp[]>([
    [ADA, Object.values(TABS)],
    [ROLE, []],
    [COMPARED, [/^Attributes/, /^Roles/]],
    [/^Invite/, []],
    ['Protected', []],
  ]);
  async function eachPage(look: (name: string, page: FrameLocator) => Promise<void>): Promise<void> {
    for (const [title, tabs] of panels) {
      const page = await vs.webview(title);
      for (const tab of tabs) {
        await showTab(page, tab);
        await look(`${String(title)}, ${tab.source}`, page);
      }
      if (tabs.length === 0) await look(String(title), page);
    }
  }

  it('shows where the focus is, at every stop of Tab, and takes it onwards', async () => {
    await eachPage(async (name, page) => {
      const stops = await focusStops(vs, page);
      assert.ok(stops.length > 1, `${name}: ${String(stops.length)} stops`);
      assert.deepEqual(
        stops.filter(({ visible }) => !visible).map(({ what }) => `${name}: ${what}`),
        [],
      );
      // Above all of what was before: neither below it nor beside it.
      const back = stops.filter(({ bottom }, at) => bottom <= (stops[at - 1]?.top ?? 0));
      assert.deepEqual(
        back.map(({ what }) => `${name}: back to ${what}`),
        [],
      );
    });
  });

  it('loses nothing where the system chooses the colors', async () => {
    const missed: string[] = [];
    await eachPage(async (name, page) => {
      await notePainted(page);
      await vs.page.emulateMedia({ forcedColors: 'active' });
      await vs.screenshot(`forced-${name.replaceAll(/\W+/g, '-')}`);
      const [control, ...others] = await lost(page);
      // A spot of color alone, which is lost: else nothing would be found anywhere.
      assert.match(control ?? '', /^<i /);
      missed.push(...others.map((what) => `${name}: ${what}`));
      for (const tab of await page.getByRole('tab').all()) {
        const edge = await tab.evaluate((element) => getComputedStyle(element).borderBottomColor);
        const behind = await tab.evaluate((element) => getComputedStyle(element.ownerDocument.body).backgroundColor);
        const isSelected = (await tab.getAttribute('aria-selected')) === 'true';
        if (isSelected !== (edge !== behind)) missed.push(`${name}: whether ${await tab.innerText()} is selected`);
      }
      await vs.page.emulateMedia({ forcedColors: null });
    });
    assert.deepEqual(missed, []);
  });

  it('moves nothing where less motion is wished', async () => {
    const waiting = async (reducedMotion: 'reduce' | 'no-preference') => {
      await vs.page.emulateMedia({ reducedMotion });
      await vs.palette('View: Close All Editors');
      await vs.expand(vs.row('All identities'));
      let answer = (): void => undefined;
      const until = new Promise<void>((resolve) => (answer = resolve));
      acme.faults.add({ kind: 'hold', until, operation: 'getIdentity', times: 1 });
      await vs.row('Aaron Achterberg').dblclick();
      const page = await vs.webview('Aaron Achterberg');
      await page.locator('.skeleton').first().waitFor();
      const found = await moving(page);
      answer();
      await page.getByRole('tab', { name: TABS.attributes }).waitFor();
      return found;
    };
    assert.notDeepEqual(await waiting('no-preference'), [], 'rows that stand for what is loading pulse');
    assert.deepEqual(await waiting('reduce'), []);
    await vs.page.emulateMedia({ reducedMotion: null });
  });
});
