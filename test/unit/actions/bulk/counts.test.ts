import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { countsOf } from '../../../../src/actions/bulk/batch';
import type { BatchStore } from '../../../../src/actions/bulk/batchStore';
import { batchRecords } from '../../../../src/actions/bulk/records';
import { runsOf } from '../../../../src/actions/bulk/runs';
import { OPERATIONS, openStage, people, planned, range, ran, settled, type Stage } from './stage';

/** What is read of an action on many people: its row in the Tasks view, its panel, its record. None may say other than the tenant saw. */
describe('what is told of an action on many people', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  /** Compares the list, the panel's rows, the record on disk and the tenant. */
  function agrees(batches: BatchStore, id: string, accepted: number): void {
    const listed = batches.all().find((summary) => summary.id === id);
    const opened = batches.get(id);
    assert.ok(listed && opened);
    assert.deepEqual(listed.counts, countsOf(opened.rows), 'the list and the rows');
    const onDisk = batchRecords(stage.folder, { warn: assert.fail });
    assert.deepEqual(onDisk.list().find((summary) => summary.id === id)?.counts, listed.counts, 'the summary on disk');
    assert.deepEqual(countsOf(onDisk.read(id)?.rows ?? []), listed.counts, 'the rows on disk');
    const last = runsOf(opened).at(-1);
    assert.ok(last);
    const { done, failed, unknown, planned: unsent } = last.outcome;
    assert.equal(done + failed + unknown + unsent, last.people, 'the last run has an outcome for everybody');
    const taken = stage.demo.requests.list.filter(
      ({ operation, status }) => operation === OPERATIONS[opened.action] && status !== undefined && status < 300,
    );
    assert.equal(taken.length, accepted, 'requests that the tenant took');
    assert.equal(listed.counts.done, accepted, 'people who are done');
  }

  it('is what the tenant saw: through failures, a retry, a stop, the rest, a reload and a second window', async () => {
    const operation = OPERATIONS.reset;
    const first = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 400, operation, times: 3 });
    const { id } = await ran(first, { action: 'reset', people: people(stage, range(0, 12)) });
    agrees(first, id, 9);

    stage.demo.faults.add({ kind: 'status', status: 400, operation, times: 1 });
    await first.run(id, 'failed');
    await settled(first, id);
    agrees(first, id, 11);

    const after = stage.window();
    agrees(after, id, 11);
    await after.run(id, 'failed');
    await settled(after, id);
    agrees(after, id, 12);
    // The window that was there before reads what the other one did.
    agrees(stage.window(), id, 12);
    assert.deepEqual(countsOf(first.get(id)?.rows ?? []).done, 12);
  });

  it('is what the tenant saw after a stop in the middle and the rest sent later', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 60)) });
    stage.demo.latencyMs = 200;
    const running = batches.run(id, 'planned');
    const stopping = batches.onDidChange(() => {
      if (countsOf(batches.get(id)?.rows ?? []).done >= 5) batches.cancel(id);
    });
    await running;
    const stopped = await settled(batches, id);
    stopping.dispose();
    const { done, planned: rest } = countsOf(stopped.rows);
    assert.ok(rest > 0);
    agrees(batches, id, done);
    const after = stage.window();
    await after.run(id, 'planned');
    await settled(after, id);
    agrees(after, id, 60);
    assert.deepEqual(
      runsOf(after.get(id) ?? assert.fail()).map(({ people: many, outcome }) => [many, outcome.done, outcome.planned]),
      [
        [60, done, rest],
        [rest, rest, 0],
      ],
    );
  });
});
