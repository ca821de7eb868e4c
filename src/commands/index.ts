import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import { COMMANDS, type CommandId } from '../ids';
import type { ErrorNode } from '../tree/nodes';
import { invite, processIdentity, reset } from './actions/process';
import {
  actOnMany,
  actOnView,
  stopBatch,
  deleteRecord,
  oneOrMany,
  openBatch,
  pauseBatch,
  resumeBatch,
  runBatch,
} from './actions/bulk';
import { exportBatch } from './actions/export';
import type { CommandDeps, Handler } from './ui/deps';
import { copyEmail, copyId, copyName } from './identities/copy';
import { compareIdentities, compareJson, compareWithSelected, selectForCompare } from './identities/compare';
import { openJson } from './identities/json';
import { deleteIdentity } from './actions/deleteIdentity';
import { explainAssignment, openIdentity, showOwned, synchronize } from './identities/open';
import { findIdentity } from './find/find';
import { openInIsc } from './identities/openInIsc';
import { countView, loadAll, loadMore, refresh, sortView } from './tree/loading';
import { inviteAllUnregistered } from './actions/inviteAll';
import { sayNothingDone } from './actions/onOne';
import { report } from './ui/report';
import { rowOf } from './identities/targets';
import { t } from '../text/l10n';
import { showMistake } from './lists/showMistake';
import { removeUnreadableTenant } from './tenants/storedTenants';
import { showLog } from '../log';
import { copySupportBundle } from './tenants/support';
import {
  hideFinished,
  toggleHidden,
  openTaskPeople,
  openTaskRow,
  stopFollowing,
  refreshServiceTasks,
  toggleServiceTasks,
} from './tasks/tasks';
import { sendVerification } from './actions/passwordReset';
import { deleteView, duplicateView, editView, moveView, newView } from './lists/lists';
import {
  addTenant,
  checkConnection,
  moveTenant,
  removeTenant,
  renameTenant,
  setEnvironment,
  setReadOnly,
  setVersion,
  signIn,
  tryDemo,
  unlock,
} from './tenants/tenants';

/** Every command of the extension. */
const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  [COMMANDS.addTenant]: addTenant,
  [COMMANDS.tryDemo]: tryDemo,
  [COMMANDS.removeTenant]: removeTenant,
  [COMMANDS.removeUnreadableTenant]: removeUnreadableTenant,
  [COMMANDS.signIn]: signIn,
  [COMMANDS.renameTenant]: renameTenant,
  [COMMANDS.setEnvironment]: setEnvironment,
  [COMMANDS.setVersion]: setVersion,
  [COMMANDS.moveTenantUp]: (deps, argument) => moveTenant(deps, argument, -1),
  [COMMANDS.moveTenantDown]: (deps, argument) => moveTenant(deps, argument, 1),
  [COMMANDS.checkConnection]: checkConnection,
  [COMMANDS.copySupportBundle]: copySupportBundle,
  [COMMANDS.setReadOnly]: setReadOnly,
  [COMMANDS.unlock]: unlock,
  [COMMANDS.findIdentity]: findIdentity,
  [COMMANDS.openIdentity]: openIdentity,
  [COMMANDS.explainAssignment]: explainAssignment,
  [COMMANDS.openJson]: (deps, argument, selected) => openJson(deps, argument, selected, 'identity'),
  [COMMANDS.openRoleAssignmentsJson]: (deps, argument, selected) =>
    openJson(deps, argument, selected, 'roleAssignments'),
  [COMMANDS.openOwnershipJson]: (deps, argument, selected) => openJson(deps, argument, selected, 'ownership'),
  [COMMANDS.selectForCompare]: selectForCompare,
  [COMMANDS.compareWithSelected]: compareWithSelected,
  [COMMANDS.compare]: compareIdentities,
  [COMMANDS.compareJson]: compareJson,
  [COMMANDS.synchronize]: oneOrMany('synchronize', synchronize),
  [COMMANDS.process]: oneOrMany('process', processIdentity),
  [COMMANDS.invite]: oneOrMany('invite', invite),
  [COMMANDS.inviteAll]: inviteAllUnregistered,
  [COMMANDS.sendVerification]: oneOrMany('verification', sendVerification),
  [COMMANDS.reset]: oneOrMany('reset', reset),
  [COMMANDS.deleteIdentity]: oneOrMany('delete', deleteIdentity),
  [COMMANDS.showOwned]: showOwned,
  [COMMANDS.stopFollowing]: stopFollowing,
  [COMMANDS.hideFinished]: hideFinished,
  [COMMANDS.toggleHidden]: toggleHidden,
  [COMMANDS.openTaskPeople]: openTaskPeople,
  [COMMANDS.openTaskRow]: openTaskRow,
  [COMMANDS.copyId]: copyId,
  [COMMANDS.copyEmail]: copyEmail,
  [COMMANDS.copyName]: copyName,
  [COMMANDS.openInIsc]: openInIsc,
  [COMMANDS.openRow]: openRow,
  [COMMANDS.refresh]: refresh,
  [COMMANDS.loadAll]: loadAll,
  [COMMANDS.countView]: countView,
  [COMMANDS.sortView]: sortView,
  [COMMANDS.newView]: newView,
  [COMMANDS.editView]: editView,
  [COMMANDS.duplicateView]: duplicateView,
  [COMMANDS.deleteView]: deleteView,
  [COMMANDS.moveViewUp]: (deps, argument) => moveView(deps, argument, -1),
  [COMMANDS.moveViewDown]: (deps, argument) => moveView(deps, argument, 1),
  [COMMANDS.loadMore]: async (deps, argument) => {
    const row = rowOf(argument);
    if (row?.kind === 'more') await loadMore(deps, row);
  },
  [COMMANDS.retry]: async (deps, argument) => {
    const row = rowOf(argument);
    if (row?.kind === 'error') await retry(deps, row);
  },
  [COMMANDS.actOnMany]: actOnMany,
  [COMMANDS.actOnView]: actOnView,
  [COMMANDS.batchOpen]: openBatch,
  [COMMANDS.batchDeleteRecord]: deleteRecord,
  [COMMANDS.toggleServiceTasks]: toggleServiceTasks,
  [COMMANDS.refreshServiceTasks]: refreshServiceTasks,
  [COMMANDS.batchRun]: (deps, argument) => runBatch(deps, argument, 'planned'),
  [COMMANDS.batchRunRest]: (deps, argument) => runBatch(deps, argument, 'planned'),
  [COMMANDS.batchRetryFailed]: (deps, argument) => runBatch(deps, argument, 'failed'),
  [COMMANDS.batchPause]: pauseBatch,
  [COMMANDS.batchResume]: resumeBatch,
  [COMMANDS.batchStop]: stopBatch,
  [COMMANDS.batchExportCsv]: (deps, argument) => exportBatch(deps, argument, 'csv'),
  [COMMANDS.batchExportJson]: (deps, argument) => exportBatch(deps, argument, 'json'),
  [COMMANDS.showLog]: showLog,
};

/** A click or Enter on a row of the tree. */
async function openRow(deps: CommandDeps): Promise<void> {
  const [row, ...others] = deps.view.selection;
  // Several rows are selected to act on them by the menu; none of them is meant to open.
  if (others.length > 0) return;
  switch (row?.kind) {
    case 'identity':
      return openIdentity(deps, row);
    case 'roleAssignment':
      return explainAssignment(deps, row);
    case 'more':
      return loadMore(deps, row);
    case 'error':
      return retry(deps, row);
    case 'short':
      return refresh(deps, row.parent);
    case 'view':
      return showMistake(deps, row);
    default:
  }
}

/** Asking again with refused credentials would be refused again: they are asked for instead. */
async function retry(deps: CommandDeps, row: ErrorNode): Promise<void> {
  return ApiError.is(row.error, 'auth') ? signIn(deps, row) : deps.tree.retry(row);
}

/** Registers the whole table; what a handler throws is reported here and nowhere else. */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(HANDLERS).map(([id, handler]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        const [argument, selected] = args;
        try {
          // The menu of a row hands over two arguments, also when its row was read again since: then the first is missing. Asking
          // for somebody instead would be about anybody.
          if (args.length > 1 && argument === undefined)
            sayNothingDone(t('The list was just read again: choose the row once more'));
          else await handler(deps, argument, selected);
        } catch (error) {
          report(error, deps.log);
        }
      }),
    ),
  );
}
