/** Whom a batch is about: people read anew from the service, however they were named. */
import type { Client } from '../../api/client';
import { equals, filterText, oneOf, or, type Filter } from '../../api/filter';
import type { Identity } from '../../api/identities';
import { fetchAll, fetchCount } from '../../lists/pages';
import type { IdentityQuery } from '../../lists/query';
import { nameKey, spellingsOf } from './displayNames';

/** How the people of a batch are named. */
export type Source =
  | { readonly kind: 'people'; readonly people: readonly { readonly id: string; readonly name: string }[] }
  /** Ids, aliases, e-mail addresses and names, as pasted or as in a file; and entries of it that are no key for sure. */
  | { readonly kind: 'asked'; readonly texts: readonly string[]; readonly unreadable?: readonly string[] }
  | { readonly kind: 'list'; readonly query: IdentityQuery };

/** Somebody asked for, and who was found. */
export interface Found {
  readonly asked: string;
  /** Nobody, one, or several with the same address or name. */
  readonly identities: readonly Identity[];
  /** True when `asked` is no id, alias, address or name, so that nobody was looked for. */
  readonly unreadable?: boolean;
  /** True when `identities` have `asked` as their display name, and nobody has it as a key. */
  readonly byName?: boolean;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** How many of how many (0: not known) were looked at. */
  readonly progress: (done: number, of: number) => void;
  /** The list counts more people than it gave. */
  readonly cameShort?: (missing: number) => void;
}

/** More would be an aim at everybody: the list and the plan stay readable below. */
export const MAX_IDENTITIES = 50_000;

/** A batch of more people than `MAX_IDENTITIES`. */
export class TooManyIdentitiesError extends Error {}

/** Filters travel in the request's address; gateways read about 8,000 characters, quotes and blanks are three each. */
const LONGEST_FILTER = 3_000;
/** No answer has more than 250 rows, and an address may belong to several people. */
const MOST_ASKED = 100;
/** Longer than any id, alias or address: not asked for. */
const LONGEST_TEXT = 256;
/** Half of a character cannot be sent, and is nobody's. */
const HALF = /\p{Surrogate}/u;

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
  for (const some of portions(ids, idWeight)) {
    for (const identity of await matching(client, oneOf('id', some), signal)) people.set(identity.id, identity);
    done += some.length;
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
  const found: Found[] = [
    ...(await asked(client, texts, reading)),
    ...unreadable.map((text) => ({ asked: text, identities: [], unreadable: true })),
  ];
  const isOpen = ({ asked: text, identities, unreadable }: Found): boolean =>
    identities.length === 0 && isSendable(text) && (!unreadable || text.includes(','));
  const named = await byName(client, distinct(found.filter(isOpen).map(({ asked: text }) => text)), reading);
  return found.map((each) => {
    const identities = isOpen(each) ? named.get(keyOf(each.asked)) : undefined;
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
  const names = texts.filter((text) => spellings.get(text)?.length !== 0);
  const weight = (text: string): number => (spellings.get(text) ?? []).reduce((sum, name) => sum + nameWeight(name), 0);
  const matches = new Map<string, readonly Identity[]>();
  for (const some of portions(names, weight)) {
    const wanted = some.flatMap((text) => spellings.get(text) ?? []);
    const people = new Map<string, Identity[]>();
    for (const identity of await matching(client, or(...wanted.map((name) => equals('name', name))), signal)) {
      const key = nameKey(identity.name);
      people.set(key, [...(people.get(key) ?? []), identity]);
    }
    for (const text of some) {
      const all = (spellings.get(text) ?? []).flatMap((name) => people.get(nameKey(name)) ?? []);
      matches.set(keyOf(text), [...new Map(all.map((identity) => [identity.id, identity])).values()]);
    }
  }
  return matches;
}

async function asked(client: Client, texts: readonly string[], { signal, progress }: Reading): Promise<Found[]> {
  checkCount(texts.length);
  const matches = new Map<string, Map<string, Identity>>();
  const wanted = distinct(texts.filter(isSendable));
  let done = texts.length - wanted.length;
  for (const some of portions(wanted, textWeight)) {
    const keys = new Set(some.map(keyOf));
    for (const identity of await matching(client, or(...some.map(named)), signal)) {
      for (const key of new Set(
        [identity.id, identity.alias, identity.emailAddress].map((text) => keyOf(text ?? '')),
      )) {
        if (!keys.has(key)) continue;
        const people = matches.get(key) ?? new Map<string, Identity>();
        matches.set(key, people.set(identity.id, identity));
      }
    }
    done += some.length;
    progress(done, texts.length);
  }
  return texts.map((text) => {
    const people = [...(matches.get(keyOf(text))?.values() ?? [])];
    const exact = people.find(({ id }) => id === text) ?? people.find(({ alias }) => alias === text);
    return { asked: text, identities: exact ? [exact] : people };
  });
}

/** Whoever has this id, alias or address. An id is an opaque string (contract 2): any text may be one. */
function named(text: string): Filter {
  const ways = [equals('id', text), equals('alias', text)];
  return text.includes('@') ? or(...ways, equals('email', text)) : or(...ways);
}

async function matching(client: Client, filter: Filter, signal: AbortSignal): Promise<readonly Identity[]> {
  const params = { filters: filterText(filter), defaultFilter: 'NONE' } as const;
  const people: Identity[] = [];
  // An address may belong to more people than one page holds: whom it names must not depend on that.
  for await (const { items } of client.identities.listAll(params, { signal, priority: 'batch' })) people.push(...items);
  return people;
}

/** As many as fit into one filter. */
function* portions(texts: readonly string[], weight: (text: string) => number): Generator<string[]> {
  let some: string[] = [];
  let length = 0;
  for (const text of texts) {
    const more = weight(text);
    if (some.length === MOST_ASKED || (some.length > 0 && length + more > LONGEST_FILTER)) {
      yield some;
      some = [];
      length = 0;
    }
    some.push(text);
    length += more;
  }
  if (some.length > 0) yield some;
}

/** Characters of a request's address: quotes, blanks and commas are three each there. */
function idWeight(id: string): number {
  return encodeURIComponent(id).length + 10;
}

function nameWeight(name: string): number {
  return encodeURIComponent(name).length + 30;
}

function textWeight(text: string): number {
  return (encodeURIComponent(text).length + 30) * (text.includes('@') ? 3 : 2);
}

function isSendable(text: string): boolean {
  return text.length <= LONGEST_TEXT && !HALF.test(text);
}

/** Addresses and aliases are found whatever their case. */
function keyOf(text: string): string {
  return text.toLowerCase();
}

function distinct(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [keyOf(text), text])).values()];
}

function checkCount(people: number): void {
  if (people > MAX_IDENTITIES) throw new TooManyIdentitiesError();
}
