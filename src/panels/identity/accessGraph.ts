import type { Account } from '../../api/accounts';
import type { CallOptions, Page } from '../../api/client';
import type { RoleAssignment, RoleAssignmentRef } from '../../api/roleAssignments';
import type { PictureEdge, PictureNode, AccessGraphContent } from './graphProtocol';

/** Roles that are asked one by one what they provision, to begin with: each is a request of its own. */
const ASKED_ROLES = 20;
/** Roles that are asked when more are wanted. */
const ASKED_MORE = 50;

/** What is drawn. */
export interface Drawn {
  readonly name: string;
  readonly roles: readonly RoleAssignmentRef[];
  /** Of the roles that were asked what they provision. */
  readonly details: readonly RoleAssignment[];
  readonly accounts: readonly Account[];
  readonly allAccounts?: boolean;
}

/**
 * The access of a person as nodes and edges. A role leads through its access profiles to the sources it provisions, a
 * source to the accounts on it; a source that no asked role leads to hangs on the person.
 */
export function presentGraph({ name, roles, details, accounts, allAccounts = true }: Drawn): AccessGraphContent {
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
  for (const { id, role, accountTargets } of details) {
    for (const target of accountTargets ?? []) {
      const sourceName = target.source?.name ?? target.source?.id;
      if (!sourceName) continue;
      const to = source(sourceName);
      led.add(to);
      // What a target names as its role is what gives it: an access profile, or the role itself.
      const through = target.role?.id && target.role.id !== role.id ? target.role : undefined;
      const from = through
        ? node({ id: `profile ${through.id}`, kind: 'profile', label: through.name ?? through.id })
        : `role ${id}`;
      if (through) edge(`role ${id}`, from);
      edge(from, to);
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
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    roles: roles.length,
    asked: details.length,
    allAccounts,
    next: details.length < roles.length ? details.length + ASKED_MORE : null,
  };
}

/** Where what is drawn comes from; the other tabs and panels read it there, too, and nothing is asked twice. */
export interface GraphSources {
  readonly roles: (signal: AbortSignal) => Promise<readonly RoleAssignmentRef[]>;
  readonly accounts: (signal: AbortSignal) => Promise<Page<Account>>;
  readonly assignment: (id: string, call: CallOptions) => Promise<RoleAssignment>;
}

/** Reads what is drawn. */
export function pictureReader({ roles: readRoles, accounts: readAccounts, assignment }: GraphSources, name: string) {
  return async (wanted: number, signal: AbortSignal): Promise<AccessGraphContent> => {
    const [roles, accounts] = await Promise.all([readRoles(signal), readAccounts(signal)]);
    const asked = roles.slice(0, wanted || ASKED_ROLES);
    // Many at once stand behind whatever a person clicks meanwhile.
    const priority = wanted > 0 ? 'batch' : 'interactive';
    const details = await Promise.all(asked.map(({ id }) => assignment(id, { signal, priority })));
    return presentGraph({ name, roles, details, accounts: accounts.items, allAccounts: !accounts.hasMore });
  };
}
