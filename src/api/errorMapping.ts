/** Every way a request can fail, turned into an ApiError that says why and holds no secret. */
import * as v from 'valibot';
import type { ApiErrorDetails, ErrorReason } from './errors';
import { ApiError } from './errors';
import { isObject, listOfFitting, readAs, tolerantObject, type Output } from '../schema';
import { textOf } from './json';
import { OPERATIONS, type OperationName } from './operations';
import { parseAssociations } from './ownership';
import { permissionsFor } from './permissions';
import type { TokenClaims } from './token';
import type { Incoming } from './transport';
import { Interrupted, NeverConnected, TooLarge } from './transport';
import type { ApiVersion } from './versions';

/** What was being asked; the token endpoint has no operation. */
export interface RequestContext {
  readonly operation?: OperationName | undefined;
  readonly version: ApiVersion;
  /** What the token in use says of itself, to explain a 403. */
  readonly claims?: (() => TokenClaims | undefined) | undefined;
}

/** Removes secrets from words that end in a message. */
export type Redact = (text: string) => string;

/** A sentence of the service: a text, or an object that holds it. */
const WORDS = v.union([
  v.string(),
  v.pipe(
    tolerantObject({ text: v.string() }),
    v.transform(({ text }) => text),
  ),
]);

/** The bodies of errors that the service sends, in all their forms (contract 3). */
const ERROR_BODY = tolerantObject(
  {},
  {
    trackingId: v.pipe(v.string(), v.regex(/^[\w.:-]{1,100}$/)),
    detailCode: v.unknown(),
    causes: listOfFitting(WORDS),
    messages: v.union([v.string(), listOfFitting(WORDS)]),
    message: v.string(),
    detailMessage: v.string(),
    errorMessage: v.string(),
    error_description: v.string(),
    error: v.string(),
  },
);
type ErrorBody = Output<typeof ERROR_BODY>;

const MAX_CAUSES = 20;
const MAX_CAUSE_LENGTH = 500;
/** Characters of a cause that are looked at: a secret that is cut off here is far behind what is shown. */
const MAX_READ = 4_000;

/** The error of an answer that is not a success (contract 3). */
export function errorFromResponse(answer: Incoming, asked: RequestContext, redact: Redact): ApiError {
  const { status } = answer;
  const json = jsonOf(answer.text);
  const body = readAs(ERROR_BODY, json) ?? {};
  const details: ApiErrorDetails = {
    status,
    operation: asked.operation,
    trackingId: trackingIdOf(body, redact),
    causes: causesOf(body, redact),
    ...(status === 429 || status === 503 ? { retryAfterMs: retryAfterOf(answer) } : {}),
    ...(status === 401 || asked.operation === undefined ? { clockAheadMs: clockAheadOf(answer) } : {}),
  };
  const what = asked.operation ?? 'the token request';
  if (status >= 300 && status < 400) {
    const to = redirectHost(answer);
    return new ApiError('badAnswer', `ISC redirected ${what} to ${to}; redirects are not allowed.`, {
      ...details,
      flaw: 'redirected',
      flawOf: to,
    });
  }
  if (status === 401 && asked.operation !== undefined) {
    return new ApiError('auth', `The access token was rejected for ${what}.`, details);
  }
  if (status === 407) return new ApiError('network', 'The proxy requires credentials (407).', details);
  if (status === 429) {
    return new ApiError('rateLimited', `ISC limits how often ${what} may be sent.`, details);
  }
  if (status >= 500) return new ApiError('server', `ISC failed on ${what} (${status}).`, details);
  if (looksLikeHtml(answer.text)) {
    return new ApiError(
      'badAnswer',
      `A web page was returned instead of ISC's response to ${what} (${status}).`,
      details,
    );
  }
  if (asked.operation === undefined && status === 404) {
    return new ApiError('badAnswer', 'No token endpoint was found at this address (404).', details);
  }
  if (asked.operation === undefined) {
    return new ApiError('auth', `The credentials were rejected (${status}).`, details);
  }
  if (status === 403) {
    const permissions = permissionsFor(asked.operation, asked.version, asked.claims?.());
    return new ApiError('forbidden', `The token may not use ${what}.`, { ...details, ...permissions });
  }
  if (status === 404) {
    const ofMany = !OPERATIONS[asked.operation].endpoint[asked.version].path.includes('{');
    return new ApiError('notFound', `ISC found nothing for ${what}.`, { ...details, ofMany });
  }
  const associations = parseAssociations(json);
  if (status === 400 && asked.operation === 'deleteIdentity' && (associations !== undefined || isRefusal(body))) {
    return new ApiError('refused', 'ISC refuses to delete the identity.', {
      ...details,
      associations: associations ?? [],
    });
  }
  return new ApiError('invalid', `ISC did not accept ${what} (${status}).`, details);
}

/** The error of an attempt that brought no answer, or none that could be read to its end. */
export function errorFromException(thrown: unknown, asked: RequestContext, redact: Redact): ApiError {
  if (ApiError.is(thrown)) return thrown;
  const what = asked.operation ?? 'the token request';
  const { operation } = asked;
  if (thrown instanceof Interrupted) {
    const details = { operation, ...(thrown.sent === false ? { sent: false } : {}) };
    return thrown.interruption === 'timeout'
      ? new ApiError('timeout', `No answer to ${what} in time.`, details)
      : new ApiError('cancelled', `${what} was cancelled.`, details);
  }
  if (thrown instanceof TooLarge) {
    const megabytes = thrown.maxBytes / 1024 / 1024;
    return new ApiError('badAnswer', `The response to ${what} is larger than ${megabytes} MB.`, {
      operation,
      flaw: 'tooLarge',
      flawOf: megabytes,
    });
  }
  if (thrown instanceof NeverConnected) return failureOfTransport(thrown.cause, false, asked, redact);
  return failureOfTransport(thrown, undefined, asked, redact);
}

/** @param sent false: it is certain that nothing left this machine */
function failureOfTransport(thrown: unknown, sent: false | undefined, asked: RequestContext, redact: Redact): ApiError {
  const what = asked.operation ?? 'the token request';
  const { operation } = asked;
  const cause = sanitizedCause(thrown, redact);
  const code = cause.code ?? '';
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('ERR_BROTLI')) {
    return new ApiError('badAnswer', `The response to ${what} is not compressed as declared.`, {
      operation,
      cause,
      flaw: 'notCompressed',
    });
  }
  const reason: ErrorReason = isCertificateCode(code) ? 'certificate' : 'network';
  // Nothing left this machine when the failing system call is the name look-up or the connecting.
  const systemCall = isObject(thrown) ? (textOf(thrown['erroredSysCall']) ?? textOf(thrown['syscall'])) : undefined;
  const unsent = sent === false || reason === 'certificate' || systemCall === 'connect' || systemCall === 'getaddrinfo';
  const lost = unsent ? 'The host could not be reached' : 'No complete response was received';
  const text = reason === 'certificate' ? 'The certificate of the host is not trusted' : lost;
  return new ApiError(reason, `${text}${code === '' ? '' : ` (${code})`}.`, {
    operation,
    ...(unsent ? { sent: false } : {}),
    cause,
  });
}

/** Name, code and message of an error: no request, no response, no URL with what was asked for. */
function sanitizedCause(thrown: unknown, redact: Redact): { name: string; code?: string; message: string } {
  const error = isObject(thrown) ? thrown : {};
  const code = textOf(error['code']);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  // The transport's messages begin with the whole URL; what follows is the system's own sentence.
  const words = message.replace(/^request to \S+ failed, reason: /, '').replace(/https?:\/\/\S+/g, '…');
  return {
    name: thrown instanceof Error ? thrown.name : typeof thrown,
    ...(code === undefined ? {} : { code }),
    message: redact(words),
  };
}

/**
 * Milliseconds until the service wants to be asked again: `Retry-After` as seconds or as an HTTP date, which is held
 * against the service's own clock (`Date`) where it tells it: this computer's may be wrong.
 * Undefined when the header is absent or makes no sense.
 */
export function retryAfterOf(answer: Pick<Incoming, 'header'>, now = Date.now()): number | undefined {
  const value = once(answer.header('retry-after'))?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // An HTTP date begins with its weekday; Date.parse alone takes almost anything for a date.
  const date = /^[a-z]/i.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(date)) return undefined;
  const answeredAt = Date.parse(answer.header('date') ?? '');
  return Math.max(0, date - (Number.isNaN(answeredAt) ? now : answeredAt));
}

/** A header that a gateway sent a second time, with the same value. */
function once(value: string | null): string | undefined {
  const [first, ...others] = value?.split(', ') ?? [];
  return others.length > 0 && others.every((other) => other === first) ? first : (value ?? undefined);
}

/** Less than this is no reason why credentials are refused. */
const CLOCK_OFF_MS = 10 * 60_000;

/** How far this machine's clock is ahead of the service's (`Date`), when that is much. */
function clockAheadOf(answer: Pick<Incoming, 'header'>, now = Date.now()): number | undefined {
  const ahead = now - Date.parse(answer.header('date') ?? '');
  return Math.abs(ahead) > CLOCK_OFF_MS ? ahead : undefined;
}

/** JSON of an error body; undefined when it is none. Error bodies are only looked into, so their depth is harmless. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function trackingIdOf({ trackingId }: ErrorBody, redact: Redact): string | undefined {
  return trackingId !== undefined && redact(trackingId) === trackingId ? trackingId : undefined;
}

/** The service's own words: `causes[].text` first, then `messages[].text`, then the single-field bodies. */
function causesOf(body: ErrorBody, redact: Redact): readonly string[] {
  const { causes = [], messages = [], message, detailMessage, errorMessage, error_description, error } = body;
  const [listed, single] = typeof messages === 'string' ? [[], messages] : [messages, undefined];
  const all = [...causes, ...listed, message, detailMessage, errorMessage, single, error_description, error];
  const words = all
    .map((text = '') => redact(text.slice(0, MAX_READ).trim()).slice(0, MAX_CAUSE_LENGTH))
    .filter((text) => text !== '');
  return [...new Set(words)].slice(0, MAX_CAUSES);
}

/** A refused delete may come without associations (a protected identity): `message` alone, unlike an ErrorResponseDto. */
function isRefusal(body: ErrorBody): boolean {
  return body.message !== undefined && !('detailCode' in body);
}

export function looksLikeHtml(text: string): boolean {
  return /^\s*</.test(text);
}

function redirectHost(answer: Incoming): string {
  const location = answer.header('location');
  if (location === null || !URL.canParse(location)) return 'another place';
  return new URL(location).host;
}

/** What Node's TLS says about a chain or a name it does not trust. */
function isCertificateCode(code: string): boolean {
  return (
    /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/.test(
      code,
    ) || code === 'PATH_LENGTH_EXCEEDED'
  );
}
