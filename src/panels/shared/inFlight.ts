import { setMaxListeners } from 'node:events';
import { ApiError } from '../../api/errors';

interface Flight<T> {
  readonly answer: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** One request for all who ask the same at once. It is given up once nobody waits for it any more. */
export class InFlight<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /**
   * The answer that is under way, or of a new request.
   *
   * @throws ApiError `cancelled` when this asker's signal aborts; the others still get their answer
   */
  join(id: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted) return Promise.reject(cancelled());
    const flight = this.flights.get(id) ?? this.begin(id, start);
    flight.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          this.end(id, flight);
          flight.controller.abort();
        }
        reject(cancelled());
      };
      if (signal) {
        // Many may be asked for on behalf of one page.
        setMaxListeners(0, signal);
        signal.addEventListener('abort', leave, { once: true });
      }
      flight.answer.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  /** Who asks from now on gets an answer of a new request. */
  forget(): void {
    this.flights.clear();
  }

  private begin(id: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { answer: start(controller.signal), controller, waiting: 0 };
    this.flights.set(id, flight);
    const end = (): void => this.end(id, flight);
    flight.answer.then(end, end);
    return flight;
  }

  private end(id: string, flight: Flight<T>): void {
    if (this.flights.get(id) === flight) this.flights.delete(id);
  }
}

/** What the tabs of a panel share: read once, until it may differ. A failure is not kept. */
export interface KeptRead<T> {
  /** @throws whatever the request fails with */
  readonly read: (signal: AbortSignal) => Promise<T>;
  readonly forget: () => void;
}

/** @param ask the request; its signal aborts once nobody waits for it */
export function keptRead<T>(ask: (signal: AbortSignal) => Promise<T>): KeptRead<T> {
  const flights = new InFlight<T>();
  let kept: { readonly answer: T } | undefined;
  let generation = 0;
  return {
    read: (signal) => {
      if (kept) return Promise.resolve(kept.answer);
      return flights.join('', signal, async (shared) => {
        const mine = generation;
        const answer = await ask(shared);
        if (mine === generation) kept = { answer };
        return answer;
      });
    },
    forget: () => {
      generation += 1;
      kept = undefined;
      flights.forget();
    },
  };
}

function cancelled(): ApiError {
  return new ApiError('cancelled', 'Nobody waits for the answer any more.');
}
