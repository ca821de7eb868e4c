/** What package.json also spells, commands of actions excepted. A unit test proves both equal. Imports nothing. */

/** Publisher and name. */
export const EXTENSION_ID = 'isc-identities.isc-identities';

/** The walkthrough, as VS Code names it in its command. */
export const WALKTHROUGH = `${EXTENSION_ID}#start`;

export const VIEW_CONTAINER = 'isc-identities';

export const VIEWS = { tenants: 'iscIdentities.tenants', tasks: 'iscIdentities.tasks' } as const;

export const COMMANDS = {
  addTenant: 'iscIdentities.addTenant',
  tryDemo: 'iscIdentities.tryDemo',
  removeTenant: 'iscIdentities.removeTenant',
  removeUnreadableTenant: 'iscIdentities.removeUnreadableTenant',
  signIn: 'iscIdentities.signIn',
  openRow: 'iscIdentities.openRow',
  selectFocused: 'iscIdentities.selectFocused',
  refresh: 'iscIdentities.refresh',
  loadMore: 'iscIdentities.loadMore',
  loadAll: 'iscIdentities.loadAll',
  countList: 'iscIdentities.countList',
  exportIdentities: 'iscIdentities.exportIdentities',
  exportWithColumns: 'iscIdentities.exportWithColumns',
  copyAsMarkdown: 'iscIdentities.copyAsMarkdown',
  sortList: 'iscIdentities.sortList',
  newList: 'iscIdentities.newList',
  editList: 'iscIdentities.editList',
  duplicateList: 'iscIdentities.duplicateList',
  deleteList: 'iscIdentities.deleteList',
  editListInSettings: 'iscIdentities.editListInSettings',
  saveAsList: 'iscIdentities.saveAsList',
  removeTemporaryList: 'iscIdentities.removeTemporaryList',
  moveListUp: 'iscIdentities.moveListUp',
  moveListDown: 'iscIdentities.moveListDown',
  retry: 'iscIdentities.retry',
  findIdentity: 'iscIdentities.findIdentity',
  openIdentity: 'iscIdentities.openIdentity',
  openSelected: 'iscIdentities.openSelected',
  deleteRow: 'iscIdentities.deleteRow',
  explainAssignment: 'iscIdentities.explainRoleAssignment',
  inviteAll: 'iscIdentities.inviteAllUnregistered',
  showOwned: 'iscIdentities.showOwned',
  stopFollowing: 'iscIdentities.stopFollowing',
  hideFinished: 'iscIdentities.hideFinished',
  hideTask: 'iscIdentities.hideTask',
  toggleHidden: 'iscIdentities.toggleHidden',
  openTaskPeople: 'iscIdentities.openTaskPeople',
  openTaskRow: 'iscIdentities.openTaskRow',
  renameTenant: 'iscIdentities.renameTenant',
  setEnvironment: 'iscIdentities.setEnvironment',
  setVersion: 'iscIdentities.setVersion',
  moveTenantUp: 'iscIdentities.moveTenantUp',
  moveTenantDown: 'iscIdentities.moveTenantDown',
  checkConnection: 'iscIdentities.checkConnection',
  copySupportBundle: 'iscIdentities.copySupportBundle',
  setReadOnly: 'iscIdentities.setReadOnly',
  unlock: 'iscIdentities.unlock',
  tenantMenu: 'iscIdentities.tenantMenu',
  openJson: 'iscIdentities.openJson',
  openRoleAssignmentsJson: 'iscIdentities.openRoleAssignmentsJson',
  openOwnershipJson: 'iscIdentities.openOwnershipJson',
  selectForCompare: 'iscIdentities.selectForCompare',
  compareWithSelected: 'iscIdentities.compareWithSelected',
  compare: 'iscIdentities.compareIdentities',
  compareJson: 'iscIdentities.compareJson',
  copyId: 'iscIdentities.copyId',
  copyEmail: 'iscIdentities.copyEmail',
  actOnMany: 'iscIdentities.actOnMany',
  planForList: 'iscIdentities.planForList',
  batchOpen: 'iscIdentities.batch.open',
  batchDeleteRecord: 'iscIdentities.batch.deleteRecord',
  toggleServiceTasks: 'iscIdentities.toggleServiceTasks',
  refreshServiceTasks: 'iscIdentities.refreshServiceTasks',
  batchRun: 'iscIdentities.batch.run',
  batchRetryFailed: 'iscIdentities.batch.retryFailed',
  batchRunRest: 'iscIdentities.batch.runRest',
  batchPause: 'iscIdentities.batch.pause',
  batchResume: 'iscIdentities.batch.resume',
  batchStop: 'iscIdentities.batch.stop',
  batchUnlock: 'iscIdentities.batch.unlock',
  batchExportCsv: 'iscIdentities.batch.exportCsv',
  batchExportJson: 'iscIdentities.batch.exportJson',
  copyName: 'iscIdentities.copyName',
  copySelectedIds: 'iscIdentities.copySelectedIds',
  copySelectedEmails: 'iscIdentities.copySelectedEmails',
  copySelectedNames: 'iscIdentities.copySelectedNames',
  openInIsc: 'iscIdentities.openInIsc',
  showLog: 'iscIdentities.showLog',
  takeTour: 'iscIdentities.takeTour',
} as const;

/** The commands of the actions on identities are in the catalog (`actions/catalog.ts`). */
export function commandId(name: string): string {
  return `iscIdentities.${name}`;
}

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
} as const;
