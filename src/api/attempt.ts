/** One attempt at a request with its log line, and what may be done about one that failed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './errors';
import type { RequestContext, Redact } from './errorMapping';
import { errorFromResponse, errorFromException } from './errorMapping';
import type { Operation } from './operations';
import type { Fetch, Incoming, Outgoing } from './transport';
import { exchange } from './transport';

/** Fits `vscode.LogOutputChannel` structurally. */
export interface ApiLog {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface AttemptOptions {
  readonly fetch: Fetch;
  readonly log: ApiLog | undefined;
  /** How log lines name the tenant. */
  readonly name: string;
  readonly timeoutMs: number;
  /** Before the second attempt; doubles from one to the next. */
  readonly retryDelayMs: number;
  readonly redact: Redact;
}

export interface Attempt extends Pick<Outgoing, 'url' | 'method' | 'headers' | 'body'> {
  /** The path as the log shows it: without ids and without what was asked for. */
  readonly template: string;
}

/** Attempts in all for what is worth trying again: 502, 503, 504, a lost connection. */
export const MAX_ATTEMPTS = 3;
/** A service that wants a longer pause is not waited for: the caller is told when to come back. */
export const RETRY_AFTER_CEILING_MS = 60_000;

/** One attempt and its log line: the answer if it is a success, else the error (returned, as it may not be the end). */
export async function attempt(
  options: AttemptOptions,
  asked: RequestContext,
  { template, ...outgoing }: Attempt,
  n: number,
  signal: AbortSignal | undefined,
): Promise<Incoming | ApiError> {
  const startedAt = performance.now();
  let outcome: Incoming | ApiError;
  try {
    const answer = await exchange(options.fetch, { ...outgoing, signal, timeoutMs: options.timeoutMs });
    outcome = answer.status >= 200 && answer.status < 300 ? answer : errorFromResponse(answer, asked, options.redact);
  } catch (e) {
    outcome = errorFromException(e, asked, options.redact);
  }
  const failure = ApiError.is(outcome) ? outcome : undefined;
  const line = [
    options.name,
    asked.operation ?? 'token',
    outgoing.method,
    template,
    ApiError.is(outcome) ? (outcome.details.status ?? outcome.reason) : outcome.status,
    `${Math.round(performance.now() - startedAt)} ms`,
    `attempt ${n}`,
    ...(failure?.details.trackingId === undefined ? [] : [failure.details.trackingId]),
  ].join(' ');
  if (failure !== undefined) options.log?.warn(line);
  else options.log?.info(line);
  return outcome;
}

/** True when the same request may be sent again without doing anything twice. */
export function isRetryable(failure: ApiError, access: Operation['access']): boolean {
  const { status, sent, retryAfterMs } = failure.details;
  if ((retryAfterMs ?? 0) > RETRY_AFTER_CEILING_MS) return false;
  if (failure.reason === 'network') {
    const code = codeOf(failure);
    if (code === 'ENOTFOUND') return false; // a name that does not exist will not exist in a second either
    if (TLS_PROTOCOL.test(code)) return false;
    return sent === false || (access === 'read' && status === undefined);
  }
  return access === 'read' && (status === 502 || status === 503 || status === 504);
}

/** A peer that speaks another TLS, or none, will do so again. */
const TLS_PROTOCOL = /^(EPROTO|ERR_SSL|ERR_TLS)/;

function codeOf(failure: ApiError): string {
  const { cause } = failure;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

/** Doubling, with jitter so that parallel calls do not come back together; the service's own wish goes first. */
export async function backoff(
  { retryDelayMs }: Pick<AttemptOptions, 'retryDelayMs'>,
  n: number,
  retryAfterMs: number | undefined,
  signal: AbortSignal | undefined,
  { operation }: RequestContext,
): Promise<void> {
  const own = retryDelayMs * 2 ** (n - 1) * (1 + Math.random());
  const wait = retryAfterMs ?? own;
  try {
    await sleep(wait, undefined, signal === undefined ? {} : { signal });
  } catch {
    // A write comes here only after an attempt that surely did nothing.
    throw new ApiError('cancelled', 'The request was cancelled between two attempts.', { operation, sent: false });
  }
}
