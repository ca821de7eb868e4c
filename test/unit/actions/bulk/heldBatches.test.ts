import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { batchRecords } from '../../../../src/actions/bulk/records';
import { checksum } from '../../../../src/actions/bulk/journal';
import { OpenBatch } from '../../../../src/actions/bulk/openBatch';
import { PlanChangedError } from '../../../../src/actions/bulk/options';
import { inSlices, type Slices } from '../../../../src/actions/bulk/slices';
import { startedTask } from '../../../../src/tasks/task';
import { openStage, ran, recordFile, resetOf, settled, stateCounts, TENANT, type Stage } from './stage';
import { waitUntil } from '../../../waitUntil';

describe('records read in slices', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  const records = () => batchRecords(stage.folder, { warn: (line) => stage.warnings.push(line) });

  it('are what they are when read at once, whole or damaged', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 30));
    const file = recordFile(stage, id, 'rows.json');
    const rows = readFileSync(file, 'utf8');
    const journal = readFileSync(recordFile(stage, id, 'journal.jsonl'), 'utf8');
    assert.equal(rows.split('\n').length, 31, 'a line for each identity');
    for (const [place, text] of [
      [file, rows],
      [file, rows.replace('"asked"', '"Asked"')],
      [file, rows.slice(0, -40)],
      [file, ''],
      [recordFile(stage, id, 'journal.jsonl'), journal.slice(0, -30)],
      [recordFile(stage, id, 'journal.jsonl'), journal.replace('"done"', '"gone"')],
      [recordFile(stage, id, 'journal.jsonl'), ''],
    ] as const) {
      writeFileSync(file, rows);
      writeFileSync(recordFile(stage, id, 'journal.jsonl'), journal);
      writeFileSync(place, text);
      assert.deepEqual(await records().load(id), records().read(id), text.slice(0, 60));
    }
    assert.equal(await records().load('..'), undefined);
  });

  it('may have all identities in one line, as earlier versions wrote them', async () => {
    const { id, rows } = await ran(stage.window(), resetOf(stage, 5));
    const file = recordFile(stage, id, 'rows.json');
    const [, ...lines] = readFileSync(file, 'utf8').split('\n');
    const json = JSON.stringify(JSON.parse(lines.join('\n')));
    const journal = recordFile(stage, id, 'journal.jsonl');
    const [before, after] = [checksum(lines.join('\n')), checksum(json)];
    writeFileSync(file, `${after}\n${json}`);
    const begin = JSON.stringify({ line: 0, rows: after });
    const text = readFileSync(journal, 'utf8');
    assert.ok(text.includes(before));
    writeFileSync(journal, text.replace(/^.*"line":0.*$/m, `${checksum(begin)} ${begin}`));
    assert.deepEqual((await records().load(id))?.rows, rows);
  });

  it('leave other work its turn', async () => {
    let isTimeUp = false;
    setTimeout(() => (isTimeUp = true), 20);
    // Ends only if a timer gets its turn meanwhile.
    function* work(): Slices<string> {
      while (!isTimeUp) yield;
      return 'done';
    }
    assert.equal(await inSlices(work()), 'done');
    await assert.rejects(
      inSlices(
        (function* (): Slices<never> {
          yield;
          throw new Error('no');
        })(),
      ),
      /no/,
    );
  });

  it('are read once however many ask', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 20));
    const window = stage.window();
    const [one, other] = await Promise.all([window.load(id), window.load(id)]);
    assert.ok(one);
    assert.equal(one, other);
    assert.equal(window.get(id), one);
    assert.equal(await window.load(id), one);
  });

  it('are read again when another window wrote to them meanwhile', async () => {
    const first = stage.window();
    const { id } = await ran(first, resetOf(stage, 3));
    const second = stage.window();
    const loading = second.load(id);
    await first.run(id, 'failed');
    records().append(id, [{ rows: [0], state: 'unknown' }], { ...(first.get(id) ?? assert.fail()), phase: 'ended' });
    await loading;
    assert.deepEqual(stateCounts((await second.load(id))?.rows ?? []), { unknown: 1, done: 2 });
  });

  it('are not taken for known while another window goes on writing to them, whatever is put on record then', async () => {
    const { id, rows } = await ran(stage.window(), { ...resetOf(stage, 3), action: 'process' });
    const taskId = rows[0]?.taskId ?? assert.fail();
    const kept = records();
    const now = kept.read(id) ?? assert.fail();
    const write = (state: 'started' | 'unknown'): void => kept.append(id, [{ rows: [0], state, taskId }], now);
    write('started');
    let isBusy = true;
    let appended = 0;
    const batches = stage.window({
      records: {
        ...kept,
        // Each time it was read, it is another one already.
        async load(which) {
          const batch = await kept.load(which);
          if (isBusy) write('unknown');
          return batch;
        },
        append(...about) {
          appended++;
          kept.append(...about);
        },
      },
    });
    const task = { ...startedTask(TENANT, 'process', taskId, []), state: 'succeeded' as const, batchId: id };
    await batches.taskEnded(task);
    await batches.catchUp([task]);
    assert.equal(appended, 0);
    isBusy = false;
    write('started');
    await batches.taskEnded(task);
    assert.equal(appended, 1);
    assert.deepEqual(stateCounts(kept.read(id)?.rows ?? []), { done: 3 });
  });

  it('stay outdated when more is put on record than this window knows of', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 3));
    const kept = records();
    const batch = kept.read(id) ?? assert.fail();
    const held = new OpenBatch(batch, { records: kept, log: { warn: assert.fail }, tell: () => undefined });
    held.stamp = kept.stamp(id);
    held.record({ rows: [0], state: 'failed' });
    assert.ok(!held.isOutdated(), 'what it wrote itself it knows');
    kept.append(id, [{ rows: [1], state: 'unknown' }], batch);
    held.record({ rows: [2], state: 'failed' });
    assert.ok(held.isOutdated());
    assert.deepEqual(stateCounts(kept.read(id)?.rows ?? []), { failed: 2, unknown: 1 });
  });

  it('are not sent as they are now when this window asked about them as they were', async () => {
    const window = stage.window();
    const { id } = await ran(window, resetOf(stage, 3));
    const kept = records();
    kept.append(id, [{ rows: [0, 1], state: 'failed' }], kept.read(id) ?? assert.fail());
    stage.demo.requests.clear();
    await assert.rejects(window.run(id, 'failed'), PlanChangedError);
    assert.equal(stage.demo.requests.count('resetIdentity'), 0);
    // Now it knows.
    await window.run(id, 'failed');
    assert.deepEqual(stateCounts((await settled(window, id)).rows), { done: 3 });
  });

  it('are asked for in vain by what is no id, without an error', async () => {
    const window = stage.window();
    assert.equal(await window.load('../other'), undefined);
    assert.equal(window.get('../other'), undefined);
    await window.taskEnded({ ...startedTask(TENANT, 'process', 'task', []), state: 'succeeded', batchId: '../other' });
  });

  it('tell the counts of a big one a little later', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 5));
    const file = recordFile(stage, id, 'meta.json');
    const meta = JSON.parse(readFileSync(file, 'utf8')) as { counts: object };
    const noted = { ...meta.counts, planned: 5, done: 0 };
    // As a window leaves it that is gone in the middle.
    writeFileSync(file, JSON.stringify({ ...meta, phase: 'running', counts: noted, lines: 0 }));
    // Empty lines mean nothing; they make it big.
    writeFileSync(recordFile(stage, id, 'journal.jsonl'), '\n'.repeat(300_000), { flag: 'a' });
    const told: string[] = [];
    const after = batchRecords(stage.folder, { warn: assert.fail }, (which) => told.push(which));
    const counts = () => after.list().find((one) => one.id === id)?.counts;
    assert.deepEqual(counts(), noted);
    await waitUntil(() => told.length > 0, 'they are counted');
    assert.deepEqual(told, [id]);
    assert.deepEqual(counts(), meta.counts);
  });
});
