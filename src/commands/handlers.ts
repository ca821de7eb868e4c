import { ACTION_IDS, actionOf } from '../actions/catalog';
import { commandId, COMMANDS, type CommandId } from '../ids';
import { showTenantMenu } from './tenants/menu';
import { actOnMany, planForList, oneOrMany } from './actions/plan';
import { stopBatch, deleteRecord, openBatch, pauseBatch, resumeBatch, runBatch } from './actions/run';
import { exportBatch } from './actions/export';
import type { CommandDeps, Handler } from './ui/deps';
import { showReadAgain } from './ui/progress';
import { report } from './ui/report';
import { copyEmail, copyId, copyName } from './identities/copy';
import { compareIdentities, compareJson, compareWithSelected, selectForCompare } from './identities/compare';
import { openJson } from './identities/json';
import { explainAssignment, openIdentity, showOwned } from './identities/open';
import { findIdentity } from './find/find';
import { openInIsc } from './identities/openInIsc';
import { loadAll, loadMore, refresh } from './tree/loading';
import { countList, sortList } from './lists/countAndSort';
import { inviteAllUnregistered } from './actions/inviteAll';
import { removeUnreadableTenant } from './tenants/storedTenants';
import { copySupportBundle, showLog } from './tenants/support';
import {
  hideFinished,
  toggleHidden,
  openTaskPeople,
  openTaskRow,
  stopFollowing,
  refreshServiceTasks,
  toggleServiceTasks,
} from './tasks/tasks';
import {
  deleteList,
  duplicateList,
  editList,
  moveList,
  newList,
  removeTemporaryList,
  saveTemporaryList,
} from './lists/lists';
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
import { openRow, retry } from './tree/rows';

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
  [COMMANDS.tenantMenu]: showTenantMenu,
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
  [COMMANDS.inviteAll]: inviteAllUnregistered,
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
  [COMMANDS.countList]: countList,
  [COMMANDS.sortList]: sortList,
  [COMMANDS.newList]: newList,
  [COMMANDS.editList]: editList,
  [COMMANDS.duplicateList]: duplicateList,
  [COMMANDS.deleteList]: deleteList,
  [COMMANDS.saveAsList]: saveTemporaryList,
  [COMMANDS.removeTemporaryList]: removeTemporaryList,
  [COMMANDS.moveListUp]: (deps, argument) => moveList(deps, argument, -1),
  [COMMANDS.moveListDown]: (deps, argument) => moveList(deps, argument, 1),
  [COMMANDS.loadMore]: loadMore,
  [COMMANDS.retry]: retry,
  [COMMANDS.actOnMany]: actOnMany,
  [COMMANDS.planForList]: planForList,
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

/** Every command of the extension with its handler, those of the actions' catalog included. */
export const ALL_HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...Object.entries(HANDLERS),
  ...ACTION_IDS.map((id): [string, Handler] => [commandId(actionOf(id).command), oneOrMany(id)]),
]);

/**
 * Runs a command as VS Code calls it; what its handler throws is reported here and nowhere else. The menu of a row hands over
 * two arguments, also when its row was read again since: then the first is missing. Asking for somebody instead would be about
 * anybody.
 */
export async function runHandler(deps: CommandDeps, handler: Handler, args: readonly unknown[]): Promise<void> {
  const [argument, selected] = args;
  try {
    if (args.length > 1 && argument === undefined) showReadAgain(deps.ui);
    else await handler(deps, argument, selected);
  } catch (error) {
    report(error, deps, {
      isReadOnly: (tenantId) => deps.store.get(tenantId)?.readOnly !== false,
      // Whom it was about is known by now, also where it had to be asked.
      again: (target) => runHandler(deps, handler, argument === undefined ? [target] : args),
    });
  }
}
