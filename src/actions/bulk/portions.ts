/** Identities that are named by many texts, asked for by as few requests as the length of an address allows. */
import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { filterText, type Filter } from '../../api/filter';
import type { Identity } from '../../api/identities';
import { mapAhead } from '../../lists/ahead';

/**
 * Filters travel in the request's address. No length is documented (contract 2, 1.5): 6,000 characters of query string are safe,
 * and the other parameters take their share.
 */
const LONGEST_FILTER = 5_800;
/** Texts of one filter: no number is documented (contract 2, 1.5). */
const MOST_TEXTS = 100;
/** Requests under way at once: so many keep the rate limit busy while an answer takes half a second. */
const AT_ONCE = 5;
/** How the service, or a gateway before it, may refuse an address that is too long (contract 2, 1.5). */
const TOO_LONG = new Set([400, 414, 431]);

/** How texts become a filter. */
export interface Naming {
  /** Characters of the address that a text takes at most. */
  readonly weight: (text: string) => number;
  readonly filterOf: (texts: readonly string[]) => Filter;
}

/** Characters of a filter: fewer once that many were refused. */
interface Budget {
  longest: number;
}

/** Who was found for some of the texts. */
interface Answered {
  readonly texts: readonly string[];
  readonly identities: readonly Identity[];
}

/**
 * Asks for all texts, several in one request, in their order. What is refused as too long is halved, and what follows is shorter
 * from the beginning, in other calls with the same budget, too.
 *
 * @throws ApiError
 */
export async function* fetchPortions(
  client: Client,
  texts: readonly string[],
  naming: Naming,
  signal: AbortSignal,
  budget: Budget = fullBudget(),
): AsyncGenerator<Answered, void, undefined> {
  const answers = mapAhead(
    portions(texts, naming.weight, budget),
    AT_ONCE,
    (some, both) => fetchHalving(client, some, naming, both, budget),
    signal,
  );
  for await (const some of answers) yield* some;
}

/** What is safe as long as nothing was refused; for several calls of `fetchPortions` that learn from each other. */
export function fullBudget(): Budget {
  return { longest: LONGEST_FILTER };
}

/** How many requests `fetchPortions` takes, if none is refused. */
export function countPortions(texts: readonly string[], { weight }: Naming, budget: Budget): number {
  return [...portions(texts, weight, budget)].length;
}

/** The texts of the first request of `fetchPortions`. */
export function firstPortion(texts: readonly string[], { weight }: Naming, budget: Budget): readonly string[] {
  const [first = []] = portions(texts, weight, budget);
  return first;
}

/** Characters of a text in quotes, in an address: quotes and blanks are three each there. */
export function sentLength(text: string): number {
  return encodeURIComponent(text.replace(/[\\"]/g, '\\$&')).length + 6;
}

async function fetchHalving(
  client: Client,
  texts: readonly string[],
  naming: Naming,
  signal: AbortSignal,
  budget: Budget,
): Promise<Answered[]> {
  try {
    return [{ texts, identities: await fetchMatching(client, naming.filterOf(texts), signal) }];
  } catch (error) {
    if (!ApiError.is(error) || !TOO_LONG.has(error.details.status ?? 0) || texts.length < 2) throw error;
    const half = Math.ceil(texts.length / 2);
    const halves = [texts.slice(0, half), texts.slice(half)];
    const lengths = halves.map((some) => some.reduce((sum, text) => sum + naming.weight(text), 0));
    budget.longest = Math.min(budget.longest, Math.max(...lengths));
    const answers: Answered[] = [];
    for (const some of halves) answers.push(...(await fetchHalving(client, some, naming, signal, budget)));
    return answers;
  }
}

async function fetchMatching(client: Client, filter: Filter, signal: AbortSignal): Promise<readonly Identity[]> {
  const params = { filters: filterText(filter), defaultFilter: 'NONE' } as const;
  const people: Identity[] = [];
  // An address may belong to more people than one page holds: whom it names must not depend on that.
  for await (const { items } of client.identities.listAll(params, { signal, priority: 'batch' })) people.push(...items);
  return people;
}

/** As many as fit into one filter. */
function* portions(
  texts: readonly string[],
  weight: (text: string) => number,
  budget: Readonly<Budget>,
): Generator<string[]> {
  let some: string[] = [];
  let length = 0;
  for (const text of texts) {
    const more = weight(text);
    if (some.length === MOST_TEXTS || (some.length > 0 && length + more > budget.longest)) {
      yield some;
      some = [];
      length = 0;
    }
    some.push(text);
    length += more;
  }
  if (some.length > 0) yield some;
}
