import type { PlainText } from '../text/plain';
import type { CallOptions, Client } from '../api/client';
import type { Identity } from '../api/identities';
import type { RoleAssignmentRef } from '../api/roleAssignments';
import type { Tenant } from '../tenants/tenant';
import type { IdentityList } from '../lists/list';
import type { Rows } from '../lists/pages';

/** A tree row: plain data with a stable id and its parent. `item.ts` makes the TreeItem, and nothing here renders. */
export type Node =
  TenantNode | ListNode | GroupNode | IdentityNode | RoleAssignmentNode | MoreNode | ShortNode | ErrorNode | EmptyNode;

export interface TenantNode {
  readonly kind: 'tenant';
  readonly id: string;
  readonly parent: undefined;
  tenant: Tenant;
  /** Why it is signed out, if it is. */
  signedOut: string | undefined;
}

export interface ListNode {
  readonly kind: 'list';
  readonly id: string;
  readonly parent: TenantNode;
  readonly list: IdentityList;
  /** Loaded pages; kept by the node, so that a refresh elsewhere loses nothing. */
  readonly loaded: LoadedRows;
  readonly more: MoreNode;
  /** Its rows were asked for: it shows its own number. */
  opened: boolean;
  /** How many identities are in it, asked for while it is not opened (`listCounts.ts`). */
  counted: number | undefined;
  /** Why they could not be counted then. */
  countFailure: unknown;
}

/** People that stand below a list itself; those that follow stand in groups of as many. */
export const GROUP_SIZE = 1000;

/**
 * "1,001 - 2,000": rows of a long list. VS Code takes in all rows below a row at once, and again when one is added: groups
 * keep that short, however long the list is.
 */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly parent: ListNode;
  /** Index of its first row in the list. */
  readonly from: number;
  /** Expanded when it is first shown. */
  open: boolean;
}

/** What is loaded of a list so far (`list.ts`). */
export interface LoadedRows {
  readonly rows: readonly IdentityNode[];
  /** What the rows beyond the first ones stand in. */
  readonly groups: readonly GroupNode[];
  readonly total: number | undefined;
  /** Why the total could not be read the last time. */
  readonly countFailure: unknown;
  readonly hasMore: boolean;
  /** It was read to its end, and more people are counted than came. */
  readonly isShort: boolean;
  /** What the last page failed with; rows loaded before stay. */
  readonly error: unknown;
  /** True once a page was asked for and answered or failed. */
  readonly started: boolean;
  /**
   * Asks for the next page (or again for what failed); callers while one is on its way share it. Never throws: a
   * failure is kept in `error`.
   */
  loadMore(node: ListNode, client: () => Promise<Client>, options?: CallOptions): Promise<void>;
  /**
   * Asks for so many of the next pages, those included that were asked for already, which `loadMore` then takes. Silent: what
   * failed is asked for again by `loadMore`.
   */
  fetchAhead(client: () => Promise<Client>, pages: number, options?: CallOptions): void;
  /** Pages that were asked for ahead may be wrong now. */
  dropAhead(): void;
  /** Nobody reads the list now: pages that are not there yet are not waited for. */
  giveUpAhead(): void;
  /** Reads as many rows again as are loaded; those stay until the new ones are there. Never throws. */
  reload(node: ListNode, client: () => Promise<Client>, options?: CallOptions): Promise<void>;
  /** Asks for the total, by a request of its own: counting costs the service time and must not hold up a page. */
  count(client: () => Promise<Client>): Promise<void>;
  /** Begins with rows that are known already, in the place of what was loaded; `total` as far as it is known. */
  fill(node: ListNode, rows: Rows, total?: number): void;
  /** Forgets everything loaded; an answer still on its way is dropped. */
  reset(): void;
  /** Takes out a person who was deleted. */
  remove(identityId: string): void;
  /** Whether a person of the list is known to be in it no longer: the row stays until the list is read again. */
  setLeft(identityId: string, left: boolean): void;
}

export interface IdentityNode {
  readonly kind: 'identity';
  readonly id: string;
  readonly parent: ListNode;
  /** What it stands in, in a long list. */
  group?: GroupNode | undefined;
  identity: Identity;
  /** It is in the list no longer, which shows it until it is loaded again. */
  left: boolean;
  /** It is known to be protected, when it was last drawn. */
  isProtected: boolean;
}

export interface RoleAssignmentNode {
  readonly kind: 'roleAssignment';
  readonly id: string;
  readonly parent: IdentityNode;
  readonly assignment: RoleAssignmentRef;
}

/** "Load more: 250 of 2,000". */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: ListNode;
  loading: boolean;
}

/** "2,997 of 3,000 came": a list that does not add up; a click reads it again. */
interface ShortNode {
  readonly kind: 'short';
  readonly id: string;
  readonly parent: ListNode;
}

/** A failed load; a click tries again. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly id: string;
  readonly parent: TenantNode | ListNode | IdentityNode;
  readonly error: unknown;
  /** What it says; there before the row is handed to VS Code. */
  words?: { readonly reason: PlainText; readonly sentence: PlainText };
}

interface EmptyNode {
  readonly kind: 'empty';
  readonly id: string;
  readonly parent: ListNode | IdentityNode;
}

export type ParentNode = TenantNode | ListNode | IdentityNode;

export function tenantNode(tenant: Tenant, signedOut: string | undefined): TenantNode {
  return { kind: 'tenant', id: tenant.id, parent: undefined, tenant, signedOut };
}

export function listNode(parent: TenantNode, list: IdentityList, loaded: LoadedRows): ListNode {
  const id = `${parent.id}/${list.id}`;
  const more: MoreNode = {
    kind: 'more',
    id: `${id}/more`,
    loading: false,
    get parent() {
      return node;
    },
  };
  const node: ListNode = {
    kind: 'list',
    id,
    parent,
    list,
    loaded,
    more,
    opened: false,
    counted: undefined,
    countFailure: undefined,
  };
  return node;
}

export function identityNode(parent: ListNode, identity: Identity): IdentityNode {
  return { kind: 'identity', id: `${parent.id}/${identity.id}`, parent, identity, left: false, isProtected: false };
}

export function errorNode(parent: ParentNode, error: unknown): ErrorNode {
  return { kind: 'error', id: `${parent.id}/error`, parent, error };
}

/** The tenant a row belongs to. */
export function tenantOf(node: Node): TenantNode {
  return node.kind === 'tenant' ? node : tenantOf(node.parent);
}

/** The rows below a list, as far as they are loaded. */
export function listChildren(list: ListNode): Node[] {
  const { loaded: loaded } = list;
  const { rows, groups, error, hasMore, isShort } = loaded;
  if (rows.length === 0 && error === undefined && !isShort && !hasMore)
    return [{ kind: 'empty', id: `${list.id}/empty`, parent: list }];
  const present = [...rows.slice(0, GROUP_SIZE), ...groups];
  if (error !== undefined) return [...present, errorNode(list, error)];
  if (isShort) return [...present, { kind: 'short', id: `${list.id}/short`, parent: list }];
  return hasMore ? [...present, list.more] : present;
}

/** The people in a group. */
export function groupRows({ parent, from }: GroupNode): IdentityNode[] {
  return parent.loaded.rows.slice(from, from + GROUP_SIZE);
}

/** Asks the service for the role assignments of a person: the rows below them. */
export async function identityChildren(node: IdentityNode, client: Client, signal?: AbortSignal): Promise<Node[]> {
  const assignments = await client.roleAssignments.list(node.identity.id, { signal });
  if (assignments.length === 0) return [{ kind: 'empty', id: `${node.id}/empty`, parent: node }];
  return [...assignments]
    .sort((a, b) => (a.role.name ?? '').localeCompare(b.role.name ?? ''))
    .map((assignment) => ({ kind: 'roleAssignment', id: `${node.id}/${assignment.id}`, parent: node, assignment }));
}

/** Whether rows stand below it. */
export function isParent(node: Node): node is TenantNode | ListNode | IdentityNode {
  return node.kind === 'tenant' || node.kind === 'list' || node.kind === 'identity';
}
