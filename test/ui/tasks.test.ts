import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';
import { connect } from './connect';

/** What was started is seen to its end: while it runs, when it fails, over a reload. */
describe('the Tasks view', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300, taskDurationMs: 3_000 })]);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  async function startProcessing(name: string): Promise<void> {
    // Nobody is meant while no panel is active and a tenant is selected: it is asked.
    await vs.palette('View: Close All Editors');
    await vs.palette('ISC Identities: Process...');
    await vs.search(name, new RegExp(name));
    await vs.modal(`Process ${name}`);
    await vs.statusBar(`Processing of ${name} started in Acme`);
  }
  const task = (title: string, words: RegExp | string) => vs.row(title, 'Tasks').filter({ hasText: words });

  it('says what it is for while it is empty', async () => {
    await vs.openView();
    await connect(vs, acme);
    await vs.palette('ISC Identities: Unlock tenant for changes...');
    await vs.modal('Allow changes in Acme');
    await vs.view('Tasks').locator('.pane-header').click();
    await vs.view('Tasks').getByText('tracked in this view until they end').waitFor();
  });

  it('shows percent and phase of a task, and what processing changed at its end', async () => {
    const name = 'Aaliyah Bennett-Cole';
    await startProcessing(name);
    await task(`Process ${name}`, /\d+% · (Queued|Loading|Evaluating|Provisioning)/).waitFor();
    await vs.screenshot('task-running-dark');
    await task(`Process ${name}`, /done/).waitFor();
    await vs.expand(vs.row(`Process ${name}`, 'Tasks'));
    await vs.row('Processing', 'Tasks').filter({ hasText: 'processing error → no error' }).waitFor();
    await vs.screenshot('task-done-dark');
    assert.equal(await vs.page.locator('.notification-toast').count(), 0, 'quiet while it is in sight');
  });

  it('opens the person a task concerned', async () => {
    await (await vs.scrollTo('Aaliyah Bennett-Cole', 'Tasks')).click();
    await (await vs.webview('Aaliyah Bennett-Cole')).getByRole('heading', { name: 'Aaliyah Bennett-Cole' }).waitFor();
    await vs.scrollTo('Process Aaliyah Bennett-Cole', 'Tasks');
  });

  it('says why a task failed, in a message and first below its row', async () => {
    const name = 'Adina Feldstern';
    await startProcessing(name);
    const toast = await vs.notification(`Process ${name} in Acme failed`);
    assert.match(await toast.innerText(), /could not be processed: the manager attribute refers to an unknown person/);
    await vs.dismiss(toast);
    await task(`Process ${name}`, 'failed · 1 message').waitFor();
    const rows = await vs.rows('Tasks');
    const at = rows.findIndex(({ label }) => label === `Process ${name}`);
    assert.match(rows[at + 1]?.label ?? '', /Adina Feldstern could not be processed/);
    await vs.screenshot('task-failed-dark');
  });

  it('stops following and says that the task goes on', async () => {
    const name = 'Abigail Thornquist';
    await startProcessing(name);
    await task(`Process ${name}`, /\d+%/).waitFor();
    await vs.contextMenu(vs.row(`Process ${name}`, 'Tasks'), 'Stop tracking');
    await vs.statusBar('is no longer tracked. The task continues in ISC.');
    await task(`Process ${name}`, 'no longer tracked').waitFor();
  });

  it('hides what is finished, and shows it again', async () => {
    await vs.palette('ISC Identities: Hide finished');
    await vs.view('Tasks').getByText('tracked in this view until they end').waitFor();
    await vs.palette('ISC Identities: Show or hide hidden results');
    await task('Process Abigail Thornquist', 'no longer tracked').waitFor();
    await vs.palette('ISC Identities: Show or hide hidden results');
    await vs.view('Tasks').getByText('tracked in this view until they end').waitFor();
  });

  it('goes on after a reload in the middle, and starts nothing twice', async () => {
    const name = 'Abel Marchetto';
    const started = acme.requests.count('startIdentityProcessing');
    await startProcessing(name);
    await vs.reload();
    await vs.openView();
    await task(`Process ${name}`, /done/).waitFor();
    assert.equal(acme.requests.count('startIdentityProcessing'), started + 1);
  });

  it('tells an end that was out of sight', async () => {
    await vs.view('Tasks').locator('.pane-header').click();
    await startProcessing('Ada Winterbourne');
    const toast = await vs.notification('Process Ada Winterbourne in Acme: done');
    await toast.getByRole('button', { name: 'Show tasks' }).click();
    await task('Process Ada Winterbourne', /done/).waitFor();
  });

  it('forgets the tasks of a tenant that is removed', async () => {
    await vs.palette('ISC Identities: Remove tenant...');
    await vs.modal('Remove Acme');
    await vs.view('Tasks').getByText('tracked in this view until they end').waitFor();
  });
});
