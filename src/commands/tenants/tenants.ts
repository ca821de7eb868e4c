import { ACTION_IDS, actionOf } from '../../actions/catalog';
import * as vscode from 'vscode';
import { SCHEMES } from '../../ids';
import { fetchConnectionReport as check } from '../../tenants/connectionCheck';
import type { Tenant } from '../../tenants/tenant';
import { tenantTexts } from '../../tenants/text';
import { connectionMarkdown } from './connectionReport';
import type { CommandDeps } from '../ui/deps';
import { confirm, confirmByTyping, pickOne } from '../ui/prompts';
import { withErrorContext } from '../ui/report';
import { prefilledIn } from '../ui/arguments';
import { resolveTenant } from './pick';
import { askCredentials, askEnvironment, askTenantName, askTenant, askVersion } from './form';
import { formatList } from '../../text/dates';
import { t } from '../../text/l10n';
import { showProgress } from '../../ui/window';
import { paragraphs, type PlainText } from '../../text/plain';

export async function addTenant({ store, clients }: CommandDeps, argument: unknown): Promise<void> {
  const { tenant, credentials } = await askTenant(clients, prefilledIn(argument));
  await store.add(tenant, credentials);
}

/** The demo tenant starts writable: nothing there can be harmed, and a restart undoes everything. */
export async function tryDemo({ store }: CommandDeps): Promise<void> {
  if (store.all().some(({ kind }) => kind === 'demo')) return;
  await store.add({
    name: t('Demo tenant'),
    baseUrl: '',
    version: 'v2024',
    environment: 'development',
    readOnly: false,
    kind: 'demo',
    auth: 'pat',
  });
}

export async function signIn(deps: CommandDeps, argument: unknown): Promise<void> {
  const { store, secrets, clients } = deps;
  const tenant = await resolveTenant(deps, argument);
  // The demo tenant has no credentials to ask for: its server may have ended, a new start helps.
  if (tenant.kind === 'demo') {
    return clients.forget(tenant.id);
  }
  const givenFor = await secrets.givenFor(tenant);
  if (givenFor !== undefined) return confirmAddress(deps, tenant, givenFor);
  const { auth, credentials } = await askCredentials(clients, tenant);
  // Removed by another window while its credentials were typed: nothing may be stored for it. Nor for an address that was
  // changed meanwhile: the credentials were tried, and are for, the one that was shown.
  if (!store.get(tenant.id)) return;
  await secrets.set(tenant, credentials);
  if (!store.get(tenant.id)) await secrets.delete(tenant.id);
  store.update(tenant.id, { auth });
}

/** A tenant's address was changed where this extension did not: its file, by whoever. The credentials stay back until told. */
async function confirmAddress({ secrets }: CommandDeps, tenant: Tenant, givenFor: string): Promise<void> {
  await confirm(
    t('Send the credentials of {0} to {1} from now on?', tenant.name, tenant.baseUrl),
    paragraphs([
      t('They were given for {0}.', givenFor),
      t('The address in the stored tenant is {0} now.', tenant.baseUrl),
      t('If you do not know why it changed, cancel and remove the tenant.'),
    ]),
    t('Send to the new address'),
  );
  await secrets.confirmAddress(tenant);
}

export async function removeTenant(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  const goes =
    tenant.kind === 'demo'
      ? t('Its rows and panels close. You can start it again at any time.')
      : t('Its stored credentials are deleted and its panels close. Nothing changes in {0}.', tenant.baseUrl);
  const words = recordsWords(deps, tenant.id);
  await whilePaused(deps, tenant.id, () =>
    confirm(t('Remove {0} from this editor?', tenant.name), paragraphs([goes, words]), t('Remove {0}', tenant.name)),
  );
  await deps.store.remove(tenant.id);
}

/** Nothing of a tenant is sent while a question about it is open. What was paused for it goes on when the answer is no. */
async function whilePaused({ batches }: CommandDeps, tenantId: string, ask: () => Promise<void>): Promise<void> {
  const running = batches.all().filter((batch) => batch.tenantId === tenantId && batch.phase === 'running');
  for (const { id } of running) batches.pause(id);
  try {
    await ask();
  } catch (error) {
    for (const { id } of running) batches.resume(id);
    throw error;
  }
}

/** What is known of actions on many people goes with the tenant; one under way ends. */
function recordsWords({ batches }: CommandDeps, tenantId: string): PlainText | '' {
  const own = batches.all().filter((batch) => batch.tenantId === tenantId && batch.startedAt !== undefined);
  if (own.some(({ phase }) => phase === 'running' || phase === 'paused')) {
    return t('An action on many people is under way: nothing more of it is sent, and its record is deleted.');
  }
  return own.length === 0 ? '' : t('The records of its actions on many people are deleted.');
}

export async function renameTenant(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.update(tenant.id, { name: await askTenantName(tenant) });
}

export async function setEnvironment(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  const environment = await askEnvironment(tenant);
  // An unlocking was meant for what the tenant was; what becomes production is guarded as production.
  if (tenant.unlockedUntil !== undefined || environment === 'production') deps.store.lock(tenant.id);
  deps.store.update(tenant.id, { environment });
}

export async function setVersion(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.update(tenant.id, { version: await askVersion(tenant) });
}

export async function moveTenant(deps: CommandDeps, argument: unknown, by: -1 | 1): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.move(tenant.id, by);
}

export async function setReadOnly(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.lock(tenant.id);
}

/** How long production may stay unlocked without a look at it. */
const UNLOCK_MINUTES = 15;

/** Production asks for its name, and its unlocking ends with the window at the latest. */
export async function unlock(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  if (tenant.environment !== 'production') {
    await confirm(
      t('Allow changes in {0} ({1})?', tenant.name, formatList(tenantTexts(tenant))),
      t('Actions such as Synchronize attributes will reach the tenant until it is set to read-only again.'),
      t('Allow changes in {0}', tenant.name),
    );
    return deps.store.update(tenant.id, { readOnly: false });
  }
  await confirmByTyping(
    t('Allow changes in {0}', tenant.name),
    tenant.name,
    t('{0} is a production tenant. Type its name to allow changes: {0}', tenant.name),
  );
  const minutes = await pickOne<number | undefined>(t('For how long?'), [
    { label: t('{0} minutes', UNLOCK_MINUTES), value: UNLOCK_MINUTES },
    { label: t('Until locked again'), description: t('or until this window closes'), value: undefined },
  ]);
  deps.store.unlock(tenant.id, minutes);
}

/** Opens a page that says what the credentials can do. Reads only. */
export async function checkConnection(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  await withErrorContext(t('Could not check the connection of {0}', tenant.name), tenant.id, async () => {
    const report = await showProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Checking {0}', tenant.name), cancellable: true },
      async (_progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        const writes = ACTION_IDS.map((id) => actionOf(id).operation);
        return check(await deps.clients.for(tenant.id), writes, abort.signal);
      },
    );
    const uri = vscode.Uri.from({
      scheme: SCHEMES.connection,
      path: `/${tenant.id}/${t('Connection of {0}', tenant.name.replaceAll('/', ' '))}.md`,
    });
    deps.pages.set(uri, connectionMarkdown(tenant, report, proxyOf()));
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  });
}

/** Where requests go through, as far as settings and environment say; without a password in its address. */
function proxyOf(): string | undefined {
  const set = vscode.workspace.getConfiguration('http').get<string>('proxy');
  const address = set || process.env['HTTPS_PROXY'] || process.env['https_proxy'];
  return address?.replace(/^([a-z]+:\/\/)?.*@/i, '$1');
}
