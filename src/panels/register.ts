import * as vscode from 'vscode';
import {
  COMMANDS,
  CONTEXT_KEYS,
  PANELS,
  type ActiveIdentity,
  type IdentityTarget,
  type RoleAssignmentTarget,
} from '../ids';
import { createWebviewPanel, setPanelTitle } from '../ui/window';
import type { IdentityChange } from '../tenants/identityChange';
import type { Tenant } from '../tenants/tenant';
import { batchPanel, type BatchPanel, type BatchSource } from './batch/panel';
import { comparePanel, compareTitle, type ComparePanel } from './compare/panel';
import { identityPanel, type IdentityPanel } from './identity/panel';
import { assignmentReader } from './shared/assignmentReader';
import { type IdentityPanelDeps, type Openers } from './shared/deps';
import { showNotice } from './shared/panel';
import { identityKey, previewPanel, whyKey, type Preview } from './preview';
import { PanelGroup, type PanelWindow } from './shared/panelGroup';
import { parseBatchKeys, type BatchKeys } from './batch/protocol';
import { parseCompareKeys, type CompareKeys } from './compare/protocol';
import { parseIdentityKeys, type IdentityKeys } from './identity/protocol';
import { parseWhyKeys, type WhyKeys } from './roleAssignment/protocol';
import { panelTitle } from './shared/title';
import { registerTables, type Tables, type TablesDeps } from './table/register';
import { whyPanel, whyTitle, type WhyPanel } from './roleAssignment/panel';
import { t } from '../text/l10n';
import { setContextKey } from '../ui/contextKeys';

export interface PanelDeps extends Omit<IdentityPanelDeps, 'open' | 'assignments'> {
  readonly tenants: IdentityPanelDeps['tenants'] & {
    all(): readonly Tenant[];
    readonly onDidChange: vscode.Event<void>;
    readonly removed: ReadonlySet<string>;
    readonly onDidRemove: vscode.Event<string>;
  };
  readonly clients: IdentityPanelDeps['clients'] & {
    readonly onDidChangeSignIn: vscode.Event<string>;
    signedOutReason(tenantId: string): string | undefined;
  };
  readonly lists: TablesDeps['lists'];
  readonly pageSize: TablesDeps['pageSize'];
  readonly batches: BatchSource;
  readonly changes: vscode.Event<IdentityChange>;
  /** Restores the panels of a kind after a window reload, from now on. */
  readonly restorePanels: PanelWindow['restorePanels'];
}

interface OpenOptions {
  /** Which tab to show first; the one that was last chosen when absent. */
  readonly tab?: 'owns';
}

export interface Panels extends vscode.Disposable, Pick<Preview, 'choose' | 'follow'> {
  /** Opens or reveals the one panel of this person, pinned. */
  openIdentity(target: IdentityTarget, options?: OpenOptions): void;
  /** Opens or reveals the panel that says why the person has this role, pinned. */
  openRoleAssignment(target: RoleAssignmentTarget): void;
  /** Opens or reveals the panel that compares two people. */
  openComparison(a: IdentityTarget, b: IdentityTarget): void;
  /** Opens or reveals the panel of a batch; `title` is what its tab says until its page is there. */
  openBatch(batchId: string, title?: string): void;
  /** Opens or reveals the table of a list, or one of people who were named in another way. */
  openTable: Tables['open'];
  /** The open table of an id. */
  table: Tables['get'];
  /** The person of the active panel, for the status bar, the tree and commands. */
  readonly active: IdentityTarget | undefined;
  readonly onDidChangeActive: vscode.Event<ActiveIdentity | undefined>;
}

/** Registers the panels and what restores them after a window reload (contents come by key, never from the state). */
export function registerPanels(deps: PanelDeps): Panels {
  const openIdentity: Panels['openIdentity'] = (target, options = {}) => {
    const panel = identities.show(identityKey(target));
    if (options.tab) panel.showTab(options.tab);
  };
  const openRoleAssignment: Panels['openRoleAssignment'] = (target) => {
    whys.show(whyKey(target));
  };
  const panelWindow: PanelWindow = { createPanel, setTitle: setPanelTitle, restorePanels: deps.restorePanels };
  const activeChanged = new vscode.EventEmitter<ActiveIdentity | undefined>();
  const activeIdentity = (key = identities.activeKey ?? whys.activeKey): ActiveIdentity | undefined =>
    key && {
      tenantId: key.tenantId,
      identity: { id: key.identityId, name: key.name },
      fromTree: preview.isFromTree(key),
    };
  const tellActive = (key: IdentityKeys | WhyKeys | undefined): void => {
    activeChanged.fire(key && activeIdentity(key));
  };
  /** Arrow keys select rows only where that has a panel follow. */
  const tellFollowing = (): void => {
    setContextKey(CONTEXT_KEYS.previewing, preview.isFollowing());
  };
  const assignments = assignmentReader(deps.clients);
  const open: Openers = {
    identity: openIdentity,
    roleAssignment: openRoleAssignment,
    peopleWith: (target) => void vscode.commands.executeCommand(COMMANDS.findIdentity, target),
  };

  const unknown = (panel: vscode.WebviewPanel): void => {
    const sentence = t('VS Code did not keep what this panel was about. Open it again from the tree.');
    showNotice(panel, deps.extensionUri, sentence);
  };

  const identities = new PanelGroup<IdentityKeys, IdentityPanel>(
    {
      viewType: PANELS.identity,
      id: ({ tenantId, identityId }) => JSON.stringify([tenantId, identityId]),
      title: ({ name }) => panelTitle(name),
      parse: parseIdentityKeys,
      unknown,
      fill: (panel, key, pin) => identityPanel(panel, key, { ...deps, assignments, open }, pin),
      activeChanged: () => {
        tellActive(identities.activeKey ?? whys.activeKey);
      },
      changed: tellFollowing,
    },
    panelWindow,
  );
  const whys = new PanelGroup<WhyKeys, WhyPanel>(
    {
      viewType: PANELS.roleAssignment,
      id: ({ tenantId, identityId, assignmentId }) => JSON.stringify([tenantId, identityId, assignmentId]),
      title: whyTitle,
      parse: parseWhyKeys,
      unknown,
      fill: (panel, key) => whyPanel(panel, key, { ...deps, assignments, open }),
      activeChanged: () => {
        tellActive(whys.activeKey ?? identities.activeKey);
      },
      changed: tellFollowing,
    },
    panelWindow,
  );
  const preview = previewPanel(identities, whys);
  const comparisons = new PanelGroup<CompareKeys, ComparePanel>(
    {
      viewType: PANELS.compare,
      id: ({ a, b }) => JSON.stringify([a.tenantId, a.id, b.tenantId, b.id]),
      title: compareTitle,
      parse: parseCompareKeys,
      unknown,
      fill: (panel, key) => comparePanel(panel, key, { ...deps, assignments, open }),
    },
    panelWindow,
  );
  const openComparison: Panels['openComparison'] = (...people) => {
    const [a, b] = people.map(({ tenantId, identity: { id, name } }) => ({ tenantId, id, name }));
    if (a && b) comparisons.show({ a, b });
  };
  const batches = new PanelGroup<BatchKeys, BatchPanel>(
    {
      viewType: PANELS.batch,
      id: ({ batchId }) => batchId,
      title: ({ title }) => panelTitle(title),
      parse: parseBatchKeys,
      unknown,
      fill: (panel, key) =>
        batchPanel(panel, key, {
          ...deps,
          openPerson: (target, owns) => {
            openIdentity(target, owns ? { tab: 'owns' } : {});
          },
        }),
    },
    panelWindow,
  );
  const openBatch: Panels['openBatch'] = (batchId, title = t('Bulk action')) => {
    batches.show({ batchId, title, begun: false });
  };
  const tables = registerTables({ ...deps, openPerson: (target) => openIdentity(target) }, panelWindow, unknown);
  const all = (): readonly (IdentityPanel | WhyPanel)[] => [...identities.panels, ...whys.panels];

  let known = new Map<string, Tenant>();
  const noteTenants = (): void => {
    known = new Map(deps.tenants.all().map((tenant) => [tenant.id, tenant]));
  };
  noteTenants();

  const subscriptions = vscode.Disposable.from(
    identities,
    whys,
    comparisons,
    batches,
    tables,
    deps.tenants.onDidChange(() => {
      for (const now of deps.tenants.all()) {
        const before = known.get(now.id);
        if (before && before !== now) tables.tenantChanged(now.id, before.baseUrl !== now.baseUrl);
      }
      for (const panel of all()) {
        const before = known.get(panel.key.tenantId);
        const now = deps.tenants.get(panel.key.tenantId);
        // An unchanged tenant stays the same object: its panels have nothing to read again.
        if (before === now) continue;
        assignments.forget(panel.key.tenantId);
        // At another address it may be another tenant.
        if (before?.baseUrl === now?.baseUrl) panel.readAgain();
        else panel.changed();
      }
      for (const panel of comparisons.panels) panel.readAgain();
      for (const panel of batches.panels) panel.changed();
      noteTenants();
    }),
    // A panel restored for a tenant that is gone stays, and says so; one whose tenant is removed now closes.
    deps.tenants.onDidRemove((removed) => {
      assignments.forget(removed);
      for (const panel of all()) if (panel.key.tenantId === removed) panel.webviewPanel.dispose();
      for (const panel of batches.panels) if (panel.tenantId === removed) panel.webviewPanel.dispose();
      tables.closeOf(removed);
      for (const panel of comparisons.panels) {
        const { a, b } = panel.key;
        if (a.tenantId === removed || b.tenantId === removed) panel.webviewPanel.dispose();
      }
    }),
    deps.clients.onDidChangeSignIn((tenantId) => {
      assignments.forget(tenantId);
      tables.readAgain(tenantId);
      for (const panel of all()) if (panel.key.tenantId === tenantId) panel.readAgain();
      for (const panel of batches.panels) if (panel.tenantId === tenantId) panel.changed();
      for (const panel of comparisons.panels) {
        if (panel.key.a.tenantId === tenantId || panel.key.b.tenantId === tenantId) panel.readAgain();
      }
    }),
    deps.changes((change) => {
      const { kind, tenantId, identityId } = change;
      assignments.forget(tenantId, identityId);
      tables.applyChange(change);
      const concerns = (person: string): boolean => identityId === undefined || identityId === person;
      for (const panel of all()) {
        if (panel.key.tenantId !== tenantId || !concerns(panel.key.identityId)) continue;
        if (kind === 'deleted') panel.deleted();
        else panel.changed();
      }
      for (const panel of comparisons.panels) {
        const { a, b } = panel.key;
        if ([a, b].some((person) => person.tenantId === tenantId && concerns(person.id))) panel.changed();
      }
    }),
    deps.batches.onDidChange((batchId) => {
      for (const panel of batches.panels) if (panel.key.batchId === batchId) panel.changed();
    }),
    activeChanged,
  );
  return {
    openIdentity,
    openRoleAssignment,
    openComparison,
    openBatch,
    openTable: (target) => tables.open(target),
    table: (tableId) => tables.get(tableId),
    get active() {
      return activeIdentity();
    },
    choose: (target) => {
      preview.choose(target);
      tellFollowing();
    },
    follow: (target) => {
      preview.follow(target);
      tellFollowing();
    },
    onDidChangeActive: activeChanged.event,
    dispose: () => void subscriptions.dispose(),
  };
}

const createPanel: PanelWindow['createPanel'] = (viewType, title, place) => {
  const { viewColumn = vscode.ViewColumn.Active, preserveFocus } = place;
  return createWebviewPanel(viewType, title, { viewColumn, preserveFocus }, { enableFindWidget: true });
};
