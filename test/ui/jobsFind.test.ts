import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect } from './connect';
import { launch, type Session } from './driver';
import { cursorOn, performJobs } from './jobSteps';

describe('jobs and their steps, to find and to understand', () => {
  const inError = 'Aaliyah Bennett-Cole';
  const withRoles = 'Ada Winterbourne';
  let vs: Session;
  let acme: DemoTenant;
  let folder: string;

  before(async () => {
    [vs, acme, folder] = await Promise.all([
      launch(),
      startDemo({ identities: 300 }),
      mkdtemp(path.join(tmpdir(), 'isc-identities-files-')),
    ]);
    await vs.openView();
    await connect(vs, acme);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const tree = () => vs.view().locator('.monaco-list').first();
  const box = () => vs.page.locator('.quick-input-widget:visible');
  /** The cursor is on the tenant, of which nothing else is seen. */
  async function collapsed(): Promise<void> {
    await cursorOn(vs, 'Acme');
    await vs.collapse(vs.row('Acme'));
    await tree().focus();
  }
  /** A list is in sight with its identities, and the cursor is on a row. */
  const unfolded =
    (list: string, row: string) =>
    async (by: 'mouse' | 'keyboard'): Promise<void> => {
      await vs.expand(vs.row('Acme'));
      await vs.expand(vs.row(list));
      await vs.row(row).waitFor();
      if (by === 'keyboard') await cursorOn(vs, row);
    };
  const numberOf = (list: string) => vs.row(list).locator('.label-description').filter({ hasText: /^\d/ });

  async function departmentIsListed(): Promise<void> {
    await vs
      .view()
      .locator('.monaco-list-row.selected[aria-expanded="true"]')
      .filter({ hasText: 'temporary' })
      .waitFor();
    await vs.view().locator('.monaco-list-row[aria-level="3"]').first().waitFor();
  }
  async function allHits(): Promise<void> {
    await box()
      .locator('.quick-input-title, .quick-input-message')
      .filter({ hasText: 'departments' })
      .first()
      .waitFor();
    await box()
      .locator('.monaco-list-row')
      .filter({ hasText: /Open as list: \d+ identities/ })
      .waitFor();
  }

  async function reasonIsOnTop(): Promise<void> {
    const page = await vs.webview(inError);
    const reason = page.getByRole('region', { name: 'Processing error' });
    await reason.waitFor();
    const tabs = await page.getByRole('tablist').boundingBox();
    const top = await reason.boundingBox();
    assert.ok(tabs && top && top.y < tabs.y, 'the reason stands above the tabs');
    assert.ok((await reason.innerText()).length > 'Processing error'.length);
  }

  async function allRolesAreExplained(): Promise<void> {
    const page = await vs.webview(withRoles);
    const roles = page
      .getByRole('tabpanel')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    await roles.nth(6).waitFor();
    await page.getByText('request', { exact: true }).first().waitFor();
    assert.equal(await roles.count(), 7);
  }

  const exported = (by: string): string => path.join(folder, `locked-${by}.csv`);
  async function isExported(by: string): Promise<void> {
    await vs.statusBar(`saved in locked-${by}.csv`);
    const [, ...lines] = (await readFile(exported(by), 'utf8')).trim().split('\r\n');
    assert.equal(String(lines.length), (await numberOf('Locked').innerText()).trim());
  }

  performJobs('find', () => vs, [
    {
      name: 'everybody of a department',
      most: 3,
      ready: async (by) => {
        if (by === 'keyboard') await vs.contextMenu(vs.row('Sales'), 'Remove');
        await collapsed();
      },
      mouse: async (hand) => {
        await hand.button('Find identity', vs.view().getByRole('button', { name: 'Find identity...' }).first());
        await hand.type('Sales');
        await allHits();
        await hand.pick(/Open as list: \d+ identities/);
        await departmentIsListed();
      },
      keyboard: async (hand) => {
        await hand.press('Control+Shift+Alt+f');
        await box().getByText('Find identity in', { exact: false }).waitFor();
        await hand.type('Sales');
        await allHits();
        await hand.press('ArrowUp');
        await hand.press('Enter');
        await departmentIsListed();
      },
      keyboardMost: [4, 'Enter is for the first identity; the list is one row above it'],
    },
    {
      name: 'how many processing errors there are',
      most: 1,
      ready: async (by) => {
        if (by === 'mouse') await vs.contextMenu(vs.row('Sales'), 'Remove');
        await collapsed();
      },
      mouse: async (hand) => {
        await hand.button('unfold the tenant', vs.row('Acme').locator('.monaco-tl-twistie'));
        await numberOf('Processing errors').waitFor();
      },
      keyboard: async (hand) => {
        await hand.press('ArrowRight', 'unfold the tenant');
        await numberOf('Processing errors').waitFor();
      },
    },
    {
      name: 'why this is a processing error',
      most: 1,
      ready: unfolded('Processing errors', inError),
      mouse: async (hand) => {
        await hand.click('the identity', vs.row(inError));
        await reasonIsOnTop();
      },
      keyboard: async (hand) => {
        await hand.press('Enter');
        await reasonIsOnTop();
      },
    },
    {
      name: 'why an identity has all of its 7 roles',
      most: 2,
      ready: async (by) => {
        if (by === 'mouse') await vs.collapse(vs.row('Processing errors'));
        await unfolded('All identities', withRoles)(by);
      },
      mouse: async (hand) => {
        await hand.click('the identity', vs.row(withRoles));
        const page = await vs.webview(withRoles);
        await hand.button('tab Role assignments', page.getByRole('tab', { name: /^Role assignments/ }));
        await allRolesAreExplained();
      },
      keyboard: async (hand) => {
        await hand.press('Enter', 'show');
        const page = await vs.webview(withRoles);
        await page.getByRole('tab', { name: /^Role assignments/ }).waitFor();
        await tree().focus();
        await hand.press('Enter', 'into the panel');
        await vs.panelHasFocus();
        const roles = page.getByRole('tab', { name: /^Role assignments/ });
        await page.getByRole('tab', { selected: true }).and(page.locator(':focus')).waitFor();
        await hand.press('ArrowRight');
        await roles.and(page.locator(':focus')).waitFor();
        await allRolesAreExplained();
      },
      keyboardMost: [3, 'the panel is shown, then entered'],
    },
    {
      name: 'export the identities of a list',
      most: 3,
      ready: async () => {
        await vs.collapse(vs.row('All identities'));
        await cursorOn(vs, 'Locked');
        await vs.collapse(vs.row('Locked'));
        await tree().focus();
      },
      mouse: async (hand) => {
        await hand.menu(vs.row('Locked'), 'Export...');
        await hand.file(exported('mouse'));
        await isExported('mouse');
      },
      keyboard: async (hand) => {
        await hand.palette('Export...');
        await hand.file(exported('keyboard'));
        await isExported('keyboard');
      },
    },
  ]);
});
