/**
 * A long use with a fixed seed: two windows over one storage, everything mixed, while the tenant fails at random. In the end the
 * trees are what the tenant says, nothing was written twice, and nothing is left behind. `npm run soak` does it for minutes.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { ActionId } from '../../src/actions/catalog';
import { rowsIn, type Batch } from '../../src/actions/bulk/batch';
import type { ApiLog, Client } from '../../src/api/client';
import { ApiError } from '../../src/api/errors';
import type { FaultRule } from '../../src/demo/http/faults';
import { startDemo, type DemoTenant } from '../../src/demo/server';
import { findIdentities } from '../../src/find/findPeople';
import { planQuery } from '../../src/find/query';
import { pictureReader } from '../../src/panels/identity/accessGraph';
import { fetchFlags } from '../../src/panels/identity/flags';
import { fetchProcessingReason } from '../../src/panels/identity/processingReason';
import { presentBatch, presentRow } from '../../src/panels/batch/present';
import type { Tenant } from '../../src/tenants/tenant';
import { startedTask } from '../../src/tasks/task';
import { actionOf } from '../../src/actions/catalog';
import { clientOf } from '../unit/api/backend';
import { OPERATIONS, timesNamed } from '../unit/actions/bulk/stage';
import { randomOf } from '../unit/hostile/answers';
import { waitUntil } from '../waitUntil';
import { credentials, MemorySecrets, tenant } from './surroundings';
import { openSoakWindow, type SoakWindow } from './soakWindow';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 12);
const SEED = Number(process.env['SOAK_SEED'] ?? 20_240_229);
const IDENTITIES = 300;
/** Never so many at once that the machine is the bottleneck. */
const PARALLEL = 6;
const LONG = SECONDS > 30;

suite('a long use', () => {
  const random = randomOf(SEED);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line);
    if (lines.length > 5_000) lines.splice(0, 2_500);
  };
  const log: ApiLog = { trace: add, debug: add, info: add, warn: add, error: add };
  /** How often a write about an identity was asked for: "operation id". */
  const wanted = new Map<string, number>();
  const want = (action: ActionId, id: string): void => {
    const key = `${OPERATIONS[action]} ${id}`;
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  };
  let demo: DemoTenant;
  let folder: string;
  let windows: SoakWindow[];
  let deeds = 0;

  const FAULTS: readonly (() => FaultRule)[] = [
    () => ({ kind: 'status', status: one([400, 401, 403, 404, 429, 500, 502, 503]), retryAfter: '0', times: 2 }),
    () => ({ kind: 'resetBefore' }),
    () => ({ kind: 'resetAfter' }),
    () => ({ kind: 'cutOff' }),
    () => ({ kind: 'truncate' }),
    () => ({ kind: 'html', status: one([200, 502]) }),
    () => ({ kind: 'delay', ms: 50 }),
    () => ({ kind: 'hang' }),
    () => ({ kind: 'slowBytes', bytes: 500, ms: 1 }),
  ];

  const person = (): { id: string; name: string } => {
    const index = Math.floor(random() * IDENTITIES);
    return { id: demo.world.people.id(index), name: demo.world.people.name(index).display };
  };
  const tenantOf = (w: SoakWindow): string | undefined => one(w.store.all())?.id;
  const clientIn = async (w: SoakWindow): Promise<Client | undefined> => {
    const id = tenantOf(w);
    return id === undefined ? undefined : w.clients.for(id);
  };

  async function actOnOne(w: SoakWindow): Promise<void> {
    const tenantId = tenantOf(w);
    if (tenantId === undefined) return;
    const client = await w.clients.for(tenantId);
    const id = one<ActionId>(['synchronize', 'process', 'reset', 'delete']);
    const whom = person();
    want(id, whom.id);
    try {
      const { taskId } = await actionOf(id).send(client, [whom.id], {}, {});
      if (taskId !== undefined) w.tracker.follow(startedTask(tenantId, 'process', taskId, [whom]));
    } finally {
      w.changes.fire({ kind: 'identity', tenantId, identityId: whom.id });
    }
  }

  async function bulk(w: SoakWindow): Promise<void> {
    const tenantId = tenantOf(w);
    if (tenantId === undefined) return;
    const people = Array.from({ length: 2 + Math.floor(random() * 8) }, person);
    const action = one<ActionId>(['synchronize', 'process', 'reset', 'delete', 'invite']);
    const { id } = w.batches.plan({ tenantId, action, from: 'the soak', people: { kind: 'people', people } });
    await untilBatch(w, id, ({ phase }) => phase !== 'planning');
    await run(w, id, 'planned');
  }

  /** Runs a batch, sometimes with a hand on it, sometimes seen from the other window. */
  async function run(w: SoakWindow, id: string, scope: 'planned' | 'failed'): Promise<void> {
    const batch = w.batches.get(id);
    if (!batch) return;
    const rows = rowsIn(scope, batch.rows).map((n) => batch.rows[n]?.person?.id ?? '');
    if (rows.length === 0 || (batch.phase !== 'planned' && batch.phase !== 'ended')) return;
    await w.batches.run(id, scope);
    for (const whom of rows) want(batch.action, whom);
    const chance = random();
    if (chance < 0.2) w.batches.cancel(id);
    else if (chance < 0.4) {
      w.batches.pause(id);
      w.batches.resume(id);
    }
    // What a panel does at every change.
    const look = w.batches.onDidChange((changed) => {
      const now = changed === id ? w.batches.get(id) : undefined;
      const of = now && w.store.get(now.tenantId);
      if (now && of) presentBatch(now, of);
      now?.rows.forEach((row, n) => presentRow(row, n, now));
    });
    await untilBatch(w, id, ({ phase }) => phase === 'ended' || phase === 'paused');
    look.dispose();
    // It paused by itself: the tenant did not answer.
    if (w.batches.get(id)?.phase === 'paused') w.batches.cancel(id);
  }

  async function again(w: SoakWindow): Promise<void> {
    const ended = w.batches.all().filter(({ phase, elsewhere }) => phase === 'ended' && elsewhere !== true);
    if (ended.length > 0) await run(w, one(ended).id, one(['planned', 'failed'] as const));
  }

  /** Settles when a batch is so, or is gone with its tenant. */
  async function untilBatch(w: SoakWindow, id: string, isSo: (batch: Batch) => boolean): Promise<void> {
    await waitUntil(
      () => {
        const batch = w.batches.get(id);
        return !batch || batch.elsewhere === true || isSo(batch);
      },
      `the batch ${id} is as wanted`,
      // Whoever was synchronized a moment ago is waited for ten seconds each.
      { everyMs: 10, giveUpAfterMs: 80_000 },
    );
  }

  async function panel(w: SoakWindow): Promise<void> {
    const client = await clientIn(w);
    if (!client) return;
    const { id, name } = person();
    const { signal } = new AbortController();
    await Promise.allSettled([
      client.identities.get(id, { signal }),
      fetchFlags(client, id, signal),
      fetchProcessingReason(client, id, signal),
      pictureReader(
        {
          roles: (call) => client.roleAssignments.list(id, { signal: call }),
          accounts: (call) => client.accounts.list(id, {}, { signal: call }),
          assignment: (assignment, call) => client.roleAssignments.get(id, assignment, call),
        },
        name,
      )(0, signal),
    ]);
  }

  async function find(w: SoakWindow): Promise<void> {
    const client = await clientIn(w);
    if (client) await findIdentities(client, planQuery(one(['Ada', 'b', '*son', person().id])));
  }

  async function unfold(w: SoakWindow): Promise<void> {
    const rows = await w.draw();
    const row = one(rows);
    if (!row) return;
    w.unfold(row.id);
    if (row.kind === 'more') await w.tree.loadMore(row);
    else if (row.kind === 'error') await w.tree.retry(row);
    else if (row.kind === 'list') await w.tree.showCount(row);
    await w.draw();
  }

  async function tenants(w: SoakWindow): Promise<void> {
    const all = w.store.all();
    const chance = random();
    if (all.length < 3) await w.store.add(tenant(demo.baseUrl, { name: 'Acme' }), credentials(demo));
    else if (chance < 0.3) await w.store.remove(one(all).id);
    else if (chance < 0.5) w.store.update(one(all).id, { name: `Acme ${String(Math.floor(random() * 3))}` });
    else if (chance < 0.7) w.store.move(one(all).id, 1);
    else {
      const { id } = one(all);
      w.store.lock(id);
      w.store.update(id, { readOnly: false });
    }
  }

  const DEEDS: readonly (readonly [weight: number, deed: (w: SoakWindow) => Promise<unknown>])[] = [
    [6, unfold],
    [2, (w) => w.tree.refresh()],
    [4, panel],
    [3, find],
    [4, actOnOne],
    [3, bulk],
    [2, again],
    [1, tenants],
    [1, (w) => Promise.resolve(w.batches.hideFinished())],
    [5, () => Promise.resolve(demo.faults.add(one(FAULTS)()))],
  ];
  const CHOICES = DEEDS.flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed));

  /** One of the things that go on at a time. What the tenant or the file system refuses is none of its business; all else is. */
  async function lane(until: number): Promise<void> {
    while (Date.now() < until) {
      deeds++;
      try {
        await one(CHOICES)(one(windows));
      } catch (error) {
        const isToldOf =
          ApiError.is(error) || (error instanceof Error && /^(LockedError|PlanChanged)/.test(error.name));
        if (
          !isToldOf &&
          !(error instanceof Error && error.name === 'Error' && /changed|elsewhere/i.test(error.message))
        )
          throw error;
      }
      // Signed out by a fault: in again.
      for (const w of windows)
        for (const { id } of w.store.all()) if (w.clients.signedOutReason(id) !== undefined) w.clients.forget(id);
    }
  }

  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);

  test('leaves trees that are true, no write that came twice, and nothing behind', async () => {
    process.on('unhandledRejection', note);
    const before = resources();
    demo = await startDemo({ identities: IDENTITIES, taskDurationMs: 30, rateLimit: Infinity });
    folder = mkdtempSync(join(tmpdir(), 'isc-identities-soak-'));
    const storage = new MemorySecrets();
    windows = [openSoakWindow(folder, storage, log), openSoakWindow(folder, storage, log)];
    await windows[0]?.store.add(tenant(demo.baseUrl), credentials(demo));
    // What is loaded once stays loaded: the heap is looked at after the first part.
    const part = (share: number): Promise<unknown> => {
      const until = Date.now() + SECONDS * 1_000 * share;
      return Promise.all(Array.from({ length: PARALLEL }, () => lane(until)));
    };
    let grown: number;
    try {
      await part(0.3);
      const heapBefore = heap();
      await part(0.7);
      grown = heap() - heapBefore;
      demo.faults.clear();
      await settle();
      await treesAreTrue();
      nothingTwice();
    } finally {
      for (const w of windows) w.dispose();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
      process.off('unhandledRejection', note);
    }
    const left = (): string => JSON.stringify(more(before, resources()));
    await waitUntil(() => left() === '{}', 'timers and sockets are gone').catch(() =>
      assert.fail(`left behind: ${left()}`),
    );
    assert.deepEqual(unhandled, []);
    assert.ok(deeds > SECONDS, String(deeds));
    console.log(
      `      ${String(deeds)} deeds, ${String(demo.requests.count())} requests, heap ${grown.toFixed(1)} MB more`,
    );
    // Logs of requests, which the demo tenant keeps, grow; a window must not.
    assert.ok(grown < (LONG ? 100 : 40), `${grown.toFixed(1)} MB more`);
  }).timeout(SECONDS * 1_000 + 90_000);

  /** Until nothing is under way. */
  async function settle(): Promise<void> {
    for (const w of windows) {
      await waitUntil(
        () => w.batches.all().every(({ phase }) => phase !== 'running' && phase !== 'planning'),
        'no batch runs',
        { everyMs: 20 },
      );
      for (const { id, phase } of w.batches.all()) if (phase === 'paused') w.batches.cancel(id);
      // Whoever was refused the credentials waits for a sign-in: it is asked again, as after one.
      const noTaskRuns = (): boolean => {
        w.tracker.resume();
        return w.tracker.running().length === 0;
      };
      await waitUntil(noTaskRuns, 'no task runs', { everyMs: 200, giveUpAfterMs: 40_000 });
    }
    const known = (): (readonly Tenant[] | undefined)[] => windows.map((w) => w.store.all());
    const areAlike = (): boolean => isDeepStrictEqual(...(known() as [unknown, unknown]));
    await waitUntil(areAlike, 'both windows know the same tenants', { everyMs: 20 }).catch(() =>
      assert.deepEqual(...(known() as [unknown, unknown])),
    );
  }

  /** All identities, in each tenant of each window, are those that the tenant has. */
  async function treesAreTrue(): Promise<void> {
    const truth = new Set<string>();
    for await (const { items } of clientOf(demo).identities.listAll({ defaultFilter: 'CORRELATED_ONLY' }))
      for (const { id } of items) truth.add(id);
    for (const w of windows) {
      for (const { id } of w.store.all()) {
        w.clients.forget(id);
        await w.tree.getChildren();
        const list = w.tree.listRow(id, 'all') ?? assert.fail();
        await w.tree.getChildren(list);
        await w.tree.refresh(list);
        await w.tree.loadAll(list, new AbortController().signal, () => undefined);
        const shown = list.loaded.rows.filter(({ left }) => !left).map(({ identity }) => identity.id);
        assert.equal(list.loaded.error, undefined);
        assert.deepEqual(new Set(shown), truth);
        assert.equal(shown.length, truth.size, 'each once');
      }
    }
  }

  /** The tenant's own record of requests: nobody was named in more writes than were asked for. */
  function nothingTwice(): void {
    let writes = 0;
    for (const [action, operation] of Object.entries(OPERATIONS)) {
      // Turned away at the door, and sent again: surely nothing came of it.
      const taken = demo.requests.list.filter(
        (request) => request.operation === operation && request.status !== 429 && request.status !== 401,
      );
      for (const [id, times] of timesNamed(taken)) {
        // Its body was cut off on the way: it named nobody and did nothing.
        if (id === '') continue;
        writes += times;
        const most = wanted.get(`${operation} ${id}`) ?? 0;
        assert.ok(times <= most, `${action} of ${id}: ${String(times)} times, asked for ${String(most)} times`);
      }
    }
    assert.ok(writes > 10, `${String(writes)} writes`);
  }
});

/** What keeps the process busy, by kind. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** What there is more of than before. VS Code itself has timers and sockets of its own that come and go. */
function more(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Record<string, number> {
  const all = [...now].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(all.filter(([kind, count]) => count > (kind === 'Timeout' ? 3 : 0)));
}

/** Megabytes in use after a collection. */
function heap(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}
