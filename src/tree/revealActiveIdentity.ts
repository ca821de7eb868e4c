import type { TreeView } from '../ui/window';
import type * as vscode from 'vscode';
import type { IdentityTarget } from '../ids';
import type { Node } from './nodes';
import type { TenantTree } from './provider';

/** Selects the person of the active panel in the tree, where they are loaded and the tree is on the screen. */
export function revealActiveIdentity(
  tree: Pick<TenantTree, 'loadedRow'>,
  view: TreeView<Node>,
  onDidChangeActive: vscode.Event<IdentityTarget | undefined>,
): vscode.Disposable {
  return onDidChangeActive((target) => {
    const row = target && tree.loadedRow(target.tenantId, target.identity.id);
    if (!row || !view.visible) return;
    // A row in another list, or a selection of several people with this one among them, is left as it is.
    const selected = view.selection.some((one) => one.kind === 'identity' && one.identity.id === row.identity.id);
    if (selected || view.selection.some((one) => one.parent === row)) return;
    // A row that a refresh is just taking away cannot be revealed, and need not be.
    view.reveal(row, { select: true, focus: false }).then(undefined, () => undefined);
  });
}
