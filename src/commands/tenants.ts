import * as vscode from 'vscode';
import { environmentWord } from '../words/tenant';
import type { CommandDeps } from './deps';
import { confirm } from './prompt';
import { tenantFrom } from './targets';
import { askCredentials, askTenant } from './tenantForm';

const t = vscode.l10n.t;

export async function addTenant({ store, clients }: CommandDeps): Promise<void> {
  const { tenant, credentials } = await askTenant(clients);
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
  const { store, secrets, clients, tree } = deps;
  const tenant = await tenantFrom(deps, argument);
  // The demo tenant has no credentials to ask for: its server may have ended, a new start helps.
  if (tenant.kind === 'demo') return tree.refresh();
  const { tenant: signedIn, credentials } = await askCredentials(clients, tenant);
  // Removed by another window while its credentials were typed: nothing may be stored for it.
  if (!store.get(tenant.id)) return;
  await secrets.set(tenant.id, credentials);
  store.update(tenant.id, { auth: signedIn.auth });
}

export async function removeTenant(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await tenantFrom(deps, argument);
  await confirm(
    t('Remove {0} from this editor?', tenant.name),
    tenant.kind === 'demo'
      ? t('Its rows and panels close. You can start it again at any time.')
      : t('Its stored credentials are deleted and its panels close. Nothing changes in {0}.', tenant.baseUrl),
    t('Remove {0}', tenant.name),
  );
  await deps.store.remove(tenant.id);
}

export async function setReadOnly(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await tenantFrom(deps, argument);
  deps.store.update(tenant.id, { readOnly: true });
}

export async function unlock(deps: CommandDeps, argument: unknown): Promise<void> {
  const tenant = await tenantFrom(deps, argument);
  await confirm(
    t('Allow changes in {0} ({1})?', tenant.name, environmentWord(tenant)),
    t('Actions such as Synchronize attributes will reach the tenant until it is set to read-only again.'),
    t('Allow changes in {0}', tenant.name),
  );
  deps.store.update(tenant.id, { readOnly: false });
}
