import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { RoleAssignment } from '../../api/roleAssignments';
import { COMMANDS } from '../../ids';
import { prefetch } from '../shared/prefetch';
import { failureOf, tenantGone } from '../shared/failure';
import type { IdentityPanelDeps } from '../shared/deps';
import { readingPanel, type ReadingPanel } from '../shared/panelGroup';
import { Panel } from '../shared/panel';
import { whyParams, type WhyContent, type WhyKeys, type WhyRequests } from './protocol';
import { whyTexts } from './texts';
import { panelTitle } from '../shared/title';
import { presentWhy } from './present';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';

/** What another panel read that lately is taken as it is, milliseconds. */
const STILL_TRUE_MS = 60_000;

/** The host half of the panel that says why a person has a role. */
export interface WhyPanel extends ReadingPanel<WhyKeys> {
  /** The person was deleted, and the assignment with them. */
  deleted(): void;
}

export function whyPanel(
  webviewPanel: vscode.WebviewPanel,
  key: WhyKeys,
  { extensionUri, tenants, clients, assignments, log, open }: IdentityPanelDeps,
): WhyPanel {
  const { tenantId, identityId, assignmentId, name, role } = key;
  let gone = false;
  /** Whatever is asked after the first time is asked to be fresh. */
  let wasRead = false;

  const first = prefetch(webviewPanel, async (signal): Promise<[RoleAssignment, Identity | undefined]> => {
    const client = await clients.for(tenantId);
    // Only the assignment is needed to answer; what the person has now makes the answer better.
    const identity = client.identities.get(identityId, { signal }).catch(() => undefined);
    const maxAgeMs = wasRead ? 0 : STILL_TRUE_MS;
    wasRead = true;
    const assignment = await assignments.read({ tenantId, identityId, assignmentId }, { signal }, maxAgeMs);
    return [assignment, await identity];
  });

  async function content(signal: AbortSignal): Promise<WhyContent> {
    const tenant = tenants.get(tenantId);
    if (!tenant) return { state: 'gone', sentence: tenantGone(name) };
    if (!gone) {
      try {
        const [assignment, identity] = await first.consume(signal);
        return { state: 'present', why: presentWhy(assignment, identity, { id: identityId, name }, tenant) };
      } catch (error) {
        if (!tenants.get(tenantId)) return content(signal);
        if (!ApiError.is(error, 'notFound')) throw error;
      }
    }
    return { state: 'gone', sentence: t('{0} no longer has {1} in {2}.', name, role, tenant.name) };
  }

  const panel = new Panel<WhyRequests>(webviewPanel, extensionUri, {
    script: 'roleAssignment',
    title: whyTitle(key),
    parsers: whyParams,
    kept: ['why'],
    log,
    handlers: {
      ready: () => Promise.resolve({ keys: key, texts: whyTexts() }),
      why: (_, signal) => content(signal),
      act: async ({ action }) => {
        await vscode.commands.executeCommand(action === 'signIn' ? COMMANDS.signIn : COMMANDS.showLog, { tenantId });
        return null;
      },
      openIdentity: (person) => {
        open.identity({ tenantId, identity: person });
        return Promise.resolve(null);
      },
      peopleWith: ({ id, name: called }) => {
        open.peopleWith({ tenantId, accessId: id, name: called });
        return Promise.resolve(null);
      },
    },
    failure: (error) => failureOf(error, t('Could not load the reason {0} has {1}', name, role)),
  });

  return {
    ...readingPanel(key, webviewPanel, panel, first),
    deleted: () => {
      gone = true;
      panel.forget();
      panel.changed();
    },
  };
}

/** "Engineer · Walter White". */
export function whyTitle({ name, role }: WhyKeys): PlainText {
  return panelTitle(`${role} · ${name}`);
}
