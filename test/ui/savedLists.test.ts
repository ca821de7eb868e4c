import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';
import { waitUntil } from '../waitUntil';

/** A person's own views, from the form to the settings. Each step goes on from the one before. */
describe('own views', () => {
  let vs: Session;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'isc-identities-workspace-'));
    vs = await launch({ workspace });
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
  });
  after(async () => {
    await vs?.dispose();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  const box = () => vs.page.locator('.quick-input-widget:visible');
  const title = (text: string) => box().locator('.quick-input-title').getByText(text, { exact: false }).waitFor();
  const says = (text: string | RegExp) => box().getByText(text, { exact: false }).first().waitFor();
  /** Chooses a row of the form once it has counted: until then its rows are drawn again, and a click on one may be lost. */
  const choose = async (label: string | RegExp): Promise<void> => {
    await says(/matches in Demo tenant: \d|not ready/);
    await vs.pick(label);
  };
  const views = async (): Promise<string[]> =>
    (await vs.rows()).filter(({ level }) => level === 2).map(({ label }) => label);
  const own = async (): Promise<string[]> => (await views()).slice(6);
  /** Waits until the own views are these, in this order. */
  const shows = async (...names: string[]): Promise<void> => {
    await waitUntil(async () => (await own()).join() === names.join(), `the lists are ${names.join()}`, {
      everyMs: 20,
    });
  };

  const selected = (name: string) => vs.row(name).and(vs.page.locator('.selected'));

  it('are made in a form: conditions, order, name', async () => {
    await vs.contextMenu(vs.row('Demo tenant'), 'New list...');
    await title('New list');
    await says('matches in Demo tenant:');
    await vs.screenshot('view-form-new-dark');
    await choose('Add condition');
    await vs.pick('status');
    await vs.pick('locked');
    await title('New list');
    await choose('Add condition');
    await title('Add condition');
    await vs.pick('last name');
    await vs.pick('starts with');
    await vs.inputMessage('Start of the last name');
    await vs.input('O"B\\');
    await says('last name starts with O"B\\');
    await says('matches in Demo tenant: 0');
    await vs.screenshot('view-form-conditions-dark');
  });

  it('show how many match, and lose nothing on the way back', async () => {
    await choose(/and last name/);
    await vs.pick('last name');
    await vs.pick('starts with');
    await vs.inputMessage('Start of the last name');
    await vs.type('S');
    await box().locator('.codicon-quick-input-back').click();
    await box().locator('.codicon-quick-input-back').click();
    await box().locator('.codicon-quick-input-back').click();
    await title('New list');
    await says('last name starts with O"B\\');
    const row = box().locator('.monaco-list-row').filter({ hasText: 'and last name' });
    await row.hover();
    await row.locator('.codicon-trash').click();
    await row.waitFor({ state: 'detached' });
    await box()
      .getByText(/matches in Demo tenant: [1-9]/)
      .waitFor();
    await choose('Uncorrelated identities: hidden');
    await says('Uncorrelated identities: shown');
    await choose('Sorted by: display name');
    await vs.pick('alias');
    await says('Sorted by: alias');
    await choose('Save list');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('Locked by alias');
    await shows('Locked by alias');
    await selected('Locked by alias').waitFor();
    await vs.screenshot('view-saved-dark');
    await vs.expand(vs.row('Locked by alias'));
    await vs.statusBar('saved in the user settings');
    await vs.collapse(vs.row('Locked by alias'));
  });

  it('take a filter typed as text, with the place of a mistake', async () => {
    await vs.palette('ISC Identities: New list...');
    await title('New list');
    await choose('Edit filter as text');
    await vs.inputMessage('The filter as sent to ISC');
    await vs.type('name co "a"');
    await vs.inputMessage('Character 6: "name" does not support co');
    await vs.page.keyboard.press('Enter');
    // What was typed is still there, with the wrong word selected: the next key replaces it.
    await vs.page.waitForFunction(() => {
      const input = document.activeElement;
      return input instanceof HTMLInputElement && input.selectionStart === 5 && input.selectionEnd === 7;
    });
    await vs.page.keyboard.type('sw');
    assert.equal(await box().locator('input').inputValue(), 'name sw "a"');
    await vs.type('name sw "a" or alias co');
    await vs.inputMessage('Character 22');
    await vs.screenshot('view-form-filter-dark');
    await box().locator('.codicon-quick-input-back').click();
    await says('not ready');
    await vs.screenshot('view-form-mistake-dark');
    await choose(/Filter: name sw/);
    await vs.inputMessage('Character 22');
    await vs.input('name sw "a" or alias sw "b"');
    await says('display name starts with a or alias starts with b');
    await choose('Saved in: user settings');
    await vs.pick('Workspace settings');
    await choose('Name: not set');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('Locked by alias');
    await vs.inputMessage('A list named Locked by alias already exists.');
    await vs.input('A or b');
    await says('Name: A or b');
    await choose('Save list');
    await shows('Locked by alias', 'A or b');
    await selected('A or b').waitFor();
    const stored = JSON.parse(await readFile(path.join(workspace, '.vscode', 'settings.json'), 'utf8')) as object;
    assert.deepEqual(stored, {
      'iscIdentities.lists': [{ name: 'A or b', filter: 'name sw "a" or alias sw "b"' }],
    });
  });

  it('are edited', async () => {
    await vs.contextMenu(vs.row('A or b'), 'Edit list...');
    await title('Edit A or b');
    await choose('Use Search instead');
    await vs.inputMessage('A Search query');
    await vs.input('attributes.department:Sales');
    await says('Search: attributes.department:Sales');
    await choose('Shown in: all tenants');
    await vs.pick('Demo tenant');
    await choose('Name: A or b');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('Sales');
    await choose('Saved in: workspace settings');
    await vs.pick('User settings');
    await vs.screenshot('view-form-edit-dark');
    await choose('Save changes');
    await shows('Locked by alias', 'Sales');
    await vs.expand(vs.row('Sales'));
    await vs.collapse(vs.row('Sales'));
  });

  it('are duplicated, built-in ones too', async () => {
    await vs.contextMenu(vs.row('Locked by alias'), 'Duplicate list...');
    await vs.inputMessage('Name shown in the tree');
    await vs.page.keyboard.press('Enter');
    await shows('Locked by alias', 'Locked by alias (copy)', 'Sales');
    await vs.contextMenu(vs.row('Protected'), 'Duplicate list...');
    await vs.inputMessage('Name shown in the tree');
    await vs.input('My protected');
    await vs.pick('User settings');
    await shows('Locked by alias', 'Locked by alias (copy)', 'Sales', 'My protected');
  });

  it('move up and down', async () => {
    await vs.contextMenu(vs.row('Sales'), 'Move list up');
    await shows('Locked by alias', 'Sales', 'Locked by alias (copy)', 'My protected');
    await vs.contextMenu(vs.row('Locked by alias'), 'Move list down');
    await shows('Sales', 'Locked by alias', 'Locked by alias (copy)', 'My protected');
    await vs.contextMenu(vs.row('Sales'), 'Move list up');
    await vs.statusBar('Sales is the first list in the user settings');
    await vs.screenshot('views-own-dark');
  });

  it('are deleted after a question', async () => {
    await vs.contextMenu(vs.row('Locked by alias (copy)'), 'Delete list...');
    await vs.page.locator('.monaco-dialog-box').waitFor();
    await vs.screenshot('view-delete-dark');
    const said = await vs.modal('Delete list Locked by alias (copy)');
    assert.match(said, /removed from your user settings\. Its identities are not affected\./);
    await shows('Sales', 'Locked by alias', 'My protected');
  });

  it('are counted', async () => {
    await vs.contextMenu(vs.row('My protected'), 'Count identities');
    await vs.row('My protected').locator('.label-description').filter({ hasText: /^\d+$/ }).waitFor();
  });

  it('look the same in light and high contrast', async () => {
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await vs.setTheme(theme);
      await vs.contextMenu(vs.row('Locked by alias'), 'Edit list...');
      await says('matches in Demo tenant:');
      await vs.screenshot(`view-form-${theme}`);
      await vs.page.keyboard.press('Escape');
    }
  });

  it('write nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
