/** Pages of a list that were asked for before anybody wants them. No vscode. */
import type { CallOptions } from '../api/client';
import type { Rows } from './pages';
import type { Place } from './query';

/** How long a page is taken as still true, milliseconds: as old as that the rows above it may be as well. */
const KEPT_MS = 5 * 60_000;

interface AskedPage {
  readonly place: Place;
  readonly askedAt: number;
  readonly abort: AbortController;
  /** Undefined when it failed or was given up: whoever wants it asks again. */
  readonly rows: Promise<Rows | undefined>;
  /** `waiting`: for the rate limit, behind whoever is in a hurry. `sent`: the service works on it. */
  state: 'waiting' | 'sent' | 'there';
}

export type FetchAhead = (place: Place, options: CallOptions) => Promise<Rows>;

/** Pages that follow each other, the first of them the one that a list shows next. A failure is silent. */
export class PagesAhead {
  private queue: AskedPage[] = [];
  /** The page that somebody waits for: what makes it untrue meanwhile concerns it, too. */
  private taken: AskedPage | undefined;

  constructor(private readonly now: () => number = Date.now) {}

  /** Where the last page begins that was asked for; undefined while none is. */
  get last(): Place | undefined {
    return this.queue.at(-1)?.place;
  }

  get length(): number {
    return this.queue.length;
  }

  ask(place: Place, fetch: FetchAhead, { signal, ...options }: CallOptions): void {
    const abort = new AbortController();
    const asked: AskedPage = {
      place,
      askedAt: this.now(),
      abort,
      state: 'waiting',
      rows: fetch(place, {
        ...options,
        signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal,
        onSend: () => (asked.state = 'sent'),
        onWait: () => (asked.state = 'waiting'),
      }).then(
        (rows) => {
          asked.state = 'there';
          // What was overtaken while it was on its way is not shown.
          return abort.signal.aborted ? undefined : rows;
        },
        () => undefined,
      ),
    };
    this.queue.push(asked);
  }

  /**
   * The page at a place, once it is there, if it was asked for and is still true. Who is in a hurry does not wait for one that
   * waits for its turn.
   */
  async take(place: Place, isHurried: boolean): Promise<Rows | undefined> {
    const first = this.queue.shift();
    if (!first) return undefined;
    const isIt = first.place.offset === place.offset && first.place.after?.join() === place.after?.join();
    const isOld = this.now() - first.askedAt > KEPT_MS;
    const isLate = isHurried && first.state === 'waiting';
    if (!isIt || isOld || isLate) first.abort.abort();
    const rows = first.abort.signal.aborted ? undefined : await this.unlessDropped(first);
    // Those that follow belong to this one.
    if (!rows) this.drop();
    return rows;
  }

  /** What was asked for may not be what the service would answer now. */
  drop(): void {
    this.taken?.abort.abort();
    for (const { abort } of this.queue) abort.abort();
    this.queue = [];
  }

  /** Nobody reads the list any more: what is not there yet is given up. */
  giveUp(): void {
    const missing = this.queue.findIndex(({ state }) => state !== 'there');
    if (missing < 0) return;
    for (const { abort } of this.queue.splice(missing)) abort.abort();
  }

  private async unlessDropped(asked: AskedPage): Promise<Rows | undefined> {
    this.taken = asked;
    const rows = await asked.rows;
    if (this.taken === asked) this.taken = undefined;
    return asked.abort.signal.aborted ? undefined : rows;
  }
}
