import type { Tenant } from '../../tenants/tenant';
import type { RecentPerson } from '../../find/recent';
import type { CommandDeps } from '../ui/deps';
import { Cancelled } from '../ui/report';
import { t } from '../../text/l10n';
import { searchBox, type Alternative } from './searchBox';
import { plain, type PlainText } from '../../text/plain';

/** The other way was chosen instead of a person. */
export const ALTERNATIVE = Symbol('other');

/** Asks for one person of a tenant by typing. @throws Cancelled when dismissed. */
export async function pickIdentity(
  deps: Pick<CommandDeps, 'ui' | 'clients'>,
  tenant: Tenant,
  question?: PlainText,
): Promise<RecentPerson>;
/** The same, with another way beside the people. @throws Cancelled when dismissed. */
export async function pickIdentity(
  deps: Pick<CommandDeps, 'ui' | 'clients'>,
  tenant: Tenant,
  question: PlainText,
  other: Alternative | undefined,
): Promise<RecentPerson | typeof ALTERNATIVE>;
export async function pickIdentity(
  deps: Pick<CommandDeps, 'ui' | 'clients'>,
  tenant: Tenant,
  question?: PlainText,
  other?: Alternative,
): Promise<RecentPerson | typeof ALTERNATIVE> {
  const title = question === undefined ? plain(tenant.name) : t('{0} · {1}', question, tenant.name);
  const chosen = await searchBox(deps, { tenants: [tenant], title, ...(other ? { other } : {}) });
  if (chosen.kind === 'other') return ALTERNATIVE;
  if (chosen.kind !== 'person') throw new Cancelled();
  return chosen.person;
}
