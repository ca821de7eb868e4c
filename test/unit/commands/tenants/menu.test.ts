import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';

describeCommand(COMMANDS.tenantMenu, () => {
  const s = useStage();

  it('names the tenant, and does what is chosen for it', async () => {
    s().ui.on('Select an action', 'Set to read-only');
    await s().run(COMMANDS.tenantMenu, { tenantId: s().acme.id });
    assert.deepEqual(s().workbench.ran, [[COMMANDS.setReadOnly, { tenantId: s().acme.id }]]);
  });

  it('offers to unlock a tenant that is read-only', async () => {
    s().store.lock(s().acme.id);
    s().ui.on('Select an action', 'Unlock tenant for changes...');
    await s().run(COMMANDS.tenantMenu, { tenantId: s().acme.id });
    assert.deepEqual(s().workbench.ran, [[COMMANDS.unlock, { tenantId: s().acme.id }]]);
  });

  it('leads to its environment, which the demo tenant does not have', async () => {
    s().ui.on('Select an action', 'Set environment...');
    await s().run(COMMANDS.tenantMenu, { tenantId: s().acme.id });
    assert.deepEqual(s().workbench.ran, [[COMMANDS.setEnvironment, { tenantId: s().acme.id }]]);
    const { id } = s().store.put({ ...s().acme, kind: 'demo' });
    s().ui.on('Select an action', DISMISS);
    await s().run(COMMANDS.tenantMenu, { tenantId: id });
    assert.ok(
      !s()
        .ui.asked.at(-1)
        ?.offered?.some((each) => each.includes('environment')),
    );
  });

  it('changes nothing when it is closed', async () => {
    s().ui.on('Select an action', DISMISS);
    await s().run(COMMANDS.tenantMenu, { tenantId: s().acme.id });
    assert.deepEqual(s().workbench.ran, []);
    assert.equal(s().store.get(s().acme.id)?.readOnly, false);
  });
});
