import * as vscode from 'vscode';
import { PANELS, type IdentityTarget } from '../ids';
import type { Change } from '../tenants/changes';
import type { Tenant } from '../tenants/tenant';
import { identityPanel, panelTitle, type IdentityPanel, type IdentityPanelDeps } from './identity';
import { PanelGroup } from './panelGroup';
import { parseIdentityKeys, type IdentityKeys } from './protocol/identity';

export interface PanelDeps extends Omit<IdentityPanelDeps, 'open'> {
  readonly tenants: IdentityPanelDeps['tenants'] & {
    all(): readonly Tenant[];
    readonly onDidChange: vscode.Event<void>;
  };
  readonly clients: IdentityPanelDeps['clients'] & { readonly onDidChangeSignIn: vscode.Event<void> };
  readonly changes: vscode.Event<Change>;
}

export interface Panels extends vscode.Disposable {
  /** Opens or reveals the one panel of this person. */
  openIdentity(target: IdentityTarget, options?: { readonly preserveFocus?: boolean }): void;
  /** The person of the active panel, for the status bar and the tree. */
  readonly onDidChangeActive: vscode.Event<IdentityTarget | undefined>;
}

/** Registers the panels and what restores them after a window reload (contents come by key, never from the state). */
export function registerPanels(deps: PanelDeps): Panels {
  const activeChanged = new vscode.EventEmitter<IdentityTarget | undefined>();
  const openIdentity: Panels['openIdentity'] = ({ tenantId, identity }, options = {}) => {
    identities.show({ tenantId, identityId: identity.id, name: identity.name }, options.preserveFocus ?? false);
  };
  const identities = new PanelGroup<IdentityKeys, IdentityPanel>({
    viewType: PANELS.identity,
    id: ({ tenantId, identityId }) => JSON.stringify([tenantId, identityId]),
    title: ({ name }) => panelTitle(name),
    parse: parseIdentityKeys,
    fill: (panel, key) => identityPanel(panel, key, { ...deps, open: openIdentity }),
  });

  let known = new Set<string>();
  const noteTenants = (): void => {
    known = new Set(deps.tenants.all().map(({ id }) => id));
  };
  noteTenants();

  const subscriptions = vscode.Disposable.from(
    activeChanged,
    identities,
    identities.onDidChangeActive((key) => {
      activeChanged.fire(key && { tenantId: key.tenantId, identity: { id: key.identityId, name: key.name } });
    }),
    deps.tenants.onDidChange(() => {
      for (const panel of identities.panels) {
        const connected = deps.tenants.get(panel.key.tenantId) !== undefined;
        // A panel restored for a tenant that is gone stays, and says so; one whose tenant is removed now closes.
        if (!connected && known.has(panel.key.tenantId)) panel.webviewPanel.dispose();
        else panel.changed();
      }
      noteTenants();
    }),
    deps.clients.onDidChangeSignIn(() => {
      for (const panel of identities.panels) panel.changed();
    }),
    deps.changes(({ kind, tenantId, identityId }) => {
      for (const panel of identities.panels) {
        if (panel.key.tenantId !== tenantId || panel.key.identityId !== identityId) continue;
        if (kind === 'deleted') panel.deleted();
        else panel.changed();
      }
    }),
  );
  return { openIdentity, onDidChangeActive: activeChanged.event, dispose: () => void subscriptions.dispose() };
}
