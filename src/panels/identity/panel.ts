import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { type IdentityTarget } from '../../ids';
import { accountPage, entitlementPage, entitlementSources, ownedGroups, pageParams } from './access';
import { prefetch } from '../shared/prefetch';
import { failureOf, tenantGone } from '../shared/failure';
import { presentIdentity, roleRows } from './present';
import { tenantBadge } from '../shared/badges';
import { pictureReader, type GraphSources } from './accessGraph';
import { keptRead } from '../shared/inFlight';
import { readingPanel, type ReadingPanel } from '../shared/panelGroup';
import { Panel } from '../shared/panel';
import { identityParams, type IdentityAnswer, type IdentityKeys, type IdentityRequests } from './protocol';
import { fetchFlags } from './flags';
import { fetchProcessingReason } from './processingReason';
import { actionButtons, commandOf, parseAction } from './actions';
import { identityTexts } from './texts';
import { panelTitle } from '../shared/title';
import { whyAnswer } from '../roleAssignment/present';
import { t } from '../../text/l10n';
import { setPanelTitle } from '../../ui/window';
import type { IdentityPanelDeps } from '../shared/deps';

/** The host half of one person's panel (or of one of their role assignments). */
export interface IdentityPanel extends ReadingPanel<IdentityKeys> {
  /** The person was deleted: the panel says so without asking the service. */
  deleted(): void;
  /** Turns to a tab, now or as soon as the page is there. */
  showTab(tab: 'owns'): void;
}

/** What is shown at once when one comes back to the panel. */
const READS = [
  'identity',
  'standing',
  'processing',
  'roleAssignments',
  'why',
  'entitlements',
  'entitlementSources',
  'accounts',
  'picture',
  'ownership',
] as const;

export function identityPanel(
  webviewPanel: vscode.WebviewPanel,
  key: IdentityKeys,
  deps: IdentityPanelDeps,
  pin: () => void,
): IdentityPanel {
  const { extensionUri, tenants, clients, assignments, attributeChanges, protectedIdentities, log, open } = deps;
  const { tenantId, identityId } = key;
  const target: IdentityTarget = { tenantId, identity: { id: identityId, name: key.name } };
  let gone = false;
  let changed: ReadonlySet<string> | undefined;
  let wantedTab: 'owns' | null = null;

  async function read(signal: AbortSignal): Promise<Identity> {
    const client = await clients.for(tenantId);
    return client.identities.get(identityId, { signal });
  }

  const first = prefetch(webviewPanel, read);
  const reads = panelReads(key, deps);
  const picture = pictureReader(reads, key.name);
  const failedWhys = new Set<string>();

  async function answer(signal: AbortSignal): Promise<IdentityAnswer> {
    const tenant = tenants.get(tenantId);
    if (!tenant) return { state: 'gone', sentence: tenantGone(key.name) };
    if (!gone) {
      try {
        const identity = await first.consume(signal);
        // The webview panel may show another identity by now, and this one was never seen.
        signal.throwIfAborted();
        setPanelTitle(webviewPanel, panelTitle(identity.name));
        // Looked up once: what is read again while the panel is open is seen as it changes.
        changed ??= attributeChanges.compareAndRemember(tenantId, identityId, identity.attributes);
        return { state: 'present', tenant: tenantBadge(tenant), identity: presentIdentity(identity, changed) };
      } catch (error) {
        if (!tenants.get(tenantId)) return answer(signal);
        if (!ApiError.is(error, 'notFound')) throw error;
      }
    }
    return { state: 'gone', sentence: t('{0} no longer exists in {1}.', key.name, tenant.name) };
  }

  /** Said in place, so that nobody wonders which API was asked. */
  const accessNote = (): string =>
    tenants.get(tenantId)?.version === 'beta'
      ? t('The beta API does not list the entitlements of an identity: they are loaded through v2024.')
      : '';

  const panel = new Panel<IdentityRequests>(webviewPanel, extensionUri, {
    script: 'identity',
    title: key.name,
    parsers: { ...identityParams, act: parseAction },
    kept: READS,
    log,
    handlers: {
      ready: () =>
        Promise.resolve({
          keys: key,
          texts: identityTexts(),
          actions: actionButtons(),
          accessNote: accessNote(),
        }),
      wantedTab: () => {
        const tab = wantedTab;
        wantedTab = null;
        return Promise.resolve(tab);
      },
      identity: (_, signal) => answer(signal),
      fresh: () => {
        assignments.forget(tenantId, identityId);
        reads.forget();
        return Promise.resolve(null);
      },
      processing: async (_, signal) =>
        fetchProcessingReason(await clients.for(tenantId), identityId, signal, reads.accounts),
      standing: async (_, signal) => {
        const flags = await fetchFlags(await clients.for(tenantId), identityId, signal);
        if (flags.protected !== null) protectedIdentities.note(tenantId, [identityId], flags.protected);
        return flags;
      },
      roleAssignments: async (_, signal) => roleRows(await reads.roles(signal)),
      why: async ({ id }, signal) => {
        failedWhys.delete(id);
        try {
          // One for each row that is looked at: what the user does next goes first.
          return whyAnswer(await reads.assignment(id, { signal, priority: 'batch' }));
        } catch (error) {
          failedWhys.add(id);
          throw error;
        }
      },
      openRoleAssignment: ({ id, role }) => {
        open.roleAssignment({ ...target, assignment: { id, role } });
        return Promise.resolve(null);
      },
      entitlements: async ({ offset }, signal) => {
        const client = await clients.for(tenantId);
        return entitlementPage(await client.entitlements.list(identityId, pageParams(offset), { signal }));
      },
      entitlementSources: async (_, signal) => entitlementSources(await clients.for(tenantId), identityId, signal),
      accounts: async ({ offset }, signal) => {
        if (offset === 0) return accountPage(await reads.accounts(signal));
        const client = await clients.for(tenantId);
        return accountPage(await client.accounts.list(identityId, pageParams(offset), { signal }));
      },
      picture: ({ roles }, signal) => picture(roles, signal),
      ownership: async (_, signal) => {
        const client = await clients.for(tenantId);
        return ownedGroups(await client.identities.ownership(identityId, { signal }));
      },
      act: async ({ action }) => {
        const command = commandOf(action);
        // Whoever acts here is not just looking through a list.
        pin();
        if (command !== undefined) await vscode.commands.executeCommand(command, target);
        return null;
      },
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      openIdentity: ({ id, name }) => {
        open.identity({ tenantId, identity: { id, name } });
        return Promise.resolve(null);
      },
      peopleWith: ({ id, name: called }) => {
        open.peopleWith({ tenantId, accessId: id, name: called });
        return Promise.resolve(null);
      },
    },
    failure: (error, request) => failureOf(error, what(request, key.name)),
  });

  // What failed here was read by the graph or by another panel: the row need not wait for a click.
  const filling = assignments.onDidRead(({ assignmentId, ...of }) => {
    const isHere = of.tenantId === tenantId && of.identityId === identityId;
    if (isHere && failedWhys.delete(assignmentId)) panel.changed(assignmentId);
  });
  // A hidden page is thrown away: shown again, it begins anew.
  const hiding = webviewPanel.onDidChangeViewState(() => {
    if (!webviewPanel.visible) reads.forget();
  });
  const readAhead = {
    forget: () => {
      first.forget();
      reads.forget();
    },
    dispose: () => {
      for (const end of [first, filling, hiding]) end.dispose();
    },
  };

  return {
    ...readingPanel(key, webviewPanel, panel, readAhead),
    showTab: (tab) => {
      wantedTab = tab;
      // A page that is not there yet asks when it begins.
      panel.changed();
    },
    deleted: () => {
      gone = true;
      panel.forget();
      panel.changed();
    },
  };
}

/** What the tabs share: each is read once, until it may differ. */
function panelReads(
  { tenantId, identityId }: IdentityKeys,
  { clients, assignments }: Pick<IdentityPanelDeps, 'clients' | 'assignments'>,
): GraphSources & { forget(): void } {
  const roles = keptRead(async (signal) => (await clients.for(tenantId)).roleAssignments.list(identityId, { signal }));
  const accounts = keptRead(async (signal) =>
    (await clients.for(tenantId)).accounts.list(identityId, pageParams(0), { signal }),
  );
  return {
    roles: roles.read,
    accounts: accounts.read,
    assignment: (assignmentId, call) => assignments.read({ tenantId, identityId, assignmentId }, call, Infinity),
    forget: () => {
      roles.forget();
      accounts.forget();
    },
  };
}

function what(request: keyof IdentityRequests, name: string): string {
  switch (request) {
    case 'roleAssignments':
      return t('Could not load the role assignments of {0}', name);
    case 'why':
      return t('Could not load the reason {0} has this role', name);
    case 'entitlements':
    case 'entitlementSources':
      return t('Could not load the entitlements of {0}', name);
    case 'accounts':
      return t('Could not load the accounts of {0}', name);
    case 'picture':
      return t('Could not load the access graph of {0}', name);
    case 'processing':
      return t('Could not load the reason for the processing error of {0}', name);
    case 'ownership':
      return t('Could not load the ownership of {0}', name);
    case 'act':
    case 'copy':
    case 'openIdentity':
    case 'peopleWith':
    case 'openRoleAssignment':
      return t('Could not do this for {0}', name);
    case 'standing':
    case 'fresh':
    case 'ready':
    case 'wantedTab':
    case 'identity':
      return t('Could not load {0}', name);
  }
}
