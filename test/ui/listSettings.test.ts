import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { launch, type Session } from './driver';
import { tryDemo } from './connect';

/** A person who writes views by hand, in a window that never showed the extension. Each step goes on from the one before. */
describe('views in the settings file', () => {
  let vs: Session;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'isc-identities-workspace-'));
    const views = [
      { name: 'Mistaken', filter: 'name sw "é" oder' },
      { name: 'Sorted', everyone: true, sorter: '' },
      { name: 'Empty', filter: '' },
    ];
    await mkdir(path.join(workspace, '.vscode'));
    const settings = JSON.stringify({ 'iscIdentities.lists': views }, undefined, 2);
    await writeFile(path.join(workspace, '.vscode', 'settings.json'), settings);
    vs = await launch({ workspace });
    await vs.palette('Preferences: Open Workspace Settings (JSON)');
    await vs.palette('View: Focus Problems (Errors, Warnings, Infos)');
  });
  after(async () => {
    await vs?.dispose();
    await rm(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  const problem = (text: string) => vs.page.locator('.markers-panel .monaco-list-row').filter({ hasText: text });
  /** Goes to the marked characters: they are selected. */
  const goTo = async (text: string): Promise<void> => {
    await problem(text).dblclick();
    await vs.page.locator('.monaco-editor.focused').first().waitFor();
  };
  const suggestion = (text: string) =>
    vs.page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: text }).first();

  /** The one that Tab takes: what was typed narrows the list only after a moment. */
  const chosen = (text: string) =>
    vs.page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: text }).first();

  it('are marked at the wrong character', async () => {
    await problem('Expected "and" or "or", found oder.').waitFor();
    await problem('cannot be used for sorting').waitFor();
    await problem('The filter is empty.').waitFor();
    await vs.screenshot('view-settings-dark');
  });

  it('are completed by what the grammar lets stand there', async () => {
    await goTo('found oder');
    await vs.page.keyboard.type('or ');
    await suggestion('lastname').waitFor();
    await vs.screenshot('view-settings-fields-dark');
    await vs.page.keyboard.type('cloud');
    await chosen('cloudStatus').waitFor();
    await vs.page.keyboard.press('Tab');
    await chosen('eq').waitFor();
    await vs.page.keyboard.press('Tab');
    await suggestion('"LOCKED"').click();
    await problem('found oder').waitFor({ state: 'detached' });
    await vs.page.locator('.view-line').filter({ hasText: 'cloudStatus' }).first().waitFor();
    const line = await vs.page.locator('.view-line').filter({ hasText: 'cloudStatus' }).first().innerText();
    assert.match(line.replaceAll('\u00a0', ' '), /"name sw \\"é\\" or cloudStatus eq \\"LOCKED\\""/);
  });

  /** A click on a suggestion is lost while the suggestions are drawn again. */
  async function take(text: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      await suggestion(text).click();
      try {
        return await suggestion(text).waitFor({ state: 'hidden', timeout: 3_000 });
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  it('have their sorters and first filters offered', async () => {
    await goTo('cannot be used for sorting');
    await vs.page.keyboard.press('ArrowLeft');
    await vs.page.keyboard.press('Control+Space');
    await suggestion('-cloudStatus,name').waitFor();
    await vs.screenshot('view-settings-sorters-dark');
    await take('-cloudStatus,name');
    await problem('cannot be used for sorting').waitFor({ state: 'detached' });
    await goTo('The filter is empty.');
    await vs.page.keyboard.press('ArrowLeft');
    await vs.page.keyboard.press('Control+Space');
    await take('name starts with');
    await problem('The filter is empty.').waitFor({ state: 'detached' });
    await vs.page.keyboard.type('Wint');
    await vs.page.keyboard.press('Control+s');
    await vs.openView();
    await tryDemo(vs);
    await vs.expand(vs.row('Demo tenant'));
    await vs.expand(vs.row('Empty'));
    await vs.row('Mistaken').waitFor();
    await vs.screenshot('view-settings-saved-dark');
  });

  it('are explained by a hover, in every theme', async () => {
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await vs.setTheme(theme);
      const line = vs.page.locator('.view-line').filter({ hasText: 'LOCKED' }).first();
      await vs.tooltip(line.getByText('filter').first(), 'starts with');
      await vs.screenshot(`view-settings-hover-${theme}`);
    }
  });

  it('write nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
