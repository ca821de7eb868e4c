import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Focus } from '../../../../src/commands/identities/focus';
import { COMMANDS } from '../../../../src/ids';
import { BUILT_IN_LISTS } from '../../../../src/lists/builtIn';
import type { IdentityList } from '../../../../src/lists/list';
import type { Node } from '../../../../src/tree/nodes';
import { actionCommand, describeCommand, useStage } from '../describeCommand';
import { Places } from '../places';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

const [ALL] = BUILT_IN_LISTS as [IdentityList];

function openedNames(s: Stage): unknown[] {
  return s.opened.map(([, target]) => (target as { identity: { name: string } }).identity.name);
}

function assignmentOf(s: Stage, index: number): Node {
  const assignment = { id: 'a1', role: { id: 'r1', name: 'Reader' } };
  return s.noted({ kind: 'roleAssignment', id: 'x', parent: s.row(index), assignment });
}

describe('what has the focus', () => {
  const s = useStage();

  /** A tree and panels of their own: what is done with them is told in order. */
  function places() {
    const all = new Places();
    return { all, focus: new Focus(all.view, all.panels) };
  }

  it('is what was touched last: rows, or a panel', () => {
    const { all, focus } = places();
    const [ada, locked] = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
    const panel = s().target(PEOPLE.active);
    assert.deepEqual(focus.identities(), [undefined]);
    all.select([ada]);
    assert.deepEqual(focus.identities(), [ada, [ada]]);
    all.activate(panel);
    assert.deepEqual(focus.identities(), [panel]);
    all.select([ada, locked]);
    assert.deepEqual(focus.identities(), [ada, [ada, locked]]);
    all.activate(panel);
    all.activate(undefined);
    assert.deepEqual(focus.identities(), [ada, [ada, locked]]);
  });

  it('does not change when a list is read again and selects the same rows', () => {
    const { all, focus } = places();
    const ada = s().row(PEOPLE.ada);
    const panel = s().target(PEOPLE.active);
    all.select([ada]);
    all.activate(panel);
    all.select([]);
    all.select([ada]);
    assert.deepEqual(focus.identities(), [panel]);
  });

  it('is the panel while the rows that are selected name no identity, or cannot be seen', () => {
    const { all, focus } = places();
    const panel = s().target(PEOPLE.active);
    all.activate(panel);
    all.select([s().tenantRow()]);
    assert.deepEqual(focus.identities(), [panel]);
    all.select([s().row(PEOPLE.ada)]);
    all.view.visible = false;
    assert.deepEqual(focus.identities(), [panel]);
    all.activate(undefined);
    assert.deepEqual(focus.identities(), [undefined]);
  });

  it('is a tenant by any of its rows, or a list by its own', () => {
    const { all, focus } = places();
    const list = s().listRow(ALL);
    all.select([list]);
    assert.deepEqual([focus.tenant(), focus.list(), focus.identities()], [[list], [list], [list]]);
    const ada = s().row(PEOPLE.ada);
    all.select([ada]);
    assert.deepEqual([focus.tenant(), focus.list()], [[ada], []]);
  });
});

describeCommand(COMMANDS.openIdentity, () => {
  const s = useStage();

  it('is about the row that is selected, from the palette', async () => {
    s().select(s().row(PEOPLE.ada));
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(openedNames(s()), ['Ada Winterbourne']);
  });

  it('is about the identity of the active panel, from the palette', async () => {
    s().select(s().row(PEOPLE.ada));
    s().activate(s().target(PEOPLE.locked));
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(openedNames(s()), ['Aaron Achterberg']);
  });

  it('is about the identity whose role assignment is selected', async () => {
    s().select(assignmentOf(s(), PEOPLE.ada));
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(openedNames(s()), ['Ada Winterbourne']);
  });

  it('asks in the tenant whose row is selected, not which tenant', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    s().select(s().tenantRow(other.id));
    s().ui.on('Other', DISMISS);
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.explainAssignment, () => {
  const s = useStage();

  it('explains the role assignment that is selected, from the palette', async () => {
    s().select(assignmentOf(s(), PEOPLE.ada));
    await s().run(COMMANDS.explainAssignment);
    assert.equal(s().opened[0]?.[0], 'roleAssignment');
  });
});

describeCommand(COMMANDS.openInIsc, () => {
  const s = useStage();

  it('takes the tenant of the panel and asks for none', async () => {
    s().store.put({ ...s().acme, name: 'Other' });
    s().activate(s().target(PEOPLE.ada));
    await s().run(COMMANDS.openInIsc);
    assert.deepEqual(s().ui.said, ['Acme runs on this machine and has no web console']);
  });
});

describeCommand(COMMANDS.compareWithSelected, () => {
  const s = useStage();

  it('is about who has the focus, and asks while that is still the first', async () => {
    s().activate(s().target(PEOPLE.ada));
    await s().run(COMMANDS.selectForCompare);
    s().ui.on('Compare Ada Winterbourne with · Acme', DISMISS);
    await s().run(COMMANDS.compareWithSelected);
    assert.deepEqual(s().opened, []);
    s().activate(s().target(PEOPLE.locked));
    await s().run(COMMANDS.compareWithSelected);
    assert.deepEqual(s().opened, [['comparison', s().target(PEOPLE.ada), s().target(PEOPLE.locked)]]);
  });
});

describeCommand(COMMANDS.compareJson, () => {
  const s = useStage();

  it('compares the two that are selected', async () => {
    s().select(s().row(PEOPLE.ada), s().row(PEOPLE.locked));
    await s().run(COMMANDS.compareJson);
    const [[what, ...people] = []] = s().opened;
    assert.deepEqual(
      [what, ...people.map((person) => (person as { identity: { name: string } }).identity.name)],
      ['comparedJson', 'Ada Winterbourne', 'Aaron Achterberg'],
    );
  });
});

describeCommand(actionCommand('process'), () => {
  const s = useStage();

  it('names whom it took before anything is sent', async () => {
    s().activate(s().target(PEOPLE.withoutRoles));
    s().ui.on('Process Adele Vantongeren in Acme?', DISMISS);
    await s().run(actionCommand('process'));
    assert.equal(s().writes(), 0);
  });
});

describeCommand(actionCommand('synchronize'), () => {
  const s = useStage();
  const question = 'Synchronize attributes of Adele Vantongeren in Acme?';

  it('asks when nobody pointed at whom it took', async () => {
    s().select(s().row(PEOPLE.withoutRoles));
    s().ui.on(question, DISMISS);
    await s().run(actionCommand('synchronize'));
    assert.equal(s().writes(), 0);
    s().ui.on(question, 'Synchronize Adele Vantongeren');
    await s().run(actionCommand('synchronize'));
    assert.equal(s().sent('synchronizeAttributesForIdentity'), 1);
  });

  it('asks nothing more of whom was just found by typing', async () => {
    s().ui.on('Synchronize attributes · Acme', { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(actionCommand('synchronize'));
    assert.equal(s().sent('synchronizeAttributesForIdentity'), 1);
  });
});
