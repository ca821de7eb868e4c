/**
 * Kills a window at every event of a batch, takes its disk away, has one call of it fail, or holds it while another window tries to
 * run the same; opens another one, has it send the rest, and counts at the tenant. PROBE_STEP says how many events lie between two points: `npm run probe` takes each.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import nodeFetch from 'node-fetch';
import { actionOf, ACTION_IDS, type ActionId } from '../../../../src/actions/catalog';
import { LockedError } from '../../../../src/actions/bulk/lock';
import type { Fetch } from '../../../../src/api/transport';
import type { FaultRule } from '../../../../src/demo/http/faults';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { clientOf } from '../../api/backend';
import { openBatches, OPERATIONS, stateCounts, timesNamed, until } from './stage';
import { waitUntil } from '../../../waitUntil';
import type { How, Order } from './victim';

const STEP = Number(process.env['PROBE_STEP'] ?? 12);
/** The usual tests meet each action in one weather; the probe meets all. */
const WHOLE = STEP === 1;
const PEOPLE = 4;
/** How often another window met a record that was being run. */
let metBeside = 0;
/** Each of the catalog: one that is added is met as well. */
const ACTIONS = ACTION_IDS;

/** What the tenant does meanwhile. */
const WEATHERS: Readonly<Record<string, readonly FaultRule[]>> = {
  'a tenant that is well': [],
  'answers that are lost': [{ kind: 'resetAfter', times: 2 }],
  'a tenant that wants a pause': [{ kind: 'status', status: 429, retryAfter: '0', times: 2 }],
};
/** What was run before is retried: each request of that run is turned away. */
const RETRY = 'a retry of what failed';

function faultsOf(action: ActionId, weather: string, people: number): readonly FaultRule[] {
  const requests = Math.ceil(people / actionOf(action).identitiesPerRequest);
  return weather === RETRY ? [{ kind: 'status', status: 400, times: requests }] : (WEATHERS[weather] ?? []);
}

/** The victim as one file, which starts four times as fast as its sources. */
let program = '';

interface Ended {
  readonly events: number;
}

async function victim(order: Order, meanwhile: () => Promise<void>): Promise<Ended | undefined> {
  const child = fork(program, { execArgv: [], stdio: 'ignore' });
  const said: Ended[] = [];
  child.on('message', (message) => said.push(message as Ended));
  child.send(order);
  const exit = once(child, 'exit');
  if (order.how === 'still' && order.at > 0) {
    let isOver = false;
    void exit.then(() => (isOver = true));
    await waitUntil(() => isOver || existsSync(join(order.signs, 'still')), 'it stands still', { everyMs: 5 });
    try {
      if (!isOver) await meanwhile();
    } finally {
      writeFileSync(join(order.signs, 'go'), '');
    }
  }
  await exit;
  return said[0];
}

/** One point: a window dies, another sends the rest. @returns the events until it died or ended */
async function probe(action: ActionId, weather: string, how: How, at: number): Promise<number> {
  const demo = await startDemo({ identities: 60, taskDurationMs: 20, rateLimit: Infinity });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-probe-'));
  try {
    const { baseUrl, clientId, clientSecret } = demo;
    const people = await suitable(demo, action);
    for (const fault of faultsOf(action, weather, people.length))
      demo.faults.add({ ...fault, operation: OPERATIONS[action] });
    const point = `${action}, ${weather}, ${how} at ${String(at)}`;
    const signs = join(folder, 'signs');
    mkdirSync(signs);
    const order = { baseUrl, clientId, clientSecret, folder, action, people, at, how, signs, again: weather === RETRY };
    const ended = await victim(order, () => beside(demo, folder, point));
    demo.faults.clear();
    await secondWindow(demo, folder, point, people.length);
    return ended?.events ?? at;
  } finally {
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** People whom the action is for. */
async function suitable(demo: DemoTenant, action: ActionId): Promise<{ id: string; name: string }[]> {
  const client = clientOf(demo);
  const { items } = await client.identities.list({ limit: 60, defaultFilter: 'NONE' });
  const fit: { id: string; name: string }[] = [];
  for (const { id, name, identityStatus, emailAddress } of items) {
    if (fit.length === PEOPLE) break;
    if (action === 'invite' && (identityStatus !== 'UNREGISTERED' || !emailAddress)) continue;
    if (action === 'verification' && !emailAddress) continue;
    if (action === 'delete' && (await client.identities.ownership(id)).length > 0) continue;
    fit.push({ id, name });
  }
  demo.requests.clear();
  return fit;
}

/** A window beside one that stands still in the middle: what it sees is not its own to send, to delete, or to take over. */
async function beside(demo: DemoTenant, folder: string, point: string): Promise<void> {
  const sent: string[] = [];
  // What the one that stands still had sent may reach the tenant only now: what counts is what leaves this window.
  const fetch: Fetch = (address, request) => {
    sent.push(request?.method ?? 'GET');
    return nodeFetch(address, request);
  };
  const batches = openBatches(folder, clientOf(demo, { fetch }));
  try {
    const [summary] = batches.all();
    if (!summary || summary.elsewhere !== true) return;
    metBeside++;
    const batch = batches.get(summary.id);
    if (batch) assert.equal(batch.elsewhere, true, point);
    for (const scope of ['planned', 'failed'] as const) {
      const ran = await batches.run(summary.id, scope).catch((error: unknown) => error);
      assert.ok(ran instanceof LockedError, `${point}: ${String(ran)}`);
    }
    assert.throws(() => batches.remove(summary.id), LockedError, point);
    assert.deepEqual(sent, [], `${point}: sent by another window`);
  } finally {
    batches.dispose();
  }
}

/** What a person does after a crash: looks, and sends the rest. Nobody may get it twice, and no word may be wrong. */
async function secondWindow(demo: DemoTenant, folder: string, point: string, people: number): Promise<void> {
  const batches = openBatches(folder, clientOf(demo));
  try {
    const [summary] = batches.all();
    const before = reached(demo);
    assert.ok(summary || before.size === 0, `${point}: sent without a record`);
    if (!summary) return;
    const batch = batches.get(summary.id);
    assert.ok(batch, `${point}: the record cannot be read`);
    for (const { person, state, skip } of batch.rows) {
      const times = before.get(person?.id ?? '') ?? 0;
      if (state === 'planned' && !skip) assert.equal(times, 0, `${point}: sent, and said to be unsent`);
      if (state === 'failed') assert.equal(times, 0, `${point}: sent, and said to have failed`);
      if (state === 'done' || state === 'started') assert.ok(times > 0, `${point}: said to be sent`);
    }
    for (const scope of ['planned', 'failed'] as const) {
      if ((stateCounts(batches.get(batch.id)?.rows ?? [])[scope] ?? 0) === 0) continue;
      await batches.run(batch.id, scope);
      await until(batches, batch.id, ({ phase }) => phase === 'ended');
    }
    assert.equal(batches.get(batch.id)?.rows.length, people, `${point}: somebody is lost`);
    for (const [id, times] of reached(demo))
      assert.ok(times <= 1, `${point}: ${id} was acted on ${String(times)} times`);
  } finally {
    batches.dispose();
  }
}

/** How often each person was named in requests that the tenant took: what it turned away did nothing. */
const TURNED_AWAY: ReadonlySet<unknown> = new Set([400, 401, 429]);

function reached(demo: DemoTenant): Map<string, number> {
  const taken = demo.requests.list.filter(
    ({ operation, method, status }) => method !== 'GET' && operation !== 'token' && !TURNED_AWAY.has(status),
  );
  return timesNamed(taken);
}

describe('a window that dies in the middle of a batch', () => {
  let points = 0;
  let built: string;
  before(async () => {
    built = mkdtempSync(join(tmpdir(), 'isc-identities-victim-'));
    program = join(built, 'victim.cjs');
    const entryPoints = [join(__dirname, 'victim.ts')];
    await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
  });
  after(() => {
    rmSync(built, { recursive: true, force: true });
  });
  const weathers = [...Object.keys(WEATHERS), RETRY];
  const hows: readonly How[] = ['kill', 'still', 'fullDisk', 'oneFailure'];
  for (const [number, action] of ACTIONS.entries()) {
    for (const [nth, weather] of weathers.entries()) {
      for (const [way, how] of hows.entries()) {
        // Usually each action in one weather and one way, and each of these once at least.
        const usual =
          nth === number % weathers.length && way === (number + Math.floor(number / weathers.length)) % hows.length;
        if (!WHOLE && !usual) continue;
        it(`${action}, ${weather}, ${how}: nobody is acted on twice, and nothing wrong is said`, async function () {
          this.timeout(3_600_000);
          const events = await probe(action, weather, how, 0);
          assert.ok(events > 20, String(events));
          // Another beginning for each, so that few points still meet every part.
          const first = 1 + ((number * 7 + nth * 11 + way * 5) % STEP);
          const at = Array.from({ length: Math.ceil(events / STEP) + 1 }, (_, n) => first + n * STEP);
          const left = at.filter((n) => n <= events);
          const lane = async (): Promise<void> => {
            for (let n = left.shift(); n !== undefined; n = left.shift()) {
              points++;
              await probe(action, weather, how, n);
            }
          };
          await Promise.all([lane(), lane()]);
        });
      }
    }
  }
  it('met at many points', function () {
    assert.ok(points >= (WHOLE ? 1_000 : 12), String(points));
    assert.ok(metBeside >= 3, String(metBeside));
    if (WHOLE) process.stdout.write(`      ${String(points)} points\n`);
  });
});
