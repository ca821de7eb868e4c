/** What is told of an identity elsewhere than in its list, and asked for only where a column of it is wanted. */
import { pMapIterable } from 'p-map';
import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import { quoted } from '../api/filter';
import { secondsFor } from '../api/rateLimit';
import type { RoleAssignmentRef } from '../api/roleAssignments';
import type { IdentityDocument } from '../api/search';

/** Where it is told: the search index (250 identities a request), or role assignments (a request an identity). */
export type Need = 'access' | 'roleAssignments';

/** What the search index tells of an identity (contract-2 1.3); it lags behind. */
export interface AccessFacts {
  /** As the index counts them; absent where it does not say. */
  readonly accounts?: number | undefined;
  readonly entitlements?: number | undefined;
  readonly roles?: number | undefined;
  readonly accessProfiles?: number | undefined;
  /** Names; absent where the index does not list what the identity has: an empty list is none. */
  readonly roleNames?: readonly string[] | undefined;
  readonly accessProfileNames?: readonly string[] | undefined;
  readonly entitlementNames?: readonly string[] | undefined;
  /** "Active Directory: ada.winterbourne". */
  readonly accountNames?: readonly string[] | undefined;
}

/** Of one identity, as far as it was asked for and told: what is absent is unknown. */
export interface Facts {
  readonly access?: AccessFacts | undefined;
  readonly roleAssignments?: readonly RoleAssignmentRef[] | undefined;
}

/** Signal, priority (`batch` unless another is given) and what is done about a refusal. */
export interface FactsOptions extends CallOptions {
  /** Told once of a need that the token may not ask for (403), which is then unknown of all; without it the call rejects. */
  readonly onRefused?: ((need: Need, error: ApiError) => void) | undefined;
}

/** Documents with all that an identity has are big (contract-2 1.4). */
export const IDS_PER_SEARCH = 250;
/** Assignments are told an identity a request: who looks on sees something after a few. */
const IDENTITIES_PER_PORTION = 25;
/** Requests on their way at once: so many keep the rate limit busy while an answer takes up to 800 ms. */
const AT_ONCE = 8;
/** Identities whose assignments are known before they are taken. */
const AHEAD = 64;

/** What of a document is answered: whole fields, as parts of one may not be (contract-2 1.4), without what is big and not read. */
const FACT_PARAMS = {
  sort: ['id'],
  includeNested: true,
  fields: ['id', 'accounts', 'access', 'accountCount', 'entitlementCount', 'roleCount', 'accessProfileCount'],
  withoutFields: [
    ...['description', 'displayName', 'owner', 'attribute', 'value', 'schema'].map((part) => `access.${part}`),
    ...['accountAttributes', 'entitlementAttributes'].map((part) => `accounts.${part}`),
  ],
} as const;

/** Requests for what is needed of so many identities. */
export function factRequests(needs: ReadonlySet<Need>, identities: number): number {
  const searches = needs.has('access') ? Math.ceil(identities / IDS_PER_SEARCH) : 0;
  return searches + (needs.has('roleAssignments') ? identities : 0);
}

/** Milliseconds that asking for it takes at the rate that is allowed, when nothing else uses it. */
export function factsDurationMs(needs: ReadonlySet<Need>, identities: number): number {
  return secondsFor(factRequests(needs, identities)) * 1000;
}

/**
 * What is needed of identities, in portions, in the order of the ids; every id is in exactly one portion. Whom the index does not
 * know has no `access`, who is gone meanwhile no `roleAssignments`: unknown, not none (contract 2.3, contract-2 1.1 and 1.5).
 *
 * @param ids each once
 * @throws ApiError
 */
export async function* fetchFacts(
  client: Client,
  ids: readonly string[],
  needs: ReadonlySet<Need>,
  { onRefused, ...options }: FactsOptions = {},
): AsyncGenerator<ReadonlyMap<string, Facts>, void, undefined> {
  if (needs.size === 0 || ids.length === 0) return;
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  const call = { ...options, priority: options.priority ?? 'batch', signal } as const;
  const ask = unlessRefused(onRefused);
  const pace: Pace = { most: IDS_PER_SEARCH };
  const width = { concurrency: AT_ONCE, backpressure: AT_ONCE };
  const access = pMapIterable(
    portionsOf(needs.has('access') ? ids : [], IDS_PER_SEARCH),
    (some) => ask('access', () => fetchAccess(client, some, call, pace)),
    width,
  )[Symbol.asyncIterator]();
  const assignments = pMapIterable(
    needs.has('roleAssignments') ? ids : [],
    (id) => ask('roleAssignments', () => fetchAssignments(client, id, call)),
    { ...width, backpressure: AHEAD },
  )[Symbol.asyncIterator]();
  try {
    const size = needs.has('roleAssignments') ? IDENTITIES_PER_PORTION : IDS_PER_SEARCH;
    let known: ReadonlyMap<string, AccessFacts> | undefined;
    for (const [n, some] of portionsOf(ids, size).entries()) {
      if ((n * size) % IDS_PER_SEARCH === 0) known = await next(access);
      const portion = new Map<string, Facts>();
      for (const id of some) portion.set(id, { access: known?.get(id), roleAssignments: await next(assignments) });
      yield portion;
    }
  } finally {
    // Who leaves early has no use for what is still on its way.
    abort.abort();
  }
}

async function next<T>(iterator: AsyncIterator<T>): Promise<T | undefined> {
  const result = await iterator.next();
  return result.done ? undefined : result.value;
}

/** Asks no more for what was refused once. */
function unlessRefused(onRefused: FactsOptions['onRefused']) {
  const refused = new Set<Need>();
  return async <T>(need: Need, ask: () => Promise<T>): Promise<T | undefined> => {
    if (refused.has(need)) return undefined;
    try {
      return await ask();
    } catch (error) {
      if (!onRefused || !ApiError.is(error, 'forbidden')) throw error;
      if (!refused.has(need)) onRefused(need, error);
      refused.add(need);
      return undefined;
    }
  };
}

/** Identities in a search: fewer once a response was too large, as some have thousands of entitlements. */
interface Pace {
  most: number;
}

async function fetchAccess(
  client: Client,
  ids: readonly string[],
  call: CallOptions,
  pace: Pace,
): Promise<ReadonlyMap<string, AccessFacts>> {
  const told = new Map<string, AccessFacts>();
  for (let at = 0; at < ids.length;) {
    const some = ids.slice(at, at + pace.most);
    try {
      const query = `id:(${some.map(quoted).join(' OR ')})`;
      const { items } = await client.search.identities(query, { ...FACT_PARAMS, limit: some.length }, call);
      for (const document of items) told.set(document.id, accessFactsOf(document));
      at += some.length;
    } catch (error) {
      const isTooLarge = ApiError.is(error) && error.details.flaw === 'tooLarge' && some.length > 1;
      if (!isTooLarge) throw error;
      pace.most = Math.min(pace.most, Math.ceil(some.length / 2));
    }
  }
  return told;
}

/** What a document of the search index tells of access (contract-2 1.3). */
function accessFactsOf(document: IdentityDocument): AccessFacts {
  const { access, accounts, accountCount, entitlementCount, roleCount, accessProfileCount } = document;
  const namesOf = (kind: string): readonly string[] | undefined =>
    access?.flatMap(({ type, name, id }) => (type === kind ? [name ?? id] : []));
  return {
    accounts: accountCount,
    entitlements: entitlementCount,
    roles: roleCount,
    accessProfiles: accessProfileCount,
    roleNames: namesOf('ROLE'),
    accessProfileNames: namesOf('ACCESS_PROFILE'),
    entitlementNames: namesOf('ENTITLEMENT'),
    accountNames: accounts?.flatMap(
      ({ name, accountId, source }) => [source?.name, name ?? accountId].filter(Boolean).join(': ') || [],
    ),
  };
}

async function fetchAssignments(
  client: Client,
  id: string,
  call: CallOptions,
): Promise<readonly RoleAssignmentRef[] | undefined> {
  try {
    return await client.roleAssignments.list(id, call);
  } catch (error) {
    if (ApiError.is(error, 'notFound')) return undefined;
    throw error;
  }
}

function portionsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const portions: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) portions.push(items.slice(at, at + size));
  return portions;
}
