import * as vscode from 'vscode';
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Change } from '../tenants/changes';
import type { Tenant } from '../tenants/tenant';
import { toTreeItem, tooltip } from './item';
import { IdentityList } from './list';
import {
  ALL_IDENTITIES,
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
    noteFailure(tenantId: string, error: unknown): void;
    readonly onDidChangeSignIn: vscode.Event<void>;
  };
  readonly changes: vscode.Event<Change>;
  readonly pageSize: () => number;
}

/** Milliseconds. */
const COUNT_DELAY = 300;

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
  /** Words on rows while something runs on them. */
  private readonly busy = new Map<Node, string>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly deps: TreeDeps) {
    this.subscriptions = vscode.Disposable.from(
      deps.tenants.onDidChange(() => this.changed.fire(undefined)),
      deps.clients.onDidChangeSignIn(() => this.changed.fire(undefined)),
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

  /** Asks the service again for what is below a row (everything, without one); other rows keep what they have. */
  refresh(node?: Node): void {
    const target = node && !isParent(node) ? node.parent : node;
    if (target?.kind === 'identity') {
      this.assignments.delete(target);
    } else {
      for (const view of this.views.values()) {
        if (!target || target === view || target === view.parent) view.list.reset();
      }
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

  /** Tries again what failed below a row; pages loaded before the failure stay. */
  async retry({ parent }: ErrorNode): Promise<void> {
    if (parent.kind === 'view' && parent.list.rows.length > 0) {
      await this.loadPage(parent);
      this.redraw(parent);
    } else {
      this.refresh(parent);
    }
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
    this.tenants.clear();
    for (const [id, node] of present) this.tenants.set(id, node);
    return [...present.values()];
  }

  private tenantChildren(node: TenantNode): Node[] {
    if (node.signedOut !== undefined) return [errorNode(node, new ApiError('auth', node.signedOut))];
    const made = viewNode(node, ALL_IDENTITIES, new IdentityList(ALL_IDENTITIES, this.deps.pageSize));
    const view = this.views.get(made.id) ?? made;
    this.views.set(view.id, view);
    return [view];
  }

  private async viewRows(view: ViewNode): Promise<Node[]> {
    if (!view.list.started) {
      await this.loadPage(view);
      // The count beside the view's name is known only now. VS Code keeps the rows of an earlier answer when a row is
      // refreshed while that answer is still being taken in, so the name is drawn a little later.
      setTimeout(() => this.redraw(view), COUNT_DELAY);
    }
    return viewChildren(view);
  }

  private async loadPage(view: ViewNode): Promise<void> {
    const tenantId = view.parent.id;
    await view.list.loadMore(view, () => this.deps.clients.for(tenantId));
    this.deps.clients.noteFailure(tenantId, view.list.error);
  }

  private async roleAssignments(node: IdentityNode): Promise<Node[]> {
    const known = this.assignments.get(node);
    if (known) return known;
    const tenantId = tenantOf(node).id;
    try {
      const rows = await identityChildren(node, await this.deps.clients.for(tenantId));
      this.assignments.set(node, rows);
      return rows;
    } catch (error) {
      this.deps.clients.noteFailure(tenantId, error);
      return [errorNode(node, error)];
    }
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
    } catch (error) {
      this.deps.clients.noteFailure(tenantId, error);
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
