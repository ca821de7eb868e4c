import { ACTION_IDS, actionOf, commandForSelected } from '../actions/catalog';
import { commandId, COMMANDS, type CommandId } from '../ids';
import { showTenantMenu } from './tenants/menu';
import { actOnMany, ofSelected, planForList, oneOrMany } from './actions/plan';
import { stopBatch, deleteRecord, openBatch, pauseBatch, resumeBatch, runBatch } from './actions/run';
import { unlockBatch } from './actions/unlockBatch';
import { exportBatch } from './actions/export';
import { asTaken, isGiven } from './ui/arguments';
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
import { copyAsMarkdown } from './lists/copyAsMarkdown';
import { exportIdentities } from './lists/exportFile';
import { showRoleEnds } from './lists/roleEnds';
import { inviteAllUnregistered } from './actions/inviteAll';
import { removeUnreadableTenant } from './tenants/storedTenants';
import { copySupportBundle, showLog, takeTour } from './tenants/support';
import {
  hideFinished,
  hideTask,
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
  unlockToContinue,
  unlockText,
} from './tenants/tenants';
import { actOnTable, chooseTableColumns } from './table/act';
import { openAsTable } from './table/open';
import { withSelectedRows } from './table/rows';
import { deleteRow, openRow, retry, selectFocused } from './tree/rows';
import { editInSettings } from './lists/showMistake';
import { selectedRows } from './identities/targets';

/** Without an argument a command about identities is about those that have the focus. */
const ofIdentities =
  (handler: Handler): Handler =>
  (deps, argument, selected) =>
    isGiven(argument) ? handler(deps, argument, selected) : handler(deps, ...deps.focus.identities());

/** In the menu of several rows that are selected it is about those. */
const ofThoseSelected =
  (handler: Handler): Handler =>
  (deps, argument, selected) =>
    handler(deps, ...selectedRows(deps, argument, selected));

/** Without an argument a command about a tenant is about the one that has the focus. */
const ofTenant =
  (handler: Handler): Handler =>
  (deps, argument) =>
    handler(deps, isGiven(argument) ? argument : deps.focus.tenant()[0]);

/** The same for a command about a list. */
const ofList =
  (handler: Handler): Handler =>
  (deps, argument) =>
    handler(deps, isGiven(argument) ? argument : deps.focus.list()[0]);

/** The same for a command about a list or about identities. */
const ofListOrIdentities =
  (handler: Handler): Handler =>
  (deps, argument, selected) => {
    if (isGiven(argument)) return handler(deps, argument, selected);
    const list = deps.focus.list();
    return handler(deps, ...(list.length > 0 ? list : deps.focus.identities()));
  };

const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  [COMMANDS.addTenant]: addTenant,
  [COMMANDS.tryDemo]: tryDemo,
  [COMMANDS.removeTenant]: ofTenant(removeTenant),
  [COMMANDS.removeUnreadableTenant]: removeUnreadableTenant,
  [COMMANDS.signIn]: ofTenant(signIn),
  [COMMANDS.renameTenant]: ofTenant(renameTenant),
  [COMMANDS.setEnvironment]: ofTenant(setEnvironment),
  [COMMANDS.setVersion]: ofTenant(setVersion),
  [COMMANDS.moveTenantUp]: (deps, argument) => moveTenant(deps, argument, -1),
  [COMMANDS.moveTenantDown]: (deps, argument) => moveTenant(deps, argument, 1),
  [COMMANDS.checkConnection]: ofTenant(checkConnection),
  [COMMANDS.copySupportBundle]: copySupportBundle,
  [COMMANDS.setReadOnly]: setReadOnly,
  [COMMANDS.unlock]: unlock,
  [COMMANDS.tenantMenu]: ofTenant(showTenantMenu),
  [COMMANDS.findIdentity]: findIdentity,
  [COMMANDS.openIdentity]: ofIdentities(openIdentity),
  [COMMANDS.openSelected]: ofThoseSelected(openIdentity),
  [COMMANDS.explainAssignment]: ofIdentities(explainAssignment),
  [COMMANDS.openJson]: ofIdentities((deps, argument, selected) => openJson(deps, argument, selected, 'identity')),
  [COMMANDS.openRoleAssignmentsJson]: ofIdentities((deps, argument, selected) =>
    openJson(deps, argument, selected, 'roleAssignments'),
  ),
  [COMMANDS.openOwnershipJson]: ofIdentities((deps, argument, selected) =>
    openJson(deps, argument, selected, 'ownership'),
  ),
  [COMMANDS.selectForCompare]: ofIdentities(selectForCompare),
  [COMMANDS.compareWithSelected]: compareWithSelected,
  [COMMANDS.compare]: ofIdentities(compareIdentities),
  [COMMANDS.compareJson]: compareJson,
  [COMMANDS.inviteAll]: ofTenant(inviteAllUnregistered),
  [COMMANDS.showOwned]: ofIdentities(showOwned),
  [COMMANDS.stopFollowing]: stopFollowing,
  [COMMANDS.hideFinished]: hideFinished,
  [COMMANDS.hideTask]: hideTask,
  [COMMANDS.toggleHidden]: toggleHidden,
  [COMMANDS.openTaskPeople]: openTaskPeople,
  [COMMANDS.openTaskRow]: openTaskRow,
  [COMMANDS.copyId]: ofIdentities(copyId),
  [COMMANDS.copyEmail]: ofIdentities(copyEmail),
  [COMMANDS.copyName]: ofIdentities(copyName),
  [COMMANDS.copySelectedIds]: ofThoseSelected(copyId),
  [COMMANDS.copySelectedEmails]: ofThoseSelected(copyEmail),
  [COMMANDS.copySelectedNames]: ofThoseSelected(copyName),
  [COMMANDS.openInIsc]: ofIdentities(openInIsc),
  [COMMANDS.openRow]: openRow,
  [COMMANDS.deleteRow]: deleteRow,
  [COMMANDS.selectFocused]: selectFocused,
  [COMMANDS.refresh]: refresh,
  [COMMANDS.loadAll]: loadAll,
  [COMMANDS.countList]: (deps, argument) =>
    countList(deps, isGiven(argument) ? argument : (deps.focus.list()[0] ?? deps.focus.tenant()[0])),
  [COMMANDS.sortList]: sortList,
  [COMMANDS.exportIdentities]: ofListOrIdentities((deps, argument, selected) =>
    exportIdentities(deps, argument, selected),
  ),
  [COMMANDS.exportWithColumns]: ofListOrIdentities((deps, argument, selected) =>
    exportIdentities(deps, argument, selected, { asksColumns: true }),
  ),
  [COMMANDS.roleEnds]: ofListOrIdentities((deps, argument, selected) => showRoleEnds(deps, argument, selected)),
  [COMMANDS.copyAsMarkdown]: ofListOrIdentities(copyAsMarkdown),
  [COMMANDS.newList]: ofTenant(newList),
  [COMMANDS.editList]: ofList(editList),
  [COMMANDS.duplicateList]: ofList(duplicateList),
  [COMMANDS.deleteList]: ofList(deleteList),
  [COMMANDS.saveAsList]: saveTemporaryList,
  [COMMANDS.removeTemporaryList]: removeTemporaryList,
  [COMMANDS.editListInSettings]: editInSettings,
  [COMMANDS.moveListUp]: (deps, argument) => moveList(deps, argument, -1),
  [COMMANDS.moveListDown]: (deps, argument) => moveList(deps, argument, 1),
  // From the palette it asks which identities: those selected in the tree are the first that it offers.
  [COMMANDS.openAsTable]: openAsTable,
  [COMMANDS.tableAct]: actOnTable,
  [COMMANDS.tableColumns]: chooseTableColumns,
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
  [COMMANDS.batchUnlock]: unlockBatch,
  [COMMANDS.batchExportCsv]: (deps, argument) => exportBatch(deps, argument, 'csv'),
  [COMMANDS.batchExportJson]: (deps, argument) => exportBatch(deps, argument, 'json'),
  [COMMANDS.showLog]: showLog,
  [COMMANDS.takeTour]: takeTour,
};

/** Every command of the extension with its handler, those of the actions' catalog included. */
export const ALL_HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...Object.entries(HANDLERS),
  ...ACTION_IDS.map((id): [string, Handler] => [commandId(actionOf(id).command), oneOrMany(id)]),
  ...ACTION_IDS.map((id): [string, Handler] => [commandForSelected(id), ofSelected(id)]),
]);

/** Commands about a table itself; all others are about the rows that are selected in it. */
const ABOUT_TABLES: ReadonlySet<string> = new Set([
  COMMANDS.tableAct,
  COMMANDS.tableColumns,
  COMMANDS.exportIdentities,
  COMMANDS.exportWithColumns,
  COMMANDS.copyAsMarkdown,
  COMMANDS.roleEnds,
]);

/** What a command is called with: instead of a table, the rows that are selected in it. */
export function meantBy(
  deps: Pick<CommandDeps, 'panels'>,
  command: string,
  args: readonly unknown[],
): readonly unknown[] {
  return ABOUT_TABLES.has(command) ? args : withSelectedRows(deps, args);
}

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
      unlockText: (tenantId) => unlockText(deps.store.get(tenantId)),
      unlock: (tenantId, said) => unlockToContinue(deps, tenantId, said),
      // Whom it was about is known by now, also where it had to be asked.
      again: (target) => runHandler(deps, handler, argument === undefined ? [target && asTaken(target)] : args),
    });
  }
}
