import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { launch, type Session } from './driver';

/** An action on many people, from the choice to the result, as a person does it. */
describe('acting on many people', () => {
  let vs: Session;
  let acme: DemoTenant;

  before(async () => {
    [vs, acme] = await Promise.all([launch(), startDemo({ identities: 300, taskDurationMs: 2_000 })]);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vs.screenshot(`failed-${this.currentTest.title}`);
  });
  after(async () => {
    await vs?.dispose();
    await acme?.close();
  });

  it('starts with a tenant that may be changed', async () => {
    await vs.openView();
    await vs.palette('ISC Identities: Add tenant...');
    await vs.input(acme.baseUrl);
    await vs.pick('Personal access token (PAT)');
    await vs.inputMessage('Client id of the personal access token');
    await vs.input(acme.clientId);
    await vs.inputMessage('Client secret, sent to');
    await vs.input(acme.clientSecret);
    await vs.inputMessage('Name to show');
    await vs.input('Acme');
    await vs.pick('sandbox');
    await vs.pick('v2024');
    await vs.contextMenu(vs.row('Acme'), 'Unlock tenant for changes...');
    await vs.modal('Allow changes in Acme');
    await vs.expand(vs.row('Acme'));
    await vs.row('Unregistered').waitFor();
  });

  it('plans, asks, runs and tells the result of a view', async () => {
    await vs.contextMenu(vs.row('Unregistered'), 'Act on many people...');
    await vs.pick('Invite');
    const panel = await vs.webview(/invite/i);
    await vs.screenshot('batch-plan');
    assert.equal(acme.requests.count('startIdentitiesInvite'), 0);
    const send = panel.getByRole('button', { name: /^Send \d+ invitations$/ });
    const effect = (await send.innerText()).trim();
    await send.click();
    const said = await vs.modal(effect);
    assert.match(said, /Invite \d+ people in Acme\?/);
    assert.match(said, /Acme, sandbox/);
    await vs.screenshot('batch-running');
    await panel
      .getByText(/invited/)
      .first()
      .waitFor();
    await vs.screenshot('batch-result');
  });
});
