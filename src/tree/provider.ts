import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import type { Change } from '../tenants/changes';
import type { Tenant } from '../tenants/tenant';
import { foundView } from '../views/builtIn';
import type { IdentityView } from '../views/view';
import { toTreeItem, tooltip } from './item';
import { IdentityList } from './list';
import {
  errorNode,
  identityChildren,
  tenantNode,
  tenantOf,
  viewChildren,
  viewNode,
  type IdentityNode,
  type ErrorNode,
  type MoreNode,
  type Node,
  type TenantNode,
  type ViewNode,
} from './nodes';

export interface TreeDeps {
  readonly tenants: { all(): readonly Tenant[]; readonly onDidChange: vscode.Event<void> };
  readonly clients: {
    for(tenantId: string): Promise<Client>;
    signedOutReason(tenantId: string): string | undefined;
    /** Its retry: what was known of the sign-in is dropped. */
    forget(tenantId: string): void;
    readonly onDidChangeSignIn: vscode.Event<string>;
  };
  readonly views: { forTenant(tenant: Tenant): readonly IdentityView[]; readonly onDidChange: vscode.Event<void> };
  readonly changes: vscode.Event<Change>;
  readonly pageSize: () => number;
}

/** Milliseconds. */
const COUNT_DELAY = 300;
/** People kept below "Found". */
const MAX_FOUND = 50;

/**
 * Feeds the Tenants view. Rows are kept, so that their items are made once and a refresh of one loses no other; what
 * a row shows changes by putting new data into it and telling VS Code of that row alone.
 */
export class TenantTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly tenants = new Map<string, TenantNode>();
  private readonly views = new Map<string, ViewNode>();
  private readonly items = new WeakMap<Node, vscode.TreeItem>();
  private readonly assignments = new WeakMap<IdentityNode, Node[]>();
  /** People shown below "Found", newest first, by tenant. */
  private readonly found = new Map<string, readonly Identity[]>();
  /** Words on rows while something runs on them. */
  private readonly busy = new Map<Node, string>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly deps: TreeDeps) {
    this.subscriptions = vscode.Disposable.from(
      deps.tenants.onDidChange(() => this.changed.fire(undefined)),
      deps.views.onDidChange(() => this.changed.fire(undefined)),
      deps.clients.onDidChangeSignIn((tenantId) => this.resetTenant(tenantId)),
      deps.changes((change) => void this.apply(change)),
    );
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const running = this.busy.get(node);
    if (running !== undefined) {
      const item = toTreeItem(node);
      item.description = running;
      item.iconPath = new vscode.ThemeIcon('loading~spin');
      return item;
    }
    const known = this.items.get(node);
    if (known) return known;
    const item = toTreeItem(node);
    this.items.set(node, item);
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    item.tooltip ??= tooltip(node);
    return item;
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.roots();
    switch (node.kind) {
      case 'tenant':
        return this.tenantChildren(node);
      case 'view':
        return this.viewRows(node);
      case 'identity':
        return this.roleAssignments(node);
      default:
        return [];
    }
  }

  /**
   * Asks the service again for what is below a row (everything, without one), as many pages as are loaded; what is
   * shown stays until the answer is there.
   */
  async refresh(node?: Node): Promise<void> {
    const target = node && !isParent(node) ? node.parent : node;
    // A tenant that is signed out is asked again, not remembered as such for ever.
    for (const { id, signedOut } of this.tenants.values()) {
      if (signedOut !== undefined && (!target || target.id === id)) return this.deps.clients.forget(id);
    }
    if (target?.kind === 'identity') {
      this.assignments.delete(target);
    } else {
      const views = [...this.views.values()].filter(
        (view) => view.list.started && (!target || target === view || target === view.parent),
      );
      await Promise.all(views.map((view) => this.reload(view)));
      // Their counts may differ now.
      for (const view of views) this.items.delete(view);
    }
    this.redraw(target);
  }

  /** Loads the next page of a view; its "Load more" row shows that it runs. */
  async loadMore(node: MoreNode): Promise<void> {
    if (node.loading) return;
    node.loading = true;
    this.redraw(node);
    await this.loadPage(node.parent);
    this.redraw(node.parent);
  }

  /**
   * Loads a view to its end, or until the signal aborts or a page fails; rows are drawn once at the end, because VS Code
   * asks for all of them again each time.
   */
  async loadAll(view: ViewNode, signal: AbortSignal, progress: (list: ViewNode['list']) => void): Promise<void> {
    if (view.list.total === undefined) await this.count(view);
    while ((view.list.hasMore || !view.list.started) && !signal.aborted) {
      progress(view.list);
      await this.loadPage(view, { signal, priority: 'batch' });
      if (view.list.error !== undefined) break;
    }
    this.redraw(view);
  }

  /** Puts the number of people on the row of a view. */
  async showCount(view: ViewNode): Promise<void> {
    await this.count(view);
    this.redraw(view);
  }

  /** Tries again what failed below a row; pages loaded before the failure stay. */
  async retry({ parent }: ErrorNode): Promise<void> {
    if (parent.kind === 'view') {
      await this.loadPage(parent);
      await this.count(parent);
      this.redraw(parent);
    } else {
      await this.refresh(parent);
    }
  }

  /** A row of that person among those that are loaded. */
  loadedRow(tenantId: string, identityId: string): IdentityNode | undefined {
    return this.rowsOf(tenantId, identityId)[0];
  }

  /** A row of that person: where she is loaded, or below "Found", which is made for her. */
  rowFor(tenantId: string, identity: Identity): IdentityNode | undefined {
    if (!this.tenants.has(tenantId)) this.roots();
    const [known] = this.rowsOf(tenantId, identity.id);
    if (known) return known;
    const tenant = this.tenants.get(tenantId);
    if (!tenant) return undefined;
    const people = [identity, ...(this.found.get(tenantId) ?? [])].slice(0, MAX_FOUND);
    this.found.set(tenantId, people);
    const view = foundView(people.map(({ id }) => id));
    const node = viewNode(tenant, view, new IdentityList(view, this.deps.pageSize));
    node.list.fill(node, people);
    this.views.set(node.id, node);
    this.changed.fire(tenant);
    return node.list.rows.find((row) => row.identity.id === identity.id);
  }

  /** Shows words on a person's rows while something runs on her. */
  async whileBusy<T>(tenantId: string, identityId: string, words: string, run: () => Promise<T>): Promise<T> {
    const rows = this.rowsOf(tenantId, identityId);
    for (const row of rows) {
      this.busy.set(row, words);
      this.changed.fire(row);
    }
    try {
      return await run();
    } finally {
      for (const row of rows) {
        this.busy.delete(row);
        this.changed.fire(row);
      }
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  /** A changed tenant keeps its row and what is loaded below it, unless it now answers differently. */
  private roots(): Node[] {
    const present = new Map<string, TenantNode>();
    for (const tenant of this.deps.tenants.all()) {
      const signedOut = this.deps.clients.signedOutReason(tenant.id);
      const node = this.tenants.get(tenant.id) ?? tenantNode(tenant, signedOut);
      if (answersDiffer(node, tenant, signedOut)) {
        for (const view of this.views.values()) if (view.parent === node) view.list.reset();
      }
      node.tenant = tenant;
      node.signedOut = signedOut;
      this.items.delete(node);
      present.set(tenant.id, node);
    }
    for (const [id, view] of this.views) if (!present.has(view.parent.id)) this.views.delete(id);
    for (const id of this.found.keys()) if (!present.has(id)) this.found.delete(id);
    this.tenants.clear();
    for (const [id, node] of present) this.tenants.set(id, node);
    return [...present.values()];
  }

  private tenantChildren(node: TenantNode): Node[] {
    if (node.signedOut !== undefined) return [errorNode(node, new ApiError('auth', node.signedOut))];
    const found = this.views.get(`${node.id}/found`);
    const present = new Map<string, ViewNode>(found ? [[found.id, found]] : []);
    for (const view of this.deps.views.forTenant(node.tenant)) {
      const made = viewNode(node, view, new IdentityList(view, this.deps.pageSize));
      const known = this.views.get(made.id);
      present.set(made.id, known && isDeepStrictEqual(known.view, view) ? known : made);
    }
    for (const [id, view] of this.views) if (view.parent === node && !present.has(id)) this.views.delete(id);
    for (const [id, view] of present) this.views.set(id, view);
    return [...present.values()];
  }

  private async viewRows(view: ViewNode): Promise<Node[]> {
    if (!view.list.started) {
      // Reset while its first page was on its way: the page that counts is asked for now.
      while (!view.list.started) await this.loadPage(view);
      // VS Code keeps the rows of an earlier answer when a row is refreshed while that answer is still being taken in,
      // so the count beside the view's name is drawn a little later.
      const taken = new Promise((resolve) => setTimeout(resolve, COUNT_DELAY));
      void Promise.all([this.count(view), taken]).then(() => this.redraw(view));
    }
    return viewChildren(view);
  }

  private async reload(view: ViewNode): Promise<void> {
    await view.list.reload(view, () => this.deps.clients.for(view.parent.id));
    await this.count(view);
  }

  private async loadPage(view: ViewNode, options?: CallOptions): Promise<void> {
    const tenantId = view.parent.id;
    await view.list.loadMore(view, () => this.deps.clients.for(tenantId), options);
  }

  private async count(view: ViewNode): Promise<void> {
    if (view.list.error === undefined) await view.list.count(() => this.deps.clients.for(view.parent.id));
  }

  private async roleAssignments(node: IdentityNode): Promise<Node[]> {
    const known = this.assignments.get(node);
    if (known) return known;
    const tenantId = tenantOf(node).id;
    try {
      const { identity } = node;
      const rows = await identityChildren(node, await this.deps.clients.for(tenantId));
      // Read again meanwhile: what came now may be older.
      if (node.identity === identity) this.assignments.set(node, rows);
      return rows;
    } catch (error) {
      return [errorNode(node, error)];
    }
  }

  /** Credentials changed or were refused: what was loaded may not be what the tenant answers now. */
  private resetTenant(tenantId: string): void {
    for (const view of this.views.values()) if (view.parent.id === tenantId) view.list.reset();
    this.changed.fire(undefined);
  }

  private redraw(node: Node | undefined): void {
    if (node) this.items.delete(node);
    this.changed.fire(node);
  }

  private rowsOf(tenantId: string, identityId: string): IdentityNode[] {
    return [...this.views.values()]
      .filter((view) => view.parent.id === tenantId)
      .flatMap((view) => view.list.rows.filter((row) => row.identity.id === identityId));
  }

  /** Reads the person again and puts her into her rows; a person who cannot be read keeps the row she has. */
  private async apply({ kind, tenantId, identityId }: Change): Promise<void> {
    if (identityId === undefined) {
      const tenant = this.tenants.get(tenantId);
      if (tenant && tenant.signedOut === undefined) await this.refresh(tenant);
      return;
    }
    const rows = this.rowsOf(tenantId, identityId);
    if (rows.length === 0) return;
    if (kind === 'deleted') {
      for (const { parent } of rows) {
        parent.list.remove(identityId);
        this.redraw(parent);
      }
      return;
    }
    try {
      const client = await this.deps.clients.for(tenantId);
      const identity = await client.identities.get(identityId);
      for (const row of rows) row.identity = identity;
    } catch {
      // The panel or the command that caused the change says what is wrong; her row stays as it was.
    }
    for (const row of rows) {
      this.assignments.delete(row);
      this.redraw(row);
    }
  }
}

function isParent(node: Node): node is TenantNode | ViewNode | IdentityNode {
  return node.kind === 'tenant' || node.kind === 'view' || node.kind === 'identity';
}

/** Whether what is loaded of a tenant may no longer be what it would answer. */
function answersDiffer({ tenant, signedOut }: TenantNode, next: Tenant, nextSignedOut: string | undefined): boolean {
  return tenant.baseUrl !== next.baseUrl || tenant.version !== next.version || signedOut !== nextSignedOut;
}
