import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { waitUntil } from '../waitUntil';
import { connect } from './connect';
import { launch, type Session } from './driver';
import { chooseFile } from './files';

/** Who of a list loses which role when. Each step goes on from the one before. */
describe('the report of role ends', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 400 })]);
    await vs.openView();
    await connect(vs, acme);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  it('tells of a list what ends by when, and is saved as a table from its message', async () => {
    await vs.contextMenu(vs.row('Locked'), 'Role ends...');
    await vs.pick('90 days');
    const page = await vs.webview(/^Preview Role ends of Locked until /);
    await page.getByRole('heading', { name: /^Role ends of Locked until / }).waitFor();
    await page.getByRole('columnheader', { name: 'Since' }).first().waitFor();
    await page
      .getByRole('row', { name: /in \d+ days|tomorrow/ })
      .first()
      .waitFor();
    const message = await vs.notification(/Locked: .*role assignments? ends? by/);
    await vs.screenshot('role-ends-dark');
    const file = path.join(vs.data, 'ends.csv');
    await message.getByRole('button', { name: 'Save as CSV' }).click();
    await chooseFile(vs, file);
    await vs.statusBar('ends.csv saved');
    assert.match(readFileSync(file, 'utf8'), /^\ufeff"Identity","Alias","Email","ID","Role"/);
    for (const theme of ['light', 'contrast'] as const) {
      await vs.setTheme(theme);
      await vs.screenshot(`role-ends-${theme}`);
    }
    await vs.page.setViewportSize({ width: 640, height: 800 });
    await vs.screenshot('role-ends-narrow-contrast');
    await vs.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('asks before many are read, and shows what was loaded when it is stopped', async () => {
    await vs.setTheme('dark');
    await vs.contextMenu(vs.row('All identities'), 'Role ends...');
    await vs.pick('30 days');
    assert.match(await vs.modal('Load role assignments'), /400 identities\?[^]*400 requests, about 42 seconds\./);
    const before = acme.requests.count('getRoleAssignments');
    const progress = await vs.notification(/Role ends of All identities until .*\d+ of 400/);
    await waitUntil(() => acme.requests.count('getRoleAssignments') - before > 40, 'some are read', { everyMs: 100 });
    await vs.screenshot('role-ends-progress-dark');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    const page = await vs.webview(/^Preview Role ends of All identities until /);
    await page.getByText('Loading was stopped before its end.').waitFor();
    await vs.screenshot('role-ends-partial-dark');
  });
});
