import assert from 'node:assert/strict';
import type { Identity } from '../../../src/api/identities';
import type { TaskStatus } from '../../../src/api/tasks';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { asking, cause, field, type Ask, type Got } from './asking';

const UNREGISTERED = 6;
const REPAIRABLE = 7;
const PROTECTED = 9;
const STUBBORN = 13;
const NOBODY = '0'.repeat(32);

describe('demo: actions', () => {
  let demo: DemoTenant;
  let ask: Ask;
  let now: number;

  beforeEach(async () => {
    now = Date.UTC(2026, 4, 4, 12);
    demo = await startDemo({ identities: 300, rateLimit: Infinity, now: () => now, taskDurationMs: 10_000 });
    ask = asking(demo);
  });
  afterEach(() => demo.close());

  const id = (index: number): string => demo.world.people.id(index);
  const get = async (index: number): Promise<Identity> =>
    (await ask('GET', `/identities/${id(index)}`)).body as Identity;
  const post = (path: string, body?: unknown): Promise<Got> => ask('POST', `/identities${path}`, { body });
  const task = async (taskId: unknown): Promise<TaskStatus> =>
    (await ask('GET', `/task-status/${String(taskId)}`)).body as TaskStatus;

  it('delete is for good', async () => {
    assert.equal((await ask('DELETE', `/identities/${id(100)}`)).status, 204);
    for (const path of ['', '/ownership', '/role-assignments']) {
      assert.equal((await ask('GET', `/identities/${id(100)}${path}`)).status, 404);
    }
    assert.equal((await ask('DELETE', `/identities/${id(100)}`)).status, 404);
  });

  it('delete is refused to owners and protected ones, in each documented shape', async () => {
    const refusal = async (index: number): Promise<unknown> => {
      const got = await ask('DELETE', `/identities/${id(index)}`);
      assert.equal(got.status, 400);
      assert.equal(typeof field(got.body, 'message'), 'string');
      return field(got.body, 'associationDetails');
    };
    assert.deepEqual(await refusal(PROTECTED), []);
    const nested = ['entities', 0, 'identityEntity', 'name'];
    const flat = ['entities', 0, 'name'];
    for (const [shape, path] of [
      ['array-nested', [0, ...nested]],
      ['array-flat', [0, ...flat]],
      ['object-nested', nested],
      ['object-flat', flat],
    ] as const) {
      demo.shapes.association = shape;
      assert.equal(field(await refusal(1), ...path), 'Employee Basics');
    }
    assert.equal((await get(1)).name, 'Ada Winterbourne');
  });

  it('a manager who is deleted is nobody’s manager any more', async () => {
    const manager = 26;
    const member = await get(manager * 8 + 1);
    assert.equal(member.managerRef?.id, id(manager));
    assert.equal((await ask('DELETE', `/identities/${id(manager)}`)).status, 204);
    assert.equal((await get(manager * 8 + 1)).managerRef, null);
  });

  it('reset takes the registration away', async () => {
    assert.equal((await get(2)).identityStatus, 'LOCKED');
    assert.equal((await post(`/${id(2)}/reset`)).status, 202);
    assert.equal((await get(2)).identityStatus, 'UNREGISTERED');
    assert.equal((await get(2)).attributes?.['cloudStatus'], 'UNREGISTERED');
  });

  it('synchronize is accepted once in ten seconds, per identity', async () => {
    const path = (index: number): string => `/${id(index)}/synchronize-attributes`;
    const first = await post(path(1));
    assert.equal(first.status, 202);
    assert.deepEqual(JSON.parse(String(field(first.body, 'payload', 'dataJson'))), { identityId: id(1) });
    now += 3_000;
    const second = await post(path(1));
    assert.equal(second.status, 429);
    assert.equal(second.headers.get('retry-after'), '7');
    assert.equal((await post(path(2))).status, 202);
    now += 7_000;
    assert.equal((await post(path(1))).status, 202);
    assert.equal((await get(1)).lastRefresh, new Date(now).toISOString());
  });

  it('verification mails are counted', async () => {
    const path = `/${id(1)}/verification/account/send`;
    const got = await post(path, { via: 'EMAIL_WORK', sourceName: null });
    assert.deepEqual([got.status, got.body], [200, undefined]);
    assert.equal(demo.world.change(1).mails, 1);
    for (const body of [{}, { via: 'PIGEON' }, { via: 'LINK_WORK', sourceName: 1 }, [], undefined]) {
      assert.equal((await post(path, body)).status, 400);
    }
    assert.equal(demo.world.change(1).mails, 1);
  });

  it('process advances with the clock and mends what can be mended', async () => {
    const got = await post('/process', { identityIds: [id(REPAIRABLE)] });
    assert.equal(got.status, 202);
    assert.equal(field(got.body, 'type'), 'TASK_RESULT');
    const taskId = field(got.body, 'id');
    const seen: unknown[] = [];
    for (let second = 0; second < 9; second += 3) {
      const { percentComplete = -1, progress, completionStatus } = await task(taskId);
      seen.push([percentComplete, progress, completionStatus]);
      now += 3_000;
    }
    const percents = seen.map((entry) => Number(field(entry, 0)));
    assert.deepEqual(
      percents,
      [...percents].sort((a, b) => a - b),
    );
    assert.ok(new Set(seen.map((entry) => field(entry, 1))).size > 2);
    assert.ok(seen.every((entry) => field(entry, 2) === null));
    assert.equal((await get(REPAIRABLE)).processingState, 'ERROR');
    now += 60_000;
    // The effect is there whether anybody follows the task or not.
    assert.equal((await get(REPAIRABLE)).processingState, 'OK');
    const done = await task(taskId);
    assert.deepEqual([done.completionStatus, done.percentComplete, done.progress], ['SUCCESS', 100, null]);
    assert.deepEqual(done.attributes, { total: 1, refreshed: 1, failed: 0 });
    assert.equal(done.target?.name, 'Aaliyah Bennett-Cole');
  });

  it('process ends with a warning or an error when somebody stays broken', async () => {
    const end = async (...identityIds: string[]): Promise<TaskStatus> => {
      const taskId = field((await post('/process', { identityIds })).body, 'id');
      now += 60_000;
      return task(taskId);
    };
    const warning = await end(id(STUBBORN), id(1));
    assert.equal(warning.completionStatus, 'WARNING');
    assert.equal(warning.messages?.[0]?.type, 'ERROR');
    assert.match(warning.messages[0].localizedText?.message ?? '', /Adina Feldstern/);
    assert.equal((await end(id(STUBBORN))).completionStatus, 'ERROR');
    assert.equal((await end(id(1), NOBODY)).completionStatus, 'WARNING');
    assert.equal((await end(id(1))).completionStatus, 'SUCCESS');
  });

  it('process takes 1 to 250 ids and names its result three ways', async () => {
    for (const identityIds of [[], Array(251).fill(id(1)), 'x', [1], undefined]) {
      assert.equal((await post('/process', { identityIds })).status, 400);
    }
    const name = async (): Promise<unknown> => (await post('/process', { identityIds: Array(250).fill(id(1)) })).body;
    assert.equal(field(await name(), 'name'), 'null');
    demo.shapes.taskResultName = 'null';
    assert.equal(field(await name(), 'name'), null);
    demo.shapes.taskResultName = 'absent';
    assert.ok(!('name' in ((await name()) as object)));
  });

  it('invite mails those who are unregistered and says who was not', async () => {
    const got = await post('/invite', { ids: [id(UNREGISTERED), id(1), NOBODY] });
    assert.equal(got.status, 202);
    assert.equal(field(got.body, 'completionStatus'), null);
    now += 60_000;
    assert.equal((await get(UNREGISTERED)).identityStatus, 'PENDING');
    assert.equal((await get(1)).identityStatus, 'ACTIVE');
    assert.equal(demo.world.change(UNREGISTERED).mails, 1);
    const done = await task(field(got.body, 'id'));
    assert.equal(done.completionStatus, 'WARNING');
    assert.equal(done.messages?.length, 2);
  });

  it('invite of all unregistered ones is asked for by its own word only', async () => {
    for (const body of [{}, { ids: null }, { ids: [] }, { ids: [id(1)], uninvited: true }, { ids: [], uninvited: 1 }]) {
      const got = await post('/invite', body);
      assert.equal(got.status, 400, JSON.stringify(body));
      assert.ok(cause(got));
    }
    const query = { filters: 'cloudStatus eq "UNREGISTERED"', count: 'true' };
    const count = async (): Promise<number> =>
      Number((await ask('GET', '/identities', { query })).headers.get('x-total-count'));
    const before = await count();
    assert.ok(before > 5);
    assert.equal((await post('/invite', { ids: [], uninvited: true })).status, 202);
    now += 60_000;
    // Only those without an e-mail address cannot be invited.
    assert.ok((await count()) < before / 4);
  });

  it('lists completed tasks, in v1 running ones too', async () => {
    const list = async (version: 'v2024' | 'beta' | 'v1', filters?: string): Promise<Got> =>
      ask('GET', '/task-status', { version, query: { count: 'true', ...(filters !== undefined && { filters }) } });
    const total = async (version: 'v2024' | 'beta' | 'v1'): Promise<string | null> =>
      (await list(version)).headers.get('x-total-count');
    const before = Number(await total('v2024'));
    await post('/process', { identityIds: [id(1)] });
    assert.deepEqual(
      [await total('v2024'), await total('beta'), await total('v1')],
      [String(before), String(before), String(before + 1)],
    );
    const running = await list('v1', 'completionStatus isnull');
    assert.equal((running.body as unknown[]).length, 1);
    assert.equal((await list('v2024', 'completionStatus isnull')).status, 400);
    now += 60_000;
    assert.equal(Number(await total('v2024')), before + 1);
  });

  it('finds role assignments by role id and name, and one by its id', async () => {
    const path = `/identities/${id(5)}/role-assignments`;
    const all = (await ask('GET', path)).body as { id: string; role: { id: string; name: string } }[];
    assert.equal(all.length, 500);
    const wanted = all[9];
    assert.ok(wanted);
    const byId = (await ask('GET', path, { query: { roleId: wanted.role.id } })).body as unknown[];
    const byName = (await ask('GET', path, { query: { roleName: wanted.role.name } })).body;
    assert.equal(byId.length, all.filter(({ role }) => role.id === wanted.role.id).length);
    assert.deepEqual(byName, byId);
    const one = await ask('GET', `${path}/${wanted.id}`);
    assert.deepEqual(
      one.body,
      byId.find((entry) => field(entry, 'id') === wanted.id),
    );
    assert.equal(field((await ask('GET', path, { version: 'beta' })).body, 0, 'role', 'type'), undefined);
    assert.deepEqual((await ask('GET', path, { query: { roleId: NOBODY } })).body, []);
  });

  it('answers entitlements nested or flat', async () => {
    const path = `/entitlements/identities/${id(1)}/entitlements`;
    assert.equal(field((await ask('GET', path)).body, 0, 'objectRef', 'type'), 'ENTITLEMENT');
    demo.shapes.entitlements = 'flat';
    assert.equal(field((await ask('GET', path, { version: 'v1' })).body, 0, 'type'), 'ENTITLEMENT');
  });
});
