import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { fetchProcessingReason } from '../../../../src/panels/identity/processingReason';
import { waitUntil } from '../../../waitUntil';
import { clientOf } from '../../api/backend';

describe('reason for a processing error', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: 300, rateLimit: Infinity });
  });
  after(() => demo.close());

  const failed = (): number[] =>
    Array.from({ length: 300 }, (_, index) => index).filter((index) => demo.world.processingError(index));
  const reasonOf = (index: number, client = clientOf(demo)) =>
    fetchProcessingReason(client, demo.world.people.id(index), new AbortController().signal);

  it('is what Search says, with its stage and time, in one request', async () => {
    const before = demo.requests.count('searchPost');
    const reasons = await Promise.all(failed().map((index) => reasonOf(index)));
    assert.equal(demo.requests.count('searchPost') - before, failed().length);
    const told = reasons.filter(({ note }) => note === 'From Search, which may lag behind.');
    assert.ok(told.length > 0 && told.length < reasons.length);
    for (const { message, details, items } of told) {
      assert.ok(message);
      assert.match(details.join(' '), /^on .+ in the stage /);
      assert.deepEqual(items, []);
    }
  });

  /** One whose processing failed without details in Search, and of whom no activity failed. */
  const untold = (): number => {
    const index = failed().find((one) => one % 3 === 2) ?? -1;
    demo.faults.add({ kind: 'body', body: '[]', operation: 'listAccountActivities', times: 1 });
    return index;
  };
  afterEach(() => {
    demo.faults.clear();
  });

  it('asks Search for what is shown, and for no stack trace', async () => {
    const bodies: unknown[] = [];
    const client = clientOf(demo);
    const { search } = client;
    const spying = {
      ...client,
      search: {
        ...search,
        identities: async (...args: Parameters<typeof search.identities>) => {
          const page = await search.identities(...args);
          bodies.push(...page.items);
          return page;
        },
      },
    };
    await reasonOf(failed().find((index) => index % 3 !== 2) ?? -1, spying);
    assert.equal(bodies.length, 1);
    const [document] = bodies as { processingDetails: object }[];
    assert.ok(document?.processingDetails);
    assert.equal('stackTrace' in document.processingDetails, false);
    assert.equal('attributes' in document, false);
  });

  it('is unknown where neither Search nor a task nor an activity has it, and then says where to look', async () => {
    const before = demo.requests.count('getTaskStatusList');
    const reason = await reasonOf(untold());
    assert.equal(reason.message, null);
    assert.equal(
      reason.note,
      'Search has no details of the last processing. None of the latest failed tasks names this identity. ' +
        'None of the latest account activities of this identity is known to have failed. ' +
        'In ISC, check the events of this identity, its identity profile and the results of tasks.',
    );
    assert.deepEqual([reason.details, reason.items], [[], []]);
    assert.equal(demo.requests.count('getTaskStatusList') - before, 1);
  });

  it('is what the latest task says of this identity, where Search has no details', async () => {
    const failing = await startDemo({ identities: 2000, rateLimit: Infinity, taskDurationMs: 1 });
    try {
      const client = clientOf(failing);
      const ids = Array.from({ length: 2000 }, (_, index) => index)
        .filter((index) => index % 3 === 2 && failing.world.processingError(index))
        .map((index) => failing.world.people.id(index));
      const tasks = await client.identities.process(ids);
      await waitUntil(async () => {
        const ended = await Promise.all(tasks.map(({ id }) => client.tasks.get(id)));
        return ended.every(({ completionStatus }) => completionStatus !== null);
      }, 'processed');
      const { signal } = new AbortController();
      const broken = ids.filter((id) => failing.world.processingError(failing.world.find(id) ?? -1));
      assert.ok(broken.length > 1);
      for (const id of broken) {
        const { message, details, note } = await fetchProcessingReason(client, id, signal);
        const name = failing.world.identity(failing.world.find(id) ?? -1).name;
        assert.equal(message, `${name} could not be processed: the manager attribute refers to an unknown person.`);
        assert.match(details.join(), /^on /);
        assert.match(note, /^From the task “Refresh \d+ identities”/);
      }
    } finally {
      await failing.close();
    }
  });

  it('says that tasks could not be checked', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'getTaskStatusList', times: 1 });
    const { message, note } = await reasonOf(untold());
    assert.equal(message, null);
    assert.match(
      note,
      /^Search has no details .* The tasks of the tenant could not be checked: .*\. None of the latest account .* In ISC, check /,
    );
  });

  it('says that these credentials may not search, and asks the tasks all the same', async () => {
    const scopes = ['idn:identity:read', 'idn:task-management:read'];
    const { clientId, clientSecret } = demo.issue({ scopes, authorities: ['HELPDESK'] });
    const before = demo.requests.count('getTaskStatusList');
    const [index = 0] = failed();
    const reason = await reasonOf(index, clientOf(demo, { credentials: { kind: 'pat', clientId, clientSecret } }));
    assert.equal(reason.message, null);
    assert.match(reason.note, /^These credentials may not use Search.* None of the latest failed tasks/);
    assert.equal(demo.requests.count('getTaskStatusList') - before, 1);
  });

  it('fails when Search fails', async () => {
    demo.faults.add({ kind: 'status', status: 500, operation: 'searchPost', times: 20 });
    try {
      await assert.rejects(reasonOf(failed()[0] ?? 0));
    } finally {
      demo.faults.clear();
    }
  });
});
