/** What package.json also spells, commands of actions excepted. A unit test proves both equal. Imports nothing. */

/** Publisher and name. */
export const EXTENSION_ID = 'isc-identities.isc-identities';

/** The walkthrough, as VS Code names it in its command. */
export const WALKTHROUGH = `${EXTENSION_ID}#start`;

export const VIEW_CONTAINER = 'isc-identities';

export const VIEWS = { tenants: 'iscIdentities.tenants', tasks: 'iscIdentities.tasks' } as const;

/** The commands of the actions on identities are in the catalog (`actions/catalog.ts`). */
export function commandId<const N extends string>(name: N): `iscIdentities.${N}` {
  return `iscIdentities.${name}`;
}

export const COMMANDS = {
  addTenant: commandId('addTenant'),
  tryDemo: commandId('tryDemo'),
  removeTenant: commandId('removeTenant'),
  removeUnreadableTenant: commandId('removeUnreadableTenant'),
  signIn: commandId('signIn'),
  openRow: commandId('openRow'),
  selectFocused: commandId('selectFocused'),
  refresh: commandId('refresh'),
  loadMore: commandId('loadMore'),
  loadAll: commandId('loadAll'),
  countList: commandId('countList'),
  exportIdentities: commandId('exportIdentities'),
  exportWithColumns: commandId('exportWithColumns'),
  copyAsMarkdown: commandId('copyAsMarkdown'),
  roleEnds: commandId('roleEnds'),
  sortList: commandId('sortList'),
  newList: commandId('newList'),
  editList: commandId('editList'),
  duplicateList: commandId('duplicateList'),
  deleteList: commandId('deleteList'),
  editListInSettings: commandId('editListInSettings'),
  saveAsList: commandId('saveAsList'),
  removeTemporaryList: commandId('removeTemporaryList'),
  moveListUp: commandId('moveListUp'),
  moveListDown: commandId('moveListDown'),
  retry: commandId('retry'),
  findIdentity: commandId('findIdentity'),
  openIdentity: commandId('openIdentity'),
  openSelected: commandId('openSelected'),
  deleteRow: commandId('deleteRow'),
  explainAssignment: commandId('explainRoleAssignment'),
  inviteAll: commandId('inviteAllUnregistered'),
  showOwned: commandId('showOwned'),
  stopFollowing: commandId('stopFollowing'),
  hideFinished: commandId('hideFinished'),
  hideTask: commandId('hideTask'),
  toggleHidden: commandId('toggleHidden'),
  openTaskPeople: commandId('openTaskPeople'),
  openTaskRow: commandId('openTaskRow'),
  renameTenant: commandId('renameTenant'),
  setEnvironment: commandId('setEnvironment'),
  setVersion: commandId('setVersion'),
  moveTenantUp: commandId('moveTenantUp'),
  moveTenantDown: commandId('moveTenantDown'),
  checkConnection: commandId('checkConnection'),
  copySupportBundle: commandId('copySupportBundle'),
  setReadOnly: commandId('setReadOnly'),
  unlock: commandId('unlock'),
  tenantMenu: commandId('tenantMenu'),
  openJson: commandId('openJson'),
  openRoleAssignmentsJson: commandId('openRoleAssignmentsJson'),
  openOwnershipJson: commandId('openOwnershipJson'),
  selectForCompare: commandId('selectForCompare'),
  compareWithSelected: commandId('compareWithSelected'),
  compare: commandId('compareIdentities'),
  compareJson: commandId('compareJson'),
  copyId: commandId('copyId'),
  copyEmail: commandId('copyEmail'),
  actOnMany: commandId('actOnMany'),
  planForList: commandId('planForList'),
  batchOpen: commandId('batch.open'),
  batchDeleteRecord: commandId('batch.deleteRecord'),
  toggleServiceTasks: commandId('toggleServiceTasks'),
  refreshServiceTasks: commandId('refreshServiceTasks'),
  batchRun: commandId('batch.run'),
  batchRetryFailed: commandId('batch.retryFailed'),
  batchRunRest: commandId('batch.runRest'),
  batchPause: commandId('batch.pause'),
  batchResume: commandId('batch.resume'),
  batchStop: commandId('batch.stop'),
  batchUnlock: commandId('batch.unlock'),
  batchExportCsv: commandId('batch.exportCsv'),
  batchExportJson: commandId('batch.exportJson'),
  copyName: commandId('copyName'),
  copySelectedIds: commandId('copySelectedIds'),
  copySelectedEmails: commandId('copySelectedEmails'),
  copySelectedNames: commandId('copySelectedNames'),
  openAsTable: commandId('openAsTable'),
  tableAct: commandId('table.act'),
  tableColumns: commandId('table.columns'),
  openInIsc: commandId('openInIsc'),
  showLog: commandId('showLog'),
  takeTour: commandId('takeTour'),
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** What tree rows, panels and other callers hand to a command about a person. */
export interface IdentityTarget {
  readonly tenantId: string;
  readonly identity: { readonly id: string; readonly name: string };
}

/** The identity of the active panel. */
export interface ActiveIdentity extends IdentityTarget {
  /** It was chosen in the tree just now: the selection there is the same, or further already. */
  readonly fromTree: boolean;
}

/** One role assignment of a person. */
export interface RoleAssignmentTarget extends IdentityTarget {
  readonly assignment: { readonly id: string; readonly role: string };
}

/** Everybody who has a role (or another thing of that id) is to be found. */
export interface PeopleWithTarget {
  readonly tenantId: string;
  readonly accessId: string;
  /** What it is called. */
  readonly name: string;
}

export const SETTINGS = {
  section: 'iscIdentities',
  pageSize: 'pageSize',
  requestTimeout: 'requestTimeout',
  demoIdentities: 'demo.identities',
  lists: 'lists',
  tables: 'tables',
  keepResultsDays: 'keepResultsDays',
  revealActiveIdentity: 'revealActiveIdentity',
  /** Read by VS Code only: in the conditions of the keys. */
  previewFollowsArrowKeys: 'previewFollowsArrowKeys',
  csvDelimiter: 'csv.delimiter',
  csvByteOrderMark: 'csv.byteOrderMark',
} as const;

/** Of the settings that are numbers: what counts when nothing is set, and between which they lie. */
export const SETTING_NUMBERS = {
  pageSize: { usual: 250, least: 10, most: 250 },
  requestTimeout: { usual: 30, least: 1, most: 300 },
  demoIdentities: { usual: 2000, least: 1, most: 1_000_000 },
  keepResultsDays: { usual: 90, least: 1, most: 3650 },
} as const;

/** What menus depend on. Before the extension has started nothing is known: keys that hide say that there is none. */
export const CONTEXT_KEYS = {
  hasUnreadable: 'iscIdentities.hasUnreadable',
  comparing: 'iscIdentities.comparing',
  noTenants: 'iscIdentities.noTenants',
  noReadOnly: 'iscIdentities.noReadOnly',
  noWritable: 'iscIdentities.noWritable',
  noSavedLists: 'iscIdentities.noSavedLists',
  noTasks: 'iscIdentities.noTasks',
  noRunningTasks: 'iscIdentities.noRunningTasks',
  noBulkActions: 'iscIdentities.noBulkActions',
  previewing: 'iscIdentities.previewing',
} as const;

/** Colors of the extension's own. */
export const COLORS = {
  production: 'iscIdentities.production',
  productionUnlocked: 'iscIdentities.productionUnlocked',
} as const;

/** Schemes of the extension's own addresses. */
export const SCHEMES = { connection: 'isc-connection', tenant: 'isc-tenant', identity: 'isc-identity' } as const;

/** Webview types, restored by key after a reload. */
export const PANELS = {
  identity: 'iscIdentities.identity',
  roleAssignment: 'iscIdentities.roleAssignment',
  compare: 'iscIdentities.compare',
  batch: 'iscIdentities.batch',
  table: 'iscIdentities.table',
} as const;
