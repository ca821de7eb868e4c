import type { TreeView } from '../ui/window';
import type * as vscode from 'vscode';
import type { IdentityTarget } from '../ids';
import type { Node } from './nodes';
import type { TenantTree } from './provider';

/**
 * Selects the identity of the active panel in the tree, where its row is loaded and the tree is on the screen. Nothing that the user
 * folded is unfolded for it.
 */
export function revealActiveIdentity(
  tree: Pick<TenantTree, 'loadedRow' | 'getParent' | 'unfolded'>,
  view: TreeView<Node>,
  onDidChangeActive: vscode.Event<IdentityTarget | undefined>,
  isWanted: () => boolean,
): vscode.Disposable {
  /** Whether nothing above a row is folded, as far as the view has told. */
  const isInSight = (row: Node): boolean => {
    const above = tree.getParent(row);
    return above === undefined || (tree.unfolded.has(above) && isInSight(above));
  };
  return onDidChangeActive((target) => {
    const row = target && tree.loadedRow(target.tenantId, target.identity.id);
    if (!row || !view.visible || !isWanted() || !isInSight(row)) return;
    // A row in another list, or a selection of several people with this one among them, is left as it is.
    const selected = view.selection.some((one) => one.kind === 'identity' && one.identity.id === row.identity.id);
    if (selected || view.selection.some((one) => one.parent === row)) return;
    // A row that a refresh is just taking away cannot be revealed, and need not be.
    view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
  });
}
