/** Who loses which role when: the ends of role assignments, a request for each identity. */
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import type { RoleAssignmentRef } from '../api/roleAssignments';
import { calendarDays } from '../text/dates';
import { dateIn } from '../text/dateValues';
import { mapAhead } from './ahead';

/** A role assignment that ends soon, that should be gone already, or whose end ISC does not tell. */
export interface RoleEnd {
  readonly identity: {
    readonly id: string;
    readonly name: string;
    readonly alias: string | undefined;
    readonly email: string | undefined;
  };
  readonly assignmentId: string;
  /** An empty id: ISC does not say which. */
  readonly role: RoleAssignmentRef['role'];
  /** `ended`: it is still assigned although its end is past. `unknown`: not that it has no end, but that none can be read. */
  readonly state: 'ended' | 'ends' | 'unknown';
  /** As ISC wrote it; undefined where `state` is `unknown`. */
  readonly ends: string | undefined;
  /** The same in milliseconds since 1970; of a day without a time its begin, by the clock of this machine. */
  readonly endsAt: number | undefined;
  /** Days of the calendar by the clock of this machine: 0 is today, negative is past; undefined where `state` is `unknown`. */
  readonly daysLeft: number | undefined;
  /** When it was added, as ISC wrote it; undefined: unknown. */
  readonly since: string | undefined;
}

/** What was read of one identity. */
export interface RoleEndsOfOne {
  readonly identityId: string;
  readonly rows: readonly RoleEnd[];
  /** Its role assignments could not be read: whether any end is unknown. */
  readonly error?: ApiError;
}

interface RoleEndsOptions {
  /** Ends up to so many days of the calendar from today, that one included. */
  readonly days: number;
  readonly signal: AbortSignal;
  /** The clock; default the machine's. */
  readonly now?: () => number;
}

/** Requests on their way at once: so many keep the rate limit busy while an answer takes up to 800 ms. */
const AT_ONCE = 8;
/** So many failures in a row are not about the identities. */
const MOST_FAILURES = 10;
/** What would be the same for everybody. */
const HOPELESS: ReadonlySet<string> = new Set(['auth', 'certificate', 'cancelled', 'unsupported']);

/**
 * Reads the role assignments of identities (contract 2.3), one request each, in their order. Nothing is kept of those before.
 *
 * @throws ApiError of a failure that is not about one identity, or the last of ten in a row; what `identities` throws
 */
export async function* fetchRoleEnds(
  client: Client,
  identities: AsyncIterable<Identity> | Iterable<Identity>,
  { days, signal, now = Date.now }: RoleEndsOptions,
): AsyncGenerator<RoleEndsOfOne, void, undefined> {
  const read = async (identity: Identity, both: AbortSignal): Promise<RoleEndsOfOne> => {
    try {
      const assignments = await client.roleAssignments.list(identity.id, { signal: both, priority: 'batch' });
      return { identityId: identity.id, rows: roleEndsIn(identity, assignments, days, now()) };
    } catch (error) {
      if (!ApiError.is(error) || HOPELESS.has(error.reason)) throw error;
      return { identityId: identity.id, rows: [], error };
    }
  };
  let failures = 0;
  for await (const one of mapAhead(identities, AT_ONCE, read, signal)) {
    failures = one.error ? failures + 1 : 0;
    if (one.error && failures >= MOST_FAILURES) throw one.error;
    yield one;
  }
}

/** The assignments of an identity that end within so many days, ended already, or end nobody knows when. */
export function roleEndsIn(
  { id, name, alias, emailAddress }: Identity,
  assignments: readonly RoleAssignmentRef[],
  days: number,
  now: number,
): readonly RoleEnd[] {
  return assignments.flatMap((assignment) => {
    const { removeDate } = assignment;
    // Null is an answer: it has no end. What is absent or unreadable is none (contract 2.3).
    if (removeDate === null) return [];
    const end = endOf(removeDate, now);
    if (end.state === 'ends' && end.daysLeft > days) return [];
    const common = {
      identity: { id, name, alias: alias ?? undefined, email: emailAddress ?? undefined },
      assignmentId: assignment.id,
      role: assignment.role,
      since: assignment.addedDate ?? undefined,
    };
    return [{ ...common, ...end, ends: end.state === 'unknown' ? undefined : removeDate }];
  });
}

/** Those past their end first, then the next to end; those whose end is unknown last. */
export function compareRoleEnds(a: RoleEnd, b: RoleEnd): number {
  const first = a.endsAt ?? Infinity;
  const second = b.endsAt ?? Infinity;
  if (first !== second) return first < second ? -1 : 1;
  return namesOf(a).localeCompare(namesOf(b));
}

function namesOf({ identity, role }: RoleEnd): string {
  return `${identity.name}\n${role.name ?? role.id}`;
}

type End =
  | { readonly state: 'ended' | 'ends'; readonly endsAt: number; readonly daysLeft: number }
  | { readonly state: 'unknown'; readonly endsAt: undefined; readonly daysLeft: undefined };

function endOf(removeDate: string | undefined, now: number): End {
  const date = removeDate === undefined ? undefined : dateIn('removeDate', removeDate);
  if (!date) return { state: 'unknown', endsAt: undefined, daysLeft: undefined };
  const endsAt = Date.parse(date.iso);
  const daysLeft = calendarDays(now, endsAt);
  // A day without a time is over when the next one begins.
  const isOver = date.kind === 'day' ? daysLeft < 0 : endsAt <= now;
  return { state: isOver ? 'ended' : 'ends', endsAt, daysLeft };
}
