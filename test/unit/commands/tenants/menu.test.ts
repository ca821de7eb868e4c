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

  it('changes nothing when it is closed', async () => {
    s().ui.on('Select an action', DISMISS);
    await s().run(COMMANDS.tenantMenu, { tenantId: s().acme.id });
    assert.deepEqual(s().workbench.ran, []);
    assert.equal(s().store.get(s().acme.id)?.readOnly, false);
  });
});
