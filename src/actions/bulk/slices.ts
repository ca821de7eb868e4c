/** Long work in steps, so that it can be done at once or without holding anything else up. */

/** Work that pauses between steps of well below a millisecond. */
export type Slices<T> = Generator<undefined, T>;

/** So long nothing else gets its turn, milliseconds. */
const SLICE_MS = 8;

/** Does it without a pause. @throws what the work throws */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does it in slices between which everything else gets its turn. Rejects with what the work throws. */
export async function inSlices<T>(work: Slices<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
