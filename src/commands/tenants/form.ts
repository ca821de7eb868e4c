import type { Credentials } from '../../api/client';
import type { ApiVersion } from '../../api/versions';
import { uniqueName } from '../../tenants/names';
import type { Environment, Tenant } from '../../tenants/tenant';
import { errorText } from '../../text/errors';
import type { CommandDeps } from '../ui/deps';
import { wizard } from '../ui/prompts';
import {
  credentialSteps,
  EMPTY,
  environmentStep,
  hostStep,
  nameStep,
  versionStep,
  type CredentialDeps,
  type Form,
} from './formSteps';
import { t } from '../../text/l10n';

export interface FilledForm {
  readonly tenant: Omit<Tenant, 'id'>;
  readonly credentials: Credentials;
}

/** What asking for a tenant needs. */
type FormDeps = CredentialDeps & Pick<CommandDeps, 'clients'>;

/**
 * Asks for a new tenant in four steps: host, way to sign in, credentials, environment. Its credentials are tried against the
 * service in the step that takes the secret; it is called as it calls itself, which no other tenant here is.
 *
 * @throws Cancelled when dismissed; nothing was stored.
 */
export async function askTenant(
  deps: FormDeps & Pick<CommandDeps, 'store'>,
  prefilled: { readonly host?: string; readonly name?: string },
): Promise<FilledForm> {
  const { ui, clients, store } = deps;
  const form: Form = { ...EMPTY, ...prefilled };
  const title = t('Add tenant');
  const named = (): FilledForm => filled(form, uniqueName(form.name.trim() || form.ownName, store.all()));
  await wizard([
    hostStep(ui, title, form, clients),
    ...credentialSteps(deps, title, form, (signal) => tryOut(clients, named(), signal)),
    environmentStep(ui, title, form, () =>
      t('Which environment is {0}? Name and API version can be changed later.', named().tenant.name),
    ),
  ]);
  return named();
}

/**
 * Asks for new credentials of a known tenant and tries them.
 *
 * @throws Cancelled when dismissed; the old ones are untouched.
 */
export async function askCredentials(
  deps: FormDeps,
  tenant: Tenant,
): Promise<{ readonly auth: Tenant['auth']; readonly credentials: Credentials }> {
  const { clients } = deps;
  const form: Form = { ...EMPTY, auth: tenant.auth, baseUrl: tenant.baseUrl };
  const title = t('Sign in to {0}', tenant.name);
  await wizard(
    credentialSteps(deps, title, form, (signal) => tryOut(clients, { tenant, credentials: credentials(form) }, signal)),
  );
  return { auth: form.auth, credentials: credentials(form) };
}

/** @throws Cancelled when dismissed. */
export async function askTenantName(
  { ui, store }: Pick<CommandDeps, 'ui' | 'store'>,
  { id, name, storedName = name }: Tenant,
): Promise<string> {
  const form: Form = { ...EMPTY, name: storedName };
  const others = (): readonly Tenant[] => store.all().filter((tenant) => tenant.id !== id);
  await wizard([nameStep(ui, t('Rename {0}', name), form, others)]);
  return form.name.trim();
}

/** @throws Cancelled when dismissed. */
export async function askEnvironment(
  { ui }: Pick<CommandDeps, 'ui'>,
  { name, environment }: Tenant,
): Promise<Environment> {
  const form: Form = { ...EMPTY, environment };
  await wizard([environmentStep(ui, t('Environment of {0}', name), form)]);
  return form.environment;
}

/** @throws Cancelled when dismissed. */
export async function askVersion({ ui }: Pick<CommandDeps, 'ui'>, { name, version }: Tenant): Promise<ApiVersion> {
  const form: Form = { ...EMPTY, version };
  await wizard([versionStep(ui, t('API version of {0}', name), form)]);
  return form.version;
}

/** @returns undefined when the service let us in and answered a list; else the sentence to show. */
async function tryOut(clients: CommandDeps['clients'], { tenant, credentials }: FilledForm, signal: AbortSignal) {
  try {
    const client = await clients.probe(tenant, credentials);
    await client.identities.list({ limit: 1 }, { signal });
    return undefined;
  } catch (error) {
    // The person is signing in: what they typed is what is wrong.
    const check = credentials.kind === 'pat' ? t('Check client ID and secret.') : t('Check the access token.');
    return errorText(error, t('Could not sign in to {0}', tenant.baseUrl), check);
  }
}

function filled(form: Form, name: string): FilledForm {
  const { baseUrl, environment, version, auth } = form;
  return {
    tenant: { name, baseUrl, version, environment, readOnly: true, kind: 'isc', auth },
    credentials: credentials(form),
  };
}

/** Pasted secrets often end in a line break. */
function credentials({ auth, clientId, secret, token }: Form): Credentials {
  return auth === 'pat'
    ? { kind: 'pat', clientId: clientId.trim(), clientSecret: secret.trim() }
    : { kind: 'token', accessToken: token.trim().replace(/^Bearer\s+/i, '') };
}
