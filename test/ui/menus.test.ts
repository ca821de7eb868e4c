import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, showIdentities, unlock } from './connect';
import { launch, type Session } from './driver';
import { waitUntil } from '../waitUntil';

/** Longer titles make a menu that is wider than the side bar. */
const LONGEST_TITLE = 50;

/** The menu of each kind of row as it is on the screen, and the keys of the tree. Each step goes on from the one before. */
describe('menus and keys of rows', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([
      launch({
        userSettings: {
          'iscIdentities.lists': [
            { name: 'Starts with A', filter: 'name sw "A"' },
            { name: 'Broken', serch: 'x' },
          ],
        },
      }),
      startDemo({ identities: 300, taskDurationMs: 8_000 }),
    ]);
    await vs.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await vs.openView();
    await vs.view('Tasks').locator('.pane-header').click();
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  /** Names of the identities as they stand in the tree. */
  let names: readonly string[] = [];
  const name = (index: number): string => names[index] ?? '';

  async function menu(picture: string, label: string | RegExp, view?: string): Promise<string[]> {
    const items = await vs.contextMenuItems(await vs.scrollTo(label, view), `menu-${picture}-dark`);
    for (const item of items) assert.ok(item.length <= LONGEST_TITLE, item);
    return items;
  }

  /** Goes down the tree by arrow keys. */
  async function goDownTo(label: string): Promise<Locator> {
    const row = vs.row(label);
    await vs.view().locator('.monaco-list').first().focus();
    await vs.page.keyboard.press('Home');
    while ((await row.and(vs.page.locator('.focused')).count()) === 0) {
      await vs.page.keyboard.press('ArrowDown');
      await vs.frame();
    }
    return row;
  }

  /** Titles in the palette after what was typed. */
  async function inPalette(title: string): Promise<string[]> {
    await vs.page.keyboard.press('F1');
    await vs.type(`>ISC Identities: ${title}`);
    await vs.page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
    const items = await vs.quickPickItems();
    await vs.page.keyboard.press('Escape');
    return items.filter((item) => item === `ISC Identities: ${title}`);
  }

  it('offer in the palette only what can be done now', async () => {
    // Nothing is hidden before the extension has started.
    await waitUntil(async () => (await inPalette('Process...')).length === 0, 'what needs a tenant is hidden', {
      everyMs: 200,
    });
    for (const title of ['Stop tracking', 'Unlock tenant for changes...', 'Compare with selected'])
      assert.deepEqual(await inPalette(title), [], title);
    assert.deepEqual(await inPalette('Edit list...'), ['ISC Identities: Edit list...']);
  });

  it('offer there to unlock a tenant only while one is read-only', async () => {
    await connect(vs, acme);
    assert.deepEqual(await inPalette('Unlock tenant for changes...'), ['ISC Identities: Unlock tenant for changes...']);
    assert.deepEqual(await inPalette('Set tenant to read-only'), []);
    await unlock(vs);
    assert.deepEqual(await inPalette('Unlock tenant for changes...'), []);
    assert.deepEqual(await inPalette('Process...'), ['ISC Identities: Process...']);
  });

  it('of a tenant', async () => {
    const items = await menu('tenant', 'Acme');
    assert.equal(items.at(-1), 'Remove tenant...');
  });

  it('of lists: built-in, saved, with a mistake', async () => {
    const builtIn = await menu('list', 'Unregistered');
    assert.ok(!builtIn.includes('Delete list...'), builtIn.join());
    const saved = await menu('saved-list', 'Starts with A');
    assert.equal(saved.at(-1), 'Delete list...');
    assert.deepEqual(await menu('mistake', 'Broken'), ['Edit in settings', 'Delete list...']);
  });

  it('of an identity, with what cannot be undone last', async () => {
    await showIdentities(vs);
    names = (await vs.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
    const items = await menu('identity', name(2));
    assert.deepEqual(items.slice(0, 4), ['Open', 'Show ownership', 'Open as', 'Open in ISC']);
    assert.deepEqual(items.slice(-2), ['Reset...', 'Delete...']);
  });

  it('of several identities, which say that they are for those selected', async () => {
    await vs.row(name(2)).click({ position: { x: 100, y: 8 } });
    await vs.row(name(4)).click({ modifiers: ['Shift'], position: { x: 100, y: 8 } });
    await vs.view().locator('.monaco-list-row.selected').nth(2).waitFor();
    assert.deepEqual(await menu('identities', name(3)), [
      'Open selected identities...',
      'Open as table',
      'Synchronize selected identities...',
      'Process selected identities...',
      'Invite selected identities...',
      'Email password reset to selected identities...',
      'Export...',
      'Export with columns...',
      'Copy as Markdown table',
      'Role ends...',
      'Copy',
      'Reset selected identities...',
      'Delete selected identities...',
    ]);
  });

  it('of a role assignment', async () => {
    await vs.expand(vs.row(name(1)));
    const role = (await vs.rows()).find(({ level }) => level === 4)?.label ?? '';
    assert.deepEqual(await menu('role-assignment', role), ['Explain role assignment']);
    await vs.collapse(vs.row(name(1)));
  });

  it('of a bulk action: running, paused, ended', async () => {
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Synchronize attributes');
    const panel = await vs.webview(/^Synchronize attributes of 300 identities/);
    await panel.getByRole('button', { name: /^Synchronize 300/ }).click();
    await vs.modal('Synchronize 300 identities');
    const row = () => vs.row(/^Synchronize attributes of 300 identities/, 'Tasks');
    await row().filter({ hasText: 'running' }).waitFor();
    // A row whose progress is drawn while its menu is open loses what is chosen there: the numbers stand still.
    let goOn = (): void => undefined;
    const until = new Promise<void>((resolve) => (goOn = resolve));
    acme.faults.add({ kind: 'hold', until, times: 1_000 });
    assert.deepEqual(await menu('bulk-running', /^Synchronize attributes of 300/, 'Tasks'), ['Open', 'Pause', 'Stop']);
    await vs.contextMenu(row(), 'Pause');
    goOn();
    await row().filter({ hasText: 'paused' }).waitFor();
    assert.deepEqual(await menu('bulk-paused', /^Synchronize attributes of 300/, 'Tasks'), ['Open', 'Resume', 'Stop']);
    await vs.contextMenu(row(), 'Stop');
    await row().filter({ hasText: 'not sent' }).and(vs.page.locator('.monaco-list-row')).waitFor();
    await row()
      .filter({ hasNotText: /paused|running/ })
      .waitFor();
    assert.deepEqual(await menu('bulk-ended', /^Synchronize attributes of 300/, 'Tasks'), [
      'Open',
      'Run remaining',
      'Export as CSV...',
      'Delete record...',
    ]);
  });

  it('of a task: running, ended', async () => {
    const person = 'Abigail Thornquist';
    await vs.open(person);
    await vs.contextMenu(vs.row(person), 'Process...');
    await vs.modal(`Process ${person}`);
    const row = () => vs.row(`Process ${person}`, 'Tasks');
    await row().filter({ hasText: '%' }).waitFor();
    assert.deepEqual(await menu('task-running', `Process ${person}`, 'Tasks'), ['Open', 'Stop tracking']);
    await row()
      .filter({ hasText: /done|warning|failed/ })
      .waitFor();
    assert.deepEqual(await menu('task-ended', `Process ${person}`, 'Tasks'), ['Open', 'Hide']);
    await vs.contextMenu(row(), 'Hide');
    await row().waitFor({ state: 'detached' });
  });

  it('take Enter, Delete and Ctrl+C for the row at the cursor, and ask before something is deleted', async () => {
    await vs.palette('View: Close All Editors');
    const row = await goDownTo(name(5));
    await vs.page.keyboard.press('Enter');
    await vs.tab(name(5)).waitFor();
    await row.and(vs.page.locator('.selected')).waitFor();
    await vs.palette('View: Close All Editors');
    await vs.tab(name(5)).waitFor({ state: 'detached' });
    // Without a panel to show it in, the cursor goes on and the selection stays: the key means the row at the cursor, and opens nothing.
    await goDownTo(name(6));
    await row.and(vs.page.locator('.selected')).waitFor();
    await vs.page.keyboard.press('Delete');
    assert.match(await vs.modal('Cancel'), new RegExp(`^Delete ${name(6)} from Acme[?]`));
    await row.and(vs.page.locator('.selected')).waitFor();
    assert.equal(await vs.page.locator('.tabs-container .tab').count(), 0);
    await goDownTo(name(7));
    await vs.page.keyboard.press('Control+c');
    await vs.statusBar(`Email address of ${name(7)} copied`);
    assert.equal(acme.requests.count('deleteIdentity'), 0);
  });

  it('write nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
