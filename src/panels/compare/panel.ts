import * as vscode from 'vscode';
import type { Client, Page } from '../../api/client';
import { ApiError } from '../../api/errors';
import { COMMANDS } from '../../ids';
import { compareAttributes, compareSets, type Named } from './diff';
import { failureOf, tenantGone } from '../shared/failure';
import type { IdentityPanelDeps } from '../shared/deps';
import { tenantBadge } from '../shared/badges';
import { Panel } from '../shared/panel';
import { readingPanel, type ReadingPanel } from '../shared/panelGroup';
import {
  compareParams,
  type ComparedAttribute,
  type CompareContent,
  type CompareKeys,
  type CompareRequests,
} from './protocol';
import { compareTexts } from './texts';
import { prefetch } from '../shared/prefetch';
import { panelTitle } from '../shared/title';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { formatValue } from '../../text/values';

/** Pages of entitlements that are read of one person: 10,000 rows. */
const PAGES = 40;

/** The host half of the panel that compares two people. */
export type ComparePanel = ReadingPanel<CompareKeys>;

export function comparePanel(
  webviewPanel: vscode.WebviewPanel,
  key: CompareKeys,
  { extensionUri, tenants, clients, log, open }: IdentityPanelDeps,
): ComparePanel {
  const { a, b } = key;
  const byName = a.tenantId !== b.tenantId;
  const target = ({ tenantId, id, name }: CompareKeys['a']) => ({ tenantId, identity: { id, name } });

  /** Asks both at once. */
  async function both<T>(ask: (client: Client, identityId: string) => Promise<T>): Promise<[T, T]> {
    const one = async ({ tenantId, id }: CompareKeys['a']): Promise<T> => ask(await clients.for(tenantId), id);
    return Promise.all([one(a), one(b)]);
  }

  const first = prefetch(webviewPanel, (signal) =>
    both((client, id) =>
      client.identities.get(id, { signal }).catch((error: unknown) => {
        if (ApiError.is(error, 'notFound') && error.details.status === 404) return undefined;
        throw error;
      }),
    ),
  );

  async function content(signal: AbortSignal): Promise<CompareContent> {
    const [tenantA, tenantB] = [tenants.get(a.tenantId), tenants.get(b.tenantId)];
    if (!tenantA || !tenantB) return { state: 'gone', sentence: tenantGone(tenantA ? b.name : a.name) };
    const [left, right] = await first.consume(signal);
    if (!left) return { state: 'gone', sentence: t('{0} no longer exists in {1}.', a.name, tenantA.name) };
    if (!right) return { state: 'gone', sentence: t('{0} no longer exists in {1}.', b.name, tenantB.name) };
    const alike = left.name === right.name;
    const label = (name: string, beside: string): string => (alike ? `${name} (${beside})` : name);
    return {
      state: 'present',
      a: { label: label(left.name, byName ? tenantA.name : a.id), tenant: tenantBadge(tenantA) },
      b: { label: label(right.name, byName ? tenantB.name : b.id), tenant: tenantBadge(tenantB) },
      attributes: compareAttributes(left.attributes, right.attributes).map(readable),
    };
  }

  const panel = new Panel<CompareRequests>(webviewPanel, extensionUri, {
    script: 'compare',
    title: compareTitle(key),
    parsers: compareParams,
    kept: ['people', 'roles', 'entitlements'],
    log,
    handlers: {
      ready: () => Promise.resolve({ keys: key, texts: compareTexts(byName) }),
      people: (_, signal) => content(signal),
      roles: async (_, signal) => {
        const [left, right] = await both((client, id) => client.roleAssignments.list(id, { signal }));
        const roles = (list: typeof left): Named[] =>
          list.map(({ role }) => ({ id: role.id, name: role.name ?? role.id }));
        return compareSets(roles(left), roles(right), { byName });
      },
      entitlements: async (_, signal) => {
        const [left, right] = await both((client, id) =>
          readAll((offset) => client.entitlements.list(id, { limit: 250, offset }, { signal })),
        );
        const named = (list: typeof left): Named[] =>
          list.items.map(({ objectRef: { id, name } }) => ({ id, name: name ?? id }));
        return compareSets(named(left), named(right), { byName, complete: left.complete && right.complete });
      },
      act: async ({ action }) => {
        switch (action) {
          case 'openDiff':
            await vscode.commands.executeCommand(COMMANDS.compareJson, { a: target(a), b: target(b) });
            break;
          case 'openA':
            open.identity(target(a));
            break;
          case 'openB':
            open.identity(target(b));
            break;
          case 'signIn':
            await vscode.commands.executeCommand(COMMANDS.signIn);
            break;
          case 'showLog':
            await vscode.commands.executeCommand(COMMANDS.showLog);
        }
        return null;
      },
    },
    failure: (error) => failureOf(error, t('Could not compare {0} with {1}', a.name, b.name)),
  });

  return readingPanel(key, webviewPanel, panel, first);
}

/** "Walter White ↔ Wanda Wilson". */
export function compareTitle({ a, b }: CompareKeys): PlainText {
  return panelTitle(`${a.name} ↔ ${b.name}`);
}

async function readAll<T>(ask: (offset: number) => Promise<Page<T>>): Promise<{ items: T[]; complete: boolean }> {
  const items: T[] = [];
  for (let n = 0; n < PAGES; n++) {
    const page = await ask(items.length);
    items.push(...page.items);
    if (!page.hasMore || page.items.length === 0) return { items, complete: true };
  }
  return { items, complete: false };
}

/** With the values as a person reads them: dates as dates. What differs was found out before. */
function readable({ name, a, b, verdict }: ComparedAttribute): ComparedAttribute {
  const words = (value: string | null): string | null => (value === null ? null : formatValue(name, value));
  return { name, a: words(a), b: words(b), verdict };
}
