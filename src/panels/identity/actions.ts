import * as v from 'valibot';
import { ACTION_IDS, actionOf, isActionId } from '../../actions/catalog';
import { commandId, COMMANDS } from '../../ids';
import { readerOf } from '../../schema';
import { t } from '../../text/l10n';
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

const ACT = v.object({
  action: v.pipe(
    v.string(),
    v.check((action) => commandOf(action) !== undefined),
  ),
});

/** What a page asks to start, or undefined for anything it may not. */
export const parseAction = readerOf(ACT);

/** The command behind what a page asked to start. */
export function commandOf(action: string): string | undefined {
  if (isActionId(action)) return commandId(actionOf(action).command);
  return Object.hasOwn(OTHERS, action) ? OTHERS[action] : undefined;
}
