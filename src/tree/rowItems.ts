import type { PlainText } from '../text/plain';
import { noteRow } from '../ui/rows';
import type { TreeItem } from '../ui/treeItem';
import { tenantOf, type IdentityNode, type Node } from './nodes';
import { toTreeItem, tooltip } from './treeItems';

interface RowItemsDeps {
  /** What runs on a row. */
  readonly busyWords: (row: Node) => PlainText | undefined;
  readonly isProtected: (tenantId: string, identityId: string) => boolean;
}

/** The items of rows, made once until what they show differs. */
export class RowItems {
  private readonly known = new WeakMap<Node, TreeItem>();

  constructor(private readonly deps: RowItemsDeps) {}

  /** The item of a row that is handed to VS Code. */
  itemOf(node: Node): TreeItem {
    noteRow(node);
    if (node.kind === 'identity') node.isProtected = this.isProtected(node);
    const running = this.deps.busyWords(node);
    if (running !== undefined) return toTreeItem(node, running);
    const known = this.known.get(node);
    if (known) return known;
    const item = toTreeItem(node);
    // What these say changes with every page.
    if (node.kind !== 'more' && node.kind !== 'group' && node.kind !== 'short') this.known.set(node, item);
    return item;
  }

  /** Adds what is shown of a row that is pointed at. */
  resolve(item: TreeItem, node: Node): TreeItem {
    item.tooltip ??= tooltip(node);
    return item;
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
    return this.deps.isProtected(tenantOf(node).id, node.identity.id);
  }
}
