import { ApiError } from '../../api/errors';
import { ACTION_IDS, actionOf } from '../../actions/catalog';
import { fetchConnectionReport as check } from '../../tenants/connectionCheck';
import { uniqueName } from '../../tenants/names';
import type { Tenant } from '../../tenants/tenant';
import { environmentText, tenantTexts } from '../../tenants/text';
import { showRow } from '../tree/showRow';
import { connectionMarkdown } from './connectionReport';
import type { CommandDeps } from '../ui/deps';
import { choiceStep, confirm, confirmByTyping, step, wizard } from '../ui/prompts';
import { showStatus } from '../ui/progress';
import { CommandError, withErrorContext } from '../ui/report';
import { prefilledIn } from '../ui/arguments';
import { requireTenant, resolveTenant, resolveTenantThat } from './pick';
import type { CredentialDeps } from './formSteps';
import { askCredentials, askEnvironment, askTenantName, askTenant, askVersion } from './form';
import { formatList } from '../../text/dates';
import { t } from '../../text/l10n';
import { paragraphs, type PlainText } from '../../text/plain';

/** What changing a stored tenant needs. */
type TenantDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store'>;

export async function addTenant(
  deps: CredentialDeps & Pick<CommandDeps, 'store' | 'clients' | 'tree' | 'view'>,
  argument: unknown,
): Promise<void> {
  const { tenant, credentials } = await askTenant(deps, prefilledIn(argument));
  const { id } = await deps.store.add(tenant, credentials);
  await showRow(deps, deps.tree.listRow(id, 'all')?.parent, { expand: true });
}

/** The demo tenant starts writable: nothing there can be harmed, and a restart undoes everything. */
export async function tryDemo(deps: Pick<CommandDeps, 'store' | 'tree' | 'view'>): Promise<void> {
  const present = deps.store.all().find(({ kind }) => kind === 'demo');
  await showRow(deps, deps.tree.listRow(present?.id ?? (await addDemo(deps)), 'all'), { expand: true });
}

async function addDemo({ store }: Pick<CommandDeps, 'store'>): Promise<string> {
  const { id } = await store.add({
    name: uniqueName(t('Demo tenant'), store.all()),
    baseUrl: '',
    version: 'v2024',
    environment: 'development',
    readOnly: false,
    kind: 'demo',
    auth: 'pat',
  });
  return id;
}

/** What signing in needs. */
export type SignInDeps = CredentialDeps & Pick<CommandDeps, 'store' | 'secrets' | 'clients'>;

export async function signIn(deps: SignInDeps, argument: unknown): Promise<void> {
  const { store, secrets, clients } = deps;
  const tenant = await resolveTenant(deps, argument);
  // The demo tenant has no credentials to ask for: its server may have ended, a new start helps.
  if (tenant.kind === 'demo') {
    return clients.forget(tenant.id);
  }
  const givenFor = await secrets.givenFor(tenant);
  if (givenFor !== undefined) return confirmAddress(deps, tenant, givenFor);
  const { auth, credentials } = await askCredentials(deps, tenant);
  // Removed by another window while its credentials were typed: nothing may be stored for it. Nor for an address that was
  // changed meanwhile: the credentials were tried, and are for, the one that was shown.
  if (!store.get(tenant.id)) return;
  await secrets.set(tenant, credentials);
  if (!store.get(tenant.id)) await secrets.delete(tenant.id);
  store.update(tenant.id, { auth });
}

/** A tenant's address was changed where this extension did not: its file, by whoever. The credentials stay back until told. */
async function confirmAddress(
  { ui, secrets }: Pick<CommandDeps, 'ui' | 'secrets'>,
  tenant: Tenant,
  givenFor: string,
): Promise<void> {
  await confirm(
    ui,
    t('Send the credentials of {0} to {1} from now on?', tenant.name, tenant.baseUrl),
    paragraphs([
      t('They were entered for {0}.', givenFor),
      t('The address in the stored tenant is now {0}.', tenant.baseUrl),
      t('If you do not know why it changed, cancel and remove the tenant.'),
    ]),
    t('Send to the new address'),
  );
  await secrets.confirmAddress(tenant);
}

export async function removeTenant(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'batches'>,
  argument: unknown,
): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  const goes =
    tenant.kind === 'demo'
      ? t('It leaves the tree and its panels close. You can start it again at any time.')
      : t('Its stored credentials are deleted and its panels close. Nothing changes in {0}.', tenant.baseUrl);
  const words = recordsWords(deps, tenant.id);
  await whilePaused(deps, tenant.id, () =>
    confirm(
      deps.ui,
      t('Remove {0} from VS Code?', tenant.name),
      paragraphs([goes, words]),
      t('Remove {0}', tenant.name),
    ),
  );
  await deps.store.remove(tenant.id);
}

/** Nothing of a tenant is sent while a question about it is open. What was paused for it goes on when the answer is no. */
async function whilePaused(
  { batches }: Pick<CommandDeps, 'batches'>,
  tenantId: string,
  ask: () => Promise<void>,
): Promise<void> {
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
function recordsWords({ batches }: Pick<CommandDeps, 'batches'>, tenantId: string): PlainText | '' {
  const own = batches.all().filter((batch) => batch.tenantId === tenantId && batch.startedAt !== undefined);
  if (own.some(({ phase }) => phase === 'running' || phase === 'paused')) {
    return t('A bulk action is in progress: nothing more of it is sent, and its record is deleted.');
  }
  return own.length === 0 ? '' : t('The records of its bulk actions are deleted.');
}

export async function renameTenant(deps: TenantDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.update(tenant.id, { name: await askTenantName(deps, tenant) });
}

export async function setEnvironment(deps: TenantDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  const environment = await askEnvironment(deps, tenant);
  // An unlocking was meant for what the tenant was; what becomes production is guarded as production.
  if (tenant.unlockedUntil !== undefined || environment === 'production') deps.store.lock(tenant.id);
  deps.store.update(tenant.id, { environment });
}

export async function setVersion(deps: TenantDeps, argument: unknown): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.update(tenant.id, { version: await askVersion(deps, tenant) });
}

export async function moveTenant(deps: TenantDeps, argument: unknown, by: -1 | 1): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  deps.store.move(tenant.id, by);
}

export async function setReadOnly(deps: TenantDeps & Pick<CommandDeps, 'focus'>, argument: unknown): Promise<void> {
  const none = t('All tenants are read-only');
  const tenant = await resolveTenantThat(deps, argument, ({ readOnly }) => !readOnly, none);
  deps.store.lock(tenant.id);
  showStatus(deps.ui, t('{0} is read-only now', tenant.name));
}

/** How long production may stay unlocked without a look at it. */
const UNLOCK_MINUTES = 15;

export async function unlock(deps: TenantDeps & Pick<CommandDeps, 'focus'>, argument: unknown): Promise<void> {
  const none = t('No tenant is read-only');
  await unlockTenant(deps, await resolveTenantThat(deps, argument, ({ readOnly }) => readOnly, none));
}

/** What the button "Unlock and continue" does, for the message it is in; of production nothing: that asks for its name. */
export function unlockText(tenant: Tenant | undefined): PlainText | undefined {
  if (!tenant?.readOnly || tenant.environment === 'production') return undefined;
  return t(
    '"Unlock and continue" allows changes in {0} ({1}) until it is set to read-only again.',
    tenant.name,
    environmentText(tenant),
  );
}

/**
 * Unlocks a tenant so that what was refused can go on; one that takes changes by now stays as it is.
 *
 * @param said what the message with the button said of it: nothing that was not said there is unlocked without another question
 * @throws Cancelled, CommandError, the file system's error
 */
export async function unlockToContinue(
  deps: Pick<CommandDeps, 'ui' | 'store'>,
  tenantId: string,
  said: PlainText | undefined,
): Promise<void> {
  const tenant = requireTenant(deps, tenantId);
  if (!tenant.readOnly) return;
  if (said !== undefined && said === unlockText(tenant)) deps.store.update(tenantId, { readOnly: false });
  else await unlockTenant(deps, tenant);
}

/** Production asks for its name, and its unlocking ends with the window at the latest. @throws Cancelled */
export async function unlockTenant(deps: Pick<CommandDeps, 'ui' | 'store'>, tenant: Tenant): Promise<void> {
  if (tenant.environment === 'production') return unlockProduction(deps, tenant);
  await confirm(
    deps.ui,
    t('Allow changes in {0} ({1})?', tenant.name, formatList(tenantTexts(tenant))),
    t('Actions such as Synchronize attributes are sent to the tenant until it is set to read-only again.'),
    t('Allow changes in {0}', tenant.name),
  );
  assertUnchanged(deps, tenant);
  deps.store.update(tenant.id, { readOnly: false });
}

/** Another window may have made it production, or another tenant altogether, while the question was open. @throws CommandError */
function assertUnchanged({ store }: Pick<CommandDeps, 'store'>, tenant: Tenant): void {
  if (store.get(tenant.id) === tenant) return;
  const why = new ApiError('refused', t('the tenant changed while you were confirming'), { sent: false });
  throw new CommandError(t('Could not allow changes in {0}', tenant.name), why, tenant.id);
}

async function unlockProduction(deps: Pick<CommandDeps, 'ui' | 'store'>, tenant: Tenant): Promise<void> {
  const { ui, store } = deps;
  const { id, name } = tenant;
  const title = t('Allow changes in {0}', name);
  const form: { minutes?: number | undefined } = {};
  await wizard([
    {
      run: async (place) => {
        await confirmByTyping(
          ui,
          { ...place, title },
          name,
          t('{0} is a production tenant. Type its name to allow changes: {0}', name),
        );
        return undefined;
      },
    },
    step<number | undefined>({
      ask: (place) =>
        choiceStep<number | undefined>(
          ui,
          { ...place, title },
          t('For how long?'),
          [
            { label: t('{0} minutes', UNLOCK_MINUTES), value: UNLOCK_MINUTES },
            { label: t('Until set to read-only'), description: t('or until this window closes'), value: undefined },
          ],
          UNLOCK_MINUTES,
        ),
      keep: (minutes) => {
        form.minutes = minutes;
      },
    }),
  ]);
  assertUnchanged(deps, tenant);
  store.unlock(id, form.minutes);
}

/** Opens a page that says what the credentials can do. Reads only. */
export async function checkConnection(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'pages'>,
  argument: unknown,
): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  await withErrorContext(t('Could not check the connection to {0}', tenant.name), tenant.id, async () => {
    const report = await deps.ui.showProgress('notification', t('Checking {0}', tenant.name), async (signal) => {
      const writes = ACTION_IDS.map((id) => actionOf(id).operation);
      return check(await deps.clients.for(tenant.id), writes, signal);
    });
    const path = `/${tenant.id}/${t('Connection to {0}', tenant.name.replaceAll('/', ' '))}.md`;
    await deps.pages.show(path, connectionMarkdown(tenant, report, proxyOf(deps)));
  });
}

/** Where requests go through, as far as settings and environment say; without a password in its address. */
function proxyOf({ workbench }: Pick<CommandDeps, 'workbench'>): string | undefined {
  const set = workbench.proxySetting();
  const address = set || process.env['HTTPS_PROXY'] || process.env['https_proxy'];
  return address?.replace(/^([a-z]+:\/\/)?.*@/i, '$1');
}
