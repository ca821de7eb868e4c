import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import type { FoundList } from '../lists/list';
import type { IdentityChange } from '../tenants/identityChange';
import { whileSeen, type Seen } from './agingRows';
import { applyChange } from './applyChange';
import { BusyRows } from './busyRows';
import { Drawing } from './drawing';
import { ListCounts, type Unfolding } from './listCounts';
import { ListLoading } from './listLoading';
import type { TreeDeps } from './deps';
import { ReadAhead } from './readAhead';
import { RoleAssignmentCache } from './roleAssignmentCache';
import { noteProtected } from './protectedRows';
import { RowItems } from './rowItems';
import {
  errorNode,
  groupRows,
  isParent,
  tenantOf,
  type ErrorNode,
  type IdentityNode,
  type MoreNode,
  type Node,
  type TenantNode,
  type ListNode,
} from './nodes';
import { NodeStore } from './nodeStore';
import type { TreeItem } from '../ui/treeItem';
import type { PlainText } from '../text/plain';

/**
 * Feeds the Tenants view. Rows are kept, so that their items are made once and a refresh of one loses no other; what
 * a row shows changes by putting new data into it and telling VS Code of that row alone.
 */
export class TenantTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly drawing = new Drawing((rows) => this.changed.fire(rows));

  private readonly rows: NodeStore;
  private readonly assignments = new RoleAssignmentCache();
  private readonly busy = new BusyRows((row) => this.drawing.rows([row]));
  private readonly items: RowItems;
  private readonly counts: ListCounts;
  private readonly loading: ListLoading;
  private readonly readAhead: ReadAhead;
  /** VS Code asks for the rows below a row once it is unfolded. */
  readonly unfolded = new WeakSet<Node>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly deps: TreeDeps) {
    this.rows = new NodeStore(deps);
    this.items = new RowItems(this.busy, deps.protectedIdentities);
    this.loading = new ListLoading({
      clients: deps.clients,
      protectedIdentities: deps.protectedIdentities,
      isCurrent: (list) => this.items.isCurrent(list),
      redraw: (list) => this.redraw(list),
      draw: (...rows) => this.drawing.rows(rows),
      shown: (list) => this.readAhead.shown(list),
    });
    this.readAhead = new ReadAhead(deps.clients, this.rows, this.unfolded);
    this.counts = new ListCounts({
      clients: deps.clients,
      lists: (tenantId) =>
        this.rows.lists.filter(({ parent, list }) => parent.id === tenantId && list.origin === 'builtIn'),
      draw: (lists) => this.redrawRows(lists),
    });
    this.subscriptions = vscode.Disposable.from(
      deps.tenants.onDidChange(() => this.drawing.all()),
      deps.lists.onDidChange(() => this.drawing.all()),
      deps.clients.onDidChangeSignIn((tenantId) => this.resetTenant(tenantId)),
      deps.changes((change) => void this.apply(change)),
      deps.protectedIdentities.onDidChange((tenantId, identityIds) =>
        this.redrawRows(this.items.differing(this.rows.nodesOf(tenantId, ...identityIds))),
      ),
    );
  }

  /** Counts the lists of tenants that are unfolded in the view, and keeps ages true. */
  follow(view: Unfolding & Seen): vscode.Disposable {
    return vscode.Disposable.from(
      ...this.counts.follow(view),
      whileSeen(view, () => this.redrawRows(this.items.takeAged(this.rows.identities()))),
      ...this.readAhead.follow(view),
    );
  }

  getTreeItem(node: Node): TreeItem {
    return this.items.itemOf(node);
  }

  resolveTreeItem(item: TreeItem, node: Node): Promise<TreeItem> {
    return this.items.resolve(item, node);
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'identity' ? (node.group ?? node.parent) : node.parent;
  }

  getChildren(node?: Node): Promise<Node[]> {
    return this.drawing.asking(node, async () => this.items.worded(await this.childrenOf(node)));
  }

  private async childrenOf(node: Node | undefined): Promise<Node[]> {
    if (!node) return this.roots();
    this.unfolded.add(node);
    switch (node.kind) {
      case 'tenant':
        return this.tenantChildren(node);
      case 'list':
        return this.loading.rows(node);
      case 'group':
        return groupRows(node);
      case 'identity':
        return this.assignments.children(node, () => this.deps.clients.for(tenantOf(node).id));
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
    for (const { id, signedOut } of this.rows.tenants) {
      if (signedOut !== undefined && (!target || target.id === id)) return this.deps.clients.forget(id);
    }
    if (target?.kind === 'identity') {
      this.assignments.forget(target);
    } else {
      const lists = this.rows.lists.filter(
        (list) => list.loaded.started && (!target || target === list || target === list.parent),
      );
      const client = (list: ListNode) => () => this.deps.clients.for(list.parent.id);
      await Promise.all(
        lists.map((list) => list.loaded.reload(list, client(list)).then(() => this.loading.count(list))),
      );
      this.items.forget(...lists); // their counts may differ now
      for (const list of lists) {
        noteProtected(list, this.deps.protectedIdentities);
        this.readAhead.shown(list);
      }
    }
    this.redraw(target);
  }

  /** Loads the next page of a list; where that takes long, its "Load more" row shows that it runs. */
  loadMore(node: MoreNode): Promise<void> {
    return this.loading.more(node);
  }

  /**
   * Loads a list to its end, or until the signal aborts or a page fails; rows are drawn once at the end, because VS Code
   * asks for all of them again each time.
   */
  async loadAll(list: ListNode, signal: AbortSignal, progress: (list: ListNode['loaded']) => void): Promise<void> {
    await this.loading.all(list, signal, progress);
    this.redraw(list);
  }

  /** Puts the number of people on the row of a list. */
  async showCount(list: ListNode): Promise<void> {
    await this.loading.count(list);
    this.redraw(list);
  }

  /** Tries again what failed below a row; pages loaded before the failure stay. */
  async retry({ parent }: ErrorNode): Promise<void> {
    if (parent.kind === 'list') {
      await this.loading.page(parent);
      await this.loading.count(parent);
      this.redraw(parent);
    } else {
      await this.refresh(parent);
    }
  }

  /** A row of that person among those that are loaded. */
  loadedRow(tenantId: string, identityId: string): IdentityNode | undefined {
    return this.rows.nodesOf(tenantId, identityId)[0];
  }

  /** The row of a list of a tenant. */
  listRow(tenantId: string, listId: string): ListNode | undefined {
    const tenant = this.tenantRow(tenantId);
    return tenant && this.rows.readLists(tenant).find(({ list }) => list.id === listId);
  }

  /** A row of that person: where they are loaded, or below "Found", which is made for them. */
  rowFor(tenantId: string, identity: Identity): IdentityNode | undefined {
    const tenant = this.tenantRow(tenantId);
    const [known] = this.rows.nodesOf(tenantId, identity.id);
    if (known) return known;
    const row = tenant && this.rows.addFound(tenant, identity);
    if (row) noteProtected(row.parent, this.deps.protectedIdentities);
    if (row) this.drawing.rows([tenant]);
    return row;
  }

  /** Puts what was found by a query below a tenant, for this window only; the same query keeps its row. */
  openList(tenantId: string, found: FoundList): ListNode | undefined {
    const tenant = this.tenantRow(tenantId);
    if (!tenant) return undefined;
    const list = this.rows.openList(tenant, found);
    this.items.forget(list);
    this.drawing.rows([tenant]);
    if (found.total === undefined) void this.loading.countLater(list);
    return list;
  }

  /** Takes away a list that `openList` made. */
  removeList(list: ListNode): void {
    this.rows.removeList(list);
    this.drawing.rows([list.parent]);
  }

  /** Shows words on a person's rows while something runs on them. */
  whileBusy<T>(tenantId: string, identityId: string, words: PlainText, run: () => Promise<T>): Promise<T> {
    return this.busy.during(this.rows.nodesOf(tenantId, identityId), words, run);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.counts.dispose();
    this.drawing.dispose();
    this.changed.dispose();
  }

  private roots(): Node[] {
    this.items.forget(...this.rows.readTenants());
    const present = new Set([...this.rows.tenants].map(({ id }) => id));
    for (const known of [this.counts, this.deps.protectedIdentities]) known.keepOnly(present);
    return [...this.rows.tenants];
  }

  private tenantRow(tenantId: string): TenantNode | undefined {
    if (!this.rows.tenant(tenantId)) this.roots();
    return this.rows.tenant(tenantId);
  }

  private tenantChildren(node: TenantNode): Node[] {
    if (node.signedOut !== undefined) return [errorNode(node, new ApiError('auth', node.signedOut))];
    const lists = this.rows.readLists(node);
    this.counts.opened(node);
    return lists;
  }

  /** Credentials changed or were refused: what was loaded may not be what the tenant answers now. */
  private resetTenant(tenantId: string): void {
    this.rows.reset(tenantId);
    this.counts.forget(tenantId);
    this.deps.protectedIdentities.forget(tenantId);
    this.drawing.all();
  }

  private redraw(node: Node | undefined): void {
    if (node) this.redrawRows([node]);
    else this.drawing.all();
  }

  /** Draws these rows again, and nothing else. */
  private redrawRows(nodes: readonly Node[]): void {
    this.items.forget(...nodes);
    this.drawing.rows(nodes);
  }

  private async apply(change: IdentityChange): Promise<void> {
    const { tenantId, identityId } = change;
    this.counts.changed(tenantId);
    this.readAhead.changed(tenantId);
    if (identityId === undefined) {
      const tenant = this.rows.tenant(tenantId);
      if (tenant && tenant.signedOut === undefined) await this.refresh(tenant);
      return;
    }
    await applyChange(change, {
      rows: this.rows.nodesOf(tenantId, identityId),
      client: () => this.deps.clients.for(tenantId),
      forget: (row) => this.assignments.forget(row),
      redraw: (row) => this.redraw(row),
    });
  }
}
