/**
 * The client-side budget: the service counts 100 requests in 10 s per client id and API version (contract 3), and the
 * person's other tools share it. One bucket per pair, used by every client of that pair.
 */
import { ApiError } from './errors';

/** Requests per window: a little below what the service allows. */
const CEILING = 97;
/** Longer than the service's 10 s: requests do not arrive as evenly as they are sent. */
const WINDOW_MS = 10_100;

/** Requests in a second within the budget. */
export const REQUESTS_PER_SECOND = (CEILING * 1000) / WINDOW_MS;

/** Seconds that so many requests take within the budget, when nothing else uses it. */
export function secondsFor(requests: number): number {
  return Math.ceil(Math.max(0, requests - 1) / REQUESTS_PER_SECOND);
}

export interface RateLimitOptions {
  /** Requests per window at most; default `CEILING`. */
  readonly ceiling?: number;
  /** Default `WINDOW_MS`. */
  readonly windowMs?: number;
  /** Where the processes of this machine tell each other what they send; without it each counts for itself. */
  readonly shared?: (key: string) => SharedUse;
}

/** What other processes of this machine send within the same budget: two windows of VS Code, for example. */
interface SharedUse {
  /** Tells the others that one of ours goes now. Never throws. */
  note(): void;
  /** When others let theirs go, in milliseconds since 1970: at least all of the last quarter of a minute. Never throws. */
  others(): readonly number[];
}

export interface Waiting {
  readonly priority?: 'interactive' | 'batch' | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told once when there is a wait, with its expected length. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
}

export interface Bucket {
  /** Resolves when a request may be sent now; rejects with `cancelled` when the signal aborts first. */
  take(waiting?: Waiting): Promise<void>;
  /** The service said 429: nothing is sent for that long, and less per window afterwards. */
  pause(milliseconds: number): void;
  /** Requests per window at present. */
  readonly allowed: number;
}

/** Hands out the one bucket of each (client id, version). */
export type RateLimits = (key: string) => Bucket;

/** Another registry than the process-wide one, for tests and benches. */
export function createRateLimits(options: RateLimitOptions = {}): RateLimits {
  const buckets = new Map<string, Bucket>();
  return (key) => {
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = new SlidingWindow(options, options.shared?.(key));
      buckets.set(key, bucket);
    }
    return bucket;
  };
}

/**
 * Shared by all clients of this process. The only state of the module outside a client, because the service's count
 * does not end with a client either.
 */
export const processRateLimits = createRateLimits();

/** Refusals that close together are about requests sent before the first of them was known. */
const BURST_MS = 1_000;
/** Batch requests of several processes keep the pace together, a little quicker than alone: waking up takes time. */
const SHARED_PACE = 0.95;
/** Processes that wait for the same moment wake up that far apart at most, by chance: who comes second sees the first. */
const APART_MS = 4;
/** Never less than this part of the ceiling: the service's own Retry-After does the rest. */
const LOWEST = 0.1;

interface Waiter {
  readonly grant: () => void;
}

class SlidingWindow implements Bucket {
  readonly #ceiling: number;
  readonly #windowMs: number;
  /** When the requests of the current window were let go, oldest first. */
  #sent: number[] = [];
  #allowed: number;
  #pausedUntil = 0;
  #loweredAt = -Infinity;
  #nextBatch = 0;
  #nextRaise = 0;
  readonly #interactive = new Set<Waiter>();
  readonly #batch = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { ceiling = CEILING, windowMs = WINDOW_MS }: RateLimitOptions,
    private readonly shared: SharedUse | undefined,
  ) {
    this.#ceiling = ceiling;
    this.#allowed = ceiling;
    this.#windowMs = windowMs;
  }

  get allowed(): number {
    return this.#allowed;
  }

  take({ priority = 'interactive', signal, onWait }: Waiting = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(cancelledWhileWaiting());
        return;
      }
      const queue = priority === 'batch' ? this.#batch : this.#interactive;
      const waiter: Waiter = {
        grant: () => {
          signal?.removeEventListener('abort', cancel);
          resolve();
        },
      };
      const cancel = () => {
        queue.delete(waiter);
        reject(cancelledWhileWaiting());
        // Nobody may be left to wake up for; a timer would keep a script from ending.
        this.#serve();
      };
      signal?.addEventListener('abort', cancel, { once: true });
      queue.add(waiter);
      this.#serve();
      if (queue.has(waiter)) onWait?.(this.#expectedWait(priority));
    });
  }

  pause(milliseconds: number): void {
    const now = performance.now();
    // A burst is refused as a whole: its first 429 lowers the budget, the others only confirm it.
    if (now >= Math.max(this.#pausedUntil, this.#loweredAt + BURST_MS)) {
      this.#allowed = Math.max(1, Math.floor(this.#ceiling * LOWEST), Math.floor(this.#allowed * 0.7));
      this.#loweredAt = now;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
    this.#nextRaise = this.#pausedUntil + this.#windowMs;
    this.#serve();
  }

  /** Lets go whoever may go now and wakes up again for the next one. */
  #serve(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (;;) {
      const now = performance.now();
      this.#forget(now);
      const queue = this.#interactive.size > 0 ? this.#interactive : this.#batch;
      const [first] = queue;
      if (first === undefined) return;
      const at = this.#nextSlot(now, queue === this.#batch);
      if (at > now) {
        const apart = this.shared && queue === this.#batch ? Math.random() * APART_MS : 0;
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(at - now + apart));
        return;
      }
      queue.delete(first);
      this.#sent.push(now);
      this.shared?.note();
      if (queue === this.#batch) this.#nextBatch = Math.max(this.#nextBatch, now - this.#pace()) + this.#pace();
      first.grant();
    }
  }

  /**
   * When the next request may go. Batch requests keep an even pace, together with those of other processes, so a slot comes free
   * every moment for a person.
   */
  #nextSlot(now: number, batch: boolean): number {
    const others = this.#sentByOthers(now);
    const sent = others.length === 0 ? this.#sent : [...this.#sent, ...others].sort((a, b) => a - b);
    const blocking = sent[sent.length - this.#allowed];
    const windowFree = blocking === undefined ? now : blocking + this.#windowMs;
    // What a process may catch up on when it was late would be sent by each of them.
    const sharedPace = others.length === 0 ? 0 : (sent.at(-1) ?? 0) + this.#pace() * SHARED_PACE;
    const paced = batch ? Math.max(this.#nextBatch, sharedPace) : now;
    return Math.max(windowFree, this.#pausedUntil, paced);
  }

  /** When requests of this window of time were let go in other processes. */
  #sentByOthers(now: number): readonly number[] {
    const toOurClock = now - Date.now();
    return (this.shared?.others() ?? []).flatMap((at) => {
      const here = at + toOurClock;
      // A clock that was set meanwhile must not hold anything up.
      return here > now - this.#windowMs && here <= now + BURST_MS ? [Math.min(here, now)] : [];
    });
  }

  #pace(): number {
    return this.#windowMs / this.#allowed;
  }

  #forget(now: number): void {
    const start = this.#sent.findIndex((at) => at > now - this.#windowMs);
    if (start > 0) this.#sent.splice(0, start);
    else if (start < 0 && this.#sent.length > 0) this.#sent = [];
    // Every window without a 429 earns a twentieth back, whether anything was sent in it or not.
    while (this.#allowed < this.#ceiling && now >= this.#nextRaise) {
      this.#allowed = Math.min(this.#ceiling, this.#allowed + Math.max(1, Math.round(this.#ceiling / 20)));
      this.#nextRaise += this.#windowMs;
    }
  }

  #expectedWait(priority: 'interactive' | 'batch'): number {
    const now = performance.now();
    const ahead = this.#interactive.size + (priority === 'batch' ? this.#batch.size : 0) - 1;
    return Math.ceil(this.#nextSlot(now, priority === 'batch') - now + Math.max(0, ahead) * this.#pace());
  }
}

function cancelledWhileWaiting(): ApiError {
  return new ApiError('cancelled', 'The request was cancelled before it was sent.', { sent: false });
}
