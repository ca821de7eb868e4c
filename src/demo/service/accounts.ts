import type { Answer } from '../http/responses';
import { countHeader, pagingOf, personOf, type DemoCall } from './requestContext';
import { evaluate, parseFilter, type FieldRules, type Filter, type Value } from '../query/filter';
import { parseSorters } from '../query/listing';
import type { World } from '../data/world';
import { accountsOf, entitlementsOf } from '../data/accounts';

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

export function listAccounts(call: DemoCall): Answer {
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

/** The list does not say on which source an entitlement is; a search document does. */
export function listEntitlementsByIdentity(call: DemoCall): Answer {
  const { world, shapes } = call;
  const { limit, offset, count } = pagingOf(call);
  const rows = entitlementsOf(world, personOf(call));
  const body = rows.slice(offset, offset + limit).map(({ type, id, name, privileged }) => {
    const ref = { type, id, name };
    return shapes.entitlements === 'flat' ? ref : { objectRef: ref, tags: privileged ? ['PRIVILEGED'] : [] };
  });
  return { status: 200, body, ...countHeader(count, rows.length) };
}
