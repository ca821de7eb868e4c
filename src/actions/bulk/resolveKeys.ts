/**
 * Who has each of many ids, aliases and addresses, by few requests. The list filters ids by `in`, aliases and addresses by `eq` alone
 * (contract 2.1), so a chain of conditions holds forty addresses, whereas a page holds 250 identities: where that takes fewer
 * requests, all identities are read and compared here.
 */
import type { Client } from '../../api/client';
import { equals, oneOf, or, type Filter } from '../../api/filter';
import type { Identity } from '../../api/identities';
import { fetchAll, fetchCount } from '../../lists/pages';
import type { FilterQuery } from '../../lists/query';
import type { Found, Reading } from './found';
import { countPortions, fetchPortions, firstPortion, fullBudget, sentLength, type Naming } from './portions';

/** Longer than any id, alias or address: not asked for. */
const LONGEST_TEXT = 256;
/** Half of a character cannot be sent, and is nobody's. */
const HALF = /\p{Surrogate}/u;
/** An id as it is in practice (contract 2); any other text may be one, too. */
const HEX_ID = /^[0-9a-f]{32}$/i;
/** So many requests are not worth one more to find out whether there is a shorter way. */
const FEW_REQUESTS = 8;
/** Rows of a page that were not on the one before (see `iteratePages`). */
const NEW_ROWS = 249;
const EVERYBODY: FilterQuery = { by: 'filter', includeUncorrelated: true };

const COMMA = encodeURIComponent(', ').length;
const ALIAS_WORDS = encodeURIComponent(' or alias eq ').length;
const EMAIL_WORDS = encodeURIComponent(' or email eq ').length;

/** Whoever has one of these as an id, an alias or an address. An id is an opaque string (contract 2): any text may be one. */
const EVERY_WAY: Naming = { weight: weightOf, filterOf: namedAs };
/** As far as an id that is found leaves nothing open: it wins over whoever has the same text as something else. */
const LIKELY_WAY: Naming = {
  weight: (text) => (HEX_ID.test(text) ? sentLength(text) + COMMA : weightOf(text)),
  filterOf: (texts) => or(oneOf('id', texts), namedOtherwise(texts.filter((text) => !HEX_ID.test(text)))),
};

/** Who has a text, by id, in the order of the service. */
type People = Map<string, Identity>;

/**
 * Everybody who has each text as an id, alias or address, whatever the case; only those who have it exactly if there are any, by id
 * first. In the order of the texts.
 *
 * @throws ApiError
 */
export async function fetchByKeys(client: Client, texts: readonly string[], reading: Reading): Promise<Found[]> {
  return new KeyReading(client, texts, reading).fetch();
}

/** Nobody has another text as an id, alias, address or name. */
export function isSendable(text: string): boolean {
  return text.length <= LONGEST_TEXT && !HALF.test(text);
}

/** Addresses and aliases are found whatever their case. */
export function caselessKey(text: string): string {
  return text.toLowerCase();
}

export function distinct(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [caselessKey(text), text])).values()];
}

class KeyReading {
  readonly #people = new Map<string, People>();
  /** The rows of each text, whatever its case. */
  readonly #rows = new Map<string, number[]>();
  readonly #wanted: readonly string[];
  readonly #budget = fullBudget();
  #done: number;

  constructor(
    private readonly client: Client,
    private readonly texts: readonly string[],
    private readonly reading: Reading,
  ) {
    this.#wanted = distinct(texts.filter(isSendable));
    this.#done = texts.length - this.#wanted.length;
    for (const [at, text] of texts.entries()) {
      const rows = this.#rows.get(caselessKey(text));
      if (rows) rows.push(at);
      else this.#rows.set(caselessKey(text), [at]);
    }
  }

  async fetch(): Promise<Found[]> {
    // By a filter in any case: the first rows of a table shall be there at once.
    const first = firstPortion(this.#wanted, LIKELY_WAY, this.#budget);
    const rest = this.#wanted.slice(first.length);
    await this.#fetchByFilter(first);
    if (!(await this.#fetchByAll(rest))) await this.#fetchByFilter(rest);
    return this.texts.map((_, at) => this.#found(at));
  }

  async #fetchByFilter(texts: readonly string[]): Promise<void> {
    const open: string[] = [];
    // Where it takes no request more, nothing is left open.
    const isLong = this.#requests(texts, EVERY_WAY) > this.#requests(texts, LIKELY_WAY);
    const naming = isLong ? LIKELY_WAY : EVERY_WAY;
    for await (const portion of this.#portions(texts, naming)) {
      const people = namesakes(portion.texts, portion.identities);
      const isSettled = (text: string): boolean =>
        !isLong ||
        !HEX_ID.test(text) ||
        this.#spellings(text).every((spelling) => people.get(caselessKey(text))?.has(spelling));
      this.#settle(portion.texts.filter(isSettled), people);
      open.push(...portion.texts.filter((text) => !isSettled(text)));
    }
    for await (const portion of this.#portions(open, EVERY_WAY)) {
      this.#settle(portion.texts, namesakes(portion.texts, portion.identities));
    }
  }

  /** @returns false when that would take more requests, or not all that are counted came: then nothing is known of the texts */
  async #fetchByAll(texts: readonly string[]): Promise<boolean> {
    const { signal, progress } = this.reading;
    const requests = this.#requests(texts, LIKELY_WAY);
    if (requests < FEW_REQUESTS) return false;
    const call = { signal, priority: 'batch' } as const;
    const total = await fetchCount(this.client, EVERYBODY, call);
    if (total === undefined || total / NEW_ROWS >= requests) return false;
    const people = new Map<string, People>(texts.map((text) => [caselessKey(text), new Map()]));
    let read = 0;
    let counted = total;
    for await (const page of fetchAll(this.client, EVERYBODY, call)) {
      addNamesakes(people, page.items);
      read += page.items.length;
      counted = page.total ?? Infinity;
      progress(this.#done + Math.floor(texts.length * Math.min(1, read / counted)), this.texts.length);
    }
    // Whoever is missing may be the one that is meant, or another one with the same address.
    if (read < counted) return false;
    this.#settle(texts, people);
    return true;
  }

  #portions(texts: readonly string[], naming: Naming): ReturnType<typeof fetchPortions> {
    return fetchPortions(this.client, texts, naming, this.reading.signal, this.#budget);
  }

  #requests(texts: readonly string[], naming: Naming): number {
    return countPortions(texts, naming, this.#budget);
  }

  #settle(texts: readonly string[], people: ReadonlyMap<string, People>): void {
    for (const text of texts)
      this.#people.set(caselessKey(text), people.get(caselessKey(text)) ?? new Map<string, Identity>());
    this.#done += texts.length;
    const { progress, onFound } = this.reading;
    progress(this.#done, this.texts.length);
    if (!onFound) return;
    const rows = texts.flatMap((text) => this.#rows.get(caselessKey(text)) ?? []).sort((a, b) => a - b);
    const found = rows.map((at) => [at, this.#found(at)] as const);
    onFound(found.filter(([, { identities }]) => identities.length > 0));
  }

  #spellings(text: string): string[] {
    return (this.#rows.get(caselessKey(text)) ?? []).map((at) => this.texts[at] ?? '');
  }

  #found(at: number): Found {
    const text = this.texts[at] ?? '';
    const people = [...(this.#people.get(caselessKey(text))?.values() ?? [])];
    const exact = people.find(({ id }) => id === text) ?? people.find(({ alias }) => alias === text);
    return { asked: text, identities: exact ? [exact] : people };
  }
}

function namesakes(texts: readonly string[], identities: readonly Identity[]): Map<string, People> {
  const people = new Map<string, People>(texts.map((text) => [caselessKey(text), new Map()]));
  addNamesakes(people, identities);
  return people;
}

function addNamesakes(people: ReadonlyMap<string, People>, identities: readonly Identity[]): void {
  for (const identity of identities) {
    const { id, alias, emailAddress } = identity;
    // What is no address is not asked for as one.
    const keys = [id, alias, emailAddress?.includes('@') ? emailAddress : undefined];
    for (const key of keys) if (key) people.get(caselessKey(key))?.set(id, identity);
  }
}

function namedAs(texts: readonly string[]): Filter {
  return or(oneOf('id', texts), namedOtherwise(texts));
}

function namedOtherwise(texts: readonly string[]): Filter {
  return or(
    ...texts.map((text) => equals('alias', text)),
    ...texts.filter((text) => text.includes('@')).map((text) => equals('email', text)),
  );
}

/** Characters of an address: once as an id, once as an alias, once as an address if it may be one. */
function weightOf(text: string): number {
  const length = sentLength(text);
  return length + COMMA + length + ALIAS_WORDS + (text.includes('@') ? length + EMAIL_WORDS : 0);
}
