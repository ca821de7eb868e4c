/** Lists by limit and offset (contract 5), one page or all of it. */
import { rowsOf, totalOf } from './responses';
import { ApiError } from './errors';
import type { Answer, CallOptions } from './pipeline';
import type { OperationName } from './operations';
import { SeenIds } from './seenIds';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly offset: number;
  /** Only when the call asked for it (`count: true`) and the service said it. */
  readonly total?: number;
  /** False when the service answered fewer rows than the limit and does not count more: then there is no next page. */
  readonly hasMore: boolean;
}

export interface PageParams {
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly count?: boolean | undefined;
}

/** The service's own default and maximum for most lists. */
const MAX_LIMIT = 250;

/**
 * The query of a page: limit is always sent, so that a page's end can be told. Throws `invalid` for a limit outside
 * 1…`max` or a negative offset. (A limit of 0 is allowed by the service and good for nothing but counting.)
 */
export function pageQuery(
  { limit = MAX_LIMIT, offset = 0, count }: PageParams,
  operation: OperationName,
  max = MAX_LIMIT,
): { readonly limit: number; readonly offset: number; readonly count?: true } {
  const refuse = (what: string) => new ApiError('invalid', `${what} (${operation}).`, { operation, sent: false });
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw refuse(`The limit must be 1 to ${max}`);
  if (!Number.isInteger(offset) || offset < 0) throw refuse('The offset must be 0 or more');
  return { limit, offset, ...(count === true ? { count } : {}) };
}

/**
 * The page of a list's answer; rows that `parse` cannot use are left out. Rejects with `badAnswer` when it is no list.
 */
export function pageOf<T>(
  { json, header, status }: Answer,
  { limit, offset, count }: ReturnType<typeof pageQuery>,
  operation: OperationName,
  parse: (row: unknown) => T | undefined,
): Page<T> {
  const rows = rowsOf(json, status, operation);
  if (rows.length > limit) {
    throw new ApiError('badAnswer', `More rows were returned than requested (${operation}).`, {
      status,
      operation,
      flaw: 'tooManyRows',
    });
  }
  const total = count === true ? totalOf(header) : undefined;
  return {
    items: rows.flatMap((row) => parse(row) ?? []),
    offset,
    ...(total === undefined ? {} : { total }),
    // The service may leave rows out of a page: a short one is the last only if nothing else is said.
    hasMore: rows.length >= limit || (rows.length > 0 && total !== undefined && offset + limit < total),
  };
}

export interface Walk<T> {
  readonly limit?: number | undefined;
  readonly count?: boolean | undefined;
  readonly options?: CallOptions | undefined;
  readonly fetchPage: (
    params: { limit: number; offset: number; count: boolean },
    options: CallOptions,
  ) => Promise<Page<T>>;
}

/** So often is a page asked again further up, without a single one that ties, before pages are taken as they come. */
const MAX_STEPS_BACK = 20;

/** Pages on their way at once, at most: so many keep the rate limit busy while an answer takes up to 800 ms. */
const MAX_AHEAD = 8;

/** A page that was asked for. */
interface Asked<T> {
  readonly offset: number;
  readonly page: Promise<Page<T>>;
  readonly answered: () => boolean;
}

/** Pages that follow each other, each beginning with the last row of the one before, asked for before they are taken. */
class PagesAhead<T> {
  #queue: Asked<T>[] = [];
  #flight = new AbortController();
  /** So many are asked for at once; 0 for the first one, of which nothing is known yet. */
  #depth = 0;

  constructor(
    private readonly limit: number,
    private readonly fetch: (offset: number, signal: AbortSignal) => Promise<Page<T>>,
  ) {}

  /** The page at an offset in any case, and those after it as far as the list is known to go. */
  ask(offset: number, total: number | undefined): void {
    let last = this.#queue.at(-1)?.offset;
    if (last === undefined) this.#request((last = offset));
    if (total === undefined) return;
    while (this.#queue.length < this.#depth && last + this.limit < total) this.#request((last += this.limit - 1));
  }

  /** The next page. Who comes for it before it is there is quicker than the service: from now on more are asked for at once. */
  async take(total: number | undefined): Promise<Page<T> | undefined> {
    const next = this.#queue[0];
    if (!next) return undefined;
    if (this.#depth === 0) this.#depth = 1;
    else this.#depth = next.answered() ? Math.max(1, this.#depth - 1) : MAX_AHEAD;
    this.ask(next.offset, total);
    this.#queue.shift();
    return next.page;
  }

  /** Gives up what is on its way. */
  drop(): void {
    this.#flight.abort();
    this.#flight = new AbortController();
    this.#queue = [];
    this.#depth = 0;
  }

  #request(offset: number): void {
    let isAnswered = false;
    const page = this.fetch(offset, this.#flight.signal);
    const answered = (): void => {
      isAnswered = true;
    };
    // Whoever awaits it later sees a failure; until then it is nobody's unhandled one.
    page.then(answered, answered);
    this.#queue.push({ offset, page, answered: () => isAnswered });
  }
}

/**
 * All rows of a list that may change while it is read, in pages of rows not seen before; has the next page on its way while the
 * caller works, and up to eight when the caller is quicker than the service.
 *
 * Every page begins with the last row of the one before. If that first row is one already seen, nothing has slipped
 * through between the two; if not, rows above have vanished and the page is asked again further up. Rows that come
 * twice because others appeared above are dropped by id (which is all that is kept of a row, about 20 bytes). So
 * every row that is there from beginning to end comes exactly once, provided the service sorts by a stable key.
 *
 * A page shorter than the limit is the end only where the service counts no more; a refusal of the page after the last counted
 * row is the end too. Whether all that was counted came is for the caller to compare with `total`.
 *
 * Rejects with `invalid` for a limit below 2. Ends with `cancelled` as soon as the signal aborts; leaving the loop early
 * stops the requests under way.
 */
export async function* iteratePages<T extends { readonly id: string }>({
  limit = MAX_LIMIT,
  count = false,
  options = {},
  fetchPage,
}: Walk<T>): AsyncGenerator<Page<T>, void, undefined> {
  // A page begins with the last row of the one before: it has to have room for another.
  if (limit < 2) throw new ApiError('invalid', 'All of a list is read in pages of 2 rows or more.', { sent: false });
  const seen = new SeenIds();
  // Always counted once: a page may come short.
  const pages = new PagesAhead<T>(limit, (offset, signal) =>
    fetchPage({ limit, offset, count: offset === 0 }, { ...options, signal }),
  );
  const abort = () => pages.drop();
  options.signal?.addEventListener('abort', abort, { once: true });

  let total: number | undefined;
  let reached = 0;
  let stepsBack = 0;
  let knownRows = 0;
  try {
    throwIfAborted(options.signal);
    pages.ask(0, total);
    for (;;) {
      const page: Page<T> | undefined = await pages.take(total).catch((error: unknown) => {
        if (ApiError.is(error, 'invalid') && total !== undefined && reached >= total) return undefined;
        throw error;
      });
      throwIfAborted(options.signal);
      if (!page) return;
      total ??= page.total;
      reached = Math.max(reached, page.offset + limit);
      const [first] = page.items;
      const tied = first !== undefined && seen.has(first.id);
      if (tied) stepsBack = 0;
      if (!tied && page.offset > 0 && stepsBack < MAX_STEPS_BACK) {
        stepsBack++;
        knownRows = 0;
        pages.drop();
        // A small step first: mostly few rows vanish, and what is read twice is lost.
        pages.ask(Math.max(0, page.offset - Math.ceil(limit / 8) * 4 ** (stepsBack - 1)), undefined);
        continue;
      }
      const items: T[] = page.items.filter(({ id }) => seen.add(id));
      knownRows = items.length > 0 ? 0 : knownRows + Math.max(1, page.items.length);
      // Walking on, every known row is met at most once more (the one that ties two pages twice).
      if (page.hasMore && knownRows > 2 * seen.size + limit) {
        throw new ApiError('badAnswer', 'The list does not advance: the same rows are returned again and again.', {
          flaw: 'sameRows',
        });
      }
      const goesOn: boolean = page.hasMore || (items.length > 0 && total !== undefined && page.offset + limit < total);
      if (goesOn) pages.ask(page.offset + limit - 1, total);
      else pages.drop();
      if (items.length > 0 || page.offset === 0) {
        yield { items, offset: page.offset, ...(total === undefined || !count ? {} : { total }), hasMore: goesOn };
      }
      throwIfAborted(options.signal);
    }
  } finally {
    options.signal?.removeEventListener('abort', abort);
    pages.drop();
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ApiError('cancelled', 'The listing was cancelled.');
}
