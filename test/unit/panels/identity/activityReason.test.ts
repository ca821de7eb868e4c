import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ClientOptions } from '../../../../src/api/client';
import { API_VERSIONS } from '../../../../src/api/versions';
import { accountsOf } from '../../../../src/demo/data/accounts';
import { activitiesOf } from '../../../../src/demo/data/accountActivities';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { fetchProcessingReason } from '../../../../src/panels/identity/processingReason';
import { waitUntil } from '../../../waitUntil';
import { clientOf } from '../../api/backend';

const DOUBT = 'ISC does not say whether it is the reason for the processing error.';
const NEXT = 'In ISC, check the events of this identity, its identity profile and the results of tasks.';
const NONE = 'None of the latest account activities of this identity is known to have failed.';

describe('reason for a processing error in account activities', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 2_000, rateLimit: Infinity });
  });
  afterEach(() => {
    demo.faults.clear();
    demo.requests.clear();
  });
  after(() => demo.close());

  /** Those whose processing failed and of whom Search has no details, nor has any task. */
  const untold = (): number[] =>
    Array.from({ length: 2_000 }, (_, index) => index).filter(
      (index) => demo.world.processingError(index) && index % 3 === 2,
    );
  const failedOf = (index: number) =>
    activitiesOf(demo.world, index).find(({ completionStatus }) => completionStatus !== 'SUCCESS');
  const reasonOf = (index: number, options: Partial<ClientOptions> = {}) =>
    fetchProcessingReason(clientOf(demo, options), demo.world.people.id(index), new AbortController().signal);
  /** The reason where the list of activities is this. */
  const reasonIn = (answer: unknown) => {
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    demo.faults.add({ kind: 'body', body, operation: 'listAccountActivities' });
    return reasonOf(untold()[0] ?? -1);
  };

  for (const version of API_VERSIONS) {
    it(`is what the latest one that failed says, in ${version}`, async () => {
      const told = untold().filter((index) => failedOf(index));
      assert.ok(told.length > 5 && told.length < untold().length);
      const ways = new Set<string>();
      for (const index of told) {
        const activity = failedOf(index);
        const { message, details, items, note } = await reasonOf(index, { version });
        assert.equal(
          message,
          activity?.errors?.[0] ?? (activity?.warnings ? `Warning: ${activity.warnings[0]}` : null),
        );
        assert.match(details[0] ?? '', /^on \d/);
        const from =
          'From the account activity “Identity Refresh”, the latest of this identity in which something failed. ';
        assert.equal(note, from + DOUBT + (message === null ? ` It has no error text. ${NEXT}` : ''));
        const failedItems = (activity?.items ?? []).filter(({ provisioningStatus }) => provisioningStatus === 'FAILED');
        assert.equal(items.length, failedItems.length);
        for (const [n, { sourceId, nativeIdentity }] of failedItems.entries()) {
          const account = accountsOf(demo.world, index).find((one) => one.sourceId === sourceId);
          const line = items[n] ?? '';
          assert.ok(line.startsWith(`${account?.sourceName} · account ${nativeIdentity} · `), line);
          assert.match(line, / · (change the account|add a value) · (displayName|groups): .+ · provisioning failed$/);
        }
        ways.add(`${String(message === null)} ${String(items.length)} ${details.slice(1).join()}`);
      }
      assert.deepEqual([...ways].sort(), [
        'false 0 failed',
        'false 1 incomplete',
        'true 1 completion status unknown,execution status COMPLETED',
      ]);
    });
  }

  it('takes one request, and one for the names of sources where items failed', async () => {
    const expected = { listAccountActivities: 1, getTaskStatusList: 1, searchPost: 1 };
    for (const withItems of [true, false]) {
      const index = untold().find((one) => failedOf(one) && Boolean(failedOf(one)?.items) === withItems) ?? -1;
      demo.requests.clear();
      await reasonOf(index);
      for (const [operation, times] of Object.entries({ ...expected, listAccounts: withItems ? 1 : 0 })) {
        assert.equal(demo.requests.count(operation as 'listAccounts'), times, operation);
      }
      const asked = demo.requests.list.find(({ operation }) => operation === 'listAccountActivities');
      const id = demo.world.people.id(index);
      assert.equal(asked?.query, `regarding-identity=${id}&sorters=-created&limit=50&offset=0`);
    }
  });

  it('is not asked for where Search has the reason', async () => {
    const told = Array.from({ length: 300 }, (_, index) => index).filter(
      (index) => demo.world.processingError(index) && index % 3 !== 2,
    );
    for (const index of told) assert.notEqual((await reasonOf(index)).message, null);
    assert.equal(demo.requests.count('searchPost'), told.length);
    assert.equal(demo.requests.count('listAccountActivities'), 0);
  });

  it('is not asked for where a task has the reason', async () => {
    const [index = -1] = untold();
    const localizedText = { locale: 'en', message: 'No manager was found.' };
    const messages = [{ type: 'ERROR', key: 'x', localizedText, parameters: [demo.world.people.id(index)] }];
    const body = JSON.stringify([{ id: '1', completionStatus: 'ERROR', messages }]);
    demo.faults.add({ kind: 'body', body, operation: 'getTaskStatusList' });
    assert.equal((await reasonOf(index)).message, 'No manager was found.');
    assert.equal(demo.requests.count('listAccountActivities'), 0);
  });

  it('says that none is known to have failed, and where to look', async () => {
    const index = untold().find((one) => !failedOf(one)) ?? -1;
    const { message, details, items, note } = await reasonOf(index);
    assert.deepEqual([message, details, items], [null, [], []]);
    assert.ok(note.endsWith(` ${NONE} ${NEXT}`), note);
  });

  it('says that they may not be read, and where to look', async () => {
    const scopes = ['idn:identity:read', 'idn:task-management:read', 'sp:search:read'];
    const { clientId, clientSecret } = demo.issue({ scopes, authorities: ['ORG_ADMIN'] });
    const credentials = { kind: 'pat', clientId, clientSecret } as const;
    const { message, note } = await reasonOf(untold()[0] ?? -1, { credentials });
    assert.equal(message, null);
    assert.ok(note.endsWith(` Account activities may not be read with these credentials. ${NEXT}`), note);
    assert.equal(demo.requests.count('listAccountActivities'), 1);
  });

  it('says that they could not be checked, and claims nothing of them', async () => {
    for (const body of ['{"not":"a list"}', '<html>', '[{"id":']) {
      const { message, note } = await reasonIn(body);
      assert.equal(message, null);
      assert.match(note, / The account activities could not be checked: .+\. In ISC, check /);
      assert.ok(!note.includes(NONE));
      demo.faults.clear();
    }
  });

  it('shows IDs of sources where the accounts may not be read', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'listAccounts' });
    const index = untold().find((one) => failedOf(one)?.items) ?? -1;
    assert.match((await reasonOf(index)).items.join(), /^source ID [0-9a-f]{32} · account /);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    demo.faults.add({ kind: 'hold', until, operation: 'listAccountActivities' });
    const reason = fetchProcessingReason(clientOf(demo), demo.world.people.id(untold()[0] ?? -1), stop.signal);
    const refused = assert.rejects(reason);
    await waitUntil(() => demo.requests.count('listAccountActivities') > 0, 'asked for activities');
    stop.abort();
    await refused;
    release();
  });

  it('takes errors that are null, texts, objects or lists of either', async () => {
    const told = async (errors: unknown, warnings: unknown = null) => {
      const { message, items } = await reasonIn([{ id: '1', completionStatus: 'FAILURE', errors, warnings }]);
      return [message, ...items];
    };
    assert.deepEqual(await told(null), [null]);
    assert.deepEqual(await told('One.'), ['One.']);
    assert.deepEqual(await told(['One.', 'Two.', 'One.', '', null]), ['One.', 'Two.']);
    assert.deepEqual(await told({ message: 'One.' }), ['One.']);
    assert.deepEqual(await told([[{ locale: 'en', text: 'One.' }], { localizedText: { message: 'Two.' } }]), [
      'One.',
      'Two.',
    ]);
    assert.deepEqual(await told([{ weight: 7 }]), ['an error without readable text']);
    assert.deepEqual(await told([], ['Slow.']), ['Warning: Slow.']);
    assert.deepEqual(await told(['One.'], { strange: true }), ['One.', 'Warning: no readable text']);
  });

  it('says what is unknown of an item, and shows values it does not know as they came', async () => {
    const { message, details, items, note } = await reasonIn([
      null,
      'text',
      7,
      {
        executionStatus: 'COMPLETED',
        completionStatus: 'HALF',
        type: 5,
        items: [
          { provisioningStatus: 'FAILED' },
          { provisioningStatus: 'LOST', operation: 'PAINT', sourceName: 'HR', errors: [{ message: 'No paint.' }] },
          { provisioningStatus: 'FAILED', sourceId: 5, operation: 'SET', attribute: 'password', value: 'hunter2' },
          'item',
        ],
      },
    ]);
    assert.equal(message, null);
    assert.deepEqual(details, ['time unknown', 'completion status HALF']);
    assert.deepEqual(items, [
      'source unknown · operation unknown · provisioning failed',
      'HR · operation PAINT · provisioning status LOST · No paint.',
      'source ID 5 · set a value · password · provisioning failed',
    ]);
    const from = 'From the latest account activity of this identity in which something failed; its type is unknown.';
    assert.equal(note, `${from} ${DOUBT}`);
  });

  it('is no activity that still runs, succeeded, is of unknown outcome, or was requested for another', async () => {
    const id = demo.world.people.id(untold()[0] ?? -1);
    const errors = ['Not this one.'];
    const other = { id: 'summary', identityId: 'another' };
    const { message, note } = await reasonIn([
      { executionStatus: 'EXECUTING', errors },
      { completionStatus: 'SUCCESS', errors },
      { completionStatus: 'PENDING' },
      { errors },
      {
        completionStatus: 'FAILURE',
        errors,
        targetIdentitySummary: other,
        requesterIdentitySummary: { identityId: id },
      },
      { completionStatus: 'FAILURE', errors, requesterIdentitySummary: { identityId: id } },
    ]);
    assert.equal(message, null);
    assert.ok(note.endsWith(` ${NONE} ${NEXT}`), note);
  });

  it('is plain text, however long and whatever is in it', async () => {
    const bad = `<img src=x onerror=alert(1)> [a](command:x) $(zap) \u202Egnp.exe\r\n${'a'.repeat(5_000)}`;
    const item = { provisioningStatus: bad, operation: bad, sourceName: bad, attribute: bad, value: bad, errors: bad };
    const items = Array.from({ length: 40 }, (_, n) => ({ ...item, nativeIdentity: `${String(n)} ${bad}` }));
    const reason = await reasonIn([
      { completionStatus: bad, executionStatus: 'COMPLETED', completed: bad, type: bad, errors: bad, items },
    ]);
    const texts = [reason.message ?? '', ...reason.details, ...reason.items, reason.note];
    assert.equal(reason.items.length, 11);
    assert.equal(reason.items.at(-1), '30 more');
    for (const text of texts) {
      assert.ok(text.length < 5_000, String(text.length));
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(text, /[\u0000-\u001f\u202e]|\]\(|\$\(/);
    }
  });
});
