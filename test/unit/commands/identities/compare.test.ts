import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS, CONTEXT_KEYS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const ADA = PEOPLE.ada;
const ADELE = PEOPLE.withoutRoles;
const SAME = 'Could not compare Ada Winterbourne: both are the same identity. Select a different one.';

function compared(s: Stage, what = 'comparison'): unknown[] {
  return s.opened
    .filter(([kind]) => kind === what)
    .map(([, ...people]) => people.map((person) => (person as { identity: { name: string } }).identity.name));
}

describeCommand(COMMANDS.selectForCompare, () => {
  const s = useStage();

  it('remembers the person, and lets the menus know', async () => {
    await s().run(COMMANDS.selectForCompare, s().target(ADA));
    assert.deepEqual(s().deps.compare.selected, s().target(ADA));
    assert.deepEqual(s().ui.said, ['Ada Winterbourne selected for comparison']);
    assert.deepEqual(s().workbench.ran, [['setContext', CONTEXT_KEYS.comparing, true]]);
  });
});

describeCommand(COMMANDS.compareWithSelected, () => {
  const s = useStage();

  it('compares with who was selected before', async () => {
    await s().run(COMMANDS.selectForCompare, s().target(ADA));
    await s().run(COMMANDS.compareWithSelected, s().target(ADELE));
    assert.deepEqual(compared(s()), [['Ada Winterbourne', 'Adele Vantongeren']]);
  });

  it('asks for both when nobody is selected, or the tenant of who was is gone', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    await s().run(COMMANDS.selectForCompare, { ...s().target(ADA), tenantId: other.id });
    await s().store.remove(other.id);
    s().ui.on('Acme', { type: 'Ada' }, 'Ada Winterbourne');
    await s().run(COMMANDS.compareWithSelected, s().target(ADELE));
    assert.deepEqual(compared(s()), [['Ada Winterbourne', 'Adele Vantongeren']]);
  });

  it('does not compare a person with themselves', async () => {
    await s().run(COMMANDS.selectForCompare, s().target(ADA));
    s().ui.on(SAME);
    await s().run(COMMANDS.compareWithSelected, s().target(ADA));
    assert.deepEqual(compared(s()), []);
  });
});

describeCommand(COMMANDS.compare, () => {
  const s = useStage();

  it('compares the two who are selected', async () => {
    const rows = [s().row(ADA), s().row(ADELE)];
    await s().run(COMMANDS.compare, rows[0], rows);
    assert.deepEqual(compared(s()), [['Ada Winterbourne', 'Adele Vantongeren']]);
  });

  it('asks for the second when more, or one, are selected', async () => {
    const rows = [ADA, ADELE, PEOPLE.locked].map((index) => s().row(index));
    for (const selected of [rows, undefined]) {
      s().ui.on('Compare Ada Winterbourne with · Acme', { type: 'Aaron' }, 'Aaron Achterberg');
      await s().run(COMMANDS.compare, rows[0], selected);
    }
    assert.deepEqual(compared(s()), Array(2).fill(['Ada Winterbourne', 'Aaron Achterberg']));
  });

  it('compares nobody when the second is not chosen, or is the first', async () => {
    s().ui.on('Compare Ada Winterbourne with · Acme', DISMISS);
    await s().run(COMMANDS.compare, s().target(ADA));
    s().ui.on('Compare Ada Winterbourne with · Acme', { type: 'Ada W' }, 'Ada Winterbourne').on(SAME);
    await s().run(COMMANDS.compare, s().target(ADA));
    assert.deepEqual(compared(s()), []);
  });
});

describeCommand(COMMANDS.compareJson, () => {
  const s = useStage();

  it('compares the two that a panel gives', async () => {
    await s().run(COMMANDS.compareJson, { a: s().target(ADA), b: s().target(ADELE) });
    assert.deepEqual(compared(s(), 'comparedJson'), [['Ada Winterbourne', 'Adele Vantongeren']]);
  });

  it('asks for what is not given', async () => {
    s().ui.on('Compare Ada Winterbourne with · Acme', { type: 'Aaron' }, 'Aaron Achterberg');
    await s().run(COMMANDS.compareJson, { a: s().target(ADA), b: 7 });
    assert.deepEqual(compared(s(), 'comparedJson'), [['Ada Winterbourne', 'Aaron Achterberg']]);
  });
});
