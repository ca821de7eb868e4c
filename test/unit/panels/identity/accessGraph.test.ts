import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { RoleAssignment } from '../../../../src/api/roleAssignments';
import { pictureReader, presentGraph, type GraphSources } from '../../../../src/panels/identity/accessGraph';
import type { Client } from '../../../../src/api/client';
import { assignmentReader } from '../../../../src/panels/shared/assignmentReader';
import { keptRead } from '../../../../src/panels/shared/inFlight';
import type { PictureKind, PictureNode } from '../../../../src/panels/identity/graphProtocol';
import { found, HEIGHT, KINDS, layoutOf, nextNode, WIDTH } from '../../../../src/panels/identity/page/graphLayout';

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
    const { nodes, edges } = presentGraph({
      name: 'Ada',
      roles: details,
      details,
      accounts: [
        { id: 'x', name: 'ada', sourceName: 'AD' },
        { id: 'y', name: 'ada', sourceName: 'HR' },
      ],
    });
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

  it('leads through the access profiles of a role', () => {
    const target = (profile: { id: string; name: string }, source: string) => ({
      source: { id: source, name: source },
      accountInfo: { nativeIdentity: 'ada' },
      role: profile,
    });
    const detail: RoleAssignment = {
      id: '1',
      role: { id: 'r', name: 'Role' },
      accountTargets: [
        target({ id: 'p', name: 'Profile' }, 'AD'),
        target({ id: 'p', name: 'Profile' }, 'Mail'),
        target({ id: 'r', name: 'Role' }, 'HR'),
      ],
    };
    const { nodes, edges } = presentGraph({ name: 'Ada', roles: [detail], details: [detail], accounts: [] });
    const names = new Map(nodes.map(({ id, label }) => [id, label]));
    const lines = edges.map(({ from, to }) => `${names.get(from) ?? ''} > ${names.get(to) ?? ''}`);
    assert.deepEqual(lines, [
      'Ada > Role',
      'Role > Profile',
      'Profile > AD',
      'AD > ada',
      'Profile > Mail',
      'Mail > ada',
      'Role > HR',
      'HR > ada',
    ]);
    assert.equal(nodes.filter(({ kind }) => kind === 'profile').length, 1);
  });

  it('says how many roles were asked, and how many to ask for next', () => {
    const roles = Array.from({ length: 500 }, (_, n) => role(String(n)));
    const some = presentGraph({ name: 'Ada', roles, details: roles.slice(0, 20), accounts: [] });
    assert.deepEqual([some.nodes.length, some.roles, some.asked, some.next], [501, 500, 20, 70]);
    assert.equal(presentGraph({ name: 'Ada', roles, details: roles, accounts: [] }).next, null);
  });
});

describe('places in the picture', () => {
  const nodesOf = (counts: Readonly<Partial<Record<PictureKind, number>>>): PictureNode[] =>
    KINDS.flatMap((kind) =>
      Array.from({ length: counts[kind] ?? 0 }, (_, n) => ({ id: `${kind} ${n}`, kind, label: `${kind} ${n}` })),
    );
  const views = fc
    .record({
      role: fc.nat({ max: 600 }),
      profile: fc.nat({ max: 60 }),
      source: fc.nat({ max: 30 }),
      account: fc.nat({ max: 90 }),
      links: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 200 }),
    })
    .map(({ links, ...counts }) => {
      const nodes = nodesOf({ person: 1, ...counts });
      const edges = links.flatMap(([a, b]) => {
        const [from, to] = [a % nodes.length, b % nodes.length];
        return from < to ? [{ from: nodes[from]?.id ?? '', to: nodes[to]?.id ?? '' }] : [];
      });
      return { nodes, edges };
    });

  it('are apart from each other, for every thing', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { places } = layoutOf(view);
        assert.equal(places.size, view.nodes.length);
        const all = [...places.values()];
        const apart = all.every((a, n) =>
          all.slice(n + 1).every((b) => Math.abs(a.x - b.x) >= WIDTH || Math.abs(a.y - b.y) >= HEIGHT),
        );
        assert.ok(apart);
      }),
      { numRuns: 60 },
    );
  });

  it('put many roles that lead nowhere into a box', () => {
    const nodes = nodesOf({ person: 1, role: 500, source: 3 });
    const edges = [{ from: 'role 7', to: 'source 0' }];
    const { boxed, places } = layoutOf({ nodes, edges });
    assert.equal(boxed.size, 499);
    assert.ok(!boxed.has('role 7'));
    assert.ok((places.get('role 8')?.y ?? 0) > (places.get('role 7')?.y ?? 0));
    assert.equal(layoutOf({ nodes: nodesOf({ person: 1, role: 20 }), edges: [] }).boxed.size, 0);
  });

  it('are walked through without end or escape', () => {
    const keys = fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home'));
    fc.assert(
      fc.property(views, keys, (view, walk) => {
        const layout = layoutOf(view);
        let here: string | undefined;
        for (const key of walk) here = nextNode(view, layout, here, key) ?? here;
        assert.ok(walk.length === 0 || layout.places.has(here ?? ''));
      }),
      { numRuns: 60 },
    );
    const view = { nodes: nodesOf({ person: 1, role: 60 }), edges: [] };
    let here = 'role 0';
    const seen = new Set([here]);
    for (let n = 0; n < 100; n++) seen.add((here = nextNode(view, layoutOf(view), here, 'ArrowDown') ?? here));
    assert.equal(seen.size, 60);
  });

  it('are found by a part of their label', () => {
    const view = { nodes: nodesOf({ person: 1, role: 12 }) };
    assert.deepEqual(found(view, ' ROLE 1 '), ['role 1', 'role 10', 'role 11']);
    assert.deepEqual(found(view, '  '), []);
  });
});

describe('where the graph comes from', () => {
  it('asks nothing that is known: lists and assignments are those of the other tabs', async () => {
    const clock = { roles: 0, accounts: 0, assignments: [] as string[] };
    const roles = Array.from({ length: 30 }, (_, n) => ({ id: String(n), role: { id: `r${String(n)}` } }));
    const client = {
      roleAssignments: {
        list: () => Promise.resolve((clock.roles++, roles)),
        get: (_: string, id: string) => Promise.resolve((clock.assignments.push(id), { id, role: { id: `r${id}` } })),
      },
      accounts: { list: () => Promise.resolve((clock.accounts++, { items: [], hasMore: false })) },
    } as unknown as Client;
    const reader = assignmentReader({ for: () => Promise.resolve(client) });
    const { signal } = new AbortController();
    const assignment: GraphSources['assignment'] = (assignmentId, call) =>
      reader.read({ tenantId: 't', identityId: 'ada', assignmentId }, call, Infinity);
    const sources: GraphSources = {
      roles: keptRead(() => client.roleAssignments.list('ada')).read,
      accounts: keptRead(() => client.accounts.list('ada', {})).read,
      assignment,
    };
    // A row of the role table was looked at before.
    await assignment('3', { signal });
    const picture = pictureReader(sources, 'Ada');
    assert.equal((await picture(0, signal)).asked, 20);
    assert.equal((await picture(70, signal)).asked, 30);
    assert.equal((await picture(0, signal)).asked, 20);
    assert.equal(clock.roles, 1);
    assert.equal(clock.accounts, 1);
    assert.equal(new Set(clock.assignments).size, 30);
    assert.equal(clock.assignments.length, 30);
  });
});
