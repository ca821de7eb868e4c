import type { Account, IdentityEntitlement } from '../../api/accounts';
import type { Client, Page, PageParams } from '../../api/client';
import type { OwnershipAssociation } from '../../api/identities';
import type { AccessItem } from '../../api/search';
import type { PageOf, StateBadge } from '../shared/protocol';
import { errorText } from '../../text/errors';
import type { AccountRow, EntitlementRow, EntitlementSources, OwnedGroup } from './protocol';
import { t } from '../../text/l10n';

/** As many rows as the service gives at once; the total is asked for once, with the first page. */
export function pageParams(offset: number): PageParams {
  return { limit: 250, offset, count: offset === 0 };
}

export function entitlementPage(page: Page<IdentityEntitlement>): PageOf<EntitlementRow> {
  return pageOf(page, ({ objectRef: { id, name }, tags }) => ({ id, name: name ?? id, tags }));
}

export function accountPage(page: Page<Account>): PageOf<AccountRow> {
  return pageOf(page, (account) => ({
    id: account.id,
    source: account.sourceName ?? account.sourceId ?? '',
    name: account.name,
    nativeIdentity: account.nativeIdentity && account.nativeIdentity !== account.name ? account.nativeIdentity : '',
    states: accountStates(account),
  }));
}

/** What blocks a deletion, by kind, biggest first. */
export function ownedGroups(associations: readonly OwnershipAssociation[]): OwnedGroup[] {
  return associations
    .map(({ associationType, entities }) => ({
      kind: kindWords(associationType),
      items: entities
        .map(({ id, name, type }) => ({ id, name: name ?? id, link: linkOf(type) }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }))
    .sort((a, b) => b.items.length - a.items.length);
}

/**
 * On which source each entitlement is, by its id. The list of a person's entitlements has no field for it (contract 8),
 * their document in Search has; who may not search still sees the entitlements.
 */
export async function entitlementSources(
  { search }: Pick<Client, 'search'>,
  identityId: string,
  signal: AbortSignal,
): Promise<EntitlementSources> {
  try {
    const found = await search.identities(equalsId(identityId), { limit: 1, includeNested: true }, { signal });
    const items = found.items.find(({ id }) => id === identityId)?.access ?? [];
    return { byId: sourceNames(items), note: t('Sources come from Search; its index can lag behind.') };
  } catch (error) {
    if (signal.aborted) throw error;
    const what = t('The list does not include the sources of entitlements, and Search could not be queried');
    return { byId: {}, note: errorText(error, what) };
  }
}

function sourceNames(items: readonly AccessItem[]): Readonly<Record<string, string>> {
  // A null prototype, because ids are someone else's data.
  const names = Object.create(null) as Record<string, string>;
  for (const { id, source } of items) {
    if (source) names[id] = source.name ?? source.id;
  }
  return names;
}

/** In quotes, because an id is someone else's data too. */
function equalsId(id: string): string {
  return `id:"${id.replace(/["\\]/g, '\\$&')}"`;
}

function linkOf(type: string | undefined): OwnedGroup['items'][number]['link'] {
  return type === 'IDENTITY' ? 'person' : type === 'ROLE' ? 'role' : null;
}

function accountStates({ disabled, locked, uncorrelated }: Account): StateBadge[] {
  const states: StateBadge[] = [];
  if (disabled === true) states.push({ icon: 'circle-slash', word: t('disabled'), tone: 'off' });
  if (locked === true) states.push({ icon: 'lock', word: t('locked'), tone: 'warning' });
  if (uncorrelated === true) states.push({ icon: 'question', word: t('uncorrelated'), tone: 'warning' });
  return states.length > 0 ? states : [{ icon: 'pass', word: t('enabled'), tone: 'ok' }];
}

/** The service's kinds are free text in capitals (contract 2.9): the usual ones in words, others made readable. */
function kindWords(type: string): string {
  switch (type) {
    case 'ROLE_OWNER':
      return t('Owner of roles');
    case 'ACCESS_PROFILE_OWNER':
      return t('Owner of access profiles');
    case 'ENTITLEMENT_OWNER':
      return t('Owner of entitlements');
    case 'SOURCE_OWNER':
      return t('Owner of sources');
    case 'CAMPAIGN_OWNER':
      return t('Owner of certification campaigns');
    case '':
      return t('Other');
    default: {
      const words = type.replaceAll('_', ' ').toLowerCase();
      return words.charAt(0).toUpperCase() + words.slice(1);
    }
  }
}

function pageOf<T, Row>({ items, offset, total, hasMore }: Page<T>, row: (item: T) => Row): PageOf<Row> {
  return { rows: items.map(row), total: total ?? null, next: hasMore ? offset + items.length : null };
}
