import { setImmediate } from 'node:timers/promises';
import { badRequest } from './answers';
import { compare, parseFilter, type FieldRules, type Filter } from './filter';
import type { PersonName } from './people';
import type { World } from './world';

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
/** Rows looked at before other requests get a turn. */
const SLICE = 20_000;
const CACHED_VIEWS = 8;

type Test = (index: number) => boolean;

/** The rows of a list in order: indices of people. */
export type View = Uint32Array;

/**
 * Answers which people a filter and a sorter mean, quickly for a million: ids, aliases and e-mails are turned back
 * into an index, names are tested once per name instead of once per person, and the last few results are kept until a
 * change could alter them.
 */
export class Listing {
  readonly #world: World;
  readonly #views = new Map<string, { revision: number; view: Promise<View> }>();
  #nameRanks: Uint16Array | undefined;

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
    const revision = this.#world.revision();
    const cached = this.#views.get(key);
    if (cached?.revision === revision) return cached.view;
    const view = this.#build(filter, sorters, query.correlatedOnly);
    this.#views.delete(key);
    this.#views.set(key, { revision, view });
    const [oldest] = this.#views.keys();
    if (this.#views.size > CACHED_VIEWS && oldest !== undefined) this.#views.delete(oldest);
    view.catch(() => this.#views.delete(key));
    return view;
  }

  async #build(filter: Filter | undefined, sorters: readonly Sorter[], correlatedOnly: boolean): Promise<View> {
    const world = this.#world;
    const { people } = world;
    const end = correlatedOnly ? people.correlated : people.size;
    const test = filter ? this.#compile(filter) : () => true;
    const candidates = filter && this.#candidates(filter);
    const rows = candidates
      ? Uint32Array.from([...candidates].filter((index) => index < end && world.exists(index) && test(index)))
      : await scan(end, (index) => world.exists(index) && test(index));
    return sorters.length === 0 ? rows.sort() : this.#sort(rows, sorters);
  }

  /** The few people a filter can only mean, if it names them by id, alias or e-mail. */
  #candidates(filter: Filter): ReadonlySet<number> | undefined {
    const { people } = this.#world;
    if (filter.kind === 'or') {
      const parts = filter.parts.map((part) => this.#candidates(part));
      return parts.every((part) => part !== undefined) ? new Set(parts.flatMap((part) => [...part])) : undefined;
    }
    if (filter.kind === 'and') return filter.parts.map((part) => this.#candidates(part)).find((part) => part);
    if (filter.kind !== 'test' || (filter.operator !== 'eq' && filter.operator !== 'in')) return undefined;
    const find = (value: string): number | undefined => {
      if (filter.field === 'id') return people.indexOfId(value);
      return people.indexOfAlias(filter.field === 'email' ? value.replace(/@.*$/, '') : value);
    };
    if (!['id', 'alias', 'email'].includes(filter.field)) return undefined;
    const found = filter.values.map((value) => find(String(value)));
    return new Set(found.filter((index) => index !== undefined));
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

  #test(field: string, operator: string, values: Extract<Filter, { kind: 'test' }>['values']): Test {
    const world = this.#world;
    const { people } = world;
    const is = (actual: string | boolean | null): boolean => compare(actual, operator, values);
    switch (field) {
      case 'name':
        return this.#byName((name) => is(name.display));
      case 'firstname':
        return this.#byName((name) => is(name.first));
      case 'lastname':
        return this.#byName((name) => is(name.last));
      case 'id':
        return (index) => is(people.id(index));
      case 'alias':
        return (index) => is(people.alias(index));
      case 'email':
        return (index) => is(people.email(index));
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
      const ranks = await this.#ranks(sorted, field);
      sorted = bucketSort(sorted, ranks, descending);
      await setImmediate();
    }
    return sorted;
  }

  /** For each row a small number that orders it by the field. */
  async #ranks(rows: View, field: string): Promise<Uint32Array> {
    const world = this.#world;
    const { people } = world;
    if (field === 'name') {
      this.#nameRanks ??= rankNames(people.names);
      const nameRanks = this.#nameRanks;
      return mapSliced(rows, (index) => nameRanks[people.nameKey(index)] ?? 0);
    }
    const text = (index: number): string => (field === 'alias' ? people.alias(index) : world.status(index));
    const texts: string[] = [];
    await mapSliced(rows, (index) => texts.push(text(index)));
    const order = [...new Set(texts)].sort();
    const rank = new Map(order.map((value, n) => [value, n]));
    return mapSliced(rows, (_, at) => rank.get(texts[at] ?? '') ?? 0);
  }
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

function rankNames(names: readonly PersonName[]): Uint16Array {
  const folded = names.map((name) => name.display.toLowerCase());
  const order = [...new Set(folded)].sort();
  const rank = new Map(order.map((value, n) => [value, n]));
  return Uint16Array.from(folded, (value) => rank.get(value) ?? 0);
}

async function scan(end: number, test: Test): Promise<View> {
  const found = new Uint32Array(end);
  let count = 0;
  for (let index = 0; index < end; index++) {
    if (test(index)) found[count++] = index;
    if (index % SLICE === SLICE - 1) await setImmediate();
  }
  return found.slice(0, count);
}

async function mapSliced(rows: View, value: (index: number, at: number) => number): Promise<Uint32Array> {
  const result = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    result[at] = value(rows[at] as number, at);
    if (at % SLICE === SLICE - 1) await setImmediate();
  }
  return result;
}

/** Counting sort: as fast for a million rows as for a page. */
function bucketSort(rows: View, ranks: Uint32Array, descending: boolean): View {
  const top = ranks.reduce((most, rank) => Math.max(most, rank), 0);
  const starts = new Uint32Array(top + 2);
  const bucket = (at: number): number => (descending ? top - (ranks[at] as number) : (ranks[at] as number));
  for (let at = 0; at < rows.length; at++) (starts[bucket(at) + 1] as number) += 1;
  for (let rank = 1; rank < starts.length; rank++)
    starts[rank] = (starts[rank] as number) + (starts[rank - 1] as number);
  const sorted = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const to = starts[bucket(at)] as number;
    starts[bucket(at)] = to + 1;
    sorted[to] = rows[at] as number;
  }
  return sorted;
}
