import { isBookkeeping } from '../text/dateValues';
import type { Client } from '../api/client';
import { jsonText } from '../api/json';
import type { Identity } from '../api/identities';
import type { RoleAssignmentRef } from '../api/roleAssignments';

/** What is compared of a person before and after processing. */
export interface Snapshot {
  readonly identity: Identity;
  readonly roles: readonly RoleAssignmentRef[];
}

/** One thing that is not as it was; `null` where there was or is nothing. */
export interface Difference {
  readonly kind: 'attribute' | 'lifecycle' | 'status' | 'processing' | 'role';
  /** The attribute's or role's name; empty for the others. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export async function takeSnapshot(client: Client, id: string): Promise<Snapshot> {
  const [identity, roles] = await Promise.all([client.identities.get(id), client.roleAssignments.list(id)]);
  return { identity, roles };
}

/** What differs: states first, then roles, then attributes by name. */
export function differences(before: Snapshot, after: Snapshot): Difference[] {
  const states = [
    changed('lifecycle', '', before.identity.lifecycleState?.stateName, after.identity.lifecycleState?.stateName),
    changed('status', '', before.identity.identityStatus, after.identity.identityStatus),
    changed('processing', '', before.identity.processingState, after.identity.processingState),
  ];
  const had = roleNames(before.roles);
  const has = roleNames(after.roles);
  const roles = [...new Set([...had.keys(), ...has.keys()])]
    .map((id) => changed('role', has.get(id) ?? had.get(id) ?? id, had.get(id), has.get(id)))
    .sort((a, b) => (a[0]?.name ?? '').localeCompare(b[0]?.name ?? ''));
  const old = before.identity.attributes ?? {};
  const now = after.identity.attributes ?? {};
  const attributes = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => !isBookkeeping(name))
    .sort((a, b) => a.localeCompare(b))
    .map((name) => changed('attribute', name, textOf(old[name]), textOf(now[name])));
  return [...states, ...roles, ...attributes].flat();
}

function changed(
  kind: Difference['kind'],
  name: string,
  before: string | null | undefined,
  after: string | null | undefined,
): Difference[] {
  return (before ?? null) === (after ?? null) ? [] : [{ kind, name, before: before ?? null, after: after ?? null }];
}

function roleNames(roles: readonly RoleAssignmentRef[]): Map<string, string> {
  return new Map(roles.map(({ role }) => [role.id, role.name ?? role.id]));
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : jsonText(value);
}
