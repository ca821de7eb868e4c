import './ui/language';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createRateLimits } from './api/rateLimit';
import { registerBatches } from './actions/bulk/register';
import { keepInStep } from './tree/keepInStep';
import { registerCommands, registerDeepLink } from './commands/index';
import { announceBatch } from './commands/actions/announce';
import { askNamesake } from './commands/actions/namesakes';
import { announceEnd } from './commands/tasks/tasks';
import { createLog } from './log';
import { Pages } from './documents/reports';
import { Recent } from './find/recent';
import { vscodeUi } from './commands/ui/vscodeUi';
import { vscodeWorkbench } from './commands/ui/vscodeWorkbench';
import { showStoredTenants } from './commands/tenants/storedTenants';
import { registerStatusBar } from './tenants/statusBar';
import { IdentityDocuments } from './documents/documents';
import { SCHEMES, SETTINGS, VIEWS } from './ids';
import { AttributeChanges } from './panels/identity/attributeChanges';
import { registerPanels } from './panels/register';
import { onSettingChanged, settings } from './settings';
import { keptIfPossible } from './storage/memory';
import { sharedUse } from './storage/sharedUse';
import { registerTasks } from './tasksView/register';
import type { IdentityChange } from './tenants/identityChange';
import { Clients } from './tenants/clients';
import { ProtectedIdentities } from './tenants/protectedIdentities';
import { Secrets } from './tenants/secrets';
import { TenantStore } from './tenants/store';
import { registerTenantDecorations } from './tenants/decorations';
import { TenantTree } from './tree/provider';
import { registerListSettings } from './lists/settings/register';
import { ListStore } from './lists/store';
import { createTreeView } from './ui/window';

/** The composition root: makes everything, wires it, decides nothing. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = (name: string): string => join(context.globalStorageUri.fsPath, name);
  const log = createLog('ISC Identities', context.logUri.fsPath);
  const pages = new Pages(SCHEMES.connection);
  const changes = new vscode.EventEmitter<IdentityChange>();
  const secrets = new Secrets(context.secrets, log);
  const tenants = new TenantStore(folder('tenants'), secrets, log);
  const clients = new Clients({
    store: tenants,
    secrets,
    log,
    startDemo: async () => (await import('./demo/server')).startDemo({ identities: settings.demoIdentities() }),
    timeoutMs: settings.requestTimeoutMs,
    rateLimits: createRateLimits({ shared: sharedUse(folder('rate')) }),
    userAgent: `isc-identities/${(context.extension.packageJSON as { version: string }).version}`,
  });
  const service = { tenants, clients, log, protectedIdentities: new ProtectedIdentities() };
  const telling = { ui: vscodeUi, workbench: vscodeWorkbench, log };
  const lists = new ListStore(context.globalState);
  const recent = new Recent(keptIfPossible(context.globalState, log), tenants);
  const tree = new TenantTree({ ...service, lists, changes: changes.event, pageSize: settings.pageSize });
  const view = createTreeView(VIEWS.tenants, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true });
  const batches = registerBatches({
    ...service,
    folder: folder('batches'),
    tracker: () => tasks.tracker,
    changes,
    keepDays: settings.keepResultsDays,
    announce: (batch, tenant) => announceBatch(telling, batch, tenant),
    chooseNamesake: (...about) => askNamesake(telling, ...about),
  });
  const tasks = registerTasks({
    ...service,
    folder: folder('tasks'),
    changes,
    keepDays: settings.keepResultsDays,
    announce: (task, tenant, inSight) => announceEnd(telling, task, tenant, inSight),
    batches,
  });
  const attributeChanges = new AttributeChanges(keptIfPossible(context.workspaceState, log));
  const { extensionUri } = context;
  const panels = registerPanels({ ...service, attributeChanges, extensionUri, batches, changes: changes.event });
  const documents = new IdentityDocuments({ tenants, clients, changes: changes.event });
  const commands = registerCommands(
    {
      ...telling,
      clients,
      store: tenants,
      secrets,
      lists,
      recent,
      tree,
      view,
      tasks: tasks.tracker,
      tasksView: tasks.view,
      serviceTasks: tasks.service,
      batches,
      panels,
      documents,
      pages,
      changes,
      csvStyle: settings.csvStyle,
    },
    context.extension.packageJSON,
  );
  context.subscriptions.push(
    ...[log, pages, changes, tenants, clients, lists, recent, tree, view, tasks, batches, panels, documents, commands],
    registerTenantDecorations(tenants),
    registerStatusBar(tenants, panels.onDidChangeActive),
    tree.follow(view),
    keepInStep(tree, view, panels, settings.revealActiveIdentity),
    registerDeepLink(telling),
    registerListSettings(),
    showStoredTenants(telling, tenants, view),
    tenants.onDidRemove((tenantId) => pages.forget(tenantId)),
    onSettingChanged(SETTINGS.requestTimeout, () => clients.clear()),
  );
}
