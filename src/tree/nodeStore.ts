import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../api/identities';
import type { Tenant } from '../tenants/tenant';
import { foundList } from '../lists/builtIn';
import type { IdentityList } from '../lists/list';
import { LoadedList } from './loadedList';
import { tenantNode, viewNode, type IdentityNode, type TenantNode, type ListNode } from './nodes';

/** Where rows come from. */
export interface RowsDeps {
  readonly tenants: { all(): readonly Tenant[] };
  readonly clients: { signedOutReason(tenantId: string): string | undefined };
  readonly views: { forTenant(tenant: Tenant): readonly IdentityList[] };
  readonly pageSize: () => number;
}

/** People kept below "Found". */
const MAX_FOUND = 50;

/** The rows of tenants and of their views, kept with what is loaded below them as long as there is such a tenant or view. */
export class NodeStore {
  private readonly byTenant = new Map<string, TenantNode>();
  private readonly byView = new Map<string, ListNode>();
  /** People shown below "Found", newest first, by tenant. */
  private readonly found = new Map<string, readonly Identity[]>();

  constructor(private readonly deps: RowsDeps) {}

  tenant(id: string): TenantNode | undefined {
    return this.byTenant.get(id);
  }

  get tenants(): Iterable<TenantNode> {
    return this.byTenant.values();
  }

  get views(): readonly ListNode[] {
    return [...this.byView.values()];
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
    for (const [id, view] of this.byView) if (!present.has(view.parent.id)) this.byView.delete(id);
    for (const id of this.found.keys()) if (!present.has(id)) this.found.delete(id);
    this.byTenant.clear();
    for (const [id, node] of present) this.byTenant.set(id, node);
    return [...present.values()];
  }

  readViews(node: TenantNode): ListNode[] {
    const found = this.byView.get(`${node.id}/found`);
    const present = new Map<string, ListNode>(found ? [[found.id, found]] : []);
    for (const view of this.deps.views.forTenant(node.tenant)) {
      const made = viewNode(node, view, new LoadedList(view, this.deps.pageSize));
      const known = this.byView.get(made.id);
      present.set(made.id, known && isDeepStrictEqual(known.view, view) ? known : made);
    }
    for (const [id, view] of this.byView) if (view.parent === node && !present.has(id)) this.byView.delete(id);
    for (const [id, view] of present) this.byView.set(id, view);
    return [...present.values()];
  }

  /** Puts a person below "Found" of a tenant, first. */
  addFound(tenant: TenantNode, identity: Identity): IdentityNode | undefined {
    const people = [identity, ...(this.found.get(tenant.id) ?? [])].slice(0, MAX_FOUND);
    this.found.set(tenant.id, people);
    const view = foundList(people.map(({ id }) => id));
    const node = viewNode(tenant, view, new LoadedList(view, this.deps.pageSize));
    node.list.fill(node, people);
    this.byView.set(node.id, node);
    return node.list.rows.find((row) => row.identity.id === identity.id);
  }

  /** Forgets what is loaded of a tenant. */
  reset(tenantId: string): void {
    for (const view of this.byView.values()) if (view.parent.id === tenantId) view.list.reset();
  }

  /** The rows of a person in all lists of a tenant. */
  nodesOf(tenantId: string, identityId: string): IdentityNode[] {
    return this.views
      .filter((view) => view.parent.id === tenantId)
      .flatMap((view) => view.list.rows.filter((row) => row.identity.id === identityId));
  }
}

/** Whether what is loaded of a tenant may no longer be what it would answer. */
function answersDiffer({ tenant, signedOut }: TenantNode, next: Tenant, nextSignedOut: string | undefined): boolean {
  return tenant.baseUrl !== next.baseUrl || tenant.version !== next.version || signedOut !== nextSignedOut;
}
