import type { ProtectedIdentities } from '../tenants/protectedIdentities';
import { noteRow } from '../ui/rows';
import type { TreeItem } from '../ui/treeItem';
import { AgingRows } from './agingRows';
import type { BusyRows } from './busyRows';
import { tenantOf, type IdentityNode, type Node } from './nodes';
import { toTreeItem } from './treeItems';

/** The items of rows, made once until what they show differs. */
export class RowItems {
  private readonly known = new WeakMap<Node, TreeItem>();
  private readonly aging = new AgingRows();

  constructor(
    private readonly busy: Pick<BusyRows, 'wordsOf'>,
    private readonly protectedIdentities: Pick<ProtectedIdentities, 'has'>,
  ) {}

  /** The item of a row that is handed to VS Code. */
  itemOf(node: Node): TreeItem {
    noteRow(node);
    if (node.kind === 'identity') node.isProtected = this.isProtected(node);
    const running = this.busy.wordsOf(node);
    if (running !== undefined) return toTreeItem(node, running);
    const known = this.known.get(node);
    // What was shown when it was last pointed at may be old by now.
    if (known) known.tooltip = undefined;
    if (known) return known;
    const item = toTreeItem(node);
    this.aging.drawn(node);
    // What these say changes with every page.
    if (node.kind !== 'more' && node.kind !== 'group' && node.kind !== 'short') this.known.set(node, item);
    return item;
  }

  /** Adds what is shown of a row that is pointed at, as it is now. */
  async resolve(item: TreeItem, node: Node): Promise<TreeItem> {
    const { tooltip } = await import('./tooltips');
    item.tooltip = tooltip(node);
    this.aging.pointedAt(node);
    return item;
  }

  /** Rows for VS Code, with what those of failures say. */
  async worded(rows: Node[]): Promise<Node[]> {
    const failures = rows.filter((row) => row.kind === 'error');
    if (failures.length > 0) {
      const { errorWords } = await import('./tooltips');
      for (const row of failures) row.words = errorWords(row);
    }
    return rows;
  }

  /** Rows that say how long ago or how soon something is, and would say it differently now. */
  takeAged(present: ReadonlySet<Node>): Node[] {
    return this.aging.takeDue(present);
  }

  /** Whether a row would show the same as when it was drawn last. */
  isCurrent(node: Node): boolean {
    return this.known.get(node)?.description === toTreeItem(node).description;
  }

  /** Those that were drawn and would say otherwise now whether they are protected. */
  differing(nodes: readonly IdentityNode[]): IdentityNode[] {
    return nodes.filter((node) => this.known.has(node) && node.isProtected !== this.isProtected(node));
  }

  /** What these rows show differs now. */
  forget(...nodes: readonly Node[]): void {
    for (const node of nodes) this.known.delete(node);
  }

  private isProtected(node: IdentityNode): boolean {
    return this.protectedIdentities.has(tenantOf(node).id, node.identity.id);
  }
}
