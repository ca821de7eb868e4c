/** Requests that do not depend on each other, several on their way at once. */

/**
 * What `work` makes of each item, in the order of the items, with at most `atOnce` of them under way. Nothing is begun while the
 * caller is busy with a result, so no more than `atOnce` results are kept. Leaving the loop early, or a failure, aborts the signal of
 * all that is under way.
 *
 * @throws what `work` or `items` throw, at the turn of that item
 */
export async function* mapAhead<A, B>(
  items: AsyncIterable<A> | Iterable<A>,
  atOnce: number,
  work: (item: A, signal: AbortSignal) => Promise<B>,
  signal?: AbortSignal,
): AsyncGenerator<B, void, undefined> {
  const own = new AbortController();
  const both = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
  const underWay: Promise<B>[] = [];
  try {
    for await (const item of items) {
      const result = work(item, both);
      // Whoever awaits it later sees a failure; until then it is nobody's unhandled one.
      result.catch(() => undefined);
      underWay.push(result);
      if (underWay.length >= atOnce) yield await (underWay.shift() as Promise<B>);
    }
    for (let next = underWay.shift(); next; next = underWay.shift()) yield await next;
  } finally {
    own.abort();
  }
}
