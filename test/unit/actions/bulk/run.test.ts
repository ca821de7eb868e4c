import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ApiError } from '../../../../src/api/errors';
import { API_VERSIONS } from '../../../../src/api/versions';
import type { ActionId } from '../../../../src/actions/catalog';
import type { FaultRule } from '../../../../src/demo/http/faults';
import { clientOf } from '../../api/backend';
import { OPERATIONS, openStage, people, planned, ran, range, settled, stateCounts, timesSent, until } from './stage';
import type { Stage } from './stage';

const ACTIONS = Object.keys(OPERATIONS) as ActionId[];

describe('running a batch', () => {
  let stage: Stage & { readOnly: boolean };
  const open = async (options: Parameters<typeof openStage>[0] = {}): Promise<void> => {
    stage = (await openStage(options)) as typeof stage;
  };
  beforeEach(() => open());
  afterEach(() => stage.close());

  /** People who may be deleted, invited and mailed. */
  function fine(n: number): number[] {
    const { world } = stage.demo;
    const able = range(0, 300).filter(
      (index) =>
        world.status(index) === 'UNREGISTERED' &&
        !world.people.isProtected(index) &&
        world.people.email(index) !== null,
    );
    return able.slice(0, n);
  }

  /** Everybody named in a write was named once. */
  function assertSentOnce(action: ActionId, sent: number): void {
    const times = timesSent(stage, OPERATIONS[action]);
    assert.deepEqual(new Set(times.values()), new Set(sent === 0 ? [] : [1]));
    assert.equal(times.size, sent);
  }

  for (const version of API_VERSIONS) {
    for (const action of ACTIONS) {
      it(`does ${action} for several people, each once, in ${version}`, async () => {
        await stage.close();
        await open({ version });
        const batch = await ran(stage.window(), { action, people: people(stage, fine(9)) });
        const { done = 0, ...others } = stateCounts(batch.rows);
        assert.ok(done > 0 && !('failed' in others) && !('unknown' in others), JSON.stringify(stateCounts(batch.rows)));
        assertSentOnce(action, done);
        const version1 = stage.demo.requests.list.filter(({ operation }) => operation === OPERATIONS[action]);
        assert.deepEqual(new Set(version1.map(({ version }) => version)), new Set([version]));
      });
    }
  }

  it('processes 300 people in two requests and tells from the messages of the task who failed', async () => {
    const batches = stage.window();
    const { world } = stage.demo;
    const broken = range(0, 300).filter((index) => world.processingError(index)).length;
    const batch = await ran(batches, { action: 'process', people: people(stage, range(0, 300)) });
    assert.equal(stage.demo.requests.count('startIdentityProcessing'), 2);
    assertSentOnce('process', 300);
    const { failed = 0, done = 0 } = stateCounts(batch.rows);
    assert.ok(failed > 0 && failed <= broken, String(failed));
    assert.equal(failed + done, 300);
    for (const { state, message, person } of batch.rows) {
      if (state === 'failed') assert.ok(message?.includes(person?.name ?? '?'), message);
    }

    await batches.run(batch.id, 'failed');
    await settled(batches, batch.id);
    const times = [...timesSent(stage, 'startIdentityProcessing').values()];
    assert.equal(times.filter((n) => n === 2).length, failed);
  });

  it('deletes who may go and tells of the others why not', async () => {
    const batches = stage.window();
    const { world } = stage.demo;
    const [kept = -1] = range(0, 300).filter((index) => world.people.isProtected(index));
    const plan = await planned(batches, { action: 'delete', people: people(stage, [kept, ...range(0, 19)]) });
    const { planned: able = 0, ...skipped } = stateCounts(plan.rows);
    assert.ok((skipped['owner'] ?? 0) > 0 && skipped['protected'] === 1, JSON.stringify(skipped));
    const [out] = plan.rows.flatMap(({ skip }, n) => (skip ? [] : [n]));
    batches.exclude(plan.id, [out ?? -1], true);
    await batches.run(plan.id, 'planned');
    const { rows } = await settled(batches, plan.id);
    assert.deepEqual(stateCounts(rows), { ...skipped, excluded: 1, done: able - 1 });
    assertSentOnce('delete', able - 1);
    const deleted = stage.changes.flatMap(({ kind, ids }) => (kind === 'deleted' ? ids : []));
    assert.deepEqual(new Set(deleted), new Set(timesSent(stage, 'deleteIdentity').keys()));
  });

  const lost: readonly FaultRule[] = [
    { kind: 'resetAfter' },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 504 },
    { kind: 'html' },
  ];
  for (const fault of lost) {
    const name = 'status' in fault ? String(fault.status) : fault.kind;
    it(`leaves as unknown who was sent without a clear answer (${name}), and sends nothing again`, async () => {
      const batches = stage.window();
      stage.demo.faults.add({ ...fault, operation: 'resetIdentity' });
      const { id, rows } = await ran(batches, { action: 'reset', people: people(stage, range(0, 12)) });
      assert.deepEqual(stateCounts(rows), { done: 11, unknown: 1 });
      await batches.run(id, 'failed');
      await batches.run(id, 'planned');
      assertSentOnce('reset', 12);
    });
  }

  it('looks whether somebody is gone when the answer to her deletion was lost', async () => {
    stage.demo.faults.add({ kind: 'resetAfter', operation: 'deleteIdentity' });
    const { rows } = await ran(stage.window(), { action: 'delete', people: people(stage, fine(3)) });
    assert.equal(stateCounts(rows)['unknown'], undefined);
    assertSentOnce('delete', stateCounts(rows)['done'] ?? 0);
  });

  it('does not take the end of a tenant here for the end of somebody in it', async () => {
    const ended = () =>
      timesSent(stage, 'deleteIdentity').size > 0 ? new ApiError('notFound', 'This tenant is gone.') : undefined;
    const client = clientOf(stage.demo, { readOnly: false, ended });
    stage.demo.faults.add({ kind: 'resetBefore', operation: 'deleteIdentity' });
    const batches = stage.window({ client: () => Promise.resolve(client) });
    const plan = await planned(batches, { action: 'delete', people: people(stage, fine(1)) });
    assert.equal(stateCounts(plan.rows)['planned'], 1);
    await batches.run(plan.id, 'planned');
    const { rows } = await settled(batches, plan.id);
    assert.deepEqual(stateCounts(rows), { unknown: 1 });
  });

  it('takes no 404 alone for a deletion: it looks, and says when somebody else did it', async () => {
    const batches = stage.window();
    const [first = -1, ...others] = fine(4);
    const plan = await planned(batches, { action: 'delete', people: people(stage, [first, ...others]) });
    const { planned: able = 0 } = stateCounts(plan.rows);
    const gone = plan.rows.findIndex(({ skip }) => !skip);
    stage.demo.world.delete(stage.demo.world.find(plan.rows[gone]?.person?.id ?? '') ?? -1);
    // The first that is there is said not to be.
    const there = plan.rows.find(({ skip }, n) => !skip && n !== gone)?.person?.id ?? '';
    const when = ({ path }: { readonly path: string }): boolean => path.includes(there);
    stage.demo.faults.add({ kind: 'status', status: 404, operation: 'deleteIdentity', times: 1, when });
    await batches.run(plan.id, 'planned');
    const { rows } = await settled(batches, plan.id);
    assert.equal(stateCounts(rows)['failed'], 1);
    assert.equal(rows.find(({ person }) => person?.id === there)?.state, 'failed');
    assert.equal(stateCounts(rows)['done'], able - 1);
    assert.equal(rows[gone]?.state, 'done');
    assert.match(rows[gone]?.message ?? '', /^It had already been done\.$/);
  });

  it('goes on when one person fails, and tries only those who failed again', async () => {
    const batches = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 2 });
    const { id, rows } = await ran(batches, { action: 'reset', people: people(stage, range(0, 12)) });
    assert.deepEqual(stateCounts(rows), { failed: 2, done: 10 });
    await batches.run(id, 'failed');
    assert.deepEqual(stateCounts((await settled(batches, id)).rows), { done: 12 });
    assert.equal(stage.demo.requests.count('resetIdentity'), 14);
  });

  for (const status of [401, 403]) {
    it(`stops at once when the credentials do not do (${status}) and keeps the rest as not sent`, async () => {
      const batches = stage.window();
      stage.demo.faults.add({ kind: 'status', status, operation: 'resetIdentity', times: 1_000 });
      const batch = await ran(batches, { action: 'reset', people: people(stage, range(0, 100)) });
      assert.deepEqual(stateCounts(batch.rows), { planned: 100 });
      assert.match(batch.problem ?? '', /ApiError/);
      assert.ok(stage.demo.requests.count('resetIdentity') <= 60, String(stage.demo.requests.count('resetIdentity')));
      stage.demo.faults.clear();
      await batches.run(batch.id, 'planned');
      const after = await settled(batches, batch.id);
      assert.deepEqual(stateCounts(after.rows), { done: 100 });
      assert.equal(after.problem, undefined);
    });
  }

  it('stops when the tenant is locked in the middle', async () => {
    await stage.close();
    await open({ rateLimit: 100 });
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 200)) });
    await batches.run(id, 'planned');
    await until(batches, id, ({ rows }) => rows.some(({ state }) => state === 'done'));
    stage.readOnly = true;
    const { rows } = await settled(batches, id);
    const { done = 0, planned: left = 0 } = stateCounts(rows);
    assert.ok(done > 0 && left > 0 && done + left === 200, JSON.stringify(stateCounts(rows)));
    assertSentOnce('reset', done);
  });

  it('goes on by itself when the token expires in the middle', async () => {
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 100)) });
    await batches.run(id, 'planned');
    await until(batches, id, ({ rows }) => rows.some(({ state }) => state === 'done'));
    stage.demo.revokeTokens();
    assert.deepEqual(stateCounts((await settled(batches, id)).rows), { done: 100 });
  });

  it('waits out a storm of 429s without telling of failures', async () => {
    const batches = stage.window();
    const storm = { kind: 'status', status: 429, retryAfter: '0', operation: 'resetIdentity' } as const;
    stage.demo.faults.add({ ...storm, times: 150 });
    const { rows } = await ran(batches, { action: 'reset', people: people(stage, range(0, 20)) });
    assert.deepEqual(stateCounts(rows), { done: 20 });
    assert.equal(stage.demo.requests.count('resetIdentity'), 170);
  });

  it('pauses by itself when the service cannot be reached, and goes on from there', async () => {
    let reachable = false;
    const client = {
      ...stage.client,
      identities: {
        ...stage.client.identities,
        reset: (...args: Parameters<typeof stage.client.identities.reset>) =>
          (reachable ? stage.client : unreachable).identities.reset(...args),
      },
    };
    const { clientOf } = await import('../../api/backend');
    const { startDemo } = await import('../../../../src/demo/server');
    const gone = await startDemo({ identities: 1 });
    const unreachable = clientOf(gone);
    await unreachable.identities.list({ limit: 1 });
    await gone.close();

    const batches = stage.window({ client: () => Promise.resolve(client) });
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 50)) });
    await batches.run(id, 'planned');
    const paused = await until(batches, id, ({ phase }) => phase === 'paused');
    assert.match(paused.problem ?? '', /ApiError/);
    reachable = true;
    batches.resume(id);
    assert.deepEqual(stateCounts((await settled(batches, id)).rows), { done: 50 });
    assertSentOnce('reset', 50);
  });

  it('pauses when one answer after the other is lost', async () => {
    const batches = stage.window();
    stage.demo.faults.add({ kind: 'status', status: 503, operation: 'resetIdentity', times: 1_000 });
    const { id } = await planned(batches, { action: 'reset', people: people(stage, range(0, 200)) });
    await batches.run(id, 'planned');
    await until(batches, id, ({ phase }) => phase === 'paused');
    stage.demo.faults.clear();
    await until(batches, id, ({ rows }) => !rows.some(({ state }) => state === 'sending'));
    const { unknown = 0 } = stateCounts(batches.get(id)?.rows ?? []);
    assert.ok(unknown >= 5 && unknown <= 30, String(unknown));
    batches.resume(id);
    assert.deepEqual(stateCounts((await settled(batches, id)).rows), { unknown, done: 200 - unknown });
    assertSentOnce('reset', 200);
  });

  it('can be paused and gone on with; nobody is sent twice', async () => {
    await stage.close();
    await open({ rateLimit: 100 });
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'synchronize', people: people(stage, range(0, 30)) });
    await batches.run(id, 'planned');
    await until(batches, id, ({ rows }) => rows.some(({ state }) => state === 'done'));
    batches.pause(id);
    const paused = await until(batches, id, ({ rows }) => !rows.some(({ state }) => state === 'sending'));
    assert.equal(paused.phase, 'paused');
    const before = stage.demo.requests.count('synchronizeAttributesForIdentity');
    assert.equal(stateCounts(paused.rows)['done'], before);
    assert.ok(before < 30);
    batches.resume(id);
    assert.deepEqual(stateCounts((await settled(batches, id)).rows), { done: 30 });
    assertSentOnce('synchronize', 30);
  });

  it('can be cancelled: what is on its way is waited for, the rest is not sent', async () => {
    await stage.close();
    await open({ rateLimit: 100 });
    const batches = stage.window();
    const { id } = await planned(batches, { action: 'synchronize', people: people(stage, range(0, 200)) });
    await batches.run(id, 'planned');
    await until(batches, id, ({ rows }) => rows.some(({ state }) => state === 'done'));
    batches.cancel(id);
    const { rows, phase } = await settled(batches, id);
    const { done = 0, planned: left = 0 } = stateCounts(rows);
    assert.ok(phase === 'ended' && left > 0 && done + left === 200, JSON.stringify(stateCounts(rows)));
    assertSentOnce('synchronize', done);
  });

  it('paces itself by the ten seconds between two synchronizations of a person', async () => {
    const batches = stage.window();
    const { identities } = stage.client;
    const waits: number[] = [];
    let refused = false;
    const client = {
      ...stage.client,
      identities: {
        ...identities,
        // The person clicked the same a moment ago; the ten seconds are the API module's own test.
        synchronize: async (...[id, options]: Parameters<typeof identities.synchronize>) => {
          if (!refused) {
            refused = true;
            const { ApiError } = await import('../../../../src/api/errors');
            throw new ApiError('rateLimited', 'too soon', { sent: false, retryAfterMs: 30 });
          }
          waits.push(Date.now());
          return identities.synchronize(id, options);
        },
      },
    };
    const again = stage.window({ client: () => Promise.resolve(client) });
    assert.ok(batches);
    const { rows } = await ran(again, { action: 'synchronize', people: people(stage, range(0, 5)) });
    assert.deepEqual(stateCounts(rows), { done: 5 });
    assertSentOnce('synchronize', 5);
  });
});
