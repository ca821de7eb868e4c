import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RoleAssignment } from '../../../src/api/roleAssignments';
import { pictureView } from '../../../src/panels/picture';

describe('picture of a person’s access', () => {
  const role = (id: string, ...targets: readonly [string, string | null][]): RoleAssignment => ({
    id,
    role: { id: `role-${id}`, name: `Role ${id}` },
    accountTargets: targets.map(([source, nativeIdentity]) => ({
      source: { id: source, name: source },
      accountInfo: { nativeIdentity },
    })),
  });

  it('leads from roles to the accounts they provision, and draws each thing once', () => {
    const details = [role('1', ['AD', 'ada']), role('2', ['AD', 'ADA'], ['Mail', null])];
    const { nodes, edges } = pictureView('Ada', details, details, [
      { id: 'x', name: 'ada', sourceName: 'AD' },
      { id: 'y', name: 'ada', sourceName: 'HR' },
    ]);
    assert.deepEqual(
      nodes.map(({ kind, label }) => `${kind} ${label}`),
      [
        'person Ada',
        'role Role 1',
        'role Role 2',
        'source AD',
        'account ada',
        'source Mail',
        'source HR',
        'account ada',
      ],
    );
    const names = new Map(nodes.map(({ id, label }) => [id, label]));
    assert.deepEqual(
      edges.map(({ from, to }) => `${names.get(from) ?? ''} > ${names.get(to) ?? ''}`),
      [
        'Ada > Role 1',
        'Ada > Role 2',
        'Role 1 > AD',
        'AD > ada',
        'Role 2 > AD',
        'Role 2 > Mail',
        'Ada > HR',
        'HR > ada',
      ],
    );
  });

  it('says how many roles were asked', () => {
    const roles = Array.from({ length: 500 }, (_, n) => role(String(n)));
    const view = pictureView('Ada', roles, roles.slice(0, 20), []);
    assert.deepEqual([view.nodes.length, view.roles, view.asked], [501, 500, 20]);
  });
});
