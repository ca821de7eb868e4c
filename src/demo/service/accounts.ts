import { daysAgo } from '../data/attributes';
import type { Answer } from '../http/responses';
import { countHeader, pagingOf, personOf, type Call } from './requestContext';
import { evaluate, parseFilter, type FieldRules, type Filter, type Value } from '../query/filter';
import { parseSorters } from '../query/listing';
import { SOURCES } from '../data/organisation';
import { sourceOwner } from '../data/owners';
import { idFrom, mix } from '../data/random';
import type { World } from '../data/world';

const TEXT = ['eq', 'in', 'sw'];
const DATES = ['eq', 'ge', 'gt', 'le', 'lt'];
/** The documented fields that the demo accounts have (contract 8). */
const FIELDS: FieldRules = {
  id: TEXT,
  identityId: TEXT,
  name: TEXT,
  nativeIdentity: TEXT,
  hasEntitlements: ['eq'],
  sourceId: TEXT,
  uncorrelated: ['eq'],
  manuallyCorrelated: ['eq'],
  'identity.name': TEXT,
  'identity.correlated': ['eq'],
  created: DATES,
  modified: DATES,
};
const SORTERS = ['id', 'name', 'created', 'modified', 'sourceId', 'identityId', 'nativeIdentity'];

/** Indices into `SOURCES` of the accounts a person has. */
function sourcesOf(world: World, index: number): number[] {
  const { people } = world;
  if (!people.isCorrelated(index)) return [2 + (mix(people.seed, index, 80) % (SOURCES.length - 2))];
  const others = SOURCES.map((_, n) => n).filter((n) => n >= 4 && mix(people.seed, index, 100 + n) % 5 === 0);
  return [people.isContractor(index) ? 1 : 0, 2, 3, ...others];
}

function entitlementsOn(world: World, index: number, source: number): string[] {
  const { entitlements = [] } = SOURCES[source] ?? {};
  return entitlements.filter((_, n) => mix(world.people.seed, index, 200 + source * 10 + n) % 2 === 0 || n === 0);
}

/** Accounts of one person, in the service's form. */
export function accountsOf(world: World, index: number) {
  const { people } = world;
  const alias = people.alias(index);
  const status = world.status(index);
  return sourcesOf(world, index).map((n) => {
    const source = SOURCES[n] as (typeof SOURCES)[number];
    const nativeIdentity = source.type.startsWith('Active Directory')
      ? `CN=${alias},OU=People,DC=larkspur,DC=example`
      : alias;
    const owner = sourceOwner(n);
    const created = 30 + (mix(people.seed, index, 300 + n) % 1500);
    const held = entitlementsOn(world, index, n);
    return {
      id: idFrom(people.seed, 'account', index, n),
      name: alias,
      created: daysAgo(world.today(), created),
      modified: daysAgo(world.today(), created % 29),
      sourceId: idFrom(people.seed, 'source', n),
      sourceName: source.name,
      identityId: people.id(index),
      cloudLifecycleState: people.lifecycle(index),
      identityState: ['DISABLED', 'TERMINATED', 'DEACTIVATED'].includes(status) ? 'INACTIVE_LONG_TERM' : 'ACTIVE',
      connectionType: source.type === 'Delimited File' ? 'file' : 'direct',
      isMachine: false,
      recommendation: null,
      attributes: {
        displayName: people.name(index).display,
        mail: people.email(index),
        groups: held,
        lastLogon: daysAgo(world.today(), mix(people.seed, index, 320 + n) % 60),
      },
      authoritative: source.authoritative,
      description: null,
      disabled: ['DISABLED', 'TERMINATED', 'DEACTIVATED'].includes(status),
      locked: status === 'LOCKED' && n === 2,
      nativeIdentity,
      systemAccount: false,
      uncorrelated: !people.isCorrelated(index),
      uuid: idFrom(people.seed, 'uuid', index, n),
      manuallyCorrelated: mix(people.seed, index, 340 + n) % 40 === 0,
      hasEntitlements: held.length > 0,
      identity: world.ref(index),
      sourceOwner: world.exists(owner) ? world.ref(owner) : null,
      features: null,
      origin: n > 3 ? ('PROVISIONED' as const) : ('AGGREGATED' as const),
    };
  });
}

type DemoAccount = ReturnType<typeof accountsOf>[number];

function field(account: DemoAccount, name: string): Value | null | undefined {
  if (name === 'identity.name') return account.identity.name;
  if (name === 'identity.correlated') return !account.uncorrelated;
  return (account as unknown as Record<string, Value | null>)[name];
}

/** The people a filter names by `identityId`, if it does. */
function named(filter: Filter | undefined): readonly Value[] | undefined {
  if (filter?.kind === 'and') return filter.parts.map(named).find((ids) => ids);
  const isName = filter?.kind === 'test' && filter.field === 'identityId' && ['eq', 'in'].includes(filter.operator);
  return isName ? filter.values : undefined;
}

export function listAccounts(call: Call): Answer {
  const { world, query } = call;
  const { limit, offset, count } = pagingOf(call);
  const text = query.get('filters');
  const filter = text === undefined ? undefined : parseFilter(text, FIELDS);
  const sorters = parseSorters(query.get('sorters'), SORTERS);
  const ids = named(filter);
  const owners = ids
    ? [...new Set(ids.map((id) => world.find(String(id))).filter((index) => index !== undefined))].sort((a, b) => a - b)
    : firstPeople(world);
  const rows = owners
    .flatMap((index) => accountsOf(world, index))
    .filter((account) => !filter || evaluate(filter, (name) => field(account, name)));
  for (const { field: name, descending } of [...sorters].reverse()) {
    const key = (account: DemoAccount): string => String(field(account, name)).toLowerCase();
    rows.sort((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) !== descending ? -1 : 1));
  }
  return { status: 200, body: rows.slice(offset, offset + limit), ...countHeader(count, rows.length) };
}

/** Without an identity the accounts of the first people stand for all: nobody reads a million accounts here. */
function firstPeople(world: World): number[] {
  const indices = Array.from({ length: Math.min(2_000, world.people.size) }, (_, index) => index);
  return indices.filter((index) => world.exists(index));
}

/** The names of what a person holds, which are quick to come by: ids are hashes. */
export function entitlementNamesOf(world: World, index: number): readonly string[] {
  return sourcesOf(world, index).flatMap((source) => entitlementsOn(world, index, source));
}

/** What a person holds on each source. */
export function entitlementsOf(world: World, index: number) {
  const { seed } = world.people;
  return sourcesOf(world, index).flatMap((source) =>
    entitlementsOn(world, index, source).map((name) => ({
      type: 'ENTITLEMENT',
      id: idFrom(seed, `entitlement ${name}`, source),
      name,
      privileged: name.includes('ADMIN') || name.includes('Power'),
      source: { id: idFrom(seed, 'source', source), name: SOURCES[source]?.name ?? '' },
    })),
  );
}

/** The list does not say on which source an entitlement is; a search document does. */
export function listEntitlementsByIdentity(call: Call): Answer {
  const { world, shapes } = call;
  const { limit, offset, count } = pagingOf(call);
  const rows = entitlementsOf(world, personOf(call));
  const body = rows.slice(offset, offset + limit).map(({ type, id, name, privileged }) => {
    const ref = { type, id, name };
    return shapes.entitlements === 'flat' ? ref : { objectRef: ref, tags: privileged ? ['PRIVILEGED'] : [] };
  });
  return { status: 200, body, ...countHeader(count, rows.length) };
}
