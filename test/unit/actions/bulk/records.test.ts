import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { countsOf, type Batch } from '../../../../src/actions/bulk/batch';
import { LockedError } from '../../../../src/actions/bulk/records';
import { runsOf } from '../../../../src/actions/bulk/runs';
import { lockState } from '../../../../src/actions/bulk/lock';
import {
  holdLock,
  openStage,
  people,
  planned,
  ran,
  range,
  recordFile,
  settled,
  type Stage,
  stateCounts,
  TENANT,
  timesSent,
  until,
} from './stage';
import { waitUntil } from '../../../waitUntil';

describe('records of batches', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ rateLimit: 100 });
  });
  afterEach(() => stage.close());

  it('keep what an earlier run brought when failed people or the rest are sent again, over a reload too', async () => {
    let now = 1_000_000;
    const before = stage.window({ now: () => now });
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 4 });
    const { id } = await ran(before, { action: 'reset', people: people(stage, range(0, 10)) });
    now += 60_000;
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 1 });
    await before.run(id, 'failed');
    await settled(before, id);
    const told = (batch: Batch) =>
      runsOf(batch).map(({ scope, startedAt, people: many, outcome }) => {
        return [scope, startedAt, many, outcome.done, outcome.failed];
      });
    const expected = [
      ['planned', 1_000_000, 10, 6, 4],
      ['failed', 1_060_000, 4, 3, 1],
    ];
    const here = before.get(id);
    assert.ok(here);
    assert.deepEqual(told(here), expected);
    assert.deepEqual([here.startedAt, here.endedAt], [1_000_000, 1_060_000]);
    before.dispose();
    const read = stage.window({ now: () => now }).get(id);
    assert.ok(read);
    assert.deepEqual(told(read), expected);
  });

  it('tell after a reload what surely was sent, surely was not, and what is unknown', async () => {
    const before = stage.window();
    const { id } = await planned(before, { action: 'reset', people: people(stage, range(0, 25)) });
    before.exclude(id, [24], true);
    stage.demo.faults.add({ kind: 'hang', operation: 'resetIdentity', times: 2 });
    await before.run(id, 'planned');
    await until(before, id, ({ rows }) => (stateCounts(rows)['done'] ?? 0) >= 3);

    // The window is gone without a word: nothing is closed, the record stays as it is on disk.
    const after = stage.window();
    const listed = after.all().find((summary) => summary.id === id);
    const batch = after.get(id);
    assert.ok(batch?.interrupted && batch.phase === 'ended');
    assert.deepEqual(listed?.counts, countsOf(batch.rows), 'the list says the same, before it was opened');
    const { done = 0, unknown = 0, planned: left = 0, excluded = 0 } = stateCounts(batch.rows);
    assert.ok(done >= 3 && unknown >= 2 && excluded === 1 && done + unknown + left === 24, JSON.stringify(batch.rows));
    // Nothing more leaves from now on; what is on record as sent may not have arrived yet.
    before.pause(id);
    await waitUntil(() => timesSent(stage, 'resetIdentity').size >= done + unknown, 'what left has arrived');
    assert.equal(timesSent(stage, 'resetIdentity').size, done + unknown);

    before.cancel(id);
    await after.run(id, 'planned');
    const { rows } = await settled(after, id);
    assert.deepEqual(stateCounts(rows), { done: done + left, unknown, excluded: 1 });
    assert.deepEqual(new Set(timesSent(stage, 'resetIdentity').values()), new Set([1]));
    assert.equal(after.get(id)?.interrupted, undefined);
  });

  it('tell that the window closed in the middle, also when there was time to end the run in order', async () => {
    const before = stage.window();
    const { id } = await planned(before, { action: 'reset', people: people(stage, range(0, 25)) });
    await before.run(id, 'planned');
    await until(before, id, ({ rows }) => (stateCounts(rows)['done'] ?? 0) >= 3);
    before.dispose();
    await waitUntil(() => before.get(id)?.phase === 'ended', 'the run ends');

    const batch = stage.window().get(id);
    assert.ok(batch?.interrupted && batch.phase === 'ended' && !batch.elsewhere);
    const { done = 0, planned: left = 0 } = stateCounts(batch.rows);
    assert.ok(left > 0 && done + left === 25, JSON.stringify(stateCounts(batch.rows)));
    assert.equal(timesSent(stage, 'resetIdentity').size, done);
  });

  it('keep what a task does to people over a reload', async () => {
    const before = stage.window({ follow: () => undefined });
    const { id } = await planned(before, { action: 'process', people: people(stage, range(0, 3)) });
    await before.run(id, 'planned');
    await until(before, id, ({ phase }) => phase === 'ended');

    const after = stage.window();
    const rows = after.get(id)?.rows ?? [];
    assert.deepEqual(stateCounts(rows), { started: 3 });
    const [{ taskId } = {}] = rows;
    assert.ok(taskId);
    const task = {
      tenantId: 'tenant-1',
      action: 'process',
      people: [],
      peopleCount: 3,
      startedAt: 0,
      counts: [],
    } as const;
    await after.taskEnded({ ...task, id: taskId, batchId: id, state: 'succeeded', messages: [] });
    assert.deepEqual(stateCounts(stage.window().get(id)?.rows ?? []), { done: 3 });
  });

  it('are only read while another process runs the batch', async () => {
    const before = stage.window();
    const { id } = await planned(before, { action: 'reset', people: people(stage, range(0, 40)) });
    await before.run(id, 'planned');
    const other = spawn('sleep', ['60']);
    try {
      holdLock(join(stage.folder, id), other.pid ?? 0);
      const after = stage.window();
      assert.ok(after.get(id)?.elsewhere);
      assert.ok(after.all()[0]?.elsewhere);
      await assert.rejects(after.run(id, 'planned'), LockedError);
    } finally {
      other.kill();
      await once(other, 'exit');
    }
    before.cancel(id);
    await settled(before, id);
    assert.equal(lockState(join(stage.folder, id)).kind, 'free');
  });

  it('come before the request: what cannot be kept is not sent', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 5)) });
    writeFileSync(join(stage.folder, id), 'a file where the folder should be');
    await assert.rejects(batches.run(id, 'planned'));
    assert.equal(batches.get(id)?.phase, 'planned');
    assert.equal(stage.demo.requests.count('resetIdentity'), 0);
  });

  it('leave out a last line that a crash cut off, and files that are not theirs', async () => {
    const batches = stage.window();
    const { id } = await ran(batches, { action: 'reset', people: people(stage, range(0, 5)) });
    appendFileSync(recordFile(stage, id, 'journal.jsonl'), '{"rows":[0],"sta');
    writeFileSync(join(stage.folder, 'notes.txt'), 'not a batch');
    const after = stage.window();
    assert.deepEqual(stateCounts(after.get(id)?.rows ?? []), { done: 5 });
    assert.deepEqual(
      after.all().map(({ id, counts }) => [id, counts.done]),
      [[id, 5]],
    );
  });

  it('say what cannot be read, and leave it alone', async () => {
    const batches = stage.window();
    const { id } = await ran(batches, { action: 'reset', people: people(stage, range(0, 2)) });
    writeFileSync(recordFile(stage, id, 'meta.json'), '{');
    const after = stage.window();
    assert.deepEqual(after.all(), []);
    assert.equal(after.get(id), undefined);
    assert.ok(stage.warnings.some((line) => line.includes(id)));
    assert.equal(readFileSync(recordFile(stage, id, 'meta.json'), 'utf8'), '{');
  });

  it('go with their tenant', async () => {
    const batches = stage.window();
    await ran(batches, { action: 'reset', people: people(stage, range(0, 2)) });
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 40)) });
    await batches.run(id, 'planned');
    batches.forget('another');
    assert.equal(batches.all().length, 2);
    batches.forget(TENANT);
    assert.deepEqual(batches.all(), []);
    assert.deepEqual(readdirSync(stage.folder), []);
  });

  it('hold no secret, and are kept for the last twenty', async () => {
    const batches = stage.window();
    await ran(batches, { action: 'reset', people: people(stage, [1]) });
    for (const name of readdirSync(stage.folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(stage.folder, name);
      if (!path.endsWith('.json') && !path.endsWith('.jsonl')) continue;
      const text = readFileSync(path, 'utf8');
      assert.ok(!text.includes(stage.demo.clientSecret) && !text.includes('eyJ'));
    }
    for (const n of range(0, 25))
      batches.plan({ tenantId: 't', from: '', action: 'reset', people: people(stage, [n]) });
    assert.ok(batches.all().length <= 21, String(batches.all().length));
  });
});
