import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { TaskMessage, TaskStatus } from '../../../src/api/tasks';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { taskFiles } from '../../../src/tasks/taskFiles';
import { startedTask, withStatus } from '../../../src/tasks/task';
import { clientOf } from '../api/backend';

describe('what is kept of a task', () => {
  const people = [
    { id: 'a1', name: 'Ada Lovelace' },
    { id: 'b2', name: 'Kim Lee' },
    { id: 'c3', name: 'Kim Lee' },
  ];
  const task = startedTask('acme', 'process', 't1', people, { batchId: 'batch', now: 5 });
  const message = (text: string, parameters: TaskMessage['parameters']): TaskMessage => ({
    type: 'ERROR',
    localizedText: { locale: 'en', message: text },
    parameters: parameters ?? null,
  });
  const ended = (...messages: TaskMessage[]): TaskStatus => ({ id: 't1', completionStatus: 'WARNING', messages });

  it('names whom a message is about: by id or by an own name, in texts and in objects', () => {
    const { messages } = withStatus(
      task,
      ended(
        message('by id', ['b2', 'Kim Lee']),
        message('by name', ['Ada Lovelace']),
        message('two have that name', ['Kim Lee']),
        message('in an object', [{ type: 'IDENTITY', ref: { id: 'c3', name: 'Kim Lee' } }, 'a1', null]),
        message('of others', ['x9', 7]),
        message('without', null),
      ),
    );
    assert.deepEqual(messages, [
      { type: 'ERROR', text: 'by id', about: ['b2'] },
      { type: 'ERROR', text: 'by name', about: ['a1'] },
      { type: 'ERROR', text: 'two have that name' },
      { type: 'ERROR', text: 'in an object', about: ['c3', 'a1'] },
      { type: 'ERROR', text: 'of others' },
      { type: 'ERROR', text: 'without' },
    ]);
  });

  it('stays a part of its batch to the end and over a reload', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isc-identities-task-'));
    try {
      const files = taskFiles(folder, { warn: (line) => assert.fail(line) });
      const end = withStatus(task, ended(message('by id', ['b2'])), 9);
      files.write(end);
      assert.deepEqual(files.read(), [end]);
      assert.equal(end.batchId, 'batch');
      assert.deepEqual(end.messages[0]?.about, ['b2']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('belongs to no batch unless it is told', () => {
    assert.equal('batchId' in withStatus(startedTask('acme', 'invite', 't2', people), ended()), false);
  });

  describe('by the demo tenant', () => {
    let demo: DemoTenant;
    before(async () => {
      demo = await startDemo({ identities: 300, taskDurationMs: 0, rateLimit: Infinity });
    });
    after(() => demo.close());

    it('tells those who failed from those who did not', async () => {
      const client = clientOf(demo);
      const all = Array.from({ length: 20 }, (_, index) => ({
        id: demo.world.people.id(index),
        name: demo.world.people.name(index).display,
      }));
      const [started] = await client.identities.process(all.map(({ id }) => id));
      assert.ok(started);
      const status = await client.tasks.get(started.id);
      const { messages } = withStatus(startedTask('acme', 'process', started.id, all), status);
      const failed = messages.flatMap(({ about = [] }) => about);
      assert.ok(failed.length > 0 && failed.length < all.length);
      for (const { id, name } of all) {
        const broken = (await client.identities.get(id)).processingState === 'ERROR';
        assert.equal(failed.includes(id), broken, name);
      }
    });
  });
});
