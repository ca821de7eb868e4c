import * as vscode from 'vscode';
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import { equals, filterText, or, startsWith } from '../api/filter';
import type { Identity } from '../api/identities';
import type { Clients } from '../tenants/clients';
import type { Tenant } from '../tenants/tenant';
import { sentence } from '../words/errors';
import { identityState } from '../words/state';
import { Cancelled } from './report';

const t = vscode.l10n.t;

/** Milliseconds without a keystroke before the service is asked. */
const PAUSE = 150;
const SHOWN = 50;

interface IdentityItem extends vscode.QuickPickItem {
  readonly identity?: Identity;
}

/**
 * Finds one person of a tenant by typing. The newest text wins: an older question is aborted.
 *
 * @throws Cancelled when dismissed. A failed search is said in the list, and typing on tries again.
 */
export function pickIdentity(clients: Clients, tenant: Tenant, question?: string): Promise<Identity> {
  const pick = vscode.window.createQuickPick<IdentityItem>();
  pick.title = question === undefined ? tenant.name : `${question} · ${tenant.name}`;
  pick.placeholder = t('Type an id, e-mail, alias or the start of a name');
  let asked = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** What the shown people answer. Enter while a newer text is on its way must not take one of them. */
  let answered: string | undefined;
  const show = async (): Promise<void> => {
    asked.abort();
    const { signal } = (asked = new AbortController());
    const text = pick.value.trim();
    pick.busy = true;
    try {
      const client = await clients.for(tenant.id);
      const items = await find(client, text, signal);
      if (signal.aborted) return;
      pick.items = items;
      answered = text;
    } catch (error) {
      if (signal.aborted || ApiError.is(error, 'cancelled')) return;
      pick.items = [notice(sentence(error, t('Could not search {0}', tenant.name)), 'error')];
    } finally {
      if (!signal.aborted) pick.busy = false;
    }
  };
  return new Promise<Identity>((resolve, reject) => {
    pick.onDidChangeValue(() => {
      asked.abort();
      clearTimeout(timer);
      timer = setTimeout(() => void show(), PAUSE);
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.identity && answered === pick.value.trim()) resolve(chosen.identity);
    });
    pick.onDidHide(() => reject(new Cancelled()));
    pick.show();
    void show();
  }).finally(() => {
    clearTimeout(timer);
    asked.abort();
    pick.dispose();
  });
}

async function find(client: Client, text: string, signal: AbortSignal): Promise<IdentityItem[]> {
  const filters = prefixFilter(text);
  // Uncorrelated people can be looked for like anyone else, so the service's default filter is off.
  const { items } = await client.identities.list(
    { filters, sorters: 'name', defaultFilter: 'NONE', limit: SHOWN },
    { signal },
  );
  if (items.length === 0) return [notice(t('Nobody in this tenant starts with "{0}"', text), 'search')];
  return items.map(toItem);
}

/** What the list operation can answer while typing: equality of ids, starts of names and addresses (contract 2.1). */
function prefixFilter(text: string): string | undefined {
  if (!text) return undefined;
  if (/^[0-9a-f]{32}$/i.test(text)) return filterText(equals('id', text.toLowerCase()));
  const fields = text.includes('@') ? ADDRESS_FIELDS : NAME_FIELDS;
  return filterText(or(...fields.map((field) => startsWith(field, text))));
}

const ADDRESS_FIELDS = ['email', 'alias'] as const;
const NAME_FIELDS = ['name', 'alias', 'firstname', 'lastname', 'email'] as const;

function toItem(identity: Identity): IdentityItem {
  const { icon, word } = identityState(identity);
  const address = identity.emailAddress ?? identity.alias;
  return {
    label: `$(${icon}) ${identity.name}`,
    description: [...(address ? [address] : []), word].join(' · '),
    alwaysShow: true,
    identity,
  };
}

function notice(label: string, icon: string): IdentityItem {
  return { label: `$(${icon}) ${label}`, alwaysShow: true };
}
