import { badRequest, notFound } from '../http/responses';
import type { Caller } from '../http/auth';
import type { Listing } from '../query/listing';
import type { DemoVersion } from '../http/operations';
import type { SearchIndex } from '../query/searchIndex';
import type { Tasks } from './tasks';
import type { World } from '../data/world';

/** Where the service's schema and its own examples disagree, the demo tenant can answer either way (contract 2). */
export interface ResponseVariants {
  /** Ownership and delete refusal: the schema says array and nested, the examples one object and flat. */
  association: 'array-nested' | 'array-flat' | 'object-nested' | 'object-flat';
  entitlements: 'nested' | 'flat';
  /**
   * Pages of identities: `whole`; `short`: rows that are counted are left out of some pages, as was seen in the service (246 of
   * 250). Every identity that is left out comes in no page.
   */
  pages: 'whole' | 'short';
  /** A page after the last row: an empty list, or 400. */
  pastTheEnd: 'empty' | 'refused';
  /** The scopes in a token: packed, so that only the token endpoint's answer names them, or by name. */
  scopeClaim: 'packed' | 'names';
  /** The name in the answer of process. */
  taskResultName: 'null' | 'null-text' | 'absent';
}

/** One request, checked and ready to be answered. */
export interface DemoCall {
  readonly world: World;
  readonly listing: Listing;
  readonly search: SearchIndex;
  readonly tasks: Tasks;
  readonly shapes: ResponseVariants;
  readonly version: DemoVersion;
  readonly caller: Caller;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  readonly body: unknown;
}

/** The person the path names; throws the service's 404. */
export function personOf({ world, parameters }: DemoCall): number {
  const index = world.find(parameters['id'] ?? '');
  if (index === undefined) throw notFound(`Identity with id "${parameters['id'] ?? ''}" was not found.`);
  return index;
}

export interface Paging {
  readonly limit: number;
  readonly offset: number;
  readonly count: boolean;
}

/** limit, offset and count, checked (contract 5). Throws the service's 400. */
export function pagingOf({ query }: Pick<DemoCall, 'query'>, max = 250, usual = 250): Paging {
  const integer = (name: string, fallback: number): number => {
    const text = query.get(name);
    if (text === undefined) return fallback;
    if (!/^\d{1,9}$/.test(text)) throw badRequest(`Parameter "${name}" must be a whole number of at least 0.`);
    return Number(text);
  };
  const limit = integer('limit', usual);
  if (limit > max) throw badRequest(`Parameter "limit" must not be greater than ${String(max)}.`);
  const count = query.get('count') ?? 'false';
  if (count !== 'true' && count !== 'false') throw badRequest('Parameter "count" must be true or false.');
  return { limit, offset: integer('offset', 0), count: count === 'true' };
}

export function countHeader(count: boolean, total: number): { headers?: Record<string, string> } {
  return count ? { headers: { 'X-Total-Count': String(total) } } : {};
}

/** The JSON object of a body; throws the service's 400. */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('The request body must be a JSON object.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** A list of strings in a body; throws the service's 400. */
export function stringsOf(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
    throw badRequest(`"${name}" must be a list of strings.`);
  }
  return value;
}
