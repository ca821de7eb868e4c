/**
 * The one request pipeline: read-only check, rate limit, token, send, retry, parse. One redacted log line an attempt.
 */
import { setMaxListeners } from 'node:events';
import { MAX_ATTEMPTS, RETRY_AFTER_CEILING_MS, attempt, backoff, isRetryable } from './attempt';
import type { AttemptOptions } from './attempt';
import { ApiError, type Flaw } from './errors';
import type { RequestContext } from './errorMapping';
import { looksLikeHtml } from './errorMapping';
import { MAX_DEPTH, isDeeperThan, parseJson } from './json';
import type { Operation, OperationName } from './operations';
import { OPERATIONS } from './operations';
import type { Bucket, RateLimits, Waiting } from './rateLimit';
import type { TokenSource } from './token';
import { claimsKnown } from './token';
import type { Incoming } from './transport';
import type { ApiVersion } from './versions';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** `batch` calls let `interactive` ones (the default) go first within the rate limit. */
  readonly priority?: 'interactive' | 'batch' | undefined;
  /** Told when the rate limit makes the call wait, with the expected milliseconds. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
  /**
   * Told right before each attempt leaves this machine, so that a record can say what was surely not sent. What it
   * throws stops the call (`cancelled`): nothing leaves without having been noted.
   */
  readonly onSend?: (() => void) | undefined;
}

interface Call {
  readonly operation: OperationName;
  /** For the `{name}`s of the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** No body is documented; one that comes is taken as it is. */
  readonly emptyAnswer?: true;
  readonly options?: CallOptions | undefined;
}

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Parsed JSON; undefined for an empty answer; text as it came where none is documented. */
  readonly json: unknown;
}

export type Send = (call: Call) => Promise<Answer>;

export interface PipelineOptions extends AttemptOptions {
  readonly origin: string;
  readonly version: ApiVersion;
  /** Asked before each attempt of a write. */
  readonly readOnly: () => boolean;
  /** Asked before each attempt: why nothing may be sent any more. */
  readonly ended?: (() => ApiError | undefined) | undefined;
  readonly token: TokenSource;
  readonly rateLimits: RateLimits;
  /** Whose requests the service counts together. */
  readonly clientKey: string;
  readonly userAgent: string;
  /** Told when a call ends because the credentials are refused. */
  readonly onRefused?: ((error: ApiError) => void) | undefined;
}

/** Attempts in all when the service said 429: other tools may use the same budget. */
const MAX_ATTEMPTS_RATE_LIMITED = 6;
/** A slot that waited that long for a token is let go, and another one taken. */
const STALE_SLOT_MS = 250;
/** Slots let go for want of a token, at most, before one is used. */
const MAX_SLOTS = 3;
/** A 429 without Retry-After. */
const DEFAULT_PAUSE_MS = 2_000;

/**
 * The function through which everything goes. It resolves to the parsed answer of a success and rejects with ApiError.
 */
export function createPipeline(options: PipelineOptions): Send {
  return async (call) => {
    const operation: Operation = OPERATIONS[call.operation];
    assertMaySend(options, call);
    // A batch listens to one signal a thousand times; Node would warn of a leak at eleven.
    if (call.options?.signal !== undefined) setMaxListeners(0, call.options.signal);
    const { version, path } = operation.endpoint[options.version];
    const outgoing = {
      url: options.origin + filledPath(path, call) + queryOf(call),
      method: operation.method,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
    };
    try {
      const answer = await attempts(options, call, { ...outgoing, version, template: path });
      return parsed(answer, call);
    } catch (error) {
      if (ApiError.is(error, 'auth')) options.onRefused?.(error);
      throw error;
    }
  };
}

interface Prepared {
  readonly url: string;
  readonly method: string;
  readonly body: string | undefined;
  readonly version: ApiVersion;
  readonly template: string;
}

/**
 * Sends until there is an answer or no reason to try again (design: a read on 429, 502, 503, 504 and a lost
 * connection; a write only on 429 or when nothing had left this machine). A plain loop instead of p-retry: the limits
 * differ by reason, a 429 pauses everyone's budget instead of this call's timer, and a refused token is not a failure.
 */
async function attempts(options: PipelineOptions, call: Call, prepared: Prepared): Promise<Incoming> {
  const bucket = options.rateLimits(`${options.clientKey} ${prepared.version}`);
  const { signal, priority, onWait } = call.options ?? {};
  const { access, pausePerPersonMs = 0 }: Operation = OPERATIONS[call.operation];
  let tokenRenewed = false;
  let waitedAlone = false;
  for (let n = 1; ; n++) {
    const token = await acquireTokenAndSlot(options.token, bucket, { priority, signal, onWait });
    // While it waited, for the rate limit a minute perhaps, the tenant may have been locked or removed.
    assertMaySend(options, call);
    const claims = () => claimsKnown(options.token, token);
    const asked: RequestContext = { operation: call.operation, version: options.version, claims };
    notifyBeforeSend(call);
    const outcome = await attempt(
      options,
      asked,
      { ...prepared, headers: headersOf(options, prepared, token) },
      n,
      signal,
    );
    if (!ApiError.is(outcome)) return outcome;
    const { status, retryAfterMs } = outcome.details;

    if (status === 429) {
      // A time of 0 or in the past would have the next one refused as well: it is at least our own pause.
      const least = options.retryDelayMs * 2 ** (n - 1);
      const pause = Math.min(Math.max(retryAfterMs ?? DEFAULT_PAUSE_MS, least), RETRY_AFTER_CEILING_MS);
      // It may be about one person only; if so, nobody else has to wait. If it comes again, it was about the budget.
      const alone = pause <= pausePerPersonMs && !waitedAlone;
      if (!alone) bucket.pause(pause);
      if ((retryAfterMs ?? 0) > RETRY_AFTER_CEILING_MS || n >= MAX_ATTEMPTS_RATE_LIMITED) throw outcome;
      if (alone) {
        waitedAlone = true;
        onWait?.(pause);
        await backoff(options, n, pause, signal, asked);
      }
    } else if (status === 401 && !tokenRenewed && options.token.refused(token)) {
      // Safe for a write as well: the service turned it away at the door.
      tokenRenewed = true;
    } else if (n < MAX_ATTEMPTS && isRetryable(outcome, access)) {
      await backoff(options, n, retryAfterMs, signal, asked);
    } else {
      throw outcome;
    }
  }
}

function assertMaySend({ ended, readOnly }: PipelineOptions, { operation }: Call): void {
  const why = ended?.();
  if (why) throw why;
  if (OPERATIONS[operation].access === 'write' && readOnly()) {
    throw new ApiError('readOnly', `${operation} is a write and the tenant is read-only.`, { operation, sent: false });
  }
}

function notifyBeforeSend({ operation, options }: Call): void {
  try {
    options?.onSend?.();
  } catch (cause) {
    throw new ApiError('cancelled', 'The request was stopped before it was sent.', { operation, sent: false, cause });
  }
}

/** Permission to send now. A slow token endpoint must not save up slots that then go in one burst. */
async function acquireTokenAndSlot(source: TokenSource, bucket: Bucket, waiting: Waiting): Promise<string> {
  await source.get(waiting.signal);
  for (let n = 1; ; n++) {
    await bucket.take(waiting);
    const takenAt = performance.now();
    const token = await source.get(waiting.signal);
    // A token that lives shorter than the wait for a slot is new each time: it is used all the same, or nothing ever is.
    if (performance.now() - takenAt < STALE_SLOT_MS || n >= MAX_SLOTS) return token;
  }
}

function headersOf(options: PipelineOptions, prepared: Prepared, token: string): Record<string, string> {
  return {
    Accept: 'application/json',
    'User-Agent': options.userAgent,
    Authorization: `Bearer ${token}`,
    // Required on experimental operations and harmless elsewhere; sent always, because the flag moves (contract 0).
    ...(prepared.version === 'beta' ? {} : { 'X-SailPoint-Experimental': 'true' }),
    ...(prepared.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}

/** Fills the `{name}`s. An empty id would name the collection, `..` another operation: both are refused. */
function filledPath(template: string, call: Call): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = call.path?.[name] ?? '';
    if (value.trim() === '' || /^\.+$/.test(value)) {
      throw new ApiError('invalid', `${call.operation} needs an id.`, { operation: call.operation, sent: false });
    }
    return encoded(value, call);
  });
}

/** Half of a surrogate pair, as a text cut at a fixed length may end with, has no percent-encoding. */
function encoded(value: string | number | boolean, { operation }: Call): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw new ApiError('invalid', `A text ends in half a character (${operation}).`, { operation, sent: false });
  }
}

/** The whole value is percent-encoded; the service reads `+` literally (contract 5), so no URLSearchParams. */
function queryOf(call: Call): string {
  const pairs = Object.entries(call.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${encoded(value, call)}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** A success may be empty, or carry a body where none is documented; what is not JSON did not come from the service. */
function parsed({ status, header, text }: Incoming, { operation, emptyAnswer }: Call): Answer {
  const bad = (what: string, flaw: Flaw) =>
    new ApiError('badAnswer', `${what} (${operation}).`, { status, operation, flaw });
  if (text.trim() === '') return { status, header, json: undefined };
  if (looksLikeHtml(text)) throw bad("A web page was returned instead of ISC's response", 'webPage');
  if (isDeeperThan(text, MAX_DEPTH)) throw bad('The response is nested too deeply', 'tooDeep');
  try {
    return { status, header, json: parseJson(text) };
  } catch {
    if (emptyAnswer === true) return { status, header, json: text };
    throw bad('The response is not the expected JSON', 'notJson');
  }
}
