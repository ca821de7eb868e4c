import { ApiError } from '../../api/errors';
import { API_VERSIONS, type ApiVersion } from '../../api/versions';
import { apiAddress, endpointOrigin, tokenPage, type HostProblem } from '../../tenants/addresses';
import { isTaken } from '../../tenants/names';
import { ENVIRONMENTS, type Environment, type Tenant } from '../../tenants/tenant';
import { errorText } from '../../text/errors';
import { environmentText } from '../../tenants/text';
import type { CommandDeps } from '../ui/deps';
import type { Ui } from '../ui/ui';
import { CommandError, report } from '../ui/report';
import { choiceStep, inputStep, required, step, type Choice, type Step, type StepButton } from '../ui/prompts';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

/** What the wizard collects. A step keeps what was typed here, so that going back loses nothing. */
export interface Form {
  host: string;
  /** Where requests go: what the host stands for, or what its info page says it stands for. */
  baseUrl: string;
  auth: Tenant['auth'];
  clientId: string;
  secret: string;
  token: string;
  /** What a link or a person calls the tenant; empty: as it calls itself. */
  name: string;
  /** What its info page calls it, or else its host. */
  ownName: string;
  environment: Environment;
  version: ApiVersion;
}

export const EMPTY: Form = {
  host: '',
  baseUrl: '',
  auth: 'pat',
  clientId: '',
  secret: '',
  token: '',
  name: '',
  ownName: '',
  environment: 'production',
  version: 'v2024',
};

/**
 * Asks the host who it is, without a secret. A vanity host names its API host in its info page; a host without such a page
 * may still be right (contract 4 promises it for ISC, not for what stands before it).
 *
 * @returns the sentence to show when the host cannot be what was meant.
 */
async function lookUp(
  clients: CommandDeps['clients'],
  form: Form,
  host: string,
  signal: AbortSignal,
): Promise<PlainText | undefined> {
  const address = apiAddress(host);
  if ('problem' in address) return hostSentence(address.problem, address.detail);
  form.baseUrl = address.baseUrl;
  form.ownName = address.name;
  try {
    const { tokenEndpoint, tenantName } = await clients.fetchInfo(address.baseUrl, signal);
    form.ownName = nameIn(tenantName) ?? address.name;
    // A known host was shown as the one that gets the credentials: nothing it says changes that.
    if (!address.known) form.baseUrl = endpointOrigin(tokenEndpoint, address.baseUrl) ?? address.baseUrl;
    return undefined;
  } catch (error) {
    const wrongHost = ApiError.is(error) && ['network', 'certificate', 'timeout'].includes(error.reason);
    return wrongHost ? errorText(error, t('Could not reach {0}', address.baseUrl)) : undefined;
  }
}

/** What an info page calls its tenant, if a row can be called that. */
function nameIn(tenantName: string | undefined): string | undefined {
  const name = plain(tenantName ?? '').trim();
  return name !== '' && name.length <= LONGEST_NAME ? name : undefined;
}

/** Characters of a name that is taken over without a look at it. */
const LONGEST_NAME = 60;

export function hostStep(ui: Ui, title: PlainText, form: Form, clients: CommandDeps['clients']): Step {
  return step({
    ask: (place) =>
      inputStep(ui, {
        ...place,
        title,
        value: form.host,
        prompt: t('Tenant name, host or API URL'),
        placeholder: plain('acme, acme.identitynow-demo.com, https://acme.api.identitynow.com'),
        check: (value) => {
          const address = apiAddress(value);
          return 'problem' in address
            ? { message: hostSentence(address.problem, address.detail), severity: 'error' }
            : {
                message: address.known
                  ? t('Credentials will be sent to {0} only.', address.baseUrl)
                  : t('The API address is looked up at {0} and shown next.', address.baseUrl),
                severity: 'info',
              };
        },
        accept: (value, signal) => lookUp(clients, form, value, signal),
      }),
    keep: (host) => {
      form.host = host;
    },
  });
}

function hostSentence(problem: HostProblem, detail = ''): PlainText {
  switch (problem) {
    case 'empty':
      return t('Enter the tenant name, host or API URL.');
    case 'notHttps':
      return t('ISC is reached only over https, not {0}.', detail);
    case 'notAHost':
      return t('"{0}" is not a host name. Use letters, digits, dots and hyphens.', detail);
    case 'noTenant':
      return t('{0} alone does not name a tenant: put its name in front, as in acme.{0}.', detail);
    case 'hasCredentials':
      return t('Remove the user name and password from the address; you enter credentials next.');
  }
}

/** What asking for credentials needs. */
export type CredentialDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'log'>;

/** How to sign in, and with what: a client ID and its secret are two boxes of one step. */
export function credentialSteps(
  deps: CredentialDeps,
  title: PlainText,
  form: Form,
  tryCredentials: (signal: AbortSignal) => Promise<PlainText | undefined>,
): readonly Step[] {
  return [
    step<Tenant['auth']>({
      ask: (place) =>
        choiceStep(
          deps.ui,
          { ...place, title },
          t('How do you want to sign in to {0}?', form.baseUrl),
          AUTH_CHOICES,
          form.auth,
        ),
      keep: (auth) => {
        form.auth = auth;
      },
    }),
    step({
      skip: () => form.auth === 'token',
      ask: (place) =>
        inputStep(deps.ui, {
          ...place,
          title,
          value: form.clientId,
          leave: (typed) => {
            form.clientId = typed;
          },
          prompt: t('Client ID of the personal access token for {0}', form.baseUrl),
          button: tokenHelp(deps, form),
          check: (typed) => required(typed, t('Enter the client ID.')),
        }),
      keep: (clientId) => {
        form.clientId = clientId;
      },
    }),
    secretStep(deps, title, form, tryCredentials),
  ];
}

/** Opens the page where a personal access token is made; what was typed stays. */
function tokenHelp(deps: CredentialDeps, { baseUrl }: Form): StepButton {
  const page = tokenPage(baseUrl);
  return {
    icon: 'question',
    tooltip: t('Where do I get one?'),
    press: () =>
      void deps.workbench
        .openInBrowser(page)
        .then(undefined, (error: unknown) => report(new CommandError(t('Could not open {0}', page), error), deps)),
  };
}

/** Asks for the secret and tries it before it lets the person go on. */
function secretStep(
  deps: CredentialDeps,
  title: PlainText,
  form: Form,
  tryCredentials: (signal: AbortSignal) => Promise<PlainText | undefined>,
): Step {
  const keep = (secret: string): void => {
    form[form.auth === 'pat' ? 'secret' : 'token'] = secret;
  };
  return step({
    sameNumber: true,
    ask: (place) => {
      const pat = form.auth === 'pat';
      return inputStep(deps.ui, {
        ...place,
        title,
        value: pat ? form.secret : form.token,
        leave: keep,
        password: true,
        ...(pat ? { button: tokenHelp(deps, form) } : {}),
        prompt: pat
          ? t("Client secret, sent to {0} and stored only in VS Code's secret storage", form.baseUrl)
          : t("Access token, sent to {0} and stored only in VS Code's secret storage", form.baseUrl),
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
    detail: t('Client ID and secret, created in ISC under Preferences > Personal Access Tokens'),
    value: 'pat',
  },
  { label: t('Access token'), detail: t('A pasted token; works until it expires'), value: 'token' },
];

/** @param others tenants whose names are taken: questions tell tenants apart by them */
export function nameStep(ui: Ui, title: PlainText, form: Form, others: () => readonly Tenant[]): Step {
  return step({
    ask: (place) =>
      inputStep(ui, {
        ...place,
        title,
        value: form.name,
        leave: (typed) => {
          form.name = typed;
        },
        prompt: t('Display name for this tenant'),
        check: (typed) =>
          required(typed, t('Enter a name.')) ??
          (isTaken(typed, others())
            ? { message: t('Another tenant is called {0}. Enter another name.', typed.trim()), severity: 'error' }
            : undefined),
      }),
    keep: (name) => {
      form.name = name;
    },
  });
}

const ENVIRONMENT_CHOICES: readonly Choice<Environment>[] = ENVIRONMENTS.map((value) => ({
  label: environmentText({ environment: value, kind: 'isc' }),
  value,
}));

export function environmentStep(
  ui: Ui,
  title: PlainText,
  form: Form,
  question = (): PlainText => t('Which environment?'),
): Step {
  return step<Environment>({
    ask: (place) => choiceStep(ui, { ...place, title }, question(), ENVIRONMENT_CHOICES, form.environment),
    keep: (environment) => {
      form.environment = environment;
    },
  });
}

const VERSION_NOTES: Readonly<Record<ApiVersion, PlainText>> = {
  v2024: t('recommended; supported until 2028'),
  beta: t('the same operations under /beta; supported until 2028'),
  v1: t('per-service versions, which replace the others'),
};

const VERSION_CHOICES: readonly Choice<ApiVersion>[] = API_VERSIONS.map((value) => ({
  label: plain(value),
  description: VERSION_NOTES[value],
  value,
}));

export function versionStep(ui: Ui, title: PlainText, form: Form): Step {
  return step<ApiVersion>({
    ask: (place) => choiceStep(ui, { ...place, title }, t('Which API version?'), VERSION_CHOICES, form.version),
    keep: (version) => {
      form.version = version;
    },
  });
}
