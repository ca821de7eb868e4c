import { accessOf, nestedOf } from '../data/access';
import { accountsOf, entitlementNamesOf } from '../data/accounts';
import { heldRoles } from '../data/assignments';
import { attributesOf } from '../data/attributes';
import { fold, type Matches, type SearchQuery } from './searchQuery';
import { mapRows, orderBy, ranksOf, scan, ViewCache, type Test, type View } from './rowSets';
import type { World } from '../data/world';

type Fields = Readonly<Record<string, (index: number) => unknown>>;

/** Searches people by the fields of their search documents, which have other names than the identity's (contract 5). */
export class SearchIndex {
  readonly #world: World;
  readonly #fields: Fields;
  /** Numbers, which no word is looked for in. */
  readonly #counts: Fields;
  readonly #views = new ViewCache();

  constructor(world: World) {
    this.#world = world;
    this.#fields = fieldsOf(world);
    this.#counts = countsOf(world);
  }

  /** The value of a document's field as text; empty when there is none. */
  text(field: string, index: number): string {
    const value = this.value(field, index);
    if (value === null || value === undefined) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** The value of a document's field; undefined or null when there is none. */
  value(field: string, index: number): unknown {
    return this.#value(field)(index);
  }

  /** All people a query finds, ordered by the fields (each `+` or `-` and a name). `key` is the query's text. */
  async find(key: string, query: SearchQuery, sort: readonly string[]): Promise<View> {
    const cacheKey = JSON.stringify([key, sort]);
    return this.#views.get(cacheKey, this.#world.revision(), async () => {
      const test = this.#compile(query);
      // Uncorrelated identities are not in the index (contract-2 1.3).
      const rows = await scan(this.#world.people.correlated, (index) => this.#world.exists(index) && test(index));
      return this.#sort(rows, sort);
    });
  }

  async #sort(rows: View, sort: readonly string[]): Promise<View> {
    let sorted = rows;
    for (const part of [...sort].reverse()) {
      const field = part.replace(/^[+-]/, '');
      sorted = orderBy(sorted, await this.#keys(sorted, field), part.startsWith('-'));
    }
    return sorted;
  }

  async #keys(rows: View, field: string): Promise<Uint32Array> {
    const { people } = this.#world;
    // The first eight digits are enough to order ids: no two people share them.
    if (field === 'id') return mapRows(rows, (index) => people.idWord(index));
    const texts: string[] = [];
    await mapRows(rows, (index) => texts.push(this.text(field, index)));
    const ranks = ranksOf(texts);
    return mapRows(rows, (_, at) => ranks.get((texts[at] ?? '').toLowerCase()) ?? 0);
  }

  #compile(query: SearchQuery): Test {
    switch (query.kind) {
      case 'all':
        return () => true;
      case 'and': {
        const tests = query.parts.map((part) => this.#compile(part));
        return (index) => tests.every((test) => test(index));
      }
      case 'or': {
        const ids = idsOf(query.parts);
        if (ids) return (index) => ids.has(this.text('id', index));
        const tests = query.parts.map((part) => this.#compile(part));
        return (index) => tests.some((test) => test(index));
      }
      case 'not': {
        const test = this.#compile(query.part);
        return (index) => !test(index);
      }
      case 'exists':
        return (index) => this.text(query.field, index) !== '';
      case 'nested':
        return (index) => nestedOf(this.#world, index, query.path).some((item) => isTrueOf(item, query.part));
      case 'term':
        return this.#term(query);
    }
  }

  #term({ field, matches }: Extract<SearchQuery, { kind: 'term' }>): Test {
    if (field !== undefined && !['displayName', 'firstName', 'lastName'].includes(field)) {
      return (index) => matches(fold(this.text(field, index)));
    }
    const { people } = this.#world;
    // People share names: each name is looked at once, however many have it.
    const hits = people.names.map(({ display, first, last }) => {
      if (field === 'firstName') return matches(fold(first));
      if (field === 'lastName') return matches(fold(last));
      return matches(fold(display));
    });
    const byName: Test = (index) => hits[people.nameKey(index)] === true;
    return field === undefined ? (index) => byName(index) || this.#anywhere(index, matches) : byName;
  }

  /** A word without a field is looked for in all of them, names of what a person has among them (contract-2 1.2). */
  #anywhere(index: number, matches: Matches): boolean {
    const world = this.#world;
    for (const field of Object.keys(this.#fields)) if (matches(fold(this.text(field, index)))) return true;
    const attributes = attributesOf(world.people, index, world.today(), world.state(index));
    for (const value of Object.values(attributes)) {
      if (typeof value === 'string' && matches(fold(value))) return true;
    }
    if (entitlementNamesOf(world, index).some((name) => matches(fold(name)))) return true;
    return heldRoles(world, index).some(({ name }) => matches(fold(name)));
  }

  #value(field: string): (index: number) => unknown {
    const known = this.#fields[field] ?? this.#counts[field];
    if (known) return known;
    if (!field.startsWith('attributes.')) return () => undefined;
    const world = this.#world;
    const name = field.slice('attributes.'.length);
    return (index) => attributesOf(world.people, index, world.today(), world.state(index))[name];
  }
}

/** The ids that are looked for, if nothing else is: hundreds at once, of which each would be compared with everybody's. */
function idsOf(parts: readonly SearchQuery[]): ReadonlySet<string> | undefined {
  const ids = new Set<string>();
  for (const part of parts) {
    if (part.kind !== 'term' || part.field !== 'id' || !/^[0-9a-f]+$/.test(part.text)) return undefined;
    ids.add(part.text);
  }
  return ids;
}

/** Whether a query is true of one thing inside a document. */
function isTrueOf(item: object, query: SearchQuery): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.parts.every((part) => isTrueOf(item, part));
    case 'or':
      return query.parts.some((part) => isTrueOf(item, part));
    case 'not':
      return !isTrueOf(item, query.part);
    case 'exists':
      return insideOf(item, query.field) !== '';
    case 'nested':
      return false;
    case 'term':
      return query.matches(fold(insideOf(item, query.field ?? 'name')));
  }
}

/** The text at a path such as `source.name`. */
function insideOf(item: object, path: string): string {
  let value: unknown = item;
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function countsOf(world: World): Fields {
  const roles = (index: number): number => accessOf(world, index).filter(({ type }) => type === 'ROLE').length;
  return {
    accountCount: (index) => accountsOf(world, index).length,
    accessCount: (index) => accessOf(world, index).length,
    roleCount: roles,
    entitlementCount: (index) => accessOf(world, index).length - roles(index),
  };
}

function fieldsOf(world: World): Fields {
  const { people } = world;
  const manager = (index: number): number | undefined => {
    const of = people.manager(index);
    return of !== undefined && world.exists(of) ? of : undefined;
  };
  const managers = (read: (manager: number) => string) => (index: number) => {
    const of = manager(index);
    return of === undefined ? undefined : read(of);
  };
  const correlated =
    <T>(read: (index: number) => T) =>
    (index: number) =>
      people.isCorrelated(index) ? read(index) : undefined;
  return {
    id: (index) => people.id(index),
    name: (index) => people.alias(index),
    displayName: (index) => people.name(index).display,
    firstName: (index) => people.name(index).first,
    lastName: (index) => people.name(index).last,
    email: (index) => people.email(index),
    status: (index) => world.status(index),
    inactive: (index) => isInactive(world, index),
    protected: (index) => people.isProtected(index),
    isManager: (index) => people.isManager(index),
    processingState: (index) => (world.processingError(index) ? 'ERROR' : people.isCorrelated(index) ? 'OK' : null),
    employeeNumber: correlated((index) => String(100_000 + index)),
    'manager.id': managers((index) => people.id(index)),
    'manager.name': managers((index) => people.alias(index)),
    'manager.displayName': managers((index) => people.name(index).display),
    // The attributes that are asked for most, without making up the other forty.
    'attributes.department': correlated((index) => people.department(index).name),
    'attributes.title': correlated((index) => people.title(index)),
    'attributes.city': correlated((index) => people.location(index).city),
    'attributes.country': correlated((index) => people.location(index).country),
    'attributes.location': correlated((index) => people.location(index).office),
    'attributes.cloudStatus': (index) => world.status(index),
    'attributes.cloudLifecycleState': (index) => people.lifecycle(index),
  };
}

/** Whether the lifecycle state is one of those that mean somebody is not working here now. */
export function isInactive(world: World, index: number): boolean {
  return ['inactive', 'terminated', 'prehire', 'leaveOfAbsence'].includes(world.people.lifecycle(index) ?? '');
}
