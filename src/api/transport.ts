/** One attempt: a request out, a whole answer in, within the limits of time and size. Knows nothing of operations. */
import type fetchType from 'node-fetch';

export type Fetch = typeof fetchType;

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

export interface Incoming {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** After decompression; the largest documented answer is far below. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** What became of an attempt that brought no answer. */
export type Interruption = 'cancelled' | 'timeout';

/** Thrown by `exchange` instead of the library's abort error, which cannot tell the two apart. */
export class Interrupted extends Error {
  constructor(readonly interruption: Interruption) {
    super(interruption);
    this.name = 'Interrupted';
  }
}

/**
 * Sends once and reads the whole answer. Rejects with `Interrupted` or with whatever the transport throws.
 *
 * No agent is given: an agent of our own would bypass the proxy and certificate handling that VS Code adds to Node's
 * http stack; Node's default one keeps connections alive. Redirects are not followed: none is documented, and the
 * token must not travel to where an answer points.
 */
export async function exchange(fetch: Fetch, outgoing: Outgoing): Promise<Incoming> {
  const { url, method, headers, body, signal, timeoutMs } = outgoing;
  // Joined by hand: AbortSignal.any keeps every attempt alive for as long as the caller's signal lives.
  const abort = new AbortController();
  let interruption: Interruption | undefined;
  const interrupt = (why: Interruption) => {
    interruption ??= why;
    abort.abort();
  };
  const cancel = () => interrupt('cancelled');
  if (signal?.aborted === true) throw new Interrupted('cancelled');
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => interrupt('timeout'), timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      body: body ?? null,
      redirect: 'manual',
      size: MAX_BYTES,
      signal: abort.signal,
    });
    const text = await response.text();
    return { status: response.status, header: (name) => response.headers.get(name), text };
  } catch (e) {
    throw interruption === undefined ? e : new Interrupted(interruption);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
