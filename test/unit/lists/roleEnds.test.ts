import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { ApiError } from '../../../src/api/errors';
import type { Client } from '../../../src/api/client';
import type { Identity } from '../../../src/api/identities';
import type { RoleAssignmentRef } from '../../../src/api/roleAssignments';
import { API_VERSIONS } from '../../../src/api/versions';
import { assignmentsOf } from '../../../src/demo/data/assignments';
import { startDemo, type DemoTenant } from '../../../src/demo/server';
import { fetchAll } from '../../../src/lists/pages';
import {
  compareRoleEnds,
  fetchRoleEnds,
  roleEndsIn,
  type RoleEnd,
  type RoleEndsOfOne,
} from '../../../src/lists/roleEnds';
import { clientOf } from '../api/backend';

const DAY = 86_400_000;
const PEOPLE = 2_000;

describe('ends of roles', () => {
  let demo: DemoTenant;
  before(async () => {
    demo = await startDemo({ identities: PEOPLE, rateLimit: Infinity });
  });
  afterEach(() => {
    demo.faults.clear();
    demo.requests.clear();
  });
  after(() => demo.close());

  async function* everybody(client: Client): AsyncGenerator<Identity> {
    const query = { by: 'filter', includeUncorrelated: false } as const;
    for await (const { items } of fetchAll(client, query, { priority: 'batch' })) yield* items;
  }

  /** Those of the first people of the tenant. */
  const first = (count: number): Identity[] => Array.from({ length: count }, (_, n) => demo.world.identity(n));

  async function collect(
    people: AsyncIterable<Identity> | Iterable<Identity>,
    { days = 30, signal = new AbortController().signal, client = clientOf(demo), now = Date.now } = {},
  ): Promise<RoleEndsOfOne[]> {
    const all: RoleEndsOfOne[] = [];
    for await (const one of fetchRoleEnds(client, people, { days, signal, now })) all.push(one);
    return all;
  }

  it('are those of the demo tenant, for 2,000 identities: some within 30 days, more within 90, some past', async () => {
    const now = Date.now();
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    for (const days of [30, 90]) {
      const read = await collect(everybody(clientOf(demo)), { days, now: () => now });
      assert.equal(read.length, PEOPLE);
      const lines = ({ identity, assignmentId, ends, state }: RoleEnd): string =>
        [identity.id, assignmentId, ends, state].join(' ');
      const found = read.flatMap(({ rows }) => rows).map(lines);
      // Not by the code that is tested: by the first moment of the day after the last one.
      const until = new Date(midnight).setDate(new Date(midnight).getDate() + days + 1);
      const expected = first(PEOPLE).flatMap(({ id }, n) =>
        assignmentsOf(demo.world, n).flatMap((assignment) => {
          const end = assignment.removeDate ? new Date(assignment.removeDate).getTime() : Infinity;
          if (end >= until) return [];
          return [[id, assignment.id, assignment.removeDate, end <= now ? 'ended' : 'ends'].join(' ')];
        }),
      );
      assert.deepEqual(found.sort(), expected.sort());
      const past = found.filter((line) => line.endsWith('ended')).length;
      assert.ok(past > 0 && past < 60 && found.length > past + 100, `${String(past)} of ${String(found.length)}`);
    }
    assert.equal(demo.requests.count('getRoleAssignments'), 2 * PEOPLE);
  });

  for (const version of API_VERSIONS) {
    it(`have identity, role and dates in ${version}`, async () => {
      const [one] = await collect(first(2).slice(1), { days: 14, client: clientOf(demo, { version }) });
      const ada = demo.world.identity(1);
      const soon = assignmentsOf(demo.world, 1).find(
        ({ removeDate }) => Date.parse(removeDate ?? '') < Date.now() + 13 * DAY,
      );
      assert.ok(soon && one);
      const row = one.rows.find(({ assignmentId }) => assignmentId === soon.id);
      assert.deepEqual(
        [row?.identity.name, row?.identity.alias, row?.role.id, row?.role.name, row?.ends, row?.since, row?.state],
        [ada.name, ada.alias, soon.role.id, soon.role.name, soon.removeDate, soon.addedDate, 'ends'],
      );
    });
  }

  it('come while others are read, at most eight at once', async () => {
    let taken = 0;
    for await (const { rows } of fetchRoleEnds(clientOf(demo), everybody(clientOf(demo)), {
      days: 30,
      signal: new AbortController().signal,
    })) {
      assert.ok(Array.isArray(rows));
      if (++taken === 5) break;
    }
    assert.ok(demo.requests.count('getRoleAssignments') <= 5 + 9, String(demo.requests.count('getRoleAssignments')));
  });

  it('that could not be read are told, and the others are read', async () => {
    demo.world.delete(PEOPLE - 3);
    const people = [...first(5), { id: 'f'.repeat(32), name: 'Gone' } as Identity];
    demo.faults.add({
      kind: 'status',
      status: 403,
      operation: 'getRoleAssignments',
      when: ({ path }) => path.includes(people[2]?.id ?? '?'),
    });
    const read = await collect(people);
    assert.deepEqual(
      read.map(({ identityId, error }) => [identityId, error?.reason]),
      people.map(({ id }, n) => [id, n === 2 ? 'forbidden' : n === 5 ? 'notFound' : undefined]),
    );
  });

  it('end with the failure when it is nobody’s own: ten in a row, or credentials', async () => {
    demo.faults.add({ kind: 'status', status: 403, operation: 'getRoleAssignments', times: 99 });
    await assert.rejects(collect(first(60)), (error) => ApiError.is(error, 'forbidden'));
    assert.ok(demo.requests.count('getRoleAssignments') <= 20);
    demo.faults.clear();
    demo.faults.add({ kind: 'status', status: 401, operation: 'getRoleAssignments', times: 99 });
    await assert.rejects(collect(first(3)), (error) => ApiError.is(error, 'auth'));
  });

  it('stop when they are not wanted any more', async () => {
    const abort = new AbortController();
    demo.faults.add({ kind: 'hang', operation: 'getRoleAssignments', times: 99 });
    const reading = collect(first(30), { signal: abort.signal });
    setImmediate(() => abort.abort());
    await assert.rejects(reading, (error) => ApiError.is(error, 'cancelled'));
  });
});

describe('the end of a role', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const ada = { id: '1', name: 'Ada Winterbourne' } as Identity;
  const assignment = (removeDate?: string | null): RoleAssignmentRef => ({
    id: 'a',
    role: { id: 'r', name: 'Auditor' },
    ...(removeDate === undefined ? {} : { removeDate }),
  });
  const endOf = (removeDate: string | null | undefined, now: string, days = 30): string => {
    const [row] = roleEndsIn(ada, [assignment(removeDate)], days, Date.parse(now));
    return row ? [row.state, row.daysLeft].join(' ') : '-';
  };

  it('is a day of the calendar where the person is', () => {
    const late = '2026-12-26T23:30:00Z';
    for (const [place, now, expected] of [
      ['UTC', '2026-11-26T12:00:00Z', 'ends 30'],
      // There it is the 27th already.
      ['Europe/Berlin', '2026-11-26T12:00:00Z', '-'],
      ['Europe/Berlin', '2026-11-26T23:30:00Z', 'ends 30'],
      ['America/Los_Angeles', '2026-11-26T12:00:00Z', 'ends 30'],
      // There it is still the 25th.
      ['America/Los_Angeles', '2026-11-26T07:00:00Z', '-'],
      ['Pacific/Kiritimati', '2026-11-26T12:00:00Z', 'ends 30'],
    ] as const) {
      process.env['TZ'] = place;
      assert.equal(endOf(late, now), expected, `${place} ${now}`);
    }
  });

  it('is counted in days also over the change of the clocks', () => {
    process.env['TZ'] = 'Europe/Berlin';
    assert.equal(endOf('2026-03-29T22:30:00Z', '2026-03-28T22:30:00Z'), 'ends 2');
    assert.equal(endOf('2026-03-29T21:30:00Z', '2026-03-28T22:30:00Z'), 'ends 1');
    assert.equal(endOf('2026-10-25T22:30:00Z', '2026-10-24T22:30:00Z'), 'ends 0');
    assert.equal(endOf('2026-10-25T23:30:00Z', '2026-10-24T22:30:00Z'), 'ends 1');
  });

  it('is today, tomorrow or past by the moment, and not before a day without a time is over', () => {
    process.env['TZ'] = 'America/New_York';
    const now = '2026-11-27T15:00:00Z';
    assert.equal(endOf('2026-11-27T15:00:00Z', now), 'ended 0');
    assert.equal(endOf('2026-11-27T15:00:00.001Z', now), 'ends 0');
    assert.equal(endOf('2026-11-28T04:59:59Z', now), 'ends 0');
    assert.equal(endOf('2026-11-28T05:00:00Z', now), 'ends 1');
    assert.equal(endOf('2026-11-20T15:00:00Z', now), 'ended -7');
    assert.equal(endOf('2026-11-27', now), 'ends 0');
    assert.equal(endOf('2026-11-26', now), 'ended -1');
    assert.equal(endOf('2026-12-27', now), 'ends 30');
    assert.equal(endOf('2026-12-28', now), '-');
  });

  it('is none where ISC says so, and unknown where it says nothing, or nothing that can be read', () => {
    const now = '2026-11-27T15:00:00Z';
    assert.equal(endOf(null, now), '-');
    for (const odd of [undefined, '', 'soon', '5', '2026-13-45T00:00:00Z'])
      assert.equal(endOf(odd, now), 'unknown ', odd);
  });

  it('comes first when it is past, then by its date, and last when it is unknown', () => {
    const dates = [
      '2026-12-05T10:00:00Z',
      undefined,
      '2026-11-01T10:00:00Z',
      '2026-12-01T10:00:00+02:00',
      '2026-12-01T09:00:00Z',
    ];
    const rows = roleEndsIn(ada, dates.map(assignment), 30, Date.parse('2026-11-27T15:00:00Z'));
    assert.deepEqual(
      [...rows].sort(compareRoleEnds).map(({ ends }) => ends),
      ['2026-11-01T10:00:00Z', '2026-12-01T10:00:00+02:00', '2026-12-01T09:00:00Z', '2026-12-05T10:00:00Z', undefined],
    );
  });
});
