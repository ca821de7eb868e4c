import * as vscode from 'vscode';
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import { filterText } from '../api/filter';
import type { Identity } from '../api/identities';
import { identityOfDocument } from '../api/search';
import { startFilter, type Asking, type Decision } from '../find/query';
import type { Clients } from '../tenants/clients';
import type { Tenant } from '../tenants/tenant';
import { sentence } from '../words/errors';

const t = vscode.l10n.t;

/** People shown of one tenant. */
const SHOWN = 50;

/** What one tenant answered. */
export interface Answered {
  readonly tenant: Tenant;
  readonly people: readonly Identity[];
  /** How it was asked in the end. */
  readonly used: Asking | undefined;
  /** What the person must know: no Search, a failure. */
  readonly notices: readonly { readonly label: string; readonly detail: string }[];
}

/**
 * Asks one tenant, one request at a time. Rejects only when the signal aborted; a failure is a notice.
 */
export async function lookUp(
  clients: Clients,
  tenant: Tenant,
  { first, otherwise }: Decision,
  signal: AbortSignal,
): Promise<Answered> {
  const none = { tenant, people: [], used: first, notices: [] };
  try {
    const client = await clients.for(tenant.id);
    if (first?.by === 'search') return { ...none, ...(await bySearch(client, tenant, first, signal)) };
    const people = await ask(client, first, signal);
    if (people.length > 0 || otherwise?.by !== 'search') return { ...none, people };
    return { ...none, ...(await bySearch(client, tenant, otherwise, signal)) };
  } catch (error) {
    if (signal.aborted || ApiError.is(error, 'cancelled')) throw error;
    return {
      ...none,
      notices: [
        {
          label: t('Could not search {0}', tenant.name),
          detail: sentence(error, t('Could not search {0}', tenant.name)),
        },
      ],
    };
  }
}

/** Where Search is missing or forbidden, names that start like the text are better than nothing. */
async function bySearch(
  client: Client,
  tenant: Tenant,
  asking: Extract<Asking, { by: 'search' }>,
  signal: AbortSignal,
): Promise<Pick<Answered, 'people' | 'used' | 'notices'>> {
  try {
    return { people: await ask(client, asking, signal), used: asking, notices: [] };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const filters = filterText(
      startFilter(
        asking.query
          .replace(/^[\w.]+:|[*?"\\]/g, '')
          .trim()
          .slice(0, 100),
      ),
    );
    const used: Asking = { by: 'list', filters };
    const label = t('No Search in {0}: names that start like this are shown', tenant.name);
    const detail = sentence(error, t('Search cannot be used in {0}', tenant.name));
    return {
      people: await ask(client, used, signal),
      used,
      notices: [{ label, detail }],
    };
  }
}

function isMissing(error: unknown): boolean {
  return ApiError.is(error, 'forbidden') || ApiError.is(error, 'notFound') || ApiError.is(error, 'unsupported');
}

async function ask(client: Client, asking: Asking | undefined, signal: AbortSignal): Promise<readonly Identity[]> {
  if (asking?.by === 'search') {
    const params = { limit: SHOWN, sort: ['displayName', 'id'], includeNested: false };
    const { items } = await client.search.identities(asking.query, params, { signal });
    return items.map(identityOfDocument);
  }
  // Uncorrelated people can be looked for like anyone else, so the service's default filter is off.
  const params = { filters: asking?.filters, sorters: 'name', defaultFilter: 'NONE', limit: SHOWN } as const;
  return (await client.identities.list(params, { signal })).items;
}
