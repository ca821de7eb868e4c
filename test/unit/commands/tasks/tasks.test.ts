import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { startedTask, type FollowedTask } from '../../../../src/tasks/task';
import type { TaskRow } from '../../../../src/tasksView/rows';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

/** A task of the service that is followed: it processes these people. */
async function follow(s: Stage, ...indices: readonly number[]): Promise<FollowedTask> {
  const people = indices.map((index) => s.person(index));
  const client = await s.deps.clients.for(s.acme.id);
  const [task] = await client.identities.process(people.map(({ id }) => id));
  const followed = startedTask(s.acme.id, 'process', task?.id ?? '', people);
  s.tasks.follow(followed);
  return followed;
}

function taskRow(s: Stage, task: FollowedTask): TaskRow {
  return s.noted({ kind: 'task', id: task.id, task });
}

describeCommand(COMMANDS.hideTask, () => {
  const s = useStage({ taskDurationMs: 60_000 });

  it('takes the task of the row from the view, which stays on record, but none that is running', async () => {
    const task = await follow(s(), PEOPLE.ada);
    const other = await follow(s(), PEOPLE.locked);
    const hidden = (): boolean[] =>
      s()
        .tasks.all()
        .map(({ hiddenAt }) => hiddenAt !== undefined)
        .sort();
    await s().run(COMMANDS.hideTask, taskRow(s(), task));
    assert.deepEqual(hidden(), [false, false]);
    for (const each of [task, other]) s().tasks.stopFollowing(each);
    await s().run(COMMANDS.hideTask, taskRow(s(), task));
    assert.deepEqual(hidden(), [false, true]);
  });

  it('says that there is none without a row', async () => {
    await s().run(COMMANDS.hideTask);
    assert.deepEqual(s().ui.said, ['No matching tasks']);
  });
});

describeCommand(COMMANDS.stopFollowing, () => {
  const s = useStage({ taskDurationMs: 60_000 });

  it('looks no more at the task of the row, and says that it goes on', async () => {
    const task = await follow(s(), PEOPLE.ada);
    await s().run(COMMANDS.stopFollowing, taskRow(s(), task));
    assert.deepEqual(s().tasks.running(), []);
    assert.match(s().ui.said.join(), /Ada Winterbourne.* is no longer tracked\. The task continues in ISC\.$/);
  });

  it('asks which, and follows on when that is closed', async () => {
    await follow(s(), PEOPLE.ada);
    await follow(s(), PEOPLE.locked);
    s().ui.on('Stop tracking which task?', DISMISS);
    await s().run(COMMANDS.stopFollowing);
    assert.equal(s().tasks.running().length, 2);
  });

  it('says that there is none', async () => {
    await s().run(COMMANDS.stopFollowing);
    assert.deepEqual(s().ui.said, ['No matching tasks']);
  });
});

describeCommand(COMMANDS.hideFinished, () => {
  const s = useStage();

  it('hides what ended well, not what runs', async () => {
    const { id } = await s().plan({ action: 'reset', people: s().whoAre(PEOPLE.locked) });
    s().ui.on('Reset 1 identity in Acme?', 'Reset 1 identity');
    await s().run(COMMANDS.batchRun, { batchId: id });
    await s().batch(id, ({ phase }) => phase === 'ended');
    await s().run(COMMANDS.hideFinished);
    assert.equal(typeof s().batches.get(id)?.hiddenAt, 'number');
  });
});

describeCommand(COMMANDS.toggleHidden, () => {
  const s = useStage();

  it('shows what is hidden, and hides it again', async () => {
    await s().run(COMMANDS.toggleHidden);
    assert.equal(s().batches.showsHidden, true);
    await s().run(COMMANDS.toggleHidden);
    assert.equal(s().batches.showsHidden, false);
  });
});

describeCommand(COMMANDS.openTaskPeople, () => {
  const s = useStage({ taskDurationMs: 60_000 });

  it('opens the person of a task, and asks when there are several', async () => {
    const one = await follow(s(), PEOPLE.ada);
    await s().run(COMMANDS.openTaskPeople, taskRow(s(), one));
    const two = await follow(s(), PEOPLE.ada, PEOPLE.locked);
    s().ui.on('Open which identity?', 'Aaron Achterberg');
    await s().run(COMMANDS.openTaskPeople, taskRow(s(), two));
    s().ui.on('Open which identity?', DISMISS);
    await s().run(COMMANDS.openTaskPeople, taskRow(s(), two));
    assert.deepEqual(
      s().opened.map(([, target]) => (target as { identity: { name: string } }).identity.name),
      ['Ada Winterbourne', 'Aaron Achterberg'],
    );
  });

  it('asks for the task when none is named', async () => {
    await follow(s(), PEOPLE.ada);
    await follow(s(), PEOPLE.locked);
    s().ui.on('Identities of which task?', DISMISS);
    await s().run(COMMANDS.openTaskPeople, s().row(PEOPLE.ada));
    assert.deepEqual(s().opened, []);
  });

  it('cannot say whom the service itself chose', async () => {
    const task = { ...(await follow(s(), PEOPLE.ada)), everybody: true as const };
    await s().run(COMMANDS.openTaskPeople, taskRow(s(), task));
    assert.deepEqual(s().ui.said, ['ISC selected the identities to invite; see the list Unregistered']);
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.openTaskRow, () => {
  const s = useStage({ taskDurationMs: 60_000 });

  it('opens what is selected: a person, a bulk action, more of a list', async () => {
    const task = await follow(s(), PEOPLE.ada);
    const [person] = task.people;
    const { id } = await s().plan({ action: 'reset', people: s().whoAre(PEOPLE.locked) });
    const [batch] = s().batches.all();
    const parent = { kind: 'service' };
    const rows = [
      s().noted({ kind: 'person', id: 'p', parent: task, person }),
      { kind: 'batch', id: 'b', batch },
      { kind: 'serviceMore', id: 'm', parent },
      { kind: 'serviceFailed', id: 'f', parent },
      { kind: 'note', id: 'n' },
      undefined,
    ];
    for (const row of rows) {
      s().tasksView.selection = (row ? [row] : []) as unknown as readonly TaskRow[];
      await s().run(COMMANDS.openTaskRow);
    }
    assert.deepEqual(s().opened, [
      ['identity', { tenantId: s().acme.id, identity: person }],
      ['batch', id],
      ['moreTasks', parent],
      ['moreTasks', parent],
    ]);
  });
});

describeCommand(COMMANDS.openTaskRow, () => {
  const s = useStage({ taskDurationMs: 60_000 });

  it('opens the row whose menu it was chosen from, whatever is selected', async () => {
    const task = await follow(s(), PEOPLE.ada);
    const { id } = await s().plan({ action: 'reset', people: s().whoAre(PEOPLE.locked) });
    const [batch] = s().batches.all();
    s().tasksView.selection = [{ kind: 'batch', id: 'b', batch }] as unknown as readonly TaskRow[];
    await s().run(COMMANDS.openTaskRow, taskRow(s(), task));
    await s().run(COMMANDS.openTaskRow, s().noted({ kind: 'batch', id: 'b', batch }));
    assert.deepEqual(s().opened, [
      ['identity', { tenantId: s().acme.id, identity: task.people[0] }],
      ['batch', id],
    ]);
  });
});

describeCommand(COMMANDS.toggleServiceTasks, () => {
  const s = useStage();

  it('shows the tasks that tenants list, or hides them', async () => {
    await s().run(COMMANDS.toggleServiceTasks);
    assert.deepEqual(s().opened, [['toggleTasks']]);
  });
});

describeCommand(COMMANDS.refreshServiceTasks, () => {
  const s = useStage();

  it('asks the tenant of the row again, or all', async () => {
    const row = s().noted({ kind: 'service', id: 's', tenant: s().acme });
    await s().run(COMMANDS.refreshServiceTasks, row);
    await s().run(COMMANDS.refreshServiceTasks, { ...row });
    await s().run(COMMANDS.refreshServiceTasks);
    assert.deepEqual(s().opened, [
      ['refreshTasks', s().acme.id],
      ['refreshTasks', undefined],
      ['refreshTasks', undefined],
    ]);
  });
});
