import type { OperationName } from './operations';
import type { OwnershipAssociation } from './ownership';

/**
 * Why a call failed. Code decides by reason, never by message text.
 *
 * `auth` token missing, expired or refused (401, or the token endpoint said no) · `forbidden` 403 ·
 * `notFound` 404 · `refused` a delete refused because of what the identity owns or is ·
 * `invalid` 400, or an argument the client itself refuses · `rateLimited` 429 · `readOnly` a write on a read-only
 * client · `network` unreachable, reset, unknown host · `certificate` TLS trust · `timeout` · `server` 5xx ·
 * `badAnswer` an answer that is not what the service documents (HTML, broken JSON, too big) · `unsupported` the API
 * version lacks the operation · `cancelled` the caller's signal.
 */
export type ErrorReason =
  | 'auth'
  | 'forbidden'
  | 'notFound'
  | 'refused'
  | 'invalid'
  | 'rateLimited'
  | 'readOnly'
  | 'network'
  | 'certificate'
  | 'timeout'
  | 'server'
  | 'badAnswer'
  | 'unsupported'
  | 'cancelled';

/** What is wrong with an answer, or with what was asked, for whoever words it; a message is for the log. */
export const FLAWS = [
  'redirected',
  'webPage',
  'noToken',
  'unsendableToken',
  'notJson',
  'tooDeep',
  'tooLarge',
  'notCompressed',
  'notAList',
  'unexpected',
  'tooManyRows',
  'sameRows',
  'otherIdentity',
  'finishedTasksOnly',
] as const;

export type Flaw = (typeof FLAWS)[number];

export interface ApiErrorDetails {
  /** For `badAnswer` and `unsupported`. */
  flaw?: Flaw | undefined;
  /** What belongs to the flaw: the host of a redirect, megabytes. */
  flawOf?: string | number | undefined;
  /** HTTP status; absent when no answer came. */
  status?: number | undefined;
  /** The row of the operations table; absent for the token endpoint. */
  operation?: OperationName | undefined;
  /** For `notFound`: the operation is about no one thing by its id, but a list or a search. */
  ofMany?: boolean | undefined;
  /** The service's tracking id, to quote to its support. */
  trackingId?: string | undefined;
  /** The service's own words: `causes[].text` before `messages[].text`. Never a whole body. */
  causes?: readonly string[] | undefined;
  /** For `refused`: what stands in the way. */
  associations?: readonly OwnershipAssociation[] | undefined;
  /** For a process call of more than 250 ids that failed midway: the tasks that are already running. */
  started?: readonly { readonly id: string }[] | undefined;
  /** For `rateLimited` (and a 503 that says it): milliseconds until the service wants to be asked again. */
  retryAfterMs?: number | undefined;
  /** For `forbidden`: a token needs one of these scopes… */
  scopes?: readonly string[] | undefined;
  /** …and one of these user levels (empty: any). */
  userLevels?: readonly string[] | undefined;
  /** For `forbidden`: what the token lacks as far as its own claims tell; empty when they do not. */
  lacks?: readonly ('scope' | 'userLevel' | 'user')[] | undefined;
  /** For `auth`: this machine's clock is ahead of the service's by so many milliseconds (negative: behind), if by much. */
  clockAheadMs?: number | undefined;
  /** For `auth`: the credentials were given for this address, and are held back from the present one. */
  givenFor?: string | undefined;
  /** False when it is certain that the request never left this machine. */
  sent?: boolean | undefined;
  cause?: unknown;
}

/**
 * The one error class of the API module. Its message is a sentence without secrets; `cause` is a stripped copy of the
 * underlying error (name, code, message), never a request, a response or a body.
 */
export class ApiError extends Error {
  readonly reason: ErrorReason;
  readonly details: Omit<ApiErrorDetails, 'cause'>;

  constructor(reason: ErrorReason, message: string, { cause, ...details }: ApiErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.reason = reason;
    this.details = details;
  }

  /** True when `e` is an ApiError, and of that reason if one is named. */
  static is(e: unknown, reason?: ErrorReason): e is ApiError {
    return e instanceof ApiError && (reason === undefined || e.reason === reason);
  }
}
