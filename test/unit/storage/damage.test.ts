/**
 * Any stored file, damaged in any byte or any field, or replaced by something else: it is read around, told without a word of what is
 * in it, and left alone; and nobody who was sent counts as not sent.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { rowsIn } from '../../../src/actions/bulk/batch';
import { sharedUse } from '../../../src/storage/sharedUse';
import { startedTask } from '../../../src/tasks/task';
import { taskFiles } from '../../../src/tasks/taskFiles';
import { TenantFiles } from '../../../src/tenants/files';
import type { StoredTenant } from '../../../src/tenants/tenant';
import { waitUntil } from '../../waitUntil';
import { openBatches, openStage, planned, resetOf, timesNamed, until, type Stage } from '../actions/bulk/stage';

/** Names that stand in the files: no line of the log may have them. */
const CANARY = 'Walter White';
const RUNS = Number(process.env['DAMAGE_RUNS'] ?? 400);
const TENANTS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;

describe('stored files, whatever becomes of one of them,', () => {
  let stage: Stage;
  /** Every stored file, from the folder on. */
  let files: readonly string[];
  let lines: string[];
  const log = { warn: (line: string) => void lines.push(line) };
  const at = (...names: readonly string[]): string => join(stage.folder, ...names);
  const taken = new Map<string, number>();

  before(async () => {
    stage = await openStage();
    const batches = openBatches(at('batches'), stage.client);
    const { id: whole } = await planned(batches, resetOf(stage, 6));
    await batches.run(whole, 'planned');
    await until(batches, whole, ({ phase }) => phase === 'ended');
    // Some fail, and it is stopped before the others are sent.
    stage.demo.faults.add({ kind: 'status', status: 400, operation: 'resetIdentity', times: 3 });
    const { id: part } = await planned(batches, { ...resetOf(stage, 60) });
    stage.demo.latencyMs = 100;
    await batches.run(part, 'planned');
    await waitUntil(() => stage.demo.requests.count('resetIdentity') >= 12, 'some were sent');
    batches.cancel(part);
    const { rows } = await until(batches, part, ({ phase }) => phase === 'ended');
    assert.ok(rowsIn('planned', rows).length > 10 && rowsIn('failed', rows).length === 3);
    const tenants = new TenantFiles(at('tenants'), log);
    for (const id of TENANTS) tenants.write(tenant(id));
    tenants.beginAdding(TENANTS[0]);
    tenants.remove('00000000-0000-4000-8000-000000000003');
    const tasks = taskFiles(at('tasks'), log);
    for (const id of ['task-1', 'task-2']) {
      const task = startedTask(TENANTS[0], 'process', id, [{ id: 'i', name: CANARY }]);
      tasks.write({ ...task, messages: [{ type: 'WARN', text: CANARY }] });
      tasks.claimEnd(task);
    }
    sharedUse(at('rate'))('client').note();
    files = readdirSync(stage.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(at(name)).isFile())
      .sort();
    // Whom the tenant acted on: everybody of the first; of the second, who was named once more than by the first.
    const accepted = stage.demo.requests.list.filter(
      ({ operation, status }) => operation === 'resetIdentity' && status !== 400,
    );
    const first = new Set((batches.get(whole)?.rows ?? []).map(({ person }) => person?.id ?? ''));
    for (const id of first) taken.set(`${whole} ${id}`, 1);
    for (const [id, times] of timesNamed(accepted)) taken.set(`${part} ${id}`, times - (first.has(id) ? 1 : 0));
    batches.dispose();
  });
  after(() => stage.close());

  function tenant(id: string): StoredTenant {
    const baseUrl = 'https://acme.api.identitynow.com';
    const about = { version: 'v2024', environment: 'production', readOnly: true, kind: 'isc', auth: 'pat' } as const;
    return { id, name: `${CANARY} ${id}`, baseUrl, order: 1, ...about };
  }

  /** Opens everything as a new window does, and looks whether it says anything wrong. */
  function open(damaged: string): void {
    lines = [];
    const tenants = new TenantFiles(at('tenants'), log);
    assert.equal(tenants.open(), undefined);
    const { tenants: read, unreadable, removed } = tenants.read();
    for (const id of TENANTS) {
      const isKnown = read.has(id) || removed.has(id) || unreadable.some((each) => each.id === id);
      assert.ok(isKnown, 'a tenant is there, or told');
      if (!damaged.includes(id) && !removed.has(id)) assert.deepEqual(read.get(id), tenant(id));
    }
    const tasks = taskFiles(at('tasks'), log);
    const remembered = tasks.read().length;
    assert.ok(remembered === 2 || (remembered === 1 && damaged.startsWith('tasks')));
    assert.equal(remembered + (tasks.unreadable ?? 0), 2);
    sharedUse(at('rate'))('client').others();
    const batches = openBatches(at('batches'), stage.client, { log });
    try {
      const seen = [...batches.all(), ...batches.unreadable()].map(({ id }) => id);
      for (const id of readdirSync(at('batches'))) {
        const batch = batches.get(id);
        if (!damaged.includes(id)) assert.ok(batch && batch.damaged !== true);
        // What cannot be read is told, unless it lost the file that says that it ever began.
        assert.ok(seen.includes(id) || damaged.endsWith('meta.json'), `${id} is neither shown nor told`);
        for (const { person, state, skip } of batch?.rows ?? []) {
          const times = taken.get(`${id} ${person?.id ?? ''}`) ?? 0;
          if (!skip && (state === 'planned' || state === 'failed'))
            assert.equal(times, 0, `${id}: sent, and said to be unsent`);
        }
      }
    } finally {
      batches.dispose();
    }
    for (const line of lines) assert.ok(!line.includes(CANARY) && !line.includes('\n'), line);
  }

  /** Puts something in the place of a file, looks, sees that it was left alone, and puts the file back. */
  function look(file: string, bytes: Uint8Array | 'folder' | 'gone'): void {
    const path = at(file);
    const whole = readFileSync(path);
    try {
      if (typeof bytes === 'string') rmSync(path);
      if (bytes === 'folder') mkdirSync(join(path, 'inside'), { recursive: true });
      if (typeof bytes !== 'string') writeFileSync(path, bytes);
      open(file);
      if (bytes === 'folder') assert.deepEqual(readdirSync(path), ['inside']);
      if (typeof bytes !== 'string') assert.deepEqual(readFileSync(path), Buffer.from(bytes), 'it is left alone');
    } finally {
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, whole, { mode: 0o600 });
    }
  }

  const which = fc.nat();
  const fileAt = (n: number): string => files[n % files.length] ?? '';

  it('are read around a folder, nothing, NULs, or what another file holds in its place', () => {
    for (const file of files) {
      const size = statSync(at(file)).size;
      for (const bytes of ['folder', new Uint8Array(), new Uint8Array(size + 1), Buffer.from('null')] as const)
        look(file, bytes);
      for (const each of files.filter((name) => name !== file)) look(file, readFileSync(at(each)));
    }
  }).timeout(60_000);

  it('are read around bytes that changed, went or came', () => {
    fc.assert(
      fc.property(which, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(3), (n, place, put, how) => {
        const bytes = readFileSync(at(fileAt(n)));
        const from = bytes.length === 0 ? 0 : place % bytes.length;
        const [head, tail] = [bytes.subarray(0, from), bytes.subarray(from)];
        const damaged = [
          [head, put, tail.subarray(put.length)],
          [head, put, tail],
          [head, tail.subarray(put.length)],
          [head],
        ][how];
        look(fileAt(n), Buffer.concat(damaged ?? []));
      }),
      { numRuns: RUNS },
    );
  }).timeout(600_000);

  it('are read around fields that are of another kind, missing, or new', () => {
    const json = files.filter((name) => name.endsWith('.json') && !name.endsWith('rows.json'));
    const place = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', -1, 1e300, 9e15, '__proto__', { toString: 1 }));
    fc.assert(
      fc.property(which, place, odd, fc.nat(2), (n, path, value, how) => {
        const file = json[n % json.length] ?? '';
        const content: unknown = JSON.parse(readFileSync(at(file), 'utf8'));
        change(content, path, how === 0 ? undefined : value, how === 2);
        look(file, Buffer.from(JSON.stringify(content)));
      }),
      { numRuns: RUNS },
    );
  }).timeout(600_000);
});

/** Changes, removes or adds something at a place in JSON, which is found by counting. */
function change(node: unknown, [first = 0, ...rest]: readonly number[], value: unknown, adds: boolean): void {
  if (typeof node !== 'object' || node === null) return;
  const fields = node as Record<string, unknown>;
  const keys = Object.keys(fields);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined || adds) fields[`field ${String(first)}`] = value;
  else if (rest.length > 0 && typeof fields[key] === 'object' && fields[key] !== null)
    change(fields[key], rest, value, adds);
  else if (value === undefined) delete fields[key];
  else fields[key] = value;
}
