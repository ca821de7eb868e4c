import './ui/language';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Focus } from './commands/identities/focus';
import { registerCommands } from './commands/index';
import { provideDocuments } from './documents/later';
import { SCHEMES, SETTINGS, VIEWS } from './ids';
import { later } from './later';
import { registerListSettings } from './lists/settings/register';
import { ListStore } from './lists/store';
import { createLog } from './log';
import { AttributeChanges } from './panels/identity/attributeChanges';
import { laterPanels } from './panels/later';
import { onSettingChanged, settings } from './settings';
import { keptIfPossible } from './storage/memory';
import { problemOf } from './storage/problem';
import { createTasksView } from './tasksView/view';
import { Clients } from './tenants/clients';
import { registerTenantDecorations } from './tenants/decorations';
import type { IdentityChange } from './tenants/identityChange';
import { ProtectedIdentities } from './tenants/protectedIdentities';
import { Secrets } from './tenants/secrets';
import { showStoredTenants } from './tenants/showStored';
import { registerStatusBar } from './tenants/statusBar';
import { TenantStore } from './tenants/store';
import { keepInStep } from './tree/keepInStep';
import { TenantTree } from './tree/provider';
import { createTreeView } from './ui/window';

/** The composition root: makes what is there at once, and says how to make the rest, which is loaded when it is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const folder = (name: string): string => join(context.globalStorageUri.fsPath, name);
  const folders = { batches: folder('batches'), tasks: folder('tasks') };
  const manifest = context.extension.packageJSON as { version: string };
  const log = createLog('ISC Identities', context.logUri.fsPath);
  const changes = new vscode.EventEmitter<IdentityChange>();
  const secrets = new Secrets(context.secrets, log);
  const tenants = new TenantStore(folder('tenants'), secrets, log);
  const clients = new Clients({
    store: tenants,
    secrets,
    log,
    startDemo: async () => (await import('./demo/server')).startDemo({ identities: settings.demoIdentities() }),
    timeoutMs: settings.requestTimeoutMs,
    rate: { folder: folder('rate') },
    userAgent: `isc-identities/${manifest.version}`,
  });
  const service = { tenants, clients, log, protectedIdentities: new ProtectedIdentities() };
  const lists = new ListStore(context.globalState);
  const tree = new TenantTree({ ...service, lists, changes: changes.event, pageSize: settings.pageSize });
  const view = createTreeView(VIEWS.tenants, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true });
  const attributeChanges = new AttributeChanges(keptIfPossible(context.workspaceState, log));

  const documents = later(async () =>
    (await import('./parts/documents')).startDocuments({ tenants, clients, changes: changes.event }),
  );
  const tasksView = createTasksView({
    folders: Object.values(folders),
    load: () => works(),
    failed: (error) => log.error(`Tasks cannot be loaded: ${problemOf(error)}`),
  });
  const works = later(async () => {
    const { startWorks } = await import('./parts/works');
    return startWorks({ ...service, folders, changes, keepDays: settings.keepResultsDays, view: tasksView.view });
  });
  const panels = laterPanels(async (restorePanels) => {
    const [{ registerPanels }, { batches }] = await Promise.all([import('./panels/register'), works()]);
    const { extensionUri } = context;
    return registerPanels({
      ...service,
      attributeChanges,
      extensionUri,
      batches,
      lists,
      pageSize: settings.pageSize,
      changes: changes.event,
      restorePanels,
    });
  });
  const focus = new Focus(view, panels);
  const commands = later(async () => {
    const parts = [import('./parts/commands'), works(), panels.load(), documents()] as const;
    const [{ startCommands }, made, opened, shown] = await Promise.all(parts);
    return startCommands({
      ...{ log, clients, store: tenants, secrets, lists, tree, view, focus, changes },
      ...{ works: made, panels: opened, documents: shown.identities, pages: shown.pages, tasksView: tasksView.view },
      ...{ csvStyle: settings.csvStyle, memory: keptIfPossible(context.globalState, log), tenants, manifest },
    });
  });
  context.subscriptions.push(
    ...[log, changes, tenants, clients, lists, tree, view, tasksView, documents, focus, works, panels, commands],
    registerCommands(manifest, commands),
    registerTenantDecorations(tenants),
    registerStatusBar(tenants, panels.onDidChangeActive),
    tree.follow(view),
    keepInStep(tree, view, panels, settings.revealActiveIdentity),
    registerListSettings(),
    showStoredTenants(tenants, view),
    attributeChanges.follow(tenants),
    provideDocuments(SCHEMES.identity, async () => (await documents()).identities),
    provideDocuments(SCHEMES.connection, async () => (await documents()).pages),
    onSettingChanged(SETTINGS.requestTimeout, () => clients.clear()),
  );
}
