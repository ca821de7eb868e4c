import type { Tenant } from '../../tenants/tenant';
import { fetchCount } from '../../lists/pages';
import { fromDraft, type Draft } from '../../lists/draft';
import { isShownIn, readSavedLists } from '../../lists/savedLists';
import type { IdentityQuery } from '../../lists/query';
import { formatNumber } from '../../text/dates';
import { errorText } from '../../text/errors';
import type { CommandDeps } from '../ui/deps';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';

/** How many people a list would show, asked once for each thing that is asked for; its lifetime is one form. */
export class MatchCounter {
  private readonly known = new Map<string, PlainText>();

  constructor(private readonly deps: Pick<CommandDeps, 'clients' | 'store'>) {}

  /** "matches in Acme: 120", once known. */
  words(draft: Draft, fallback: Tenant | undefined): PlainText | undefined {
    const tenant = this.tenantOf(draft, fallback);
    return tenant && this.known.get(keyOf(draft, tenant));
  }

  /** One request, where a tenant is signed in that shows the list. @returns whether there are new words. */
  async ask(draft: Draft, fallback: Tenant | undefined, signal: AbortSignal): Promise<boolean> {
    const tenant = this.tenantOf(draft, fallback);
    const query = queryIn(draft);
    if (!tenant || !query) return false;
    const key = keyOf(draft, tenant);
    if (this.known.has(key)) return false;
    this.known.set(key, t('counting in {0}', tenant.name));
    try {
      const total = await fetchCount(await this.deps.clients.for(tenant.id), query, { signal });
      if (total === undefined) this.known.delete(key);
      else this.known.set(key, t('matches in {0}: {1}', tenant.name, formatNumber(total)));
    } catch (error) {
      if (signal.aborted) this.known.delete(key);
      else this.known.set(key, errorText(error, t('Could not count matches')));
    }
    return true;
  }

  private tenantOf(draft: Draft, fallback: Tenant | undefined): Tenant | undefined {
    const tenant = draft.tenant === undefined ? fallback : this.deps.store.all().find((each) => isShownIn(draft, each));
    return tenant && this.deps.clients.signedOutReason(tenant.id) === undefined ? tenant : undefined;
  }
}

/** As it would be asked; undefined while there is a mistake in it. */
function queryIn(draft: Draft): IdentityQuery | undefined {
  const [entry] = readSavedLists([{ ...fromDraft(draft), name: '-' }], 'user');
  return entry?.list.query;
}

function keyOf({ by, filter, search, includeUncorrelated }: Draft, tenant: Tenant): string {
  return JSON.stringify([tenant.id, by, by === 'filter' ? filter : search, includeUncorrelated]);
}
