import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { countsOf, type Batch } from '../../../../src/actions/bulk/batch';
import { batchJson } from '../../../../src/actions/bulk/csv';
import { batchSummaryState } from '../../../../src/actions/bulk/text';
import { COMMANDS } from '../../../../src/ids';
import { presentBatch } from '../../../../src/panels/batch/present';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { readOnlyText } from '../readOnly';
import { systemError } from '../../storage/faultyDisk';
import { PEOPLE, type Stage } from '../stage';
import { waitUntil } from '../../../waitUntil';

const THREE = [PEOPLE.active, PEOPLE.locked, PEOPLE.withoutRoles] as const;
const QUESTION = 'Reset 3 identities in Acme?';
const DETAIL =
  'Tenant: Acme (sandbox).\n\n3 identities are de-registered, lose their security question answers and any elevated user level, and must register again. This cannot be undone.\n\n3 requests, about 1 second.';

const ended = ({ phase }: Batch): boolean => phase === 'ended';

function planReset(s: Stage): Promise<Batch> {
  return s.plan({ action: 'reset', people: s.whoAre(...THREE) });
}

for (const command of [COMMANDS.batchRun, COMMANDS.batchRunRest]) {
  describeCommand(command, () => {
    const s = useStage();

    it('names tenant, environment, action and number, and sends each person once', async () => {
      const { id } = await planReset(s());
      s().ui.on(QUESTION, 'Reset 3 identities');
      await s().run(command, { batchId: id });
      assert.equal(s().ui.asked[0]?.detail, DETAIL);
      const { rows } = await s().batch(id, ended);
      assert.deepEqual(
        rows.map(({ state }) => state),
        ['done', 'done', 'done'],
      );
      assert.equal(s().sent('resetIdentity'), 3);
      assert.equal(s().writes(), 3);
      assert.deepEqual(s().ui.said, ['$(check) Reset 3 identities in Acme: 3 done']);
    });

    it('sends nobody when the question is dismissed', async () => {
      const { id } = await planReset(s());
      s().ui.on(QUESTION, DISMISS);
      await s().run(command, { batchId: id });
      assert.equal(s().writes(), 0);
      assert.equal(s().batches.get(id)?.phase, 'planned');
    });

    it('is refused by a read-only tenant before anything is asked', async () => {
      const { id } = await planReset(s());
      s().store.lock(s().acme.id);
      s().ui.on(readOnlyText('Could not reset 3 identities in Acme'));
      await s().run(command, { batchId: id });
      assert.equal(s().writes(), 0);
      assert.equal(s().batches.get(id)?.phase, 'planned');
      assert.equal(s().store.get(s().acme.id)?.readOnly, true);
    });

    it('leaves out who was left out by hand, and says so', async () => {
      const { id } = await planReset(s());
      s().batches.exclude(id, [1], true);
      s().ui.on('Reset 2 identities in Acme?', 'Reset 2 identities');
      await s().run(command, { batchId: id });
      assert.match(s().ui.asked[0]?.detail ?? '', /\n\nNot included: 1 identity\.\n\n/);
      await s().batch(id, ended);
      assert.deepEqual(
        s().demo.requests.list.filter(({ path }) => path.includes(s().person(PEOPLE.locked).id)),
        [],
      );
      assert.equal(s().sent('resetIdentity'), 2);
    });

    it('asks nothing when nobody is left to be sent', async () => {
      const { id } = await planReset(s());
      s().batches.exclude(id, [0, 1, 2], true);
      await s().run(command, { batchId: id });
      assert.deepEqual(s().ui.said, ['Nothing to send']);
      assert.equal(s().writes(), 0);
      assert.equal(s().batches.get(id)?.phase, 'planned');
    });

    const changed: [string, (id: string) => void][] = [
      ['the plan was changed', (id) => s().batches.exclude(id, [1], true)],
      ['the tenant became production', () => void s().store.update(s().acme.id, { environment: 'production' })],
      ['the tenant was renamed', () => void s().store.update(s().acme.id, { name: 'Globex' })],
    ];
    for (const [what, change] of changed) {
      it(`sends nobody when ${what} while the question was open`, async () => {
        const { id } = await planReset(s());
        const ask = s().ui.ask.bind(s().ui);
        s().ui.ask = (...given) => {
          change(id);
          return ask(...given);
        };
        s().ui.on(QUESTION, 'Reset 3 identities');
        s().ui.on('Could not reset 3 identities in Acme: the plan changed while you were confirming.');
        await s().run(command, { batchId: id });
        assert.equal(s().writes(), 0);
        assert.equal(s().batches.get(id)?.phase, 'planned');
      });
    }

    it('does nothing with what is no bulk action', async () => {
      for (const argument of [undefined, { batchId: 'x' }, { batchId: s().acme.id }, 7]) {
        s().ui.on('Nothing was done: the bulk action is no longer on record.');
        await s().run(command, argument);
      }
      assert.equal(s().writes(), 0);
    });
  });
}

describe('a bulk deletion in production', () => {
  describeCommand(COMMANDS.batchRun, () => {
    const s = useStage({ tenant: { environment: 'production' } });
    const question = 'Delete 3 identities from Acme?';
    const typed = 'Acme is a production tenant. To confirm deletion, type the number of identities: 3';

    it('deletes after the number was typed', async () => {
      const { id } = await s().plan({ action: 'delete', people: s().whoAre(...THREE) });
      s().ui.on(question, 'Delete 3 identities').on(typed, '3');
      await s().run(COMMANDS.batchRun, { batchId: id });
      await s().batch(id, ended);
      assert.equal(s().sent('deleteIdentity'), 3);
      assert.match(
        s().ui.asked[0]?.detail ?? '',
        /^Tenant: Acme \(production\)\.\n\n3 identities are removed from ISC/,
      );
    });

    for (const wrong of ['', '2', '33', 'three', 'Acme']) {
      it(`deletes nobody when "${wrong}" is typed for the number`, async () => {
        const { id } = await s().plan({ action: 'delete', people: s().whoAre(...THREE) });
        s().ui.on(question, 'Delete 3 identities').on(typed, wrong, DISMISS);
        await s().run(COMMANDS.batchRun, { batchId: id });
        assert.equal(s().writes(), 0);
        assert.equal(s().batches.get(id)?.phase, 'planned');
        assert.deepEqual(s().ui.refusals, ['Type 3']);
      });
    }

    it('does not ask for the number of those who are reset', async () => {
      const { id } = await planReset(s());
      s().ui.on(QUESTION, 'Reset 3 identities');
      await s().run(COMMANDS.batchRun, { batchId: id });
      await s().batch(id, ended);
      assert.equal(s().sent('resetIdentity'), 3);
    });
  });
});

describeCommand(COMMANDS.batchRetryFailed, () => {
  const s = useStage();

  it('sends those who failed, and nobody else', async () => {
    const { id } = await planReset(s());
    const failing = s().person(PEOPLE.locked).id;
    s().demo.faults.add({
      operation: 'resetIdentity',
      when: ({ path }) => path.includes(failing),
      kind: 'status',
      status: 400,
    });
    s().ui.on(QUESTION, 'Reset 3 identities');
    await s().run(COMMANDS.batchRun, { batchId: id });
    s().ui.on('Reset 3 identities in Acme: 2 done, 1 failed', 'Show result');
    await s().batch(id, ended);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(s().workbench.ran, [[COMMANDS.batchOpen, { batchId: id }]]);
    s().demo.requests.clear();

    s().ui.on('Reset 1 identity in Acme?', 'Reset 1 identity');
    await s().run(COMMANDS.batchRetryFailed, { batchId: id });
    await s().batch(id, (batch) => ended(batch) && batch.rows.every(({ state }) => state === 'done'));
    assert.equal(s().sent('resetIdentity'), 1);
    assert.ok(s().demo.requests.list.some(({ path }) => path.includes(failing)));
  });

  it('asks nothing when nobody failed', async () => {
    const { id } = await planReset(s());
    await s().run(COMMANDS.batchRetryFailed, { batchId: id });
    assert.deepEqual(s().ui.said, ['Nothing to send']);
    assert.equal(s().writes(), 0);
  });
});

/** More than are sent at once: twenty are under way when the run is paused, three have not left. */
const MANY = 23;
const LEFT = 3;

/** A run of {@link MANY} that is paused while the first are under way. */
async function pausedRun(s: Stage): Promise<string> {
  const resettable = Array.from({ length: MANY + 1 }, (_, n) => n).filter((n) => n !== PEOPLE.protected);
  const { id } = await s.plan({ action: 'reset', people: s.whoAre(...resettable) });
  let answer: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (answer = resolve));
  s.demo.faults.add({ operation: 'resetIdentity', kind: 'hold', until, times: MANY - LEFT });
  s.ui.on(`Reset ${String(MANY)} identities in Acme?`, `Reset ${String(MANY)} identities`);
  await s.run(COMMANDS.batchRun, { batchId: id });
  await s.batch(id, ({ rows }) => rows.filter(({ state }) => state === 'sending').length === MANY - LEFT);
  await s.run(COMMANDS.batchPause, { batchId: id });
  answer();
  await s.batch(id, ({ rows }) => rows.every(({ state }) => state !== 'sending'));
  s.ui.asked.length = 0;
  return id;
}

describeCommand(COMMANDS.batchPause, () => {
  const s = useStage();

  it('sends nobody any more until it goes on', async () => {
    const id = await pausedRun(s());
    const { phase } = s().batches.get(id) ?? {};
    assert.equal(phase, 'paused');
    assert.equal(s().sent('resetIdentity'), MANY - LEFT);
  });

  it('is refused for what is not on record', async () => {
    s().ui.on('Nothing was done: the bulk action is no longer on record.');
    await s().run(COMMANDS.batchPause, { batchId: s().acme.id });
  });
});

describeCommand(COMMANDS.batchResume, () => {
  const s = useStage();
  const asks = 'Resume: reset 3 identities in Acme?';

  it('goes on after a question, and sends each person once', async () => {
    const id = await pausedRun(s());
    s().ui.on(asks, 'Resume');
    await s().run(COMMANDS.batchResume, { batchId: id });
    assert.match(s().ui.asked[0]?.detail ?? '', /^Tenant: Acme \(sandbox\)\.\n\n/);
    await s().batch(id, ended);
    assert.equal(s().sent('resetIdentity'), MANY);
  });

  it('sends nobody when the question is dismissed', async () => {
    const id = await pausedRun(s());
    const before = s().writes();
    s().ui.on(asks, DISMISS);
    await s().run(COMMANDS.batchResume, { batchId: id });
    assert.equal(s().batches.get(id)?.phase, 'paused');
    assert.equal(s().writes(), before);
  });

  it('is refused by a read-only tenant', async () => {
    const id = await pausedRun(s());
    const before = s().writes();
    s().store.lock(s().acme.id);
    s().ui.on(/^Could not reset .* in Acme: the tenant is read-only\. Unlock it first\. /);
    await s().run(COMMANDS.batchResume, { batchId: id });
    assert.equal(s().writes(), before);
  });

  it('asks nothing when nothing is paused', async () => {
    const { id } = await planReset(s());
    await s().run(COMMANDS.batchResume, { batchId: id });
    assert.deepEqual(s().ui.asked, []);
    assert.equal(s().writes(), 0);
  });
});

describeCommand(COMMANDS.batchStop, () => {
  const s = useStage();

  it('ends a run at once: who was not sent stays unsent', async () => {
    const id = await pausedRun(s());
    s().ui.on('Reset 23 identities in Acme was stopped: 20 done, 3 not sent');
    await s().begin(COMMANDS.batchStop, { batchId: id });
    const batch = await s().batch(id, ended);
    const { rows } = batch;
    // The end is told after it.
    await waitUntil(() => s().ui.asked.length > 0, 'the end is told');
    s().ui.verify();
    const done = rows.filter(({ state }) => state === 'done').length;
    assert.equal(done, MANY - LEFT);
    assert.equal(s().sent('resetIdentity'), done);
    assert.equal(rows.filter(({ state }) => state === 'planned').length, LEFT);
    // Wherever its state is worded.
    assert.match(presentBatch(batch, s().acme).standing.word, /^stopped \S/);
    const counts = countsOf(rows);
    assert.match(batchSummaryState({ ...batch, counts }).word, /^stopped · 20 done, 3 not sent · /);
    assert.equal((JSON.parse(batchJson(batch, 'Acme')) as { stopped?: boolean }).stopped, true);
    // The rest is sent after all: then it has ended.
    s().ui.on('Reset 3 identities in Acme?', 'Reset 3 identities');
    await s().run(COMMANDS.batchRunRest, { batchId: id });
    const whole = await s().batch(id, (now) => ended(now) && now.rows.every(({ state }) => state === 'done'));
    assert.match(presentBatch(whole, s().acme).standing.word, /^ended \S/);
    assert.doesNotMatch(batchSummaryState({ ...whole, counts: countsOf(whole.rows) }).word, /stopped/);
    // It was looked at in the moment of its end, as a panel does: that end is told all the same.
    await waitUntil(() => s().ui.said.length > 0, 'the end of the rest is told');
    assert.deepEqual(s().ui.said, ['$(check) Reset 23 identities in Acme: 23 done']);
  });

  it('ends the making of a plan', async () => {
    s().demo.latencyMs = 30;
    const { id } = s().batches.plan({
      tenantId: s().acme.id,
      action: 'delete',
      from: 'the test',
      people: s().whoAre(...THREE),
    });
    await s().run(COMMANDS.batchStop, { batchId: id });
    await s().batch(id, ({ phase }) => phase !== 'planning');
    assert.equal(s().writes(), 0);
  });

  it('leaves a plan alone', async () => {
    const { id } = await planReset(s());
    await s().run(COMMANDS.batchStop, { batchId: id });
    assert.equal(s().batches.get(id)?.phase, 'planned');
  });
});

describeCommand(COMMANDS.batchOpen, () => {
  const s = useStage();

  it('opens the one that is named, whether it can be read or not', async () => {
    await s().run(COMMANDS.batchOpen, { batchId: s().acme.id });
    assert.deepEqual(s().opened, [['batch', s().acme.id]]);
  });

  it('asks which, when none is named', async () => {
    const first = await planReset(s());
    await s().plan({ action: 'delete', people: s().whoAre(PEOPLE.locked) });
    s().ui.on('Open which bulk action?', 'Reset · Acme');
    await s().run(COMMANDS.batchOpen);
    assert.deepEqual(s().opened, [['batch', first.id]]);
  });

  it('opens none when the list is closed', async () => {
    await planReset(s());
    await planReset(s());
    s().ui.on('Open which bulk action?', DISMISS);
    await s().run(COMMANDS.batchOpen);
    assert.deepEqual(s().opened, []);
  });

  it('says that there is none', async () => {
    await s().run(COMMANDS.batchOpen);
    assert.deepEqual(s().ui.said, ['No bulk actions yet']);
  });
});

describeCommand(COMMANDS.batchDeleteRecord, () => {
  const s = useStage();
  const question = 'Delete the record of "Reset 3 identities in Acme"?';

  it('says what is lost, and deletes it', async () => {
    const { id } = await planReset(s());
    s().ui.on(question, 'Delete record');
    await s().run(COMMANDS.batchDeleteRecord, { batchId: id });
    assert.equal(
      s().ui.asked[0]?.detail,
      '3 not sent.\n\nNothing is undone in ISC. You will no longer be able to see here which identities were acted on and which were not.',
    );
    assert.equal(s().batches.get(id), undefined);
    assert.equal(s().writes(), 0);
  });

  it('keeps it when the question is dismissed', async () => {
    const { id } = await planReset(s());
    s().ui.on(question, DISMISS);
    await s().run(COMMANDS.batchDeleteRecord, { batchId: id });
    assert.equal(s().batches.get(id)?.rows.length, 3);
  });

  it('says why it cannot be deleted, and keeps it in sight', async () => {
    const { id } = await planReset(s());
    s().batches.remove = () => {
      throw systemError('EROFS', 'rm', '/home/walter/batches');
    };
    s().ui.on(question, 'Delete record');
    s().ui.on('Could not delete the record of "Reset 3 identities in Acme": the disk is read-only.');
    await s().run(COMMANDS.batchDeleteRecord, { batchId: id });
    assert.equal(s().batches.get(id)?.rows.length, 3);
  });

  it('names one that cannot be read as such, and asks nothing without one', async () => {
    s().ui.on('Delete the record of "an unreadable result"?', DISMISS);
    await s().run(COMMANDS.batchDeleteRecord, { batchId: s().acme.id });
    await s().run(COMMANDS.batchDeleteRecord);
  });
});

for (const [command, kind] of [
  [COMMANDS.batchExportCsv, 'csv'],
  [COMMANDS.batchExportJson, 'json'],
] as const) {
  describeCommand(command, () => {
    const s = useStage();

    it('writes everybody of it into the file that is chosen', async () => {
      const { id } = await planReset(s());
      s().workbench.target = `result.${kind}`;
      await s().run(command, { batchId: id });
      const [file] = s().workbench.written;
      assert.equal(file?.name, `result.${kind}`);
      for (const index of THREE) assert.ok(file.text.includes(s().person(index).id));
      assert.match(s().workbench.suggested[0] ?? '', new RegExp(`^Reset-Acme-\\d{4}-\\d\\d-\\d\\d\\.${kind}$`));
      assert.deepEqual(s().ui.said, [`$(check) result.${kind} saved`]);
    });

    it('writes nothing when no file is chosen', async () => {
      const { id } = await planReset(s());
      await s().run(command, { batchId: id });
      assert.deepEqual(s().workbench.written, []);
      assert.deepEqual(s().ui.said, []);
    });

    it('is refused for what is not on record', async () => {
      s().ui.on('Nothing was done: the bulk action is no longer on record.');
      await s().run(command, { batchId: s().acme.id });
    });
  });
}
