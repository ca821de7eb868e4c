import type { Account } from '../api/accounts';
import type { RoleAssignment, RoleAssignmentRef } from '../api/roleAssignments';
import type { PictureEdge, PictureNode, PictureView } from './protocol/picture';

/** Roles that are asked one by one what they provision: more would use up the service's allowance of requests. */
export const ASKED_ROLES = 20;

/**
 * The access of a person as nodes and edges. A role leads to the sources it provisions, a source to the accounts on
 * it; a source that no asked role leads to hangs on the person.
 */
export function pictureView(
  name: string,
  roles: readonly RoleAssignmentRef[],
  details: readonly RoleAssignment[],
  accounts: readonly Account[],
): PictureView {
  const nodes = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge>();
  const node = (made: PictureNode): string => {
    if (!nodes.has(made.id)) nodes.set(made.id, made);
    return made.id;
  };
  const edge = (from: string, to: string): void => {
    edges.set(JSON.stringify([from, to]), { from, to });
  };
  const person = node({ id: 'person', kind: 'person', label: name });
  const source = (label: string): string => node({ id: `source ${label}`, kind: 'source', label });
  const account = (sourceName: string, label: string): string =>
    node({ id: `account ${JSON.stringify([sourceName, label.toLowerCase()])}`, kind: 'account', label });

  for (const { id, role } of roles) {
    edge(person, node({ id: `role ${id}`, kind: 'role', label: role.name ?? role.id, assignmentId: id }));
  }
  const led = new Set<string>();
  for (const { id, accountTargets } of details) {
    for (const target of accountTargets ?? []) {
      const sourceName = target.source?.name ?? target.source?.id;
      if (!sourceName) continue;
      const to = source(sourceName);
      led.add(to);
      edge(`role ${id}`, to);
      const native = target.accountInfo?.nativeIdentity ?? target.accountInfo?.displayName;
      if (native) edge(to, account(sourceName, native));
    }
  }
  for (const { sourceName, sourceId, nativeIdentity, name: accountName } of accounts) {
    const on = sourceName ?? sourceId ?? '?';
    const to = source(on);
    if (!led.has(to)) edge(person, to);
    edge(to, account(on, nativeIdentity ?? accountName));
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], roles: roles.length, asked: details.length };
}
