import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { connect, unlock } from './connect';
import { launch, type Session } from './driver';

/** The Tasks view: actions on many people, and what the tenants themselves list. */
describe('the list of tasks', () => {
  let vs: Session;
  let tenants: Record<'v2024' | 'beta' | 'v1', DemoTenant>;

  before(async () => {
    const [session, v2024, beta, v1] = await Promise.all([
      launch(),
      startDemo({ identities: 300, taskDurationMs: 1_000 }),
      startDemo({ identities: 20 }),
      startDemo({ identities: 20 }),
    ]);
    vs = session;
    tenants = { v2024, beta, v1 };
  });
  after(async () => {
    await vs?.dispose();
    for (const tenant of Object.values(tenants ?? {})) await tenant.close();
  });

  const listed = (version: keyof typeof tenants): number => tenants[version].requests.count('getTaskStatusList');

  it('shows an action on many people with its tasks below', async () => {
    await vs.openView();
    await connect(vs, tenants.v2024, { name: 'Acme' });
    await unlock(vs);
    await vs.expand(vs.row('Acme'));
    await vs.contextMenu(vs.row('All identities'), 'Plan bulk action on this list...');
    await vs.pick('Process');
    const panel = await vs.webview('Process 300 identities in Acme');
    await panel.getByRole('button', { name: 'Process 300 identities' }).click();
    await vs.modal('Process 300 identities');
    await vs.view('Tasks').locator('.pane-header').click();
    const row = vs.row('Process 300 identities in Acme', 'Tasks');
    await row.filter({ hasText: /\d+ done, \d+ failed/ }).waitFor();
    await vs.expand(row);
    await vs.row('Process 250 identities', 'Tasks').waitFor();
    await vs.row('Process 50 identities', 'Tasks').waitFor();
    await vs.screenshot('tasks-batch-dark');
  });

  it('opens the panel of an action on many people', async () => {
    await vs.palette('View: Close All Editors');
    await vs.tab('Process 300 identities in Acme').waitFor({ state: 'detached' });
    await vs.row('Process 300 identities in Acme', 'Tasks').locator('.label-name').click();
    await vs.tab('Process 300 identities in Acme').waitFor();
  });

  it('keeps it in the list while some of its people failed', async () => {
    await vs.palette('ISC Identities: Hide finished');
    await vs.row('Process 300 identities in Acme', 'Tasks').waitFor();
  });

  it('shows what each tenant lists, asked for only when it is opened', async () => {
    // New tenants stand below the people of this one, out of sight.
    await vs.collapse(vs.row('Acme'));
    await connect(vs, tenants.beta, { name: 'Beta', version: 'beta' });
    await connect(vs, tenants.v1, { name: 'One', version: 'v1' });
    // All of the height for the tasks, and the rows of one batch out of the way.
    await vs.view('Tenants').locator('.pane-header').click();
    await vs.collapse(vs.row('Process 300 identities in Acme', 'Tasks'));
    await vs.palette('ISC Identities: Show or hide tenant tasks');
    await vs.row('In ISC: Beta', 'Tasks').waitFor();
    assert.equal(listed('v2024') + listed('beta') + listed('v1'), 0);
    await vs.expand(vs.row('In ISC: Beta', 'Tasks'));
    await vs.row('In beta, ISC lists only finished tasks', 'Tasks').waitFor();
    await vs.row('Refresh of all changed identities', 'Tasks').waitFor();
    assert.equal(listed('beta'), 1);
    await vs.screenshot('tasks-service-dark');
    await vs.setTheme('light');
    await vs.screenshot('tasks-service-light');
    await vs.setTheme('contrast');
    await vs.screenshot('tasks-service-contrast');
    await vs.collapse(vs.row('In ISC: Beta', 'Tasks'));
    await vs.expand(vs.row('In ISC: One', 'Tasks'));
    await vs.row('Refresh of all changed identities', 'Tasks').waitFor();
    assert.equal(listed('v1'), 1);
    assert.equal(await vs.row(/only finished tasks/, 'Tasks').count(), 0);
  });

  it('says why a list cannot be read, and tries again', async () => {
    tenants.v2024.faults.add({ kind: 'status', status: 403, operation: 'getTaskStatusList' });
    await vs.collapse(vs.row('In ISC: One', 'Tasks'));
    await vs.expand(vs.row('In ISC: Acme', 'Tasks'));
    const failed = vs.row(/^Could not load the tasks of Acme: the token/, 'Tasks');
    await failed.waitFor();
    await failed.locator('.label-name').click();
    await vs.row('Refresh of all changed identities', 'Tasks').waitFor();
    assert.equal(listed('v2024'), 2);
  });

  it('hides them again', async () => {
    await vs.palette('ISC Identities: Show or hide tenant tasks');
    await vs.row('In ISC: Acme', 'Tasks').waitFor({ state: 'detached' });
  });

  it('writes nothing alarming on the console', () => {
    assert.deepEqual(vs.problems, []);
  });
});
