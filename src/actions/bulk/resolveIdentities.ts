/** Whom a batch is about: people read anew from the service, however they were named. */
import type { Client } from '../../api/client';
import { equals, oneOf, or } from '../../api/filter';
import type { Identity } from '../../api/identities';
import { fetchAll, fetchCount } from '../../lists/pages';
import type { IdentityQuery } from '../../lists/query';
import { nameKey, spellingsOf } from './displayNames';
import type { Found, Reading } from './found';
import { fetchPortions, sentLength, type Naming } from './portions';
import { distinct, fetchByKeys, isSendable, caselessKey } from './resolveKeys';

/** How the people of a batch are named. */
export type Source =
  | { readonly kind: 'people'; readonly people: readonly { readonly id: string; readonly name: string }[] }
  /** Ids, aliases, e-mail addresses and names, as pasted or as in a file; and entries of it that are no key for sure. */
  | { readonly kind: 'asked'; readonly texts: readonly string[]; readonly unreadable?: readonly string[] }
  | { readonly kind: 'list'; readonly query: IdentityQuery };

/** More would be an aim at everybody: the list and the plan stay readable below. */
export const MAX_IDENTITIES = 50_000;

/** A batch of more people than `MAX_IDENTITIES`. */
export class TooManyIdentitiesError extends Error {}

const NAME_WORDS = encodeURIComponent(' or name eq ').length;
const BY_ID: Naming = {
  weight: (id) => sentLength(id) + encodeURIComponent(', ').length,
  filterOf: (ids) => oneOf('id', ids),
};

/**
 * Reads the people of a source, each with their present state, in the order of the source.
 *
 * @throws ApiError of the reading, TooManyIdentitiesError
 */
export async function resolveIdentities(client: Client, source: Source, reading: Reading): Promise<Found[]> {
  switch (source.kind) {
    case 'people': {
      const people = await byId(client, distinct(source.people.map(({ id }) => id)), reading);
      return source.people.map(({ id, name }) => {
        const identity = people.get(id);
        return { asked: identity ? id : name, identities: identity ? [identity] : [] };
      });
    }
    case 'asked':
      return askedOrNamed(client, source, reading);
    case 'list':
      return source.query.by === 'filter'
        ? listed(client, source.query, reading)
        : searched(client, source.query, reading);
  }
}

async function listed(
  client: Client,
  query: IdentityQuery,
  { signal, progress, cameShort }: Reading,
): Promise<Found[]> {
  const found: Found[] = [];
  let total = 0;
  for await (const page of fetchAll(client, query, { signal, priority: 'batch' })) {
    for (const identity of page.items) found.push({ asked: identity.id, identities: [identity] });
    total = page.total ?? 0;
    checkCount(Math.max(found.length, total));
    progress(found.length, total);
  }
  if (found.length < total) cameShort?.(total - found.length);
  return found;
}

/** The index lags behind the service, so whom it names is read anew. */
async function searched(client: Client, query: IdentityQuery, reading: Reading): Promise<Found[]> {
  const { signal } = reading;
  const names = new Map<string, string>();
  for await (const page of fetchAll(client, query, { signal, priority: 'batch' })) {
    for (const { id, name } of page.items) names.set(id, name);
    checkCount(names.size);
  }
  const total = (await fetchCount(client, query, { signal, priority: 'batch' })) ?? 0;
  if (names.size < total) reading.cameShort?.(total - names.size);
  const people = await byId(client, [...names.keys()], reading);
  return [...names].map(([id, name]) => {
    const identity = people.get(id);
    return { asked: identity ? id : name, identities: identity ? [identity] : [] };
  });
}

async function byId(
  client: Client,
  ids: readonly string[],
  { signal, progress }: Reading,
): Promise<Map<string, Identity>> {
  checkCount(ids.length);
  const people = new Map<string, Identity>();
  let done = 0;
  for await (const { texts, identities } of fetchPortions(client, ids, BY_ID, signal)) {
    for (const identity of identities) people.set(identity.id, identity);
    done += texts.length;
    progress(done, ids.length);
  }
  return people;
}

/**
 * What is nobody's id, alias or address is looked up as a display name. Of what could not be read, only "Last, First" may be one:
 * the rest is pieces of something.
 */
async function askedOrNamed(
  client: Client,
  { texts, unreadable = [] }: Extract<Source, { kind: 'asked' }>,
  reading: Reading,
): Promise<Found[]> {
  checkCount(texts.length);
  const found: Found[] = [
    ...(await fetchByKeys(client, texts, reading)),
    ...unreadable.map((text) => ({ asked: text, identities: [], unreadable: true })),
  ];
  const isOpen = ({ asked: text, identities, unreadable }: Found): boolean =>
    identities.length === 0 && isSendable(text) && (!unreadable || text.includes(','));
  const named = await byName(client, distinct(found.filter(isOpen).map(({ asked: text }) => text)), reading);
  return found.map((each) => {
    const identities = isOpen(each) ? named.get(caselessKey(each.asked)) : undefined;
    if (!identities) return each;
    return { asked: each.asked, identities, ...(identities.length > 0 ? { byName: true } : {}) };
  });
}

/** Everybody with each of these display names, by the name asked for; what is no name is not in it. */
async function byName(
  client: Client,
  texts: readonly string[],
  { signal }: Reading,
): Promise<Map<string, readonly Identity[]>> {
  const spellings = new Map(texts.map((text) => [text, spellingsOf(text)]));
  const spelled = (some: readonly string[]): string[] => some.flatMap((text) => spellings.get(text) ?? []);
  const naming: Naming = {
    weight: (text) => spelled([text]).reduce((sum, name) => sum + sentLength(name) + NAME_WORDS, 0),
    filterOf: (some) => or(...spelled(some).map((name) => equals('name', name))),
  };
  const names = texts.filter((text) => spelled([text]).length > 0);
  const matches = new Map<string, readonly Identity[]>();
  for await (const portion of fetchPortions(client, names, naming, signal)) {
    const people = new Map<string, Identity[]>();
    for (const identity of portion.identities) {
      const key = nameKey(identity.name);
      people.set(key, [...(people.get(key) ?? []), identity]);
    }
    for (const text of portion.texts) {
      const all = spelled([text]).flatMap((name) => people.get(nameKey(name)) ?? []);
      matches.set(caselessKey(text), [...new Map(all.map((identity) => [identity.id, identity])).values()]);
    }
  }
  return matches;
}

function checkCount(people: number): void {
  if (people > MAX_IDENTITIES) throw new TooManyIdentitiesError();
}
