/** One attempt: a request out, a whole answer in, within the limits of time and size. Knows nothing of operations. */
import type fetchType from 'node-fetch';
import { watchDeparture, type Departure } from './departure';

export type Fetch = typeof fetchType;

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Bytes of a success after decompression; default `MAX_PAGE_BYTES`. */
  readonly maxBytes?: number | undefined;
}

export interface Incoming {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

const MIB = 1024 * 1024;
/** After decompression: a page of 250 people with a hundred attributes each is below 2 MiB. */
const MAX_PAGE_BYTES = 4 * MIB;
/** What says why a call failed is far smaller; of more than this the rest is not read. */
const MAX_ERROR_BYTES = MIB;

/** What became of an attempt that brought no answer. */
export type Interruption = 'cancelled' | 'timeout';

/** Thrown by `exchange` instead of the library's abort error, which cannot tell the two apart. */
export class Interrupted extends Error {
  constructor(
    readonly interruption: Interruption,
    /** False when the request had no connection yet. */
    readonly sent?: false,
  ) {
    super(interruption);
    this.name = 'Interrupted';
  }
}

/** The transport failed before there was a connection: nothing left this machine. */
export class NeverConnected extends Error {
  constructor(override readonly cause: unknown) {
    super('There was no connection');
    this.name = 'NeverConnected';
  }
}

/** The answer is larger than it may be. */
export class TooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super('The answer is too large');
    this.name = 'TooLarge';
  }
}

/**
 * Sends once and reads the whole answer. Rejects with `Interrupted`, `NeverConnected`, `TooLarge`, or with whatever the
 * transport throws.
 *
 * No agent is given: an agent of our own would bypass the proxy and certificate handling that VS Code adds to Node's
 * http stack; Node's default one keeps connections alive. Redirects are not followed: none is documented, and the
 * token must not travel to where an answer points.
 */
export async function exchange(fetch: Fetch, outgoing: Outgoing): Promise<Incoming> {
  const { url, method, headers, body, signal, timeoutMs, maxBytes = MAX_PAGE_BYTES } = outgoing;
  const departure: Departure = { connected: undefined };
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
    const response = await watchDeparture(departure, () =>
      fetch(url, { method, headers: { ...headers }, body: body ?? null, redirect: 'manual', signal: abort.signal }),
    );
    const text = await textOf(response, response.ok ? maxBytes : MAX_ERROR_BYTES);
    return { status: response.status, header: (name) => response.headers.get(name), text };
  } catch (e) {
    const unsent = departure.connected === false;
    if (interruption !== undefined) throw new Interrupted(interruption, unsent ? false : undefined);
    throw unsent ? new NeverConnected(e) : e;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Reads a body as it comes, so that one that grows without end is torn off at its bound. */
async function textOf({ body }: Awaited<ReturnType<Fetch>>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > maxBytes) throw new TooLarge(maxBytes);
    chunks.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
