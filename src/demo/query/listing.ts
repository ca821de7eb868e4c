import { badRequest } from '../http/responses';
import { compare, parseFilter, type FieldRules, type Filter, type Value } from './filter';
import { STATUSES, type PersonName } from '../data/people';
import { mapRows, orderBy, ranksOf, scan, ViewCache, type Test, type View } from './rowSets';
import type { World } from '../data/world';

/** Contract 2.1. */
const FIELDS: FieldRules = {
  id: ['eq', 'in'],
  name: ['eq', 'sw'],
  alias: ['eq', 'sw'],
  firstname: ['eq', 'sw'],
  lastname: ['eq', 'sw'],
  email: ['eq', 'sw'],
  cloudStatus: ['eq'],
  processingState: ['eq'],
  correlated: ['eq'],
  protected: ['eq'],
};
const SORTERS = ['name', 'alias', 'cloudStatus'];

/**
 * Answers which people a filter and a sorter mean, quickly for a million: ids, aliases and e-mails are turned back
 * into an index, names are tested once per name instead of once per person, and the last few results are kept until a
 * change could alter them.
 */
export class Listing {
  readonly #world: World;
  readonly #views = new ViewCache();
  #nameRanks: Uint16Array | undefined;
  #aliasRanks: Uint16Array | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Throws the service's 400 for a filter or sorter it does not support. */
  async view(query: {
    filters?: string | undefined;
    sorters?: string | undefined;
    correlatedOnly: boolean;
  }): Promise<View> {
    const filter = query.filters === undefined ? undefined : parseFilter(query.filters, FIELDS);
    const sorters = parseSorters(query.sorters, SORTERS);
    const key = JSON.stringify([query.correlatedOnly, filter, sorters]);
    return this.#views.get(key, this.#world.revision(), () => this.#build(filter, sorters, query.correlatedOnly));
  }

  async #build(filter: Filter | undefined, sorters: readonly Sorter[], correlatedOnly: boolean): Promise<View> {
    const world = this.#world;
    const { people } = world;
    const end = correlatedOnly ? people.correlated : people.size;
    const test = filter ? this.#compile(filter) : () => true;
    const candidates = filter && this.#candidates(filter);
    const rows = candidates
      ? Uint32Array.from([...candidates].filter((index) => index < end && world.exists(index) && test(index))).sort()
      : await scan(end, (index) => world.exists(index) && test(index));
    return this.#sort(rows, sorters);
  }

  /** The few people a filter can only mean, if it names them by id, alias or e-mail. */
  #candidates(filter: Filter): ReadonlySet<number> | undefined {
    if (filter.kind === 'or') {
      const parts = filter.parts.map((part) => this.#candidates(part));
      return parts.every((part) => part !== undefined) ? new Set(parts.flatMap((part) => [...part])) : undefined;
    }
    if (filter.kind === 'and') return filter.parts.map((part) => this.#candidates(part)).find((part) => part);
    if (filter.kind !== 'test' || (filter.operator !== 'eq' && filter.operator !== 'in')) return undefined;
    return this.#named(filter.field, filter.values);
  }

  /** The people with one of these ids, aliases or e-mail addresses; undefined for other fields. */
  #named(field: string, values: readonly Value[]): ReadonlySet<number> | undefined {
    const { people } = this.#world;
    if (!['id', 'alias', 'email'].includes(field)) return undefined;
    const find = (value: string): number | undefined => {
      if (field === 'id') return people.indexOfId(value);
      if (field === 'alias') return people.indexOfAlias(value);
      const index = people.indexOfAlias(value.replace(/@.*$/, ''));
      return index !== undefined && people.email(index) === value.toLowerCase() ? index : undefined;
    };
    return new Set(values.map((value) => find(String(value))).filter((index) => index !== undefined));
  }

  #compile(filter: Filter): Test {
    switch (filter.kind) {
      case 'and': {
        const tests = filter.parts.map((part) => this.#compile(part));
        return (index) => tests.every((test) => test(index));
      }
      case 'or': {
        const tests = filter.parts.map((part) => this.#compile(part));
        return (index) => tests.some((test) => test(index));
      }
      case 'not': {
        const test = this.#compile(filter.part);
        return (index) => !test(index);
      }
      case 'test':
        return this.#test(filter.field, filter.operator, filter.values);
    }
  }

  #test(field: string, operator: string, values: readonly Value[]): Test {
    const world = this.#world;
    const { people } = world;
    const is = (actual: string | boolean | null): boolean => compare(actual, operator, values);
    const named = operator === 'eq' || operator === 'in' ? this.#named(field, values) : undefined;
    if (named) return (index) => named.has(index);
    switch (field) {
      case 'name':
        return this.#byName((name) => is(name.display));
      case 'firstname':
        return this.#byName((name) => is(name.first));
      case 'lastname':
        return this.#byName((name) => is(name.last));
      case 'alias':
        return this.#byStem(values, (index) => is(people.alias(index)));
      case 'email':
        return this.#byStem(values, (index) => is(people.email(index)));
      case 'cloudStatus':
        return (index) => is(world.status(index));
      case 'processingState':
        return (index) => is(world.processingError(index) ? 'ERROR' : people.isCorrelated(index) ? 'OK' : null);
      case 'correlated':
        return (index) => is(people.isCorrelated(index));
      default:
        return (index) => is(people.isProtected(index));
    }
  }

  /** For "starts with": most aliases are ruled out by their stem alone. */
  #byStem([value = '']: readonly Value[], test: Test): Test {
    const { people } = this.#world;
    const start = String(value).toLowerCase();
    const possible = people.names.map((_, key) => {
      const stem = people.aliasStem(key);
      return stem.startsWith(start) || start.startsWith(stem);
    });
    return (index) => possible[people.nameKey(index)] === true && test(index);
  }

  /** People share names, so a name is tested once however many have it. */
  #byName(test: (name: PersonName) => boolean): Test {
    const { people } = this.#world;
    const matching = new Uint8Array(people.names.length);
    people.names.forEach((name, key) => {
      matching[key] = test(name) ? 1 : 0;
    });
    return (index) => matching[people.nameKey(index)] === 1;
  }

  /** Stable, so equal rows stay in index order. */
  async #sort(rows: View, sorters: readonly Sorter[]): Promise<View> {
    let sorted = rows;
    for (const { field, descending } of [...sorters].reverse()) {
      for (const key of this.#keys(field)) sorted = orderBy(sorted, await mapRows(sorted, key), descending);
    }
    return sorted;
  }

  /** Numbers that order people by the field, the one that decides last. */
  #keys(field: string): ((index: number) => number)[] {
    const { people } = this.#world;
    if (field === 'name') {
      const ranks = (this.#nameRanks ??= rankAll(people.names.map(({ display }) => display)));
      return [(index) => ranks[people.nameKey(index)] ?? 0];
    }
    if (field === 'alias') {
      const ranks = (this.#aliasRanks ??= rankAll(people.names.map((_, key) => people.aliasStem(key))));
      return [(index) => digitsKey(people.aliasNumber(index)), (index) => ranks[people.nameKey(index)] ?? 0];
    }
    const ranks = ranksOf(STATUSES);
    return [(index) => ranks.get(this.#world.status(index).toLowerCase()) ?? 0];
  }
}

/** Orders digits as texts: "" before "1" before "10" before "2". At most eight of them. */
function digitsKey(digits: string): number {
  let key = 0;
  for (let at = 0; at < 8; at++) key = key * 11 + (at < digits.length ? digits.charCodeAt(at) - 47 : 0);
  return key;
}

export interface Sorter {
  readonly field: string;
  readonly descending: boolean;
}

/** Throws the service's 400 for a field that cannot be sorted by. */
export function parseSorters(text: string | undefined, allowed: readonly string[]): Sorter[] {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => {
    const descending = part.trim().startsWith('-');
    const field = part.trim().replace(/^-/, '');
    if (!allowed.includes(field)) throw badRequest(`Sorting by "${field}" is not supported.`);
    return { field, descending };
  });
}

function rankAll(texts: readonly string[]): Uint16Array {
  const ranks = ranksOf(texts);
  return Uint16Array.from(texts, (text) => ranks.get(text.toLowerCase()) ?? 0);
}
