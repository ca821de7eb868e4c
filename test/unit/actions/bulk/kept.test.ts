import assert from 'node:assert/strict';
import fs, { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { FollowedTask } from '../../../../src/tasks/task';
import {
  holdLock,
  openStage,
  people,
  planned,
  ran,
  range,
  resetOf,
  type Stage,
  stateCounts,
  TENANT,
  until,
} from './stage';
import { waitUntil } from '../../../waitUntil';
import { systemError } from '../../storage/faultyDisk';

const DAY_MS = 86_400_000;

describe('what is kept of batches', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  const onDisk = (id: string): boolean => existsSync(join(stage.folder, id, 'meta.json'));

  it('is hidden when nothing is left to do with it, stays on record, and can be shown again', async () => {
    const batches = stage.window();
    const { id } = await ran(batches, resetOf(stage, 3));
    await batches.hideFinished();
    assert.deepEqual(batches.all(), []);
    assert.ok(onDisk(id));
    assert.deepEqual(stage.window().all(), []);
    batches.showHidden(true);
    assert.deepEqual(
      batches.all().map(({ counts }) => counts.done),
      [3],
    );
  });

  it('stays in sight while people are not sent, failed or unknown', async () => {
    const batches = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 1 });
    const failed = await ran(batches, resetOf(stage, 3));
    stage.demo.faults.add({ kind: 'resetAfter', operation: 'resetIdentity', times: 1 });
    const unknown = await ran(batches, resetOf(stage, 2));
    const { id } = await planned(batches, resetOf(stage, 40));
    stage.demo.faults.add({ kind: 'delay', ms: 50, operation: 'resetIdentity', times: 40 });
    await batches.run(id, 'planned');
    batches.cancel(id);
    await until(batches, id, ({ phase }) => phase === 'ended');
    await batches.hideFinished();
    assert.deepEqual(new Set(batches.all().map((batch) => batch.id)), new Set([failed.id, unknown.id, id]));
  });

  it('goes after its time, when it was hidden and nothing is left to do', async () => {
    let now = Date.now();
    const batches = stage.window({ now: () => now, keepDays: () => 90 });
    const { id } = await ran(batches, resetOf(stage, 1));
    now += 91 * DAY_MS;
    await planned(batches, resetOf(stage, 1));
    assert.ok(onDisk(id), 'not hidden yet');
    await batches.hideFinished();
    await planned(batches, resetOf(stage, 1));
    assert.ok(onDisk(id), 'hidden only now');
    now += 91 * DAY_MS;
    await planned(batches, resetOf(stage, 1));
    assert.ok(!onDisk(id));
  });

  it('of people whose task nobody follows is looked up again, or unknown when no task is known', async () => {
    const before = stage.window({ follow: () => undefined });
    const { id } = await planned(before, { action: 'process', people: people(stage, range(0, 3)) });
    await before.run(id, 'planned');
    const { rows } = await until(before, id, ({ phase }) => phase === 'ended');
    const taskId = rows[0]?.taskId ?? '';
    assert.deepEqual(stateCounts(rows), { started: 3 });

    const followed: string[] = [];
    const after = stage.window({ follow: (_, task) => void followed.push(task) });
    await after.catchUp([]);
    assert.deepEqual(followed, [taskId]);

    const task: FollowedTask = {
      id: taskId,
      tenantId: TENANT,
      action: 'process',
      people: [],
      peopleCount: 3,
      startedAt: 0,
      state: 'succeeded',
      counts: [],
      messages: [],
    };
    await after.catchUp([{ ...task, state: 'running' }]);
    assert.equal(followed.length, 1);
    await after.catchUp([task]);
    assert.deepEqual(stateCounts(after.get(id)?.rows ?? []), { done: 3 });
    // What a window that opens now reads without opening the rows: the summary follows them.
    assert.equal(stage.window().all()[0]?.counts.started, 0);
  });

  it('is left alone by a window that lost it to another, also with the answers that come late', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, resetOf(stage, 3));
    stage.demo.faults.add({ kind: 'delay', ms: 150, operation: 'resetIdentity', times: 3 });
    await batches.run(id, 'planned');
    await waitUntil(() => stage.demo.requests.count('resetIdentity') > 0, 'the first request arrives');
    holdLock(join(stage.folder, id), process.ppid);
    const files = ['meta.json', 'rows.json', 'journal.jsonl'].map((name) => join(stage.folder, id, name));
    const before = files.map((name) => readFileSync(name, 'utf8'));
    await until(batches, id, ({ phase }) => phase === 'ended');
    assert.deepEqual(
      files.map((name) => readFileSync(name, 'utf8')),
      before,
    );
    assert.ok(stage.warnings.some((line) => line.includes('it is now running in another window')));
  });

  it('says of outcomes that they are not on record, where the disk was full by then; another window calls them unknown', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, resetOf(stage, 3));
    const write = fs.writeSync;
    fs.writeSync = ((file: number, bytes: Buffer, ...more: number[]) => {
      if (bytes.includes('"state":"done"')) throw systemError('ENOSPC', 'write');
      return write(file, bytes, ...more);
    }) as typeof fs.writeSync;
    try {
      await batches.run(id, 'planned');
      await until(batches, id, ({ phase }) => phase === 'ended');
    } finally {
      fs.writeSync = write;
    }
    const batch = batches.get(id);
    assert.equal(batch?.problem, 'Not all outcomes are on record: the disk is full.');
    assert.deepEqual(stateCounts(batch.rows), { done: 3 });
    assert.deepEqual(stateCounts(stage.window().get(id)?.rows ?? []), { unknown: 3 });
  });

  it('is not removed by an id that is none', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, resetOf(stage, 2));
    await batches.run(id, 'planned');
    await until(batches, id, ({ phase }) => phase === 'ended');
    for (const odd of ['..', 'not an id']) assert.throws(() => batches.remove(odd));
    assert.ok(onDisk(id));
  });
});
