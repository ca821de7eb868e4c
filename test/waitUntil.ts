/** Longer than anything takes on a busy machine; shorter than the patience of the ui and host tests. */
const GIVE_UP_AFTER_MS = 18_000;

/**
 * Waits until something is so. A test that ends before it would leave an endless loop behind, which keeps mocha running:
 * hence the limit.
 * @param what what is waited for, for the error
 * @param everyMs between two looks; without it the next turn of the event loop
 */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  { everyMs, giveUpAfterMs = GIVE_UP_AFTER_MS }: { everyMs?: number; giveUpAfterMs?: number } = {},
): Promise<void> {
  const giveUp = Date.now() + giveUpAfterMs;
  while (!(await isSo())) {
    if (Date.now() > giveUp) throw new Error(`Waited in vain until ${what}`);
    await new Promise((resolve) => (everyMs === undefined ? setImmediate(resolve) : setTimeout(resolve, everyMs)));
  }
}
