import type * as vscode from 'vscode';
import type { IdentityTarget, RoleAssignmentTarget } from '../ids';
import type { IdentityKeys } from './identity/protocol';
import type { WhyKeys } from './roleAssignment/protocol';
import type { KeyedPanel, PanelGroup } from './shared/panelGroup';

/** What a row of the tree stands for. */
type RowTarget = IdentityTarget | RoleAssignmentTarget;

export interface Preview {
  /** A row was clicked or Enter pressed: shows it, the focus stays in the tree. If it is shown already, it is pinned and gets the focus. */
  choose(target: RowTarget): void;
  /** The selection moved to a row: what was opened from the tree follows, if it is on the screen. Opens nothing by itself. */
  follow(target: RowTarget): void;
  /** Whether the panel follows the selection now. */
  isFollowing(): boolean;
  /** Whether the identity of the active panel was chosen in the tree, which need not be told then. Asked whenever another panel is active. */
  isFromTree(active: IdentityKeys | WhyKeys | undefined): boolean;
}

/** The preview panel of the tree: one for both kinds of rows. */
export function previewPanel<I extends KeyedPanel<IdentityKeys>, W extends KeyedPanel<WhyKeys>>(
  identities: PanelGroup<IdentityKeys, I>,
  whys: PanelGroup<WhyKeys, W>,
): Preview {
  /** What was opened from the tree last, pinned or not, and where. */
  let last: { readonly id: string; readonly webviewPanel?: vscode.WebviewPanel } | undefined;

  /** A pinned panel on the way through a list is passed: the preview panel goes on behind it. */
  const isFollowing = (): boolean => {
    const preview = identities.previewed ?? whys.previewed;
    const open = [...identities.panels, ...whys.panels].map(({ webviewPanel }) => webviewPanel);
    return (
      preview !== undefined &&
      open.some((one) => one.visible && [preview.webviewPanel, last?.webviewPanel].includes(one))
    );
  };

  function show<K extends IdentityKeys | WhyKeys, P extends KeyedPanel<K>>(
    group: PanelGroup<K, P>,
    other: { readonly previewed: KeyedPanel<IdentityKeys | WhyKeys> | undefined },
    key: K,
  ): void {
    const replaced = other.previewed?.webviewPanel;
    // Known before the panel is active: whoever hears of that asks.
    last = { id: idOf(key) };
    const panel = group.preview(key, replaced?.viewColumn);
    last = { id: idOf(key), webviewPanel: panel.webviewPanel };
    // The preview panel has to be of the other kind now: there is still only one.
    if (group.previewed === panel) replaced?.dispose();
  }

  function turnTo(target: RowTarget, how: 'choose' | 'follow'): void {
    if ('assignment' in target) turn(whys, identities, whyKey(target), how);
    else turn(identities, whys, identityKey(target), how);
  }

  function turn<K extends IdentityKeys | WhyKeys, P extends KeyedPanel<K>>(
    group: PanelGroup<K, P>,
    other: { readonly previewed: KeyedPanel<IdentityKeys | WhyKeys> | undefined },
    key: K,
    how: 'choose' | 'follow',
  ): void {
    const isShown = group.isActive(key);
    if (how === 'choose' && isShown) group.show(key);
    else if (how === 'choose' || (!isShown && isFollowing())) show(group, other, key);
  }

  return {
    choose: (target) => {
      turnTo(target, 'choose');
    },
    follow: (target) => {
      turnTo(target, 'follow');
    },
    isFollowing,
    isFromTree: (active) => {
      // Between two panels none is active.
      if (!active) return false;
      if (idOf(active) !== last?.id) last = undefined;
      return last !== undefined;
    },
  };
}

/** The key of an identity's panel. */
export function identityKey({ tenantId, identity: { id, name } }: IdentityTarget): IdentityKeys {
  return { tenantId, identityId: id, name };
}

/** The key of the panel that says why a role was assigned. */
export function whyKey({ tenantId, identity, assignment }: RoleAssignmentTarget): WhyKeys {
  const { id: identityId, name } = identity;
  return { tenantId, identityId, assignmentId: assignment.id, name, role: assignment.role };
}

function idOf(key: IdentityKeys | WhyKeys): string {
  return JSON.stringify([key.tenantId, key.identityId, 'assignmentId' in key ? key.assignmentId : null]);
}
