import * as vscode from 'vscode';
import type { ApiLog } from '../../api/client';
import type { Batch } from '../../actions/bulk/batch';
import { COMMANDS, type IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { rateMeter } from './rate';
import { excludableRows, matchingRows, windowStart } from './rows';
import { batchTexts } from './texts';
import { presentBatch, presentRow } from './present';
import { failureOf } from '../shared/failure';
import { Panel } from '../shared/panel';
import type { KeyedPanel } from '../shared/panelGroup';
import { batchParams, type BatchKeys, type BatchPanelAction, type BatchRequests, type BatchContent } from './protocol';
import { panelTitle } from '../shared/title';
import { t } from '../../text/l10n';
import { setPanelTitle } from '../../ui/window';

/** The batches, as their panels see them. */
export interface BatchSource {
  /** At once where it is known, in slices where its record has to be read. */
  load(id: string): Promise<Batch | undefined>;
  cancelPlan(id: string): void;
  exclude(id: string, rows: readonly number[], excluded: boolean): void;
  /** Called a few times a second while something changes. */
  onDidChange(listener: (id: string) => void): { dispose(): void };
}

export interface BatchPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly tenants: { get(id: string): Tenant | undefined };
  readonly clients: { signedOutReason(tenantId: string): string | undefined };
  readonly batches: BatchSource;
  readonly log: ApiLog;
  /** Opens a person, or what stands in the way of deleting them. */
  readonly openPerson: (target: IdentityTarget, owns: boolean) => void;
}

/** The host half of a batch's panel. It sends nothing: what acts is a command, which asks first. */
export interface BatchPanel extends KeyedPanel<BatchKeys> {
  readonly tenantId: string | undefined;
  changed(): void;
}

export function batchPanel(
  webviewPanel: vscode.WebviewPanel,
  key: BatchKeys,
  { extensionUri, tenants, clients, batches, log, openPerson }: BatchPanelDeps,
): BatchPanel {
  const { batchId } = key;
  let { begun } = key;
  let tenantId: string | undefined;
  const rate = rateMeter();
  let isDisposed = false;

  async function view(): Promise<BatchContent> {
    const batch = await batches.load(batchId);
    tenantId = batch?.tenantId ?? tenantId;
    const tenant = batch && tenants.get(batch.tenantId);
    if (!batch || !tenant) return { state: 'gone', sentence: goneSentence(begun, batch !== undefined) };
    const now = Date.now();
    const signedOut = clients.signedOutReason(tenant.id) !== undefined;
    const content = presentBatch(batch, tenant, { signedOut, rate: rate(batch, now), now });
    begun = content.keys.begun;
    if (!isDisposed) setPanelTitle(webviewPanel, panelTitle(content.keys.title));
    return content;
  }
  // The tab says what it is before anybody looks at it.
  void view();

  const panel = new Panel<BatchRequests>(webviewPanel, extensionUri, {
    script: 'batch',
    title: key.title,
    parsers: batchParams,
    log,
    handlers: {
      ready: () => Promise.resolve({ keys: key, texts: batchTexts() }),
      batch: () => view(),
      rows: async ({ offset, limit, ...query }) => {
        const batch = await batches.load(batchId);
        if (!batch) return { rows: [], offset: 0, matching: 0, canLeaveOut: 0, canTakeIn: 0 };
        const numbers = matchingRows(batch, query);
        const from = windowStart(offset, limit, numbers.length);
        const rows = numbers.slice(from, from + limit).flatMap((n) => {
          const row = batch.rows[n];
          return row ? [presentRow(row, n, batch)] : [];
        });
        const canTakeIn = excludableRows(batch, numbers, true).length;
        const canLeaveOut = excludableRows(batch, numbers, false).length;
        return { rows, offset: from, matching: numbers.length, canLeaveOut, canTakeIn };
      },
      exclude: async ({ rows, excluded }) => {
        const batch = await batches.load(batchId);
        if (batch) batches.exclude(batchId, excludableRows(batch, rows, !excluded), excluded);
        return null;
      },
      excludeAll: async ({ excluded, ...query }) => {
        const batch = await batches.load(batchId);
        if (batch) batches.exclude(batchId, excludableRows(batch, matchingRows(batch, query), !excluded), excluded);
        return null;
      },
      act: async ({ action }) => {
        if (action === 'cancelPlan') batches.cancelPlan(batchId);
        else await vscode.commands.executeCommand(ACTIONS[action], argument(action));
        return null;
      },
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      openIdentity: async ({ id, name, owns }) => {
        const batch = await batches.load(batchId);
        if (batch) openPerson({ tenantId: batch.tenantId, identity: { id, name } }, owns);
        return null;
      },
    },
    failure: (error) => failureOf(error, t('Could not show this bulk action')),
  });

  const argument = (action: BatchPanelAction): unknown => (action === 'signIn' ? { tenantId } : { batchId });

  return {
    key,
    webviewPanel,
    get tenantId() {
      return tenantId;
    },
    changed: () => {
      if (webviewPanel.visible) panel.changed();
      else void view();
    },
    dispose: () => {
      isDisposed = true;
      panel.dispose();
    },
  };
}

/** Why there is nothing to show, and whether something was sent: the first question of whoever sees this. */
function goneSentence(begun: boolean, known: boolean): string {
  if (known) return t('The tenant of this bulk action is no longer connected.');
  return begun
    ? t('The record of this bulk action was removed. Requests already sent are not undone.')
    : t('This plan no longer exists: plans are not kept when the window reloads. Nothing was sent.');
}

const ACTIONS: Readonly<Record<Exclude<BatchPanelAction, 'cancelPlan'>, string>> = {
  run: COMMANDS.batchRun,
  retryFailed: COMMANDS.batchRetryFailed,
  runRest: COMMANDS.batchRunRest,
  pause: COMMANDS.batchPause,
  resume: COMMANDS.batchResume,
  cancel: COMMANDS.batchStop,
  exportCsv: COMMANDS.batchExportCsv,
  exportJson: COMMANDS.batchExportJson,
  unlock: COMMANDS.batchUnlock,
  signIn: COMMANDS.signIn,
  showLog: COMMANDS.showLog,
};
