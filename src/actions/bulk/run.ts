/** Sends a batch, within the rate limit, each request at most once. */
import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Mail } from '../action';
import { actionOf, type ActionId } from '../catalog';
import type { BatchPerson } from './batch';
import { classifyError, sendRequest, type Outcome } from './send';

export interface RunOptions {
  readonly client: Client;
  readonly action: ActionId;
  readonly mail: Mail | undefined;
  /** Numbers of the rows to send. */
  readonly rows: readonly number[];
  readonly person: (row: number) => BatchPerson;
  /** A failure as a sentence. */
  readonly describe: (error: unknown) => string;
  /**
   * Keeps that these rows are about to leave (`sending`) or came back unsent (`planned`). When the former throws, they
   * are not sent: what is not on record must not happen. The latter does not throw.
   */
  readonly recordState: (rows: readonly number[], state: 'sending' | 'planned') => void;
  /** Keeps what became of these rows. Does not throw. */
  readonly recordOutcome: (rows: readonly number[], outcome: Outcome) => void;
  /** The run paused or stopped by itself; `error` says why. */
  readonly onProblem: (kind: 'pause' | 'stop', error: unknown) => void;
  /** It waits that long for the rate limit or the service. */
  readonly onWait: (milliseconds: number) => void;
}

/**
 * Requests on their way or waiting for their turn at once. The rate limit lets ten go in a second, so this many keep it
 * busy while the service takes up to two seconds for an answer. Tasks are big: few at once.
 */
const PARALLEL_REQUESTS = { single: 20, task: 3 };

/** So many requests in a row without a clear answer are the service's or the network's trouble, not the people's. */
const MAX_UNKNOWN_IN_A_ROW = 5;

/** A request of the run and what can still be done about it. */
interface Request {
  readonly rows: readonly number[];
  /** Stops it while it has not left; a request on its way is never torn off, its answer would be lost. */
  readonly abort: AbortController;
  /** How often the run had been resumed when it began: what began before says nothing about now. */
  readonly resumed: number;
  marked: boolean;
}

export interface Run {
  /** Settles when nothing more will be sent and all answers are in; rejects with a fault of ours, which stops the run. */
  readonly ended: Promise<void>;
  /** Calls back what has not left. */
  pause(): void;
  resume(): void;
  /** Nothing more leaves. What is on its way is waited for. */
  stop(): void;
  /** Requests that left since the run began. */
  readonly requests: number;
}

/** Starts to send. What goes wrong is the outcome of rows, or trouble. */
export function startRun(options: RunOptions): Run {
  const { client } = options;
  const { identitiesPerRequest: size, hasHappened } = actionOf(options.action);
  const queue: (readonly number[])[] = [];
  for (let at = 0; at < options.rows.length; at += size) queue.push(options.rows.slice(at, at + size));
  /** What has a turn but has not left. */
  const waiting = new Set<Request>();
  let requests = 0;
  let unknownInARow = 0;
  let resumed = 0;
  let stopped = false;
  let paused = false;
  let wake: () => void = () => undefined;
  let awake = Promise.resolve();

  const callBack = (): void => {
    for (const { abort } of waiting) abort.abort();
  };
  const pause = (): void => {
    if (paused || stopped) return;
    paused = true;
    awake = new Promise((resolve) => (wake = resolve));
    callBack();
  };
  const pauseFor = (error: unknown): void => {
    if (!paused && !stopped) options.onProblem('pause', error);
    pause();
  };
  const resume = (): void => {
    resumed++;
    unknownInARow = 0;
    paused = false;
    wake();
  };
  const stop = (): void => {
    stopped = true;
    queue.length = 0;
    callBack();
    resume();
  };

  const send = async (request: Request): Promise<void> => {
    waiting.add(request);
    try {
      const outcome = await sendRequest(client, options, request.rows.map(options.person), {
        signal: request.abort.signal,
        priority: 'batch',
        onWait: (milliseconds) => {
          // Refused by the rate limit and waiting again: it is certain that nothing came of it.
          if (request.marked) options.recordState(request.rows, 'planned');
          request.marked = false;
          waiting.add(request);
          if (paused || stopped) request.abort.abort();
          options.onWait(milliseconds);
        },
        onSend: () => {
          // Between its turn and now, or between two attempts of which the first surely did nothing.
          if (paused || stopped) {
            if (request.marked) options.recordState(request.rows, 'planned');
            request.marked = false;
            request.abort.abort();
            throw new Error('Called back');
          }
          if (!request.marked) options.recordState(request.rows, 'sending');
          request.marked = true;
          waiting.delete(request);
          requests++;
        },
      });
      unknownInARow = 0;
      options.recordOutcome(request.rows, outcome);
    } finally {
      waiting.delete(request);
    }
  };

  const fail = async (request: Request, error: unknown): Promise<void> => {
    if (!request.marked && request.abort.signal.aborted && ApiError.is(error, 'cancelled')) {
      // Called back before it left.
      if (!stopped) queue.unshift(request.rows);
      return;
    }
    const verdict = classifyError(error, options.describe);
    if (verdict.kind === 'outcome') {
      const [only = -1, ...others] = request.rows;
      const happened =
        verdict.outcome.state === 'unknown' &&
        others.length === 0 &&
        (await hasHappened?.(client, options.person(only).id, { priority: 'batch' })) === true;
      const outcome: Outcome = happened ? { state: 'done' } : verdict.outcome;
      options.recordOutcome(request.rows, outcome);
      if (request.resumed !== resumed) return;
      unknownInARow = outcome.state === 'unknown' ? unknownInARow + 1 : 0;
      if (unknownInARow >= MAX_UNKNOWN_IN_A_ROW) pauseFor(error);
      return;
    }
    if (request.marked) options.recordState(request.rows, 'planned');
    if (verdict.kind === 'stop') {
      if (!stopped) options.onProblem('stop', error);
      stop();
      return;
    }
    if (stopped) return;
    if (verdict.kind === 'pause') {
      queue.unshift(request.rows);
      if (request.resumed === resumed) pauseFor(error);
      return;
    }
    queue.push(request.rows);
    options.onWait(verdict.afterMs);
    await sleep(verdict.afterMs, request);
  };

  /** Can be called back like a request that waits for its turn. */
  const sleep = async (milliseconds: number, request: Request): Promise<void> => {
    const { abort } = request;
    if (abort.signal.aborted) return;
    waiting.add(request);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    waiting.delete(request);
  };

  const lane = async (): Promise<void> => {
    for (;;) {
      while (paused && queue.length > 0) await awake;
      const rows = queue.shift();
      if (!rows) return;
      const request: Request = { rows, abort: new AbortController(), resumed, marked: false };
      try {
        await send(request);
      } catch (error) {
        await fail(request, error).catch((fault: unknown) => {
          stop();
          throw fault;
        });
      }
    }
  };

  const lanes = Math.min(queue.length, size === 1 ? PARALLEL_REQUESTS.single : PARALLEL_REQUESTS.task);
  return {
    ended: Promise.allSettled(Array.from({ length: lanes }, lane)).then((ends) => {
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    }),
    pause,
    resume,
    stop,
    get requests() {
      return requests;
    },
  };
}
