import assert from 'node:assert/strict';
import { it } from 'mocha';
import type { Batch } from '../../../../src/actions/bulk/batch';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage, actionCommand } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const QUESTION = 'Delete 2 identities from Acme?';

/** Three people, one of whom cannot be deleted. */
function selected(s: Stage) {
  return [s.row(PEOPLE.locked), s.row(PEOPLE.withoutRoles), s.row(PEOPLE.protected)];
}

const idOf = (s: Stage): string => String(s.opened.find(([what]) => what === 'batch')?.[1]);

describeCommand(actionCommand('delete'), () => {
  const s = useStage();

  it('asks about a few selected people at once: names each, and whom it leaves out and why', async () => {
    const rows = selected(s());
    s().ui.on(QUESTION, 'Delete 2 identities');
    await s().run(actionCommand('delete'), rows[0], rows);
    const detail = s().ui.asked[0]?.detail ?? '';
    for (const { identity } of rows) assert.ok(detail.includes(identity.name), detail);
    assert.match(detail, /\n\nNot included: .*: protected\.\n\n/);
    const { rows: sent } = await s().batch(idOf(s()), ({ phase }: Batch) => phase === 'ended');
    assert.deepEqual(
      sent.map(({ state, skip }) => skip?.reason ?? state),
      ['done', 'done', 'protected'],
    );
    assert.equal(s().sent('deleteIdentity'), 2);
  });

  it('says nothing of whom it leaves out when that is nobody', async () => {
    const rows = selected(s()).slice(0, 2);
    s().ui.on(QUESTION, DISMISS);
    await s().run(actionCommand('delete'), rows[0], rows);
    assert.doesNotMatch(s().ui.asked[0]?.detail ?? '', /Not included/);
  });

  it('sends nothing and keeps no plan when that is dismissed', async () => {
    const rows = selected(s());
    s().ui.on(QUESTION, DISMISS);
    await s().run(actionCommand('delete'), rows[0], rows);
    assert.equal(s().writes(), 0);
    assert.deepEqual(s().opened, []);
    assert.deepEqual(s().batches.all(), []);
  });

  it('shows the plan instead, which can be sent later', async () => {
    const rows = selected(s());
    s().ui.on(QUESTION, 'Show plan');
    await s().run(actionCommand('delete'), rows[0], rows);
    assert.equal(s().writes(), 0);
    assert.equal(s().batches.get(idOf(s()))?.phase, 'planned');
  });

  it('shows the plan of a read-only tenant, where nothing can be sent', async () => {
    const rows = selected(s());
    s().store.lock(s().acme.id);
    await s().run(actionCommand('delete'), rows[0], rows);
    assert.deepEqual(s().ui.asked, []);
    await s().batch(idOf(s()), ({ phase }: Batch) => phase === 'planned');
    assert.equal(s().writes(), 0);
  });

  it('asks nothing when the making of the plan is given up', async () => {
    const rows = selected(s());
    s().demo.faults.add({ kind: 'hang', times: 5 });
    s().ui.cancels.add('Planning: delete 3 identities from Acme');
    await s().run(actionCommand('delete'), rows[0], rows);
    assert.deepEqual(s().batches.all(), []);
    assert.deepEqual(s().ui.asked, []);
    assert.equal(s().writes(), 0);
  });
});

describeCommand(COMMANDS.actOnMany, () => {
  const s = useStage();

  it('says of a few who were pasted who they are, and which entries are nobody', async () => {
    s().workbench.clipboard = 'adele.vantongeren\nnobody.at.all\nAda Winterbourne';
    s().ui.on('Which action?', 'Reset');
    s().ui.on('Reset: which identities in Acme?', 'IDs, aliases, emails or names on the clipboard');
    s().ui.on('Reset 2 identities in Acme?', 'Reset 2 identities');
    await s().run(COMMANDS.actOnMany);
    const detail = s().ui.asked.at(-1)?.detail ?? '';
    assert.match(detail, /Adele Vantongeren \(adele.vantongeren\), Ada Winterbourne \(ada.winterbourne\)\./);
    assert.match(detail, /Not included: nobody\.at\.all: not found\./);
    await s().batch(idOf(s()), ({ phase }: Batch) => phase === 'ended');
    assert.equal(s().sent('resetIdentity'), 2);
  });
});

describeCommand(actionCommand('invite'), () => {
  const s = useStage();

  it('opens the plan, which says why, when nobody is left', async () => {
    const rows = [s().row(PEOPLE.active), s().row(PEOPLE.locked)];
    await s().run(actionCommand('invite'), rows[0], rows);
    assert.deepEqual(s().ui.asked, []);
    assert.equal(s().batches.get(idOf(s()))?.phase, 'planned');
  });
});

describeCommand(actionCommand('process'), () => {
  const s = useStage();

  it('leaves more than twenty to the page of the plan', async () => {
    const rows = Array.from({ length: 21 }, (_, n) => s().row(n));
    await s().run(actionCommand('process'), rows[0], rows);
    assert.deepEqual(s().ui.asked, []);
    await s().batch(idOf(s()), ({ phase }: Batch) => phase === 'planned');
  });
});
