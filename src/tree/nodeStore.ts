import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../api/identities';
import type { Tenant } from '../tenants/tenant';
import { foundList } from '../lists/builtIn';
import type { FoundList, IdentityList } from '../lists/list';
import { LoadedList } from './loadedList';
import { tenantNode, listNode, type IdentityNode, type Node, type TenantNode, type ListNode } from './nodes';

/** Where rows come from. */
export interface RowsDeps {
  readonly tenants: { all(): readonly Tenant[] };
  readonly clients: { signedOutReason(tenantId: string): string | undefined };
  readonly lists: { forTenant(tenant: Tenant): readonly IdentityList[] };
  readonly pageSize: () => number;
}

/** People kept below "Found". */
const MAX_FOUND = 50;

/** The rows of tenants and of their lists, kept with what is loaded below them as long as there is such a tenant or list. */
export class NodeStore {
  private readonly byTenant = new Map<string, TenantNode>();
  private readonly byList = new Map<string, ListNode>();
  /** People shown below "Found", newest first, by tenant. */
  private readonly found = new Map<string, readonly Identity[]>();
  /** Temporary lists made so far: each has an id of its own. */
  private made = 0;

  constructor(private readonly deps: RowsDeps) {}

  tenant(id: string): TenantNode | undefined {
    return this.byTenant.get(id);
  }

  get tenants(): Iterable<TenantNode> {
    return this.byTenant.values();
  }

  get lists(): readonly ListNode[] {
    return [...this.byList.values()];
  }

  /** Every identity that has a row. */
  identities(): ReadonlySet<Node> {
    return new Set(this.lists.flatMap(({ loaded }) => loaded.rows));
  }

  /** A changed tenant keeps its row and what is loaded below it, unless it now answers differently. */
  readTenants(): TenantNode[] {
    const present = new Map<string, TenantNode>();
    for (const tenant of this.deps.tenants.all()) {
      const signedOut = this.deps.clients.signedOutReason(tenant.id);
      const node = this.byTenant.get(tenant.id) ?? tenantNode(tenant, signedOut);
      if (answersDiffer(node, tenant, signedOut)) this.reset(tenant.id);
      node.tenant = tenant;
      node.signedOut = signedOut;
      present.set(tenant.id, node);
    }
    for (const [id, list] of this.byList) if (!present.has(list.parent.id)) this.byList.delete(id);
    for (const id of this.found.keys()) if (!present.has(id)) this.found.delete(id);
    this.byTenant.clear();
    for (const [id, node] of present) this.byTenant.set(id, node);
    return [...present.values()];
  }

  readLists(node: TenantNode): ListNode[] {
    const present = new Map(this.listsOf(node).flatMap((list) => (isOfWindow(list) ? [[list.id, list] as const] : [])));
    for (const list of this.deps.lists.forTenant(node.tenant)) {
      const made = listNode(node, list, new LoadedList(list, this.deps.pageSize));
      const known = this.byList.get(made.id);
      present.set(made.id, known && isDeepStrictEqual(known.list, list) ? known : made);
    }
    for (const [id, list] of this.byList) if (list.parent === node && !present.has(id)) this.byList.delete(id);
    for (const [id, list] of present) this.byList.set(id, list);
    return [...present.values()];
  }

  /** Puts a person below "Found" of a tenant, first. */
  addFound(tenant: TenantNode, identity: Identity): IdentityNode | undefined {
    const people = [identity, ...(this.found.get(tenant.id) ?? [])].slice(0, MAX_FOUND);
    this.found.set(tenant.id, people);
    const list = foundList(people.map(({ id }) => id));
    const node = listNode(tenant, list, new LoadedList(list, this.deps.pageSize));
    node.loaded.fill(node, { items: people, next: undefined }, people.length);
    this.byList.set(node.id, node);
    return node.loaded.rows.find((row) => row.identity.id === identity.id);
  }

  /** Puts a list of a query below a tenant with what was found; the same query keeps its row. */
  openList(tenant: TenantNode, { name, query, rows, total }: FoundList): ListNode {
    const known = this.listsOf(tenant).find(
      ({ list }) => list.origin === 'temporary' && isDeepStrictEqual(list.query, query),
    );
    const node =
      known ?? this.temporaryList(tenant, { id: `temporary/${++this.made}`, origin: 'temporary', name, query });
    node.loaded.fill(node, rows, total);
    return node;
  }

  /** Takes away a list of this window. */
  removeList(list: ListNode): void {
    this.byList.delete(list.id);
  }

  /** Forgets what is loaded of a tenant. */
  reset(tenantId: string): void {
    for (const list of this.byList.values()) {
      if (list.parent.id !== tenantId) continue;
      list.loaded.reset();
      list.opened = false;
      list.counted = undefined;
      list.countFailure = undefined;
    }
  }

  /** The rows of these people in all lists of a tenant. */
  nodesOf(tenantId: string, ...identityIds: readonly string[]): IdentityNode[] {
    const wanted = new Set(identityIds);
    return this.lists
      .filter((list) => list.parent.id === tenantId)
      .flatMap((list) => list.loaded.rows.filter((row) => wanted.has(row.identity.id)));
  }

  private listsOf(tenant: TenantNode): ListNode[] {
    return this.lists.filter(({ parent }) => parent === tenant);
  }

  private temporaryList(tenant: TenantNode, list: IdentityList): ListNode {
    const node = listNode(tenant, list, new LoadedList(list, this.deps.pageSize));
    this.byList.set(node.id, node);
    return node;
  }
}

/** Lists that stand in no setting and go with the window. */
function isOfWindow({ list: { origin } }: ListNode): boolean {
  return origin === 'found' || origin === 'temporary';
}

/** Whether what is loaded of a tenant may no longer be what it would answer. */
function answersDiffer({ tenant, signedOut }: TenantNode, next: Tenant, nextSignedOut: string | undefined): boolean {
  return tenant.baseUrl !== next.baseUrl || tenant.version !== next.version || signedOut !== nextSignedOut;
}
