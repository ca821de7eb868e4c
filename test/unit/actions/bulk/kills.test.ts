/**
 * Kills a window at every event of a batch, or takes its disk away, opens another one, has it send the rest, and counts at the
 * tenant. PROBE_STEP says how many events lie between two points: `npm run probe` takes each.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import type { ActionId } from '../../../../src/actions/catalog';
import type { FaultRule } from '../../../../src/demo/http/faults';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { clientOf } from '../../api/backend';
import { openBatches, OPERATIONS, stateCounts, timesNamed, until } from './stage';
import type { Order } from './victim';

const STEP = Number(process.env['PROBE_STEP'] ?? 25);
/** The usual tests meet each action in one weather; the probe meets all. */
const WHOLE = STEP === 1;
const PEOPLE = 4;
const ACTIONS: readonly ActionId[] = ['synchronize', 'process', 'invite', 'verification', 'reset', 'delete'];

/** What the tenant does meanwhile. */
const WEATHERS: Readonly<Record<string, readonly FaultRule[]>> = {
  'a tenant that is well': [],
  'answers that are lost': [{ kind: 'resetAfter', times: 2 }],
  'a tenant that wants a pause': [{ kind: 'status', status: 429, retryAfter: '0', times: 2 }],
};

/** The victim as one file, which starts four times as fast as its sources. */
let program = '';

interface Ended {
  readonly events: number;
}

async function victim(order: Order): Promise<Ended | undefined> {
  const child = fork(program, { execArgv: [], stdio: 'ignore' });
  const said: Ended[] = [];
  child.on('message', (message) => said.push(message as Ended));
  child.send(order);
  await once(child, 'exit');
  return said[0];
}

/** One point: a window dies, another sends the rest. @returns the events until it died or ended */
async function probe(action: ActionId, weather: string, how: Order['how'], at: number): Promise<number> {
  const demo = await startDemo({ identities: 60, taskDurationMs: 20, rateLimit: Infinity });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-probe-'));
  try {
    for (const fault of WEATHERS[weather] ?? []) demo.faults.add({ ...fault, operation: OPERATIONS[action] });
    const { baseUrl, clientId, clientSecret } = demo;
    const people = await suitable(demo, action);
    const ended = await victim({ baseUrl, clientId, clientSecret, folder, action, people, at, how });
    demo.faults.clear();
    await secondWindow(demo, folder, `${action}, ${weather}, ${how} at ${String(at)}`);
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

/** What a person does after a crash: looks, and sends the rest. Nobody may get it twice, and no word may be wrong. */
async function secondWindow(demo: DemoTenant, folder: string, point: string): Promise<void> {
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
      if (state === 'done' || state === 'started') assert.ok(times > 0, `${point}: said to be sent`);
    }
    if ((stateCounts(batch.rows)['planned'] ?? 0) > 0) {
      await batches.run(batch.id, 'planned');
      await until(batches, batch.id, ({ phase }) => phase === 'ended');
    }
    for (const [id, times] of reached(demo))
      assert.ok(times <= 1, `${point}: ${id} was acted on ${String(times)} times`);
  } finally {
    batches.dispose();
  }
}

/** How often each person was named in requests that the tenant took: what it turned away did nothing. */
function reached(demo: DemoTenant): Map<string, number> {
  const taken = demo.requests.list.filter(
    ({ operation, method, status }) => method !== 'GET' && operation !== 'token' && status !== 429 && status !== 401,
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
  for (const action of ACTIONS) {
    for (const weather of Object.keys(WEATHERS)) {
      const usual = Object.keys(WEATHERS).indexOf(weather) === ACTIONS.indexOf(action) % 3;
      if (!WHOLE && !usual) continue;
      for (const how of ['kill', 'fullDisk'] as const) {
        if (!WHOLE && (how === 'kill') !== ACTIONS.indexOf(action) < 4) continue;
        it(`${action}, ${weather}, ${how}: nobody is acted on twice, and nothing wrong is said`, async function () {
          this.timeout(3_600_000);
          const events = await probe(action, weather, how, 0);
          assert.ok(events > 20, String(events));
          // Another beginning for each, so that few points still meet every part.
          const first = 1 + ((ACTIONS.indexOf(action) * 7 + Object.keys(WEATHERS).indexOf(weather) * 11) % STEP);
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
    if (WHOLE) process.stdout.write(`      ${String(points)} points\n`);
  });
});
