import { ApiError } from '../../api/errors';
import { consoleOrigin, consoleFromInfo } from '../../tenants/addresses';
import { isLoopback, type Tenant } from '../../tenants/tenant';
import { requireTenant, resolveTenant } from '../tenants/pick';
import { showStatus, showNothingDone } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext } from '../ui/report';
import { identityIn, resolveIdentity, type TargetDeps } from './targets';
import { t } from '../../text/l10n';

/** Opens a person's page of the tenant's web console in the browser; whoever is signed in there sees it. */
export async function openInIsc(deps: TargetDeps, argument: unknown): Promise<void> {
  const { id: tenantId } = await resolveTenant(deps, argument);
  const tenant = requireTenant(deps, tenantId);
  // Before a person is asked for: without a console there is nothing to open.
  if (hasNoConsole(tenant)) {
    showNothingDone(deps.ui, t('{0} runs on this machine and has no web console', tenant.name));
    return;
  }
  const { identity } = await resolveIdentity(deps, identityIn(argument) ?? { tenantId });
  await withErrorContext(t('Could not open {0} in ISC', identity.name), tenantId, async () => {
    const page = identityPage(await consoleOf(deps, tenant), identity.id);
    if (await deps.workbench.openInBrowser(page)) showStatus(deps.ui, t('{0} opened in ISC', identity.name));
  });
}

/** The address of a person's page in a web console. */
export function identityPage(origin: string, identityId: string): string {
  return `${origin}/ui/a/admin/identities/${encodeURIComponent(identityId)}/details/attributes`;
}

function hasNoConsole({ kind, baseUrl }: Tenant): boolean {
  return kind === 'demo' || isLoopback(new URL(baseUrl).hostname);
}

/**
 * The origin of a tenant's web console: known of a host of ISC; of any other host its info page is asked.
 *
 * @throws ApiError when the info page cannot be read or names no console.
 */
export async function consoleOf(
  { clients }: { readonly clients: Pick<CommandDeps['clients'], 'fetchInfo'> },
  { baseUrl }: Pick<Tenant, 'baseUrl'>,
): Promise<string> {
  const known = consoleOrigin(baseUrl);
  if (known !== undefined) return known;
  const { cloudDomainUrl } = await clients.fetchInfo(baseUrl, new AbortController().signal);
  const named = consoleFromInfo(cloudDomainUrl);
  if (named !== undefined) return named;
  const { host } = new URL(baseUrl);
  throw new ApiError('badAnswer', t('{0} is not an ISC host, and its info page does not name a web console', host), {
    operation: 'getOAuthInfo',
  });
}
