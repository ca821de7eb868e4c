import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { announceEnd } from '../../../../src/commands/tasks/tasks';
import { COMMANDS, VIEWS } from '../../../../src/ids';
import { startedTask, type FollowedTask } from '../../../../src/tasks/task';
import { useStage } from '../describeCommand';
import { PEOPLE } from '../stage';

describe('the end of a task', () => {
  const s = useStage();

  async function end(changes: Partial<FollowedTask>, inSight = false): Promise<void> {
    const task = startedTask(s().acme.id, 'process', 'task-1', [s().person(PEOPLE.ada)]);
    announceEnd(s().deps, { ...task, ...changes }, 'Acme', inSight);
    await new Promise((resolve) => setImmediate(resolve));
    s().ui.verify();
  }

  it('is told when it went well out of sight, with a way to the tasks', async () => {
    s().ui.on(/Ada Winterbourne in Acme: done$/, 'Show tasks');
    await end({ state: 'succeeded' });
    assert.deepEqual(s().workbench.ran, [[`${VIEWS.tasks}.focus`]]);
    await end({ state: 'succeeded' }, true);
  });

  it('is always told when it failed, with what the service says', async () => {
    s().ui.on(/Ada Winterbourne in Acme failed: It broke\.$/, 'Show log');
    await end({ state: 'failed', messages: [{ type: 'ERROR', text: 'It broke' }] }, true);
    assert.equal(s().workbench.ran[0]?.[0], COMMANDS.showLog);
  });

  it('is told by the bulk action instead, for one of its tasks', async () => {
    await end({ state: 'failed', batchId: 'b' });
    assert.deepEqual(s().ui.asked, []);
  });
});
