import { join } from 'node:path';
import * as vscode from 'vscode';
import { createRateLimits } from './api/rateLimit';
import { registerBatches } from './actions/bulk/register';
import { registerDeepLink } from './commands/tenants/deepLink';
import { followPanel } from './tree/revealActiveIdentity';
import { registerCommands } from './commands/index';
import { announceEnd } from './commands/tasks/tasks';
import { createLog } from './log';
import { Pages } from './documents/reports';
import { Recent } from './find/recent';
import { storedTenantsMessage, tidyStored } from './commands/tenants/storedTenants';
import { registerStatusBar } from './tenants/statusBar';
import { IdentityDocuments } from './documents/documents';
import { CONTEXT_KEYS, SCHEMES, SETTINGS, VIEWS } from './ids';
import { LastSeen } from './panels/identity/attributeChanges';
import { registerPanels } from './panels/register';
import { sharedUse } from './storage/sharedUse';
import { registerTasks } from './tasksView/register';
import type { Change } from './tenants/identityChange';
import { Clients } from './tenants/clients';
import { Secrets } from './tenants/secrets';
import { TenantStore } from './tenants/store';
import { registerTenantDecorations } from './tenants/decorations';
import { TenantTree } from './tree/provider';
import { registerViewSettings } from './lists/settings/register';
import { ViewStore } from './lists/store';
import { createTreeView } from './ui/window';

/** The composition root: makes everything, wires it, decides nothing. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog('ISC Identities', context.logUri.fsPath);
  const pages = new Pages(SCHEMES.connection);
  const changes = new vscode.EventEmitter<Change>();
  const secrets = new Secrets(context.secrets, log);
  const store = new TenantStore(join(context.globalStorageUri.fsPath, 'tenants'), secrets, log);
  const clients = new Clients({
    store,
    secrets,
    log,
    startDemo: async () => {
      const { startDemo } = await import('./demo/server');
      return startDemo({ identities: setting(SETTINGS.demoIdentities, 2000) });
    },
    timeoutMs: () => setting(SETTINGS.requestTimeout, 30) * 1000,
    rateLimits: createRateLimits({ shared: sharedUse(join(context.globalStorageUri.fsPath, 'rate')) }),
    userAgent: `isc-identities/${(context.extension.packageJSON as { version: string }).version}`,
  });
  const views = new ViewStore(context.globalState);
  const recent = new Recent(context.globalState, store);
  const tree = new TenantTree({
    tenants: store,
    clients,
    views,
    changes: changes.event,
    pageSize: () => setting(SETTINGS.pageSize, 250),
  });
  const view = createTreeView(VIEWS.tenants, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const keepDays = (): number => setting(SETTINGS.keepResultsDays, 90);
  const batches = registerBatches({
    folder: join(context.globalStorageUri.fsPath, 'batches'),
    tenants: store,
    clients,
    tracker: () => tasks.tracker,
    changes,
    keepDays,
    log,
  });
  const panels = registerPanels({
    lastSeen: new LastSeen(context.workspaceState),
    extensionUri: context.extensionUri,
    tenants: store,
    clients,
    batches,
    changes: changes.event,
    log,
  });
  const tasks = registerTasks({
    folder: join(context.globalStorageUri.fsPath, 'tasks'),
    tenants: store,
    clients,
    changes,
    keepDays,
    log,
    announce: (task, tenant, inSight) => {
      announceEnd(task, tenant, inSight, log);
    },
    batches,
    partEnded: (task) => {
      batches.taskEnded(task);
    },
  });
  // What ended while no window was open is asked for once, when the window has nothing more urgent to do.
  setImmediate(() => {
    batches.catchUp(tasks.tracker.all());
  });
  const documents = new IdentityDocuments({ tenants: store, clients, changes: changes.event });
  const compare = { selected: undefined };
  const commands = registerCommands({
    store,
    secrets,
    clients,
    views,
    recent,
    tree,
    view,
    tasks: tasks.tracker,
    tasksView: tasks.view,
    serviceTasks: tasks.service,
    batches,
    panels,
    documents,
    compare,
    pages,
    changes,
    log,
  });
  const hasTenants = (): void => {
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasTenants, store.all().length > 0);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasUnreadable, store.unreadable.length > 0);
    view.message = storedTenantsMessage(store);
  };
  hasTenants();
  void tidyStored(store);
  context.subscriptions.push(
    log,
    pages,
    changes,
    store,
    clients,
    views,
    recent,
    tree,
    view,
    tasks,
    batches,
    panels,
    documents,
    commands,
    registerTenantDecorations(store),
    registerStatusBar(store, panels.onDidChangeActive),
    followPanel(tree, view, panels.onDidChangeActive),
    registerDeepLink(log),
    registerViewSettings(),
    store.onDidChange(hasTenants),
    store.onDidRemove((tenantId) => {
      pages.forget(tenantId);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.requestTimeout}`)) clients.renew();
    }),
  );
}

function setting(name: string, fallback: number): number {
  return vscode.workspace.getConfiguration(SETTINGS.section).get(name, fallback);
}
