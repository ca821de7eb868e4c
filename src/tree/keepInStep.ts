import type { TreeView } from '../ui/window';
import type * as vscode from 'vscode';
import type { ActiveIdentity, IdentityTarget, RoleAssignmentTarget } from '../ids';
import { tenantOf, type Node } from './nodes';
import type { TenantTree } from './provider';

/** How long the selection has to stay on a row before the preview panel follows, milliseconds: rows passed by key cost nothing. */
const STAYED_MS = 150;

interface FollowingPanels {
  readonly onDidChangeActive: vscode.Event<ActiveIdentity | undefined>;
  follow(target: IdentityTarget | RoleAssignmentTarget): void;
}

/**
 * Keeps tree and panels in step. The identity of the active panel is selected in the tree, where its row is loaded and the tree is on the
 * screen; nothing that the user folded is unfolded for it. And where the user walks through the rows, the preview panel follows.
 */
export function keepInStep(
  tree: Pick<TenantTree, 'loadedRow' | 'getParent' | 'unfolded'>,
  view: Pick<TreeView<Node>, 'selection' | 'visible' | 'reveal' | 'onDidChangeSelection'>,
  panels: FollowingPanels,
  isRevealWanted: () => boolean,
): { dispose(): void } {
  let revealed: Node | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether nothing above a row is folded, as far as the view has told. */
  const isInSight = (row: Node): boolean => {
    const above = tree.getParent(row);
    return above === undefined || (tree.unfolded.has(above) && isInSight(above));
  };
  const reveal = (row: Node): void => {
    revealed = row;
    // A row that a refresh is just taking away cannot be revealed, and need not be.
    view.reveal(row, { select: true, focus: false }).then(undefined, () => {
      revealed = undefined;
    });
  };
  const activeChanges = panels.onDidChangeActive((active) => {
    // The user may be some rows further by now: the selection is not taken back.
    if (!active || active.fromTree) return;
    const row = tree.loadedRow(active.tenantId, active.identity.id);
    if (!row || !view.visible || !isRevealWanted() || !isInSight(row)) return;
    // A row in another list, or a selection of several people with this one among them, is left as it is.
    const selected = view.selection.some((one) => one.kind === 'identity' && one.identity.id === row.identity.id);
    if (selected || view.selection.some((one) => one.parent === row)) return;
    reveal(row);
  });
  const selections = view.onDidChangeSelection(({ selection: [row, ...others] }) => {
    clearTimeout(timer);
    // What was selected for the active panel does not turn another panel to it.
    const isRevealed = row !== undefined && row === revealed;
    revealed = undefined;
    const target = row && targetOf(row);
    if (!target || isRevealed || others.length > 0) return;
    timer = setTimeout(() => {
      panels.follow(target);
    }, STAYED_MS);
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      activeChanges.dispose();
      selections.dispose();
    },
  };
}

/** What the panel of a row is about; undefined for a row that has none. */
export function targetOf(row: Node): IdentityTarget | RoleAssignmentTarget | undefined {
  if (row.kind === 'identity') {
    const { id, name } = row.identity;
    return { tenantId: tenantOf(row).id, identity: { id, name } };
  }
  if (row.kind !== 'roleAssignment' || row.parent.kind !== 'identity') return undefined;
  const { id, role } = row.assignment;
  const { identity } = row.parent;
  return {
    tenantId: tenantOf(row).id,
    identity: { id: identity.id, name: identity.name },
    assignment: { id, role: role.name ?? role.id },
  };
}
