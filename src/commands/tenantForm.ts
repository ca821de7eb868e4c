import * as vscode from 'vscode';
import type { Credentials } from '../api/client';
import { ApiError } from '../api/errors';
import { API_VERSIONS, type ApiVersion } from '../api/versions';
import type { Clients } from '../tenants/clients';
import {
  apiAddress,
  endpointOrigin,
  ENVIRONMENTS,
  type Environment,
  type HostProblem,
  type Tenant,
} from '../tenants/tenant';
import { sentence } from '../words/errors';
import { environmentWord } from '../words/tenant';
import { choiceStep, inputStep, required, step, wizard, type Choice, type Step } from './prompt';

const t = vscode.l10n.t;
const Severity = vscode.InputBoxValidationSeverity;

/** What the wizard collects. A step keeps what was typed here, so that going back loses nothing. */
interface Form {
  host: string;
  /** Where requests go: what the host stands for, or what its info page says it stands for. */
  baseUrl: string;
  auth: Tenant['auth'];
  clientId: string;
  secret: string;
  token: string;
  name: string;
  environment: Environment;
  version: ApiVersion;
}

const EMPTY: Form = {
  host: '',
  baseUrl: '',
  auth: 'pat',
  clientId: '',
  secret: '',
  token: '',
  name: '',
  environment: 'production',
  version: 'v2024',
};

export interface FilledForm {
  readonly tenant: Omit<Tenant, 'id'>;
  readonly credentials: Credentials;
}

/**
 * Asks for a new tenant. Its credentials are tried against the service in the step that takes the secret.
 *
 * @throws Cancelled when dismissed; nothing was stored.
 */
export async function askTenant(
  clients: Clients,
  prefilled: { readonly host?: string; readonly name?: string },
): Promise<FilledForm> {
  const form: Form = { ...EMPTY, ...prefilled };
  const title = t('Add tenant');
  await wizard([
    hostStep(title, form, clients),
    ...credentialSteps(title, form, (signal) => tryOut(clients, filled(form), signal)),
    nameStep(title, form),
    environmentStep(title, form),
    versionStep(title, form),
  ]);
  return filled(form);
}

/**
 * Asks for new credentials of a known tenant and tries them.
 *
 * @throws Cancelled when dismissed; the old ones are untouched.
 */
export async function askCredentials(
  clients: Clients,
  tenant: Tenant,
): Promise<{ readonly auth: Tenant['auth']; readonly credentials: Credentials }> {
  const form: Form = { ...EMPTY, auth: tenant.auth, baseUrl: tenant.baseUrl };
  const title = t('Sign in to {0}', tenant.name);
  await wizard(
    credentialSteps(title, form, (signal) => tryOut(clients, { tenant, credentials: credentials(form) }, signal)),
  );
  return { auth: form.auth, credentials: credentials(form) };
}

/** @throws Cancelled when dismissed. */
export async function askName({ name }: Tenant): Promise<string> {
  const form: Form = { ...EMPTY, name };
  await wizard([nameStep(t('Rename {0}', name), form)]);
  return form.name.trim();
}

/** @throws Cancelled when dismissed. */
export async function askEnvironment({ name, environment }: Tenant): Promise<Environment> {
  const form: Form = { ...EMPTY, environment };
  await wizard([environmentStep(t('Environment of {0}', name), form)]);
  return form.environment;
}

/** @throws Cancelled when dismissed. */
export async function askVersion({ name, version }: Tenant): Promise<ApiVersion> {
  const form: Form = { ...EMPTY, version };
  await wizard([versionStep(t('API version of {0}', name), form)]);
  return form.version;
}

/** @returns undefined when the service let us in and answered a list; else the sentence to show. */
async function tryOut(clients: Clients, { tenant, credentials }: FilledForm, signal: AbortSignal) {
  try {
    await clients.probe(tenant, credentials).identities.list({ limit: 1 }, { signal });
    return undefined;
  } catch (error) {
    return sentence(error, t('Could not sign in to {0}', tenant.baseUrl));
  }
}

/**
 * Asks the host who it is, without a secret. A vanity host names its API host in its info page; a host without such a page
 * may still be right (contract 4 promises it for ISC, not for what stands before it).
 *
 * @returns the sentence to show when the host cannot be what was meant.
 */
async function lookUp(clients: Clients, form: Form, host: string, signal: AbortSignal): Promise<string | undefined> {
  const address = apiAddress(host);
  if ('problem' in address) return hostSentence(address.problem, address.detail);
  form.baseUrl = address.baseUrl;
  try {
    const { tokenEndpoint } = await clients.info(address.baseUrl, signal);
    // A known host was shown as the one that gets the credentials: nothing it says changes that.
    if (!address.known) form.baseUrl = endpointOrigin(tokenEndpoint, address.baseUrl) ?? address.baseUrl;
    return undefined;
  } catch (error) {
    const wrongHost = ApiError.is(error) && ['network', 'certificate', 'timeout'].includes(error.reason);
    return wrongHost ? sentence(error, t('Could not reach {0}', address.baseUrl)) : undefined;
  }
}

function filled(form: Form): FilledForm {
  const { name, baseUrl, environment, version, auth } = form;
  return {
    tenant: { name: name.trim() || form.host, baseUrl, version, environment, readOnly: true, kind: 'isc', auth },
    credentials: credentials(form),
  };
}

/** Pasted secrets often end in a line break. */
function credentials({ auth, clientId, secret, token }: Form): Credentials {
  return auth === 'pat'
    ? { kind: 'pat', clientId: clientId.trim(), clientSecret: secret.trim() }
    : { kind: 'token', accessToken: token.trim().replace(/^Bearer\s+/i, '') };
}

function hostStep(title: string, form: Form, clients: Clients): Step {
  return step({
    ask: (place) =>
      inputStep({
        ...place,
        title,
        value: form.host,
        prompt: t('Tenant name, host or API URL'),
        placeholder: 'acme, acme.identitynow-demo.com, https://acme.api.identitynow.com',
        check: (value) => {
          const address = apiAddress(value);
          return 'problem' in address
            ? { message: hostSentence(address.problem, address.detail), severity: Severity.Error }
            : {
                message: address.known
                  ? t('Credentials will be sent to {0} only.', address.baseUrl)
                  : t('{0} is asked for its API address, which is shown next.', address.baseUrl),
                severity: Severity.Info,
              };
        },
        accept: (value, signal) => lookUp(clients, form, value, signal),
      }),
    keep: (host) => {
      const address = apiAddress(host);
      if (!form.name && 'name' in address) form.name = address.name;
      form.host = host;
    },
  });
}

function hostSentence(problem: HostProblem, detail = ''): string {
  switch (problem) {
    case 'empty':
      return t('Enter the tenant name, its host or its API URL.');
    case 'notHttps':
      return t('ISC is reached by https only, not by {0}.', detail);
    case 'notAHost':
      return t('"{0}" is not a host name. Use letters, digits, dots and hyphens.', detail);
    case 'hasCredentials':
      return t('Leave user name and password out of the address; credentials are asked for next.');
  }
}

function credentialSteps(
  title: string,
  form: Form,
  tryCredentials: (signal: AbortSignal) => Promise<string | undefined>,
): readonly Step[] {
  return [
    step<Tenant['auth']>({
      ask: (place) =>
        choiceStep({ ...place, title }, t('How do you sign in to {0}?', form.baseUrl), AUTH_CHOICES, form.auth),
      keep: (auth) => {
        form.auth = auth;
      },
    }),
    step({
      skip: () => form.auth === 'token',
      ask: (place) =>
        inputStep({
          ...place,
          title,
          value: form.clientId,
          leave: (typed) => {
            form.clientId = typed;
          },
          prompt: t('Client id of the personal access token for {0}', form.baseUrl),
          check: (typed) => required(typed, t('Enter the client id.')),
        }),
      keep: (clientId) => {
        form.clientId = clientId;
      },
    }),
    secretStep(title, form, tryCredentials),
  ];
}

/** Asks for the secret and tries it before it lets the person go on. */
function secretStep(
  title: string,
  form: Form,
  tryCredentials: (signal: AbortSignal) => Promise<string | undefined>,
): Step {
  const keep = (secret: string): void => {
    form[form.auth === 'pat' ? 'secret' : 'token'] = secret;
  };
  return step({
    ask: (place) => {
      const pat = form.auth === 'pat';
      return inputStep({
        ...place,
        title,
        value: pat ? form.secret : form.token,
        leave: keep,
        password: true,
        prompt: pat
          ? t('Client secret, sent to {0} and kept in the secret storage of VS Code only', form.baseUrl)
          : t('Access token, sent to {0} and kept in the secret storage of VS Code only', form.baseUrl),
        check: (typed) => required(typed, pat ? t('Enter the client secret.') : t('Paste the access token.')),
        accept: (typed, signal) => {
          keep(typed);
          return tryCredentials(signal);
        },
      });
    },
    keep,
  });
}

const AUTH_CHOICES: readonly Choice<Tenant['auth']>[] = [
  {
    label: t('Personal access token (PAT)'),
    detail: t('Client id and secret, made in ISC under Preferences > Personal Access Tokens'),
    value: 'pat',
  },
  { label: t('Access token'), detail: t('A pasted token; works until it expires'), value: 'token' },
];

function nameStep(title: string, form: Form): Step {
  return step({
    ask: (place) =>
      inputStep({
        ...place,
        title,
        value: form.name,
        leave: (typed) => {
          form.name = typed;
        },
        prompt: t('Name to show for this tenant'),
        check: (typed) => required(typed, t('Enter a name.')),
      }),
    keep: (name) => {
      form.name = name;
    },
  });
}

const ENVIRONMENT_CHOICES: readonly Choice<Environment>[] = ENVIRONMENTS.map((value) => ({
  label: environmentWord({ environment: value, kind: 'isc' }),
  value,
}));

function environmentStep(title: string, form: Form): Step {
  return step<Environment>({
    ask: (place) =>
      choiceStep({ ...place, title }, t('Which environment is it?'), ENVIRONMENT_CHOICES, form.environment),
    keep: (environment) => {
      form.environment = environment;
    },
  });
}

const VERSION_NOTES: Readonly<Record<ApiVersion, string>> = {
  v2024: t('recommended; supported until 2028'),
  beta: t('the same operations under /beta; supported until 2028'),
  v1: t('per-service versions, which replace the others'),
};

const VERSION_CHOICES: readonly Choice<ApiVersion>[] = API_VERSIONS.map((value) => ({
  label: value,
  description: VERSION_NOTES[value],
  value,
}));

function versionStep(title: string, form: Form): Step {
  return step<ApiVersion>({
    ask: (place) => choiceStep({ ...place, title }, t('Which API version?'), VERSION_CHOICES, form.version),
    keep: (version) => {
      form.version = version;
    },
  });
}
