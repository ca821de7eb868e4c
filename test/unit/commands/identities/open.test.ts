import assert from 'node:assert/strict';
import { it } from 'mocha';
import { COMMANDS } from '../../../../src/ids';
import { describeCommand, useStage } from '../describeCommand';
import { DISMISS } from '../scriptedUi';
import { PEOPLE, type Stage } from '../stage';

/** Names of the people that were opened so, in order. */
function openedNames(s: Stage, what: string): unknown[] {
  return s.opened
    .filter(([kind]) => kind === what)
    .map(([, target]) => (target as { identity: { name: string } }).identity.name);
}

describeCommand(COMMANDS.openIdentity, () => {
  const s = useStage();

  it('opens whom a row, a page or a link names, without a request', async () => {
    await s().run(COMMANDS.openIdentity, s().row(PEOPLE.ada));
    await s().run(COMMANDS.openIdentity, s().target(PEOPLE.locked));
    assert.deepEqual(openedNames(s(), 'identity'), ['Ada Winterbourne', 'Aaron Achterberg']);
    assert.equal(s().demo.requests.count(), 0);
  });

  it('opens everybody who is selected, each once', async () => {
    const rows = [PEOPLE.ada, PEOPLE.locked, PEOPLE.ada].map((index) => s().row(index));
    await s().run(COMMANDS.openIdentity, rows[0], rows);
    assert.deepEqual(openedNames(s(), 'identity'), ['Ada Winterbourne', 'Aaron Achterberg']);
  });

  it('opens a row clicked beside the selection alone', async () => {
    await s().run(COMMANDS.openIdentity, s().row(PEOPLE.ada), [s().row(PEOPLE.locked), s().row(PEOPLE.active)]);
    assert.deepEqual(openedNames(s(), 'identity'), ['Ada Winterbourne']);
  });

  it('asks before more than ten open', async () => {
    const rows = Array.from({ length: 11 }, (_, index) => s().row(index));
    s().ui.on('Open 11 identities?', DISMISS);
    await s().run(COMMANDS.openIdentity, rows[0], rows);
    assert.deepEqual(s().opened, []);
    s().ui.on('Open 11 identities?', 'Open 11 editors');
    await s().run(COMMANDS.openIdentity, rows[0], rows);
    assert.equal(s().opened.length, 11);
    await s().run(COMMANDS.openIdentity, rows[0], rows.slice(0, 10));
    assert.equal(s().opened.length, 21);
  });

  it('finds whom to open by typing, and opens nobody when that is closed', async () => {
    s().ui.on('Acme', { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(COMMANDS.openIdentity);
    s().ui.on('Acme', DISMISS);
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(openedNames(s(), 'identity'), ['Adele Vantongeren']);
  });

  it('asks for the tenant first when there are several', async () => {
    const other = s().store.put({ ...s().acme, name: 'Other' });
    s().ui.on('Which tenant?', 'Other').on('Other', { type: 'Adele' }, 'Adele Vantongeren');
    await s().run(COMMANDS.openIdentity);
    assert.equal((s().opened[0]?.[1] as { tenantId: string }).tenantId, other.id);
  });

  it('says in the list why nobody can be searched, and opens nobody', async () => {
    s().demo.faults.add({ operation: 'listIdentities', kind: 'status', status: 403, times: 9 });
    // A row that says something does nothing when it is chosen.
    s().ui.on('Acme', { type: 'Adele' }, 'Could not search Acme', DISMISS);
    await s().run(COMMANDS.openIdentity);
    assert.deepEqual(s().opened, []);
  });
});

describeCommand(COMMANDS.showOwned, () => {
  const s = useStage();

  it('opens the person at what they own', async () => {
    await s().run(COMMANDS.showOwned, s().target(PEOPLE.ada));
    assert.deepEqual(s().opened, [['identity', s().target(PEOPLE.ada), { tab: 'owns' }]]);
  });
});

describeCommand(COMMANDS.explainAssignment, () => {
  const s = useStage();

  it('asks for the role of a person, and opens why they have it', async () => {
    const client = await s().deps.clients.for(s().acme.id);
    const [first] = await client.roleAssignments.list(s().person(PEOPLE.ada).id);
    const role = first?.role.name ?? '';
    s().ui.on('Which role assignment of Ada Winterbourne?', role);
    await s().run(COMMANDS.explainAssignment, s().target(PEOPLE.ada));
    assert.deepEqual(s().opened, [
      ['roleAssignment', { ...s().target(PEOPLE.ada), assignment: { id: first?.id, role } }],
    ]);
  });

  it('opens nothing when the list of roles is closed', async () => {
    s().ui.on('Which role assignment of Ada Winterbourne?', DISMISS);
    await s().run(COMMANDS.explainAssignment, s().target(PEOPLE.ada));
    assert.deepEqual(s().opened, []);
  });

  it('says that there are none', async () => {
    s().ui.on('Adele Vantongeren has no role assignments.');
    await s().run(COMMANDS.explainAssignment, s().target(PEOPLE.withoutRoles));
    assert.deepEqual(s().opened, []);
  });

  it('says why they cannot be loaded', async () => {
    s().demo.faults.add({ operation: 'getRoleAssignments', kind: 'status', status: 403 });
    s().ui.on(/^Could not load the role assignments of Ada Winterbourne: /, 'Change credentials');
    await s().run(COMMANDS.explainAssignment, s().target(PEOPLE.ada));
    assert.deepEqual(s().workbench.ran, [[COMMANDS.signIn, { tenantId: s().acme.id }]]);
  });

  it('opens the assignment of a row without asking', async () => {
    const parent = s().row(PEOPLE.ada);
    const assignment = { id: 'a1', role: { id: 'r1', name: 'Reader' } };
    await s().run(COMMANDS.explainAssignment, s().noted({ kind: 'roleAssignment', id: 'x', parent, assignment }));
    const [[what, target] = []] = s().opened;
    assert.equal(what, 'roleAssignment');
    assert.deepEqual((target as { assignment: unknown }).assignment, { id: 'a1', role: 'Reader' });
    assert.equal(s().demo.requests.count(), 0);
  });
});

for (const [command, kind] of [
  [COMMANDS.openJson, 'identity'],
  [COMMANDS.openRoleAssignmentsJson, 'roleAssignments'],
  [COMMANDS.openOwnershipJson, 'ownership'],
] as const) {
  describeCommand(command, () => {
    const s = useStage();

    it('opens a document for everybody who is meant', async () => {
      const rows = [s().row(PEOPLE.ada), s().row(PEOPLE.locked)];
      await s().run(command, rows[0], rows);
      assert.deepEqual(openedNames(s(), 'document'), ['Ada Winterbourne', 'Aaron Achterberg']);
      assert.deepEqual(
        s().opened.map(([, , opened]) => opened),
        [kind, kind],
      );
    });

    it('asks before more than ten open', async () => {
      const rows = Array.from({ length: 11 }, (_, index) => s().row(index));
      s().ui.on('Open 11 identities?', DISMISS);
      await s().run(command, rows[0], rows);
      assert.deepEqual(s().opened, []);
    });
  });
}
