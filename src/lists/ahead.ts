/** Requests that do not depend on each other, several on their way at once. */
import { pMapIterable } from 'p-map';

/**
 * What `work` makes of each item, in the order of the items, with at most `atOnce` of them under way or waiting to be taken. Leaving the
 * loop early, or a failure, aborts the signal of all that is under way.
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
  try {
    // In an array: the library has values of its own that end the whole.
    const results = pMapIterable(items, async (item) => [await work(item, both)] as const, {
      concurrency: atOnce,
      backpressure: atOnce,
    });
    for await (const [result] of results) yield result;
  } finally {
    own.abort();
  }
}
