import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { RecordChangedError } from '../../../../src/actions/bulk/records';
import { checksum, readJournal } from '../../../../src/actions/bulk/journal';
import { atOnce } from '../../../../src/actions/bulk/slices';
import { batchRecords } from '../../../../src/actions/bulk/records';
import type { Batch } from '../../../../src/actions/bulk/batch';
import { openStage, planned, ran, recordFile, resetOf, type Stage, stateCounts, TENANT, timesSent } from './stage';

describe('a damaged record', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  /** How it is read by a window that opens now. */
  const reread = (id: string): Batch | undefined => stage.window().get(id);

  it('is damaged by a line whose number was used twice, also where the first stands at a torn end', () => {
    const line = (content: object): string => {
      const json = JSON.stringify(content);
      return `${checksum(json)} ${json}`;
    };
    const begin = line({ line: 0, rows: 'sum' });
    const [one, again, two] = [
      line({ line: 1, rows: [9], state: 'sending' }),
      line({ line: 1, rows: [1], state: 'sending' }),
      line({ line: 2, rows: [2], state: 'sending' }),
    ];
    assert.equal(atOnce(readJournal(Buffer.from(`\n${begin}\n\n${one}\n\n${two}\n`), 'sum', 0)).sound, true);
    assert.equal(atOnce(readJournal(Buffer.from(`\n${begin}\n\n${again}\n${one}\n\n${two}\n`), 'sum', 0)).sound, false);
    assert.equal(
      atOnce(readJournal(Buffer.from(`\n${begin}\n\n${one.slice(0, 20)}\n${again}\n\n${two}\n`), 'sum', 0)).sound,
      true,
    );
  });

  it('stays damaged whatever is written later: hidden, told of a task, sent again', async () => {
    const first = stage.window();
    const { id } = await ran(first, resetOf(stage, 30));
    const whole = readFileSync(recordFile(stage, id, 'journal.jsonl'), 'utf8').split('\n');
    writeFileSync(recordFile(stage, id, 'journal.jsonl'), whole.slice(0, 20).join('\n'));
    first.dispose();
    await stage.window().hideFinished();
    stage.window().get(id);
    const second = stage.window();
    second.showHidden(true);
    for (let n = 0; n < 40; n++) {
      const records = batchRecords(stage.folder, { warn: () => undefined });
      const batch = records.read(id) ?? assert.fail();
      records.append(id, [{ rows: [0], state: 'done' }], { ...batch, damaged: false });
    }
    const rows = stage.window().get(id)?.rows ?? [];
    assert.equal(stateCounts(rows)['planned'] ?? 0, 0, JSON.stringify(stateCounts(rows)));
    const third = stage.window();
    await third.run(id, 'planned');
    await third.run(id, 'failed');
    for (const times of timesSent(stage, 'resetIdentity').values()) assert.equal(times, 1);
  });

  it('never says of anybody who was sent that she surely was not: cut anywhere, holes, NULs, swapped bytes', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 6));
    const whole = readFileSync(recordFile(stage, id, 'journal.jsonl'));
    const damaged = (bytes: Uint8Array): void => {
      writeFileSync(recordFile(stage, id, 'journal.jsonl'), bytes);
      const batch = reread(id);
      assert.ok(batch);
      assert.equal(stateCounts(batch.rows)['planned'], undefined, Buffer.from(bytes).toString());
      assert.ok(batch.damaged === true || (stateCounts(batch.rows)['done'] ?? 0) === 6);
    };
    for (let at = 0; at < whole.length; at++) damaged(whole.subarray(0, at));
    damaged(Buffer.alloc(whole.length));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 200 }), fc.nat(2), (from, length, how) => {
        const bytes = Buffer.from(whole);
        if (how === 0) bytes.fill(0, from, Math.min(from + length, bytes.length));
        else if (how === 1)
          for (let n = from; n < Math.min(from + length, bytes.length); n++) bytes[n] = (bytes[n] ?? 0) ^ 1;
        damaged(how === 2 ? Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]) : bytes);
      }),
      { numRuns: 200 },
    );
    rmSync(recordFile(stage, id, 'journal.jsonl'));
    assert.deepEqual(stateCounts(reread(id)?.rows ?? []), { unknown: 6 });
  }).timeout(60_000);

  it('is told as damaged, also after its rest was sent, and nobody unknown is sent again', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 4));
    writeFileSync(recordFile(stage, id, 'journal.jsonl'), '');
    const batches = stage.window();
    assert.equal(batches.get(id)?.damaged, true);
    await batches.run(id, 'planned');
    assert.equal(stage.demo.requests.count('resetIdentity'), 4);
    assert.equal(batches.all()[0]?.damaged ?? batches.get(id)?.damaged, true);
  });

  it('whose people are damaged cannot be read, is kept, and named with its reason', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 2));
    const text = readFileSync(recordFile(stage, id, 'rows.json'), 'utf8');
    writeFileSync(recordFile(stage, id, 'rows.json'), text.replace('"done"', '"planned"').replace('planned', 'done'));
    const batches = stage.window();
    assert.equal(batches.get(id), undefined);
    assert.ok(stage.warnings.some((line) => line.includes('its identities are damaged')));
  });

  it('of any odd content is a row of its own with a reason, and stops nothing', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 1));
    const meta = JSON.parse(readFileSync(recordFile(stage, id, 'meta.json'), 'utf8')) as Record<string, unknown>;
    const odd: readonly unknown[] = [
      null,
      [],
      'text',
      { ...meta, counts: undefined },
      { ...meta, counts: { done: 'many' } },
      { ...meta, action: 'explode' },
      { ...meta, phase: 'dancing' },
      { ...meta, createdAt: 9e15 },
      { ...meta, createdAt: '2026' },
      { ...meta, id: '0b0e3b6e-0000-4000-8000-000000000000' },
      { ...meta, mail: { via: 'pigeon' } },
    ];
    for (const content of odd) {
      writeFileSync(recordFile(stage, id, 'meta.json'), JSON.stringify(content));
      const batches = stage.window();
      assert.deepEqual(batches.all(), []);
      assert.equal(batches.unreadable().length, 1, JSON.stringify(content));
      assert.ok((batches.unreadable()[0]?.problem ?? '').length > 5);
    }
  });

  it('is not looked for outside its folder, whatever its id', () => {
    const records = batchRecords(stage.folder, { warn: () => undefined });
    for (const id of ['..', '.', '', '../tenants', '100%', 'a/b', '%2e%2e', 'x'.repeat(5_000)]) {
      assert.throws(() => {
        records.remove(id);
      });
      assert.equal(records.read(id), undefined);
    }
  });

  it('of a run that never began is cleaned up, and nothing else is', async () => {
    const { id } = await ran(stage.window(), resetOf(stage, 1));
    const begun = '0b0e3b6e-0000-4000-8000-000000000000';
    mkdirSync(join(stage.folder, begun));
    writeFileSync(recordFile(stage, begun, 'rows.json'), '[]');
    mkdirSync(join(stage.folder, 'notes'));
    await stage.window().catchUp([]);
    assert.deepEqual(readdirSync(stage.folder).sort(), [id, 'notes'].sort());
  });

  it('is not run by a window that knows less than is on record', async () => {
    const batches = stage.window();
    const batch = await planned(batches, resetOf(stage, 3));
    const records = batchRecords(stage.folder, { warn: () => undefined });
    const first = records.open({ ...batch, phase: 'running' }, undefined);
    first.meta({ ...batch, phase: 'ended' });
    first.close();
    assert.throws(() => records.open(batch, undefined), RecordChangedError);
    const known = records.stamp(batch.id);
    records.append(batch.id, [{ rows: [0], state: 'unknown' }], { ...batch, phase: 'ended', tenantId: TENANT });
    assert.throws(() => records.open(batch, known), RecordChangedError);
  });
});
