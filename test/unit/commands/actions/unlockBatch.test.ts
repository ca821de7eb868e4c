import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextStep, type Batch } from '../../../../src/actions/bulk/batch';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { readOnlyText } from '../readOnly';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';
import { waitUntil } from '../../../waitUntil';

const TWO = [PEOPLE.active, PEOPLE.locked] as const;
const ALLOW = 'Allow changes in Acme (sandbox, read-only)?';
const UNLOCK = 'Allow changes in Acme';
const QUESTION = 'Reset 2 identities in Acme?';
const SEND = 'Reset 2 identities';
const READ_ONLY = readOnlyText('Could not reset 2 identities in Acme');

const ended = ({ phase }: Batch): boolean => phase === 'ended';

async function lockedPlan(s: Stage): Promise<string> {
  const { id } = await s.plan({ action: 'reset', people: s.whoAre(...TWO) });
  s.store.lock(s.acme.id);
  return id;
}

/** Does something the moment a question is asked, before it is answered. */
function whileAsked(s: Stage, question: string, change: () => void): void {
  const ask = s.ui.ask.bind(s.ui);
  s.ui.ask = (kind, asked, ...more) => {
    if (asked === question) change();
    return ask(kind, asked, ...more);
  };
}

/** Does something while the next error is on the screen, before its button is pressed. */
function whileShown(s: Stage, change: () => void): void {
  const show = s.ui.showError.bind(s.ui);
  s.ui.showError = (...message) =>
    show(...message).then((pressed) => {
      change();
      return pressed;
    });
}

describeCommand(COMMANDS.batchUnlock, () => {
  const s = useStage();

  it('unlocks the tenant, goes on with the question of the run, and sends after that', async () => {
    const id = await lockedPlan(s());
    s().ui.on(ALLOW, UNLOCK).on(QUESTION, SEND);
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    await s().batch(id, ended);
    assert.equal(s().writes(), 2);
  });

  it('sends nothing by unlocking alone', async () => {
    const id = await lockedPlan(s());
    s().ui.on(ALLOW, UNLOCK).on(QUESTION, DISMISS);
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    assert.equal(s().writes(), 0);
    assert.equal(s().store.get(s().acme.id)?.readOnly, false);
    assert.equal(s().batches.get(id)?.phase, 'planned');
  });

  it('goes on with nothing when the unlocking is canceled', async () => {
    const id = await lockedPlan(s());
    s().ui.on(ALLOW, DISMISS);
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    assert.equal(s().writes(), 0);
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });

  it('goes on with nothing when the tenant is removed while it is being unlocked', async () => {
    const id = await lockedPlan(s());
    whileAsked(s(), ALLOW, () => void s().store.remove(s().acme.id));
    s().ui.on(ALLOW, UNLOCK).on('Could not allow changes in Acme: the tenant changed while you were confirming.');
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    assert.equal(s().writes(), 0);
  });

  it('unlocks nothing that became production while it was confirmed', async () => {
    const id = await lockedPlan(s());
    whileAsked(s(), ALLOW, () => s().store.update(s().acme.id, { environment: 'production' }));
    s().ui.on(ALLOW, UNLOCK).on('Could not allow changes in Acme: the tenant changed while you were confirming.');
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    assert.equal(s().writes(), 0);
    assert.equal(s().store.get(s().acme.id)?.readOnly, true);
  });

  it('is refused when the tenant or the bulk action is gone', async () => {
    s().ui.on('Nothing was done: the bulk action is no longer on record.');
    await s().run(COMMANDS.batchUnlock, { batchId: s().acme.id });
    assert.equal(s().writes(), 0);
  });

  it('sends nothing when the unlocking ends, or the tenant goes, while the question is open', async () => {
    const id = await lockedPlan(s());
    whileAsked(s(), QUESTION, () => s().store.lock(s().acme.id));
    s().ui.on(ALLOW, UNLOCK).on(QUESTION, SEND).on(READ_ONLY);
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    whileAsked(s(), QUESTION, () => void s().store.remove(s().acme.id));
    s().ui.on(ALLOW, UNLOCK).on(QUESTION, SEND);
    s().ui.on('Could not reset 2 identities in Acme: This tenant is no longer connected.');
    await s().run(COMMANDS.batchUnlock, { batchId: id });
    assert.equal(s().writes(), 0);
  });

  it('offers to unlock once more and then asks for the run when the unlocking ended while the question was open', async () => {
    const id = await lockedPlan(s());
    let first = true;
    whileAsked(s(), QUESTION, () => {
      if (first) s().store.lock(s().acme.id);
      first = false;
    });
    s().ui.on(ALLOW, UNLOCK).on(QUESTION, SEND).on(READ_ONLY, 'Unlock and continue').on(QUESTION, SEND);
    await s().begin(COMMANDS.batchUnlock, { batchId: id });
    await s().batch(id, ended);
    s().ui.verify();
    assert.equal(s().writes(), 2);
  });
});

describe('unlocking a production tenant from its bulk action', () => {
  describeCommand(COMMANDS.batchUnlock, () => {
    const s = useStage({ tenant: { environment: 'production' } });
    const typed = 'Acme is a production tenant. Type its name to allow changes: Acme';

    it('goes on with nothing when it is not said for how long', async () => {
      const id = await lockedPlan(s());
      s().ui.on(typed, 'Acme').on('For how long?', DISMISS);
      await s().run(COMMANDS.batchUnlock, { batchId: id });
      assert.equal(s().writes(), 0);
      assert.equal(s().store.get(s().acme.id)?.readOnly, true);
    });

    it('goes on with its question once its name was typed', async () => {
      const id = await lockedPlan(s());
      s().ui.on(typed, 'Acme').on('For how long?', '15 minutes').on(QUESTION, SEND);
      await s().run(COMMANDS.batchUnlock, { batchId: id });
      await s().batch(id, ended);
      assert.equal(s().writes(), 2);
    });
  });
});

describe('a refusal that offers to unlock and continue', () => {
  const s = useStage();
  const run = (id: string): Promise<void> => s().begin(COMMANDS.batchRun, { batchId: id });
  const isReadOnly = (): boolean | undefined => s().store.get(s().acme.id)?.readOnly;

  it('says what is unlocked, unlocks that without a second question, and runs the command again', async () => {
    const id = await lockedPlan(s());
    s().ui.on(READ_ONLY, 'Unlock and continue').on(QUESTION, SEND);
    await run(id);
    await s().batch(id, ended);
    s().ui.verify();
    assert.equal(isReadOnly(), false);
    assert.equal(s().writes(), 2);
  });

  it('sends nothing before its own question is answered', async () => {
    const id = await lockedPlan(s());
    s().ui.on(READ_ONLY, 'Unlock and continue').on(QUESTION, DISMISS);
    await run(id);
    await waitUntil(() => s().ui.askedAbout(QUESTION) !== undefined, 'it is asked');
    s().ui.verify();
    assert.equal(s().writes(), 0);
  });

  it('unlocks nothing when it is closed', async () => {
    const id = await lockedPlan(s());
    s().ui.on(READ_ONLY, DISMISS);
    await s().run(COMMANDS.batchRun, { batchId: id });
    assert.equal(isReadOnly(), true);
    assert.equal(s().writes(), 0);
  });

  it('goes on with nothing when the tenant was removed while it was open, and says so', async () => {
    const id = await lockedPlan(s());
    whileShown(s(), () => void s().store.remove(s().acme.id));
    s()
      .ui.on(READ_ONLY, 'Unlock and continue')
      .on(/This tenant is no longer connected\.$/);
    await s().begin(COMMANDS.batchRun, { batchId: id });
    await waitUntil(() => s().ui.asked.some((asked) => /no longer connected/.test(asked.question)), 'it is said');
    assert.equal(s().writes(), 0);
  });

  for (const [what, change, question] of [
    ['became production', { environment: 'production' }, /^Acme is a production tenant\. Type its name/],
    ['has another name', { name: 'Other' }, /^Allow changes in Other /],
  ] as const) {
    it(`asks when the tenant ${what} while it was open, and goes on with nothing when that is dismissed`, async () => {
      const id = await lockedPlan(s());
      whileShown(s(), () => s().store.update(s().acme.id, change));
      s().ui.on(READ_ONLY, 'Unlock and continue').on(question, DISMISS);
      await s().begin(COMMANDS.batchRun, { batchId: id });
      await waitUntil(() => s().ui.asked.some((asked) => question.test(asked.question)), 'it is asked');
      await new Promise((resolve) => setImmediate(resolve));
      s().ui.verify();
      assert.equal(isReadOnly(), true);
      assert.equal(s().writes(), 0);
    });
  }
});

describe('a refusal that offers to unlock and continue in a production tenant', () => {
  const s = useStage({ tenant: { environment: 'production' } });
  const refused = 'Could not reset 2 identities in Acme: the tenant is read-only. Unlock it first.';
  const typed = 'Acme is a production tenant. Type its name to allow changes: Acme';

  it('goes on once its name was typed', async () => {
    const id = await lockedPlan(s());
    s().ui.on(refused, 'Unlock and continue').on(typed, 'Acme').on('For how long?', '15 minutes').on(QUESTION, SEND);
    await s().begin(COMMANDS.batchRun, { batchId: id });
    await s().batch(id, ended);
    s().ui.verify();
    assert.equal(s().writes(), 2);
  });

  it('continues with nothing when the unlocking is canceled', async () => {
    const id = await lockedPlan(s());
    s().ui.on(refused, 'Unlock and continue').on(typed, DISMISS);
    await s().begin(COMMANDS.batchRun, { batchId: id });
    await waitUntil(() => s().ui.asked.length === 2, 'the question is answered');
    await new Promise((resolve) => setImmediate(resolve));
    s().ui.verify();
    assert.equal(s().writes(), 0);
  });
});

describe('nextStep', () => {
  const s = useStage();

  it('resumes what is paused, runs what is planned, and does not choose between failed and not sent', async () => {
    const { id } = await s().plan({ action: 'reset', people: s().whoAre(...TWO) });
    const plan = s().batches.get(id);
    assert.ok(plan);
    const [one, two] = plan.rows;
    assert.ok(one && two);
    const withRows = (...rows: Batch['rows']): Batch => ({ ...plan, phase: 'ended', rows });
    assert.equal(nextStep(plan), 'planned');
    assert.equal(nextStep({ ...plan, phase: 'paused' }), 'resume');
    assert.equal(nextStep({ ...plan, phase: 'running' }), undefined);
    assert.equal(nextStep(withRows({ ...one, state: 'failed' }, { ...two, state: 'done' })), 'failed');
    assert.equal(nextStep(withRows({ ...one, state: 'failed' }, two)), undefined);
    assert.equal(nextStep(withRows({ ...one, state: 'done' })), undefined);
  });
});
