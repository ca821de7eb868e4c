import { ACTION_IDS, actionOf, isActionId } from '../../actions/catalog';
import { commandId, COMMANDS } from '../../ids';
import { t } from '../../text/l10n';
import { isRecord } from '../../storage/shape';
import type { ActionButton } from './protocol';

/** What the page may start beside the actions of the catalog. */
const OTHERS: Readonly<Record<string, string>> = {
  copyId: COMMANDS.copyId,
  openInIsc: COMMANDS.openInIsc,
  openJson: COMMANDS.openJson,
  openRoleAssignmentsJson: COMMANDS.openRoleAssignmentsJson,
  openOwnershipJson: COMMANDS.openOwnershipJson,
  signIn: COMMANDS.signIn,
  showLog: COMMANDS.showLog,
};

/** The catalog as buttons of the page. Dots say that something is asked first. */
export function actionButtons(): readonly ActionButton[] {
  return ACTION_IDS.map((id) => {
    const { label, icon, place, asksNothing } = actionOf(id);
    return { id, label: asksNothing ? label() : t('{0}...', label()), icon, place, asks: !asksNothing };
  });
}

/** What a page asks to start, or undefined for anything it may not. */
export function parseAction(params: unknown): { readonly action: string } | undefined {
  const action = isRecord(params) ? params['action'] : undefined;
  return typeof action === 'string' && commandOf(action) !== undefined ? { action } : undefined;
}

/** The command behind what a page asked to start. */
export function commandOf(action: string): string | undefined {
  if (isActionId(action)) return commandId(actionOf(action).command);
  return Object.hasOwn(OTHERS, action) ? OTHERS[action] : undefined;
}
