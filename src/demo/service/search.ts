import { processingDetailsOf } from '../data/processing';
import { accessOf } from '../data/access';
import { accountsOf } from '../data/accounts';
import { badRequest, type Answer } from '../http/responses';
import { attributesOf } from '../data/attributes';
import { countHeader, objectOf, pagingOf, stringsOf, type DemoCall } from './requestContext';
import { IDENTITY_PROFILES } from '../data/organisation';
import { ownedBy } from '../data/owners';
import { profileId } from './reference';
import { isInactive } from '../query/searchIndex';
import { parseSearch } from '../query/searchQuery';
import type { View } from '../query/rowSets';
import type { World } from '../data/world';

/** Rows by offset; beyond it only `searchAfter` (contract 5). */
const WINDOW = 10_000;

interface Found {
  readonly view: View;
  readonly sort: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

export async function find(call: DemoCall): Promise<Found> {
  const body = objectOf(call.body);
  const indices = body['indices'] === undefined ? ['identities'] : stringsOf(body['indices'], 'indices');
  const text = objectOf(body['query'] ?? {})['query'];
  if (typeof text !== 'string') throw badRequest('"query.query" must be a string.');
  const sort = body['sort'] === undefined ? ['id'] : stringsOf(body['sort'], 'sort');
  const query = parseSearch(text);
  const people = indices.includes('identities') || indices.includes('*');
  const view = people ? await call.search.find(text, query, sort) : new Uint32Array();
  return { view, sort, body };
}

export async function searchPost(call: DemoCall): Promise<Answer> {
  const { limit, offset, count } = pagingOf(call, WINDOW);
  if (offset + limit > WINDOW) {
    throw badRequest(`Result window is too large: offset + limit must be at most ${String(WINDOW)}; use searchAfter.`);
  }
  const { view, sort, body } = await find(call);
  const after = body['searchAfter'] === undefined ? undefined : stringsOf(body['searchAfter'], 'searchAfter');
  if (after && after.length !== sort.length) throw badRequest('"searchAfter" must have one value per sort field.');
  const start = (after ? firstAfter(call, view, sort, after) : 0) + offset;
  const nested = body['includeNested'] !== false;
  const documents = [...view.subarray(start, start + limit)].map((index) => documentOf(call.world, index, nested));
  return {
    status: 200,
    body: documents.map((document) => filtered(document, body['queryResultFilter'])),
    ...countHeader(count, view.length),
  };
}

/** 204 with nothing but the count (contract 5). */
export async function searchCount(call: DemoCall): Promise<Answer> {
  const { view } = await find(call);
  return { status: 204, headers: { 'X-Total-Count': String(view.length) } };
}

/** The place of the first row that comes after these values, which need not be there any more. */
function firstAfter({ search }: DemoCall, view: View, sort: readonly string[], after: readonly string[]): number {
  const isAfter = (index: number): boolean => {
    for (const [n, part] of sort.entries()) {
      const value = search.text(part.replace(/^[+-]/, ''), index).toLowerCase();
      const last = (after[n] ?? '').toLowerCase();
      if (value !== last) return value > last !== part.startsWith('-');
    }
    return false;
  };
  let low = 0;
  let high = view.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(view[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Only the fields a `queryResultFilter` lets through; id and name always. */
function filtered(document: Readonly<Record<string, unknown>>, filter: unknown): Readonly<Record<string, unknown>> {
  if (filter === undefined || filter === null) return document;
  const { includes, excludes } = objectOf(filter);
  const wanted = includes === undefined ? undefined : stringsOf(includes, 'includes');
  const unwanted = excludes === undefined ? [] : stringsOf(excludes, 'excludes');
  const keeps = (name: string): boolean =>
    ['id', 'name', '_type', '_version', 'type'].includes(name) ||
    ((wanted?.some((field) => field === name || field.startsWith(`${name}.`)) ?? true) && !unwanted.includes(name));
  const kept = Object.entries(document).filter(([name]) => keeps(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, without(name, value, unwanted)]));
}

/** A field without the parts that are not wanted of it: `processingDetails.stackTrace`. */
function without(name: string, value: unknown, unwanted: readonly string[]): unknown {
  const parts = unwanted.flatMap((field) => (field.startsWith(`${name}.`) ? [field.slice(name.length + 1)] : []));
  if (parts.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => without(name, each, unwanted));
  return Object.fromEntries(Object.entries(value).filter(([part]) => !parts.includes(part)));
}

export function documentOf(world: World, index: number, nested: boolean): Record<string, unknown> {
  const { people } = world;
  const identity = world.identity(index);
  const attributes = attributesOf(people, index, world.today(), world.state(index));
  const { first, last, display } = people.name(index);
  const manager = people.manager(index);
  const accounts = accountsOf(world, index);
  const access = accessOf(world, index);
  const roles = access.filter(({ type }) => type === 'ROLE').length;
  const owned = ownedBy(world, index);
  const profile = people.isContractor(index) ? 1 : 0;
  const status = world.status(index);
  const email = people.email(index);
  return {
    id: identity.id,
    name: people.alias(index),
    _type: 'identity',
    type: 'identity',
    _version: 'v7',
    displayName: display,
    firstName: first,
    lastName: last,
    // Documented as a string: left out when there is none.
    ...(email !== null && { email }),
    created: identity.created,
    modified: identity.modified,
    synced: identity.modified,
    inactive: isInactive(world, index),
    protected: people.isProtected(index),
    status,
    isManager: people.isManager(index),
    manager:
      manager !== undefined && world.exists(manager)
        ? { id: people.id(manager), name: people.alias(manager), displayName: people.name(manager).display }
        : null,
    ...(people.isCorrelated(index) && {
      employeeNumber: String(100_000 + index),
      identityProfile: { id: profileId(world, profile), name: IDENTITY_PROFILES[profile] },
      source: { id: accounts[0]?.sourceId, name: accounts[0]?.sourceName },
    }),
    attributes,
    disabled: ['DISABLED', 'TERMINATED', 'DEACTIVATED'].includes(status),
    locked: status === 'LOCKED',
    processingState: identity.processingState,
    processingDetails: processingDetailsOf(world, index),
    accountCount: accounts.length,
    accessCount: access.length,
    roleCount: roles,
    entitlementCount: access.length - roles,
    ownsCount: owned.reduce((sum, { entities }) => sum + entities.length, 0),
    ...(nested && {
      accounts: accounts.map((account) => ({
        id: account.id,
        name: account.name,
        accountId: account.nativeIdentity,
        source: { id: account.sourceId, name: account.sourceName },
        disabled: account.disabled,
        locked: account.locked,
        manuallyCorrelated: account.manuallyCorrelated,
        created: account.created,
      })),
      access,
      owns: owned.flatMap(({ associationType, entities }) => {
        const kind = { ROLE_OWNER: 'roles', SOURCE_OWNER: 'sources' }[associationType];
        return kind === undefined ? [] : [{ [kind]: entities.map(({ id, name }) => ({ id, name })) }];
      }),
    }),
  };
}
