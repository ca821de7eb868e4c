import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CallOptions, Client } from '../../../../src/api/client';
import { ApiError } from '../../../../src/api/errors';
import { PlanChangedError } from '../../../../src/actions/bulk/options';
import { startRun, type RunOptions } from '../../../../src/actions/bulk/run';
import { outcomeOf } from '../../../../src/actions/bulk/taskOutcome';
import type { FollowedTask } from '../../../../src/tasks/task';
import { LockedError, lockState } from '../../../../src/actions/bulk/lock';
import {
  holdLock,
  openStage,
  people,
  planned,
  ran,
  range,
  recordFile,
  resetOf,
  settled,
  type Stage,
  stateCounts,
  TENANT,
  timesSent,
} from './stage';

const TASK = { tenantId: TENANT, people: [], peopleCount: 3, startedAt: 0, counts: [] } as const;

describe('a batch in the hands of several', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.close());

  it('is not sent again from a window that saw it before another one sent it', async () => {
    const first = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 2 });
    const { id, rows } = await ran(first, resetOf(stage, 5));
    assert.deepEqual(stateCounts(rows), { done: 3, failed: 2 });

    const second = stage.window();
    await second.run(id, 'failed');
    assert.deepEqual(stateCounts((await settled(second, id)).rows), { done: 5 });

    await assert.rejects(first.run(id, 'failed'), PlanChangedError);
    assert.deepEqual(stateCounts((await settled(first, id)).rows), { done: 5 });
    // What it knows now is what the other one did: nothing failed any more.
    await first.run(id, 'failed');
    assert.equal(stage.demo.requests.count('resetIdentity'), 7);
    assert.deepEqual(stateCounts(stage.window().get(id)?.rows ?? []), { done: 5 });
  });

  it('does not run when it changed, or went with its tenant, while the client was made', async () => {
    let give: (client: Client) => void = () => undefined;
    const slow = (): Promise<Client> => new Promise((resolve) => (give = resolve));
    let client = () => Promise.resolve(stage.client);
    const batches = stage.window({ client: () => client() });
    for (const change of [
      (id: string) => {
        batches.exclude(id, [1], true);
      },
      () => {
        batches.forget(TENANT);
      },
      () => {
        batches.dispose();
      },
    ]) {
      client = () => Promise.resolve(stage.client);
      const { id } = await planned(batches, resetOf(stage, 3));
      client = slow;
      const running = batches.run(id, 'planned');
      change(id);
      give(stage.client);
      await assert.rejects(running, PlanChangedError);
      assert.ok(!existsSync(join(stage.folder, id)));
    }
    assert.equal(stage.demo.requests.count('resetIdentity'), 0);
  });

  it('is planned as before when it could not begin, and leaves no lock behind', async () => {
    const batches = stage.window();
    const before = await planned(batches, resetOf(stage, 3));
    mkdirSync(recordFile(stage, before.id, 'rows.json'), { recursive: true });
    await assert.rejects(batches.run(before.id, 'planned'));
    assert.deepEqual(batches.get(before.id), before);
    assert.equal(lockState(join(stage.folder, before.id)).kind, 'free');
  });

  it('keeps its record readable after a line that was cut off', async () => {
    const batches = stage.window({ follow: () => undefined });
    const { id } = await planned(batches, { action: 'process', people: people(stage, range(0, 3)) });
    await batches.run(id, 'planned');
    const { rows } = await new Promise<NonNullable<ReturnType<typeof batches.get>>>((resolve) => {
      batches.onDidChange(() => {
        const batch = batches.get(id);
        if (batch?.phase === 'ended') resolve(batch);
      });
    });
    appendFileSync(recordFile(stage, id, 'journal.jsonl'), '{"rows":[0],"sta');
    const after = stage.window();
    const task = { ...TASK, id: rows[0]?.taskId ?? '', action: 'process', state: 'succeeded', messages: [] } as const;
    await after.taskEnded({ ...task, batchId: id });
    assert.deepEqual(stateCounts(stage.window().get(id)?.rows ?? []), { done: 3 });
  });

  it('keeps its record while another process runs it, whoever wants it removed', async () => {
    const batches = stage.window();
    const { id } = await ran(batches, resetOf(stage, 2));
    const other = spawn('sleep', ['60']);
    try {
      holdLock(join(stage.folder, id), other.pid ?? 0);
      assert.throws(() => batches.remove(id), LockedError);
      assert.ok(existsSync(recordFile(stage, id, 'journal.jsonl')));
    } finally {
      other.kill();
    }
  });

  it('stays on record, however many plans are made after it', async () => {
    const batches = stage.window();
    const { id } = await ran(batches, resetOf(stage, 2));
    for (const n of range(0, 25)) await planned(batches, { action: 'reset', people: people(stage, [n]) });
    assert.equal(batches.get(id)?.phase, 'ended');
    assert.ok(batches.all().length <= 21);
    assert.deepEqual(new Set(timesSent(stage, 'resetIdentity').values()), new Set([1]));
  });
});

describe('the end of a task', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({
    asked: id,
    person: { id, name: id },
    skip: null,
    excluded: false,
    state: 'started' as const,
    taskId: 't',
  }));
  const task = (over: Partial<FollowedTask>): FollowedTask => ({
    ...TASK,
    id: 't',
    action: 'process',
    state: 'failed',
    messages: [],
    ...over,
  });
  const about = { type: 'ERROR', text: 'No address', about: ['b'] };

  it('of an invitation that failed leaves unknown who may have got her mail', () => {
    const entries = outcomeOf(task({ action: 'invite', messages: [about] }), rows);
    assert.deepEqual(
      entries.map(({ rows, state }) => [rows, state]),
      [
        [[1], 'failed'],
        [[0, 2], 'unknown'],
      ],
    );
    assert.deepEqual(
      outcomeOf(task({ messages: [about] }), rows).map(({ state }) => state),
      ['failed', 'failed'],
    );
  });

  it('that is not followed any more leaves unknown how it ended', () => {
    assert.deepEqual(
      outcomeOf(task({ state: 'stopped' }), rows).map(({ rows, state }) => [rows, state]),
      [[[0, 1, 2], 'unknown']],
    );
  });

  it('with a warning that names nobody is told for everybody', () => {
    const messages = [{ type: 'WARN', text: '2 identities were not refreshed' }];
    const [entry, ...others] = outcomeOf(task({ state: 'warning', messages }), rows);
    assert.deepEqual([entry?.state, entry?.message, others], ['done', '2 identities were not refreshed', []]);
  });
});

describe('what leaves', () => {
  const SETTLED = new Promise<void>((resolve) => setImmediate(resolve));
  let sent: string[] = [];
  /** Lets the request of a person go on. */
  let go: Map<string, () => void>;
  const marks: string[] = [];
  const reset = async (id: string, options: CallOptions = {}): Promise<void> => {
    await new Promise<void>((resolve) => go.set(id, resolve));
    try {
      options.onSend?.();
    } catch (cause) {
      throw new ApiError('cancelled', 'Stopped before it was sent', { operation: 'resetIdentity', sent: false, cause });
    }
    sent.push(id);
  };
  const options = (over: Partial<RunOptions> = {}): RunOptions => ({
    client: { identities: { reset } } as unknown as Client,
    action: 'reset',
    mail: undefined,
    rows: [0, 1],
    person: (n) => ({ id: String(n), name: String(n) }),
    describe: String,
    recordState: ([n], state) => marks.push(`${String(n)} ${state}`),
    recordOutcome: ([n], { state }) => marks.push(`${String(n)} ${state}`),
    onProblem: (kind) => marks.push(kind),
    onWait: () => undefined,
    ...over,
  });
  beforeEach(() => {
    sent = [];
    go = new Map();
    marks.length = 0;
  });

  it('never leaves while the run is paused, though its turn came before', async () => {
    const run = startRun(options());
    await SETTLED;
    run.pause();
    for (const next of go.values()) next();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([sent, marks], [[], []]);

    go.clear();
    run.resume();
    await new Promise((resolve) => setImmediate(resolve));
    for (const next of go.values()) next();
    await run.ended;
    assert.deepEqual(sent.sort(), ['0', '1']);
    assert.ok(!marks.includes('stop'));
  });

  it('stops when this extension itself fails, and that is told', async () => {
    const run = startRun(
      options({
        recordOutcome: () => {
          throw new Error('A fault');
        },
      }),
    );
    await SETTLED;
    go.get('0')?.();
    await new Promise((resolve) => setImmediate(resolve));
    go.get('1')?.();
    await assert.rejects(run.ended, /A fault/);
    assert.deepEqual(sent, ['0']);
  });
});
