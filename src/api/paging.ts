/** Lists by limit and offset (contract 5), one page or all of it. */
import { rowsOf, totalOf } from './responses';
import { ApiError } from './errors';
import type { Answer, CallOptions } from './pipeline';
import type { OperationName } from './operations';

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

/**
 * All rows of a list that may change while it is read, in pages of rows not seen before; holds one page and has the
 * next one on its way while the caller works.
 *
 * Every page begins with the last row of the one before. If that first row is one already seen, nothing has slipped
 * through between the two; if not, rows above have vanished and the page is asked again further up. Rows that come
 * twice because others appeared above are dropped by id (which is all that is kept of a row, about 100 bytes). So
 * every row that is there from beginning to end comes exactly once, provided the service sorts by a stable key.
 *
 * A page shorter than the limit is the end only where the service counts no more; a refusal of the page after the last counted
 * row is the end too. Whether all that was counted came is for the caller to compare with `total`.
 *
 * Rejects with `invalid` for a limit below 2. Ends with `cancelled` as soon as the signal aborts; leaving the loop early
 * stops the request under way.
 */
export async function* iteratePages<T extends { readonly id: string }>({
  limit = MAX_LIMIT,
  count = false,
  options = {},
  fetchPage,
}: Walk<T>): AsyncGenerator<Page<T>, void, undefined> {
  // A page begins with the last row of the one before: it has to have room for another.
  if (limit < 2) throw new ApiError('invalid', 'All of a list is read in pages of 2 rows or more.', { sent: false });
  const seen = new Set<string>();
  const stop = new AbortController();
  const abort = () => stop.abort();
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.signal?.aborted === true) abort();
  // Always counted once: a page may come short.
  const request = (offset: number) =>
    fetchPage({ limit, offset, count: offset === 0 }, { ...options, signal: stop.signal });

  let total: number | undefined;
  let reached = 0;
  let stepsBack = 0;
  let knownRows = 0;
  let next: Promise<Page<T>> | undefined = request(0);
  try {
    while (next !== undefined) {
      const page: Page<T> | undefined = await next.catch((error: unknown) => {
        if (ApiError.is(error, 'invalid') && total !== undefined && reached >= total) return undefined;
        throw error;
      });
      if (!page) return;
      total ??= page.total;
      reached = Math.max(reached, page.offset + limit);
      const [first] = page.items;
      const tied = first !== undefined && seen.has(first.id);
      if (tied) stepsBack = 0;
      if (!tied && page.offset > 0 && stepsBack < MAX_STEPS_BACK) {
        stepsBack++;
        knownRows = 0;
        // A small step first: mostly few rows vanish, and what is read twice is lost.
        next = request(Math.max(0, page.offset - Math.ceil(limit / 8) * 4 ** (stepsBack - 1)));
        continue;
      }
      const items: T[] = page.items.filter(({ id }) => !seen.has(id) && seen.add(id));
      knownRows = items.length > 0 ? 0 : knownRows + Math.max(1, page.items.length);
      // Walking on, every known row is met at most once more (the one that ties two pages twice).
      if (page.hasMore && knownRows > 2 * seen.size + limit) {
        throw new ApiError('badAnswer', 'The list does not advance: the same rows are returned again and again.', {
          flaw: 'sameRows',
        });
      }
      const goesOn: boolean = page.hasMore || (items.length > 0 && total !== undefined && page.offset + limit < total);
      next = goesOn ? request(page.offset + limit - 1) : undefined;
      // Whoever awaits it later sees the failure; until then it is nobody's unhandled one.
      next?.catch(() => undefined);
      if (items.length > 0 || page.offset === 0) {
        yield { items, offset: page.offset, ...(total === undefined || !count ? {} : { total }), hasMore: goesOn };
      }
      if (stop.signal.aborted) throw new ApiError('cancelled', 'The listing was cancelled.');
    }
  } finally {
    options.signal?.removeEventListener('abort', abort);
    stop.abort();
  }
}
