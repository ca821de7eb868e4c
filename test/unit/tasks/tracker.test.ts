import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Client } from '../../../src/api/client';
import { ApiError } from '../../../src/api/errors';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { differences, takeSnapshot } from '../../../src/tasks/identityDiff';
import { taskFiles } from '../../../src/tasks/taskFiles';
import { startedTask, type FollowedTask } from '../../../src/tasks/task';
import { Tracker, type TrackerOptions } from '../../../src/tasks/tracker';
import { clientOf } from '../api/backend';
import { waitUntil } from '../../waitUntil';

describe('following tasks', () => {
  let demo: DemoTenant;
  let client: Client;
  let folder: string;
  let trackers: Tracker[];
  let failures: unknown[];
  /** The tenant's clock while it stands still. */
  let held: number | undefined;
  const warnings: string[] = [];

  beforeEach(async () => {
    held = undefined;
    demo = await startDemo({ identities: 300, taskDurationMs: 60, rateLimit: Infinity, now: () => held ?? Date.now() });
    client = clientOf(demo);
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-tasks-'));
    trackers = [];
    failures = [];
    warnings.length = 0;
  });
  afterEach(async () => {
    for (const tracker of trackers) tracker.dispose();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const memory = () => taskFiles(folder, { warn: (line) => warnings.push(line) });

  /** A tracker that is in a hurry, and its next end. */
  function follow(options: Partial<TrackerOptions> = {}) {
    const ends: ((task: FollowedTask) => void)[] = [];
    const ended: FollowedTask[] = [];
    const tracker = new Tracker({
      client: () => Promise.resolve(client),
      memory: memory(),
      changed: () => undefined,
      ended: (task) => {
        ended.push(task);
        ends.shift()?.(task);
      },
      failed: (_, error) => failures.push(error),
      pauses: { first: 5, moving: 10, still: 20, perTask: 0, unknown: 0 },
      ...options,
    });
    trackers.push(tracker);
    return { tracker, ended, nextEnd: () => new Promise<FollowedTask>((resolve) => ends.push(resolve)) };
  }

  const people = (...indices: number[]) =>
    indices.map((index) => ({ id: demo.world.people.id(index), name: demo.world.people.name(index).display }));

  async function started(...indices: number[]): Promise<FollowedTask> {
    const [task] = await client.identities.process(people(...indices).map(({ id }) => id));
    return startedTask('acme', 'process', task?.id ?? '', people(...indices));
  }

  const settled = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

  it('follows a task to its end with percent, counts and who started it, then asks no more', async () => {
    const percents: (number | undefined)[] = [];
    const { tracker, nextEnd } = follow({
      changed: () => {
        const percent = trackers[0]?.all()[0]?.percent;
        percents.push(percent);
        // The tenant's clock stands still in the middle of the task until that was seen.
        if (percent !== undefined) held = undefined;
      },
    });
    const end = nextEnd();
    held = Date.now();
    const begun = await started(0);
    held += 30;
    tracker.follow(begun);
    const task = await end;
    assert.equal(task.state, 'succeeded');
    assert.equal(task.percent, 100);
    assert.equal(task.startedBy, 'demo.operator');
    assert.ok(task.counts.some(({ name, value }) => name === 'Refreshed' && value === '1'));
    assert.ok(
      percents.some((percent) => percent !== undefined && percent < 100),
      String(percents),
    );
    const asked = demo.requests.count('getTaskStatus');
    await settled();
    assert.equal(demo.requests.count('getTaskStatus'), asked);
  });

  it('keeps the service’s messages of a task that ended with a warning', async () => {
    const { tracker, nextEnd } = follow();
    const end = nextEnd();
    tracker.follow(await started(0, 13));
    const task = await end;
    assert.equal(task.state, 'warning');
    assert.match(task.messages[0]?.text ?? '', /Adina Feldstern could not be processed/);
  });

  it('has one poller for all tasks of a tenant', async () => {
    let asking = 0;
    let most = 0;
    const counting = {
      ...client,
      tasks: {
        ...client.tasks,
        get: async (id: string) => {
          most = Math.max(most, ++asking);
          return client.tasks.get(id).finally(() => asking--);
        },
      },
    };
    const { tracker, ended } = follow({ client: () => Promise.resolve(counting) });
    for (let n = 0; n < 5; n++) tracker.follow(await started(n));
    await waitUntil(() => ended.length === 5, 'all five end', { everyMs: 5 });
    assert.equal(most, 1);
  });

  it('hides the oldest ended tasks when there are more than a hundred, and drops them after the time results are kept', () => {
    let now = 1_000_000_000_000;
    const { tracker } = follow({ now: () => now, keepDays: () => 90 });
    const shown = () => tracker.all().filter(({ hiddenAt }) => hiddenAt === undefined);
    for (let n = 0; n < 130; n++) {
      now += 1_000;
      tracker.follow({ ...startedTask('acme', 'process', `task-${String(n)}`, []), startedAt: now, state: 'stopped' });
    }
    assert.equal(tracker.all().length, 130);
    assert.equal(shown().length, 100);
    assert.equal(shown().at(-1)?.id, 'task-30');
    now += 91 * 86_400_000;
    tracker.follow({ ...startedTask('acme', 'process', 'later', []), startedAt: now, state: 'stopped' });
    assert.equal(tracker.get({ tenantId: 'acme', id: 'task-0' }), undefined);
    assert.ok(memory().read().length <= 102, String(memory().read().length));
  });

  it('goes on after a reload, and remembers what ended', async () => {
    demo.latencyMs = 1;
    const before = follow();
    const task = await started(0);
    before.tracker.follow(task);
    before.tracker.dispose();
    const after = follow();
    assert.equal(after.tracker.all().length, 1);
    assert.equal((await after.nextEnd()).state, 'succeeded');
    assert.equal(follow().tracker.all()[0]?.state, 'succeeded');
    assert.equal(demo.requests.count('startIdentityProcessing'), 1);
  });

  it('is told once by two windows that follow it', async () => {
    const told: string[] = [];
    const windows = ['one', 'two'].map((name) => {
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      const { tracker } = follow({
        ended: (_, first) => {
          if (first) told.push(name);
          end();
        },
      });
      return { tracker, ended };
    });
    const task = await started(0);
    for (const { tracker } of windows) tracker.follow(task);
    await Promise.all(windows.map(({ ended }) => ended));
    assert.equal(told.length, 1);
  });

  it('stops following without stopping the task', async () => {
    const { tracker, ended } = follow();
    const task = await started(0);
    tracker.follow(task);
    tracker.stopFollowing(task);
    assert.equal(tracker.get(task)?.state, 'stopped');
    await settled(200);
    assert.equal(tracker.get(task)?.state, 'stopped');
    assert.deepEqual(ended, []);
    assert.equal((await client.tasks.get(task.id)).completionStatus, 'SUCCESS');
    tracker.hideFinished();
    assert.ok(tracker.all()[0]?.hiddenAt !== undefined);
    assert.ok(memory().read()[0]?.hiddenAt !== undefined);
  });

  it('backs off while looks fail, says why, and comes back', async () => {
    demo.faults.add({ operation: 'getTaskStatus', kind: 'status', status: 500, times: 12 });
    const problems: unknown[] = [];
    const { tracker, nextEnd } = follow({
      changed: () => {
        const problem = trackers[0]?.all()[0]?.problem;
        if (problem !== undefined) problems.push(problem);
      },
    });
    const end = nextEnd();
    tracker.follow(await started(0));
    const task = await end;
    assert.equal(task.state, 'succeeded');
    assert.equal(task.problem, undefined);
    assert.ok(problems.every((problem) => ApiError.is(problem, 'server')) && problems.length > 0);
  });

  it('leaves a signed-out tenant alone until it is signed in again', async () => {
    let signedOut = true;
    const { tracker, ended, nextEnd } = follow({
      client: () => (signedOut ? Promise.reject(new ApiError('auth', 'expired')) : Promise.resolve(client)),
    });
    tracker.follow(await started(0));
    await settled(100);
    assert.equal(failures.length, 1);
    assert.deepEqual(ended, []);
    signedOut = false;
    const end = nextEnd();
    tracker.resume('acme');
    assert.equal((await end).state, 'succeeded');
  });

  it('forgets the tasks of a removed tenant, also while an answer is on its way', async () => {
    demo.latencyMs = 30;
    const { tracker, ended } = follow();
    tracker.follow(await started(0));
    await settled(20);
    tracker.forgetTenant('another');
    assert.equal(tracker.all().length, 1);
    tracker.forgetTenant('acme');
    assert.deepEqual(tracker.all(), []);
    await settled(150);
    assert.deepEqual(tracker.all(), []);
    assert.deepEqual(memory().read(), []);
    assert.deepEqual(ended, []);
  });

  it('follows nothing more of a tenant that is forgotten when it fails: its action outlived it', async () => {
    const { tracker, ended } = follow({
      client: () => Promise.reject(new ApiError('notFound', 'The tenant was removed.', { sent: false })),
      failed: (tenantId) => {
        tracker.forgetTenant(tenantId);
      },
    });
    tracker.follow(await started(0));
    await settled(100);
    assert.deepEqual(tracker.all(), []);
    assert.deepEqual(memory().read(), []);
    assert.deepEqual(ended, []);
  });

  it('gives up a task that the service does not know any more', async () => {
    const { tracker, nextEnd } = follow();
    const end = nextEnd();
    tracker.follow({ ...(await started(0)), id: 'gone', startedAt: 1 });
    const task = await end;
    assert.equal(task.state, 'lost');
    assert.ok(ApiError.is(task.problem, 'notFound'));
  });

  it('tells what processing changed on the person, and keeps it off the disk', async () => {
    const [broken] = people(7);
    assert.ok(broken);
    const before = await takeSnapshot(client, broken.id);
    const { tracker, nextEnd } = follow();
    const end = nextEnd();
    tracker.follow(await started(7), async () => differences(before, await takeSnapshot(client, broken.id)));
    const task = await end;
    assert.deepEqual(
      task.differences?.filter(({ kind }) => kind === 'processing'),
      [{ kind: 'processing', name: '', before: 'ERROR', after: 'OK' }],
    );
    assert.equal(memory().read()[0]?.differences, undefined);
  });

  it('names roles that came and went, and attributes that changed', () => {
    const identity = { id: 'a', name: 'A', attributes: { city: 'Bern', floor: 3, same: [1] } };
    const role = (id: string, name: string) => ({ id: `x${id}`, role: { id, name, type: 'ROLE' } });
    assert.deepEqual(
      differences(
        { identity, roles: [role('1', 'Engineer')] },
        {
          identity: { ...identity, attributes: { city: 'Basel', floor: 3, same: [1], title: 'Lead' } },
          roles: [role('2', 'Architect')],
        },
      ),
      [
        { kind: 'role', name: 'Architect', before: null, after: 'Architect' },
        { kind: 'role', name: 'Engineer', before: 'Engineer', after: null },
        { kind: 'attribute', name: 'city', before: 'Bern', after: 'Basel' },
        { kind: 'attribute', name: 'title', before: null, after: 'Lead' },
      ],
    );
  });

  it('leaves a file it cannot read alone and says so', async () => {
    const { tracker } = follow();
    tracker.follow(await started(0));
    tracker.dispose();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'old.json'), '{"id":"x"}');
    assert.equal(memory().read().length, 1);
    assert.match(warnings.join(), /broken\.json/);
  });
});
