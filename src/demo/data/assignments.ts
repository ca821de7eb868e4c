import type { RoleAssignment, RoleAssignmentRef } from '../../api/roleAssignments';
import { daysAgo, employeeType } from './attributes';
import { FEATURED } from './showcasePeople';
import { DEPARTMENTS, LOCATIONS, SOURCES } from './organisation';
import { idFrom, hash32, pick } from './random';
import type { DemoRole } from './roleCatalog';
import type { World } from './world';

const COMMENTS = [
  'Covers for a colleague until the end of the quarter.',
  'Needed for the “Larkspur 2.0” rollout.',
  'Requested by phone, ticket INC0042173.',
  'Audit evidence; please keep.',
  null,
];

const UNTOLD = {
  startDate: null,
  removeDate: null,
  comments: null,
  assignmentSource: '',
  assigner: { type: 'UNKNOWN', id: '', name: null },
  assignedDimensions: [],
  assignmentContext: null,
} as const satisfies Partial<RoleAssignment>;

/** The full form of every role assignment of a person, rule-given ones first (contract 2.3). */
export function assignmentsOf(world: World, index: number): RoleAssignment[] {
  const { given, asked } = rolesOf(world, index);
  return [
    ...given.map((role, n) => assignedByRule(world, index, role, n)),
    ...asked.map((role, n) => assignedByRequest(world, index, role, given.length + n)),
  ];
}

/** The roles of a person, which are quick to come by: they have an account on each source of these. */
export function heldRoles(world: World, index: number): readonly DemoRole[] {
  const { given, asked } = rolesOf(world, index);
  return [...given, ...asked];
}

/** The roles of a person: given by a rule, and asked for. */
function rolesOf(
  world: World,
  index: number,
): { readonly given: readonly DemoRole[]; readonly asked: readonly DemoRole[] } {
  const { people, roles } = world;
  const wanted = featuredCount(index);
  if (wanted === 0 || !people.isCorrelated(index)) return { given: [], asked: [] };
  const { byValue, askable } = sortedRoles(roles);
  const values = [employeeType(people, index), people.department(index).name, people.location(index).city];
  const given = values.flatMap((value) => byValue.get(value) ?? []);
  const hash = hash32(people.seed, index, 40);
  const count = wanted === undefined ? 1 + (hash % 4) : Math.max(0, wanted - given.length);
  const asked = Array.from({ length: count }, (_, n) => askable[(hash + n) % askable.length] as DemoRole);
  return { given, asked };
}

/** The short form. */
export function shortForm({ id, role, addedDate, startDate, removeDate }: RoleAssignment): RoleAssignmentRef {
  return { id, role, addedDate: addedDate ?? null, startDate: startDate ?? null, removeDate: removeDate ?? null };
}

interface SortedRoles {
  /** Those given by a rule, by the value that it wants: no two attributes share one. */
  readonly byValue: ReadonlyMap<string, readonly DemoRole[]>;
  readonly askable: readonly DemoRole[];
}

const sortedBefore = new WeakMap<readonly DemoRole[], SortedRoles>();

/** Asked for each of many people: sorted once. */
function sortedRoles(roles: readonly DemoRole[]): SortedRoles {
  const known = sortedBefore.get(roles);
  if (known) return known;
  const byValue = new Map<string, DemoRole[]>();
  for (const role of roles) {
    if (role.rule) byValue.set(role.rule.value, [...(byValue.get(role.rule.value) ?? []), role]);
  }
  const sorted = { byValue, askable: roles.filter(({ rule }) => !rule) };
  sortedBefore.set(roles, sorted);
  return sorted;
}

function featuredCount(index: number): number | undefined {
  return FEATURED[index]?.roles;
}

function base(world: World, index: number, role: DemoRole, n: number, addedDays: number) {
  const { people } = world;
  const alias = people.alias(index);
  return {
    id: idFrom(people.seed, 'assignment', index, n),
    role: { type: 'ROLE', id: role.id, name: role.name },
    addedDate: daysAgo(world.today(), addedDays, 7 * 60 + (n % 50)),
    accountTargets: role.sources.map((at, k) => {
      const source = SOURCES[at];
      return {
        source: { type: 'SOURCE', id: idFrom(people.seed, 'source', at), name: source?.name ?? '' },
        accountInfo: {
          nativeIdentity: source?.type.startsWith('Active Directory')
            ? `CN=${alias},OU=People,DC=larkspur,DC=example`
            : alias,
          displayName: people.name(index).display,
          uuid: idFrom(people.seed, 'uuid', index, at),
        },
        role: {
          type: 'ACCESS_PROFILE',
          id: idFrom(people.seed, `profile ${role.id}`, k),
          name: `${role.name} (${source?.name ?? ''})`,
        },
      };
    }),
  };
}

function assignedByRule(world: World, index: number, role: DemoRole, n: number): RoleAssignment {
  const hash = hash32(world.people.seed, index, 60 + n);
  const { rule } = role;
  const common = base(world, index, role, n, 20 + (hash % 900));
  return {
    ...common,
    startDate: null,
    removeDate: null,
    comments: null,
    assignmentSource: 'RULE',
    assigner: { type: 'UNKNOWN', id: '', name: null },
    assignedDimensions: [],
    assignmentContext: {
      matched: [
        {
          roleRef: common.role,
          matchedAttributes: rule ? [{ attribute: rule.attribute, value: rule.value }] : [],
        },
      ],
      computedDate: computedDate(common.addedDate),
    },
  };
}

function assignedByRequest(world: World, index: number, role: DemoRole, n: number): RoleAssignment {
  const { people } = world;
  const hash = hash32(people.seed, index, 600 + n);
  const today = world.today();
  // Featured people show every kind of date; for others it is as rare as it is in life.
  const turn = FEATURED[index] ? n % 6 : hash % 20;
  const future = turn === 5;
  const end = FEATURED[index] ? turn : (hash >>> 5) % 10;
  const ends = end === 0 ? 1 + ((hash >>> 9) % 14) : end < 4 ? 20 + ((hash >>> 9) % 300) : undefined;
  // Few are still there although they should be gone: nobody was processed since.
  const ended = !FEATURED[index] && !future && end === 4 && (hash >>> 9) % 25 === 0 ? 1 + ((hash >>> 14) % 20) : 0;
  const starts = future ? 3 + ((hash >>> 9) % 25) : undefined;
  const assigner = (hash >>> 3) % 4 === 0 ? index : people.manager(index);
  const department = pick(DEPARTMENTS, hash >>> 6);
  const region = pick(LOCATIONS, hash >>> 4);
  const common = base(world, index, role, n, ended + 1 + (hash % 400));
  // Moved here from an older system, say: the service has the role and nothing of how it came.
  if (FEATURED[index] ? turn === 4 : hash % 31 === 0) return { ...common, ...UNTOLD };
  return {
    ...common,
    startDate: starts === undefined ? null : daysAgo(today, -starts),
    removeDate: ended > 0 ? daysAgo(today, ended) : ends === undefined ? null : daysAgo(today, -(ends + (starts ?? 0))),
    comments: pick(COMMENTS, hash >>> 7),
    assignmentSource: (hash >>> 8) % 5 === 0 ? 'API' : 'UI',
    assigner: assigner === undefined ? { type: 'UNKNOWN', id: '', name: 'System' } : world.ref(assigner),
    assignedDimensions: role.dimensional
      ? [{ type: 'DIMENSION', id: idFrom(people.seed, 'dimension', hash % 14), name: `Region ${region.country}` }]
      : [],
    assignmentContext: role.dimensional
      ? {
          requested: {
            contextAttributes: [
              { attribute: 'region', value: region.country, derived: false },
              { attribute: 'departments', value: [department.name, people.department(index).name], derived: true },
            ],
          },
          matched: [],
          computedDate: computedDate(common.addedDate),
        }
      : null,
  };
}

/** The service's free text, such as `Wed Feb 14 10:58:42` (contract 2.3). */
function computedDate(iso: string): string {
  return new Date(iso).toUTCString().replace(/^(\w+), (\d+) (\w+) \d+ (\S+) GMT$/, '$1 $3 $2 $4');
}
