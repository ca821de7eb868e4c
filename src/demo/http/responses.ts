import { randomBytes } from 'node:crypto';

/** What a handler says; turned into bytes in one place. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere in a handler to answer something else than success. */
export class Refused extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${String(answer.status)}`);
  }
}

/** 32 random hex digits, as the service's tracking ids are. */
function trackingId(): string {
  return randomBytes(16).toString('hex');
}

function message(text: string): Record<string, string> {
  return { locale: 'en-US', localeOrigin: 'DEFAULT', text };
}

/** ErrorResponseDto (contract 3). */
export function errorAnswer(status: number, detailCode: string, text: string, causes: readonly string[] = []): Answer {
  const id = trackingId();
  return {
    status,
    headers: { 'SLPT-Request-ID': id },
    body: { detailCode, trackingId: id, messages: [message(text)], causes: causes.map(message) },
  };
}

/** 400 with the reasons in `causes`. */
export function badRequest(...causes: string[]): Refused {
  return new Refused(
    errorAnswer(
      400,
      '400.1 Bad Request Content',
      'The request was syntactically correct but its content is semantically invalid.',
      causes,
    ),
  );
}

export function forbidden(cause?: string): Refused {
  const causes = cause === undefined ? [] : [cause];
  return new Refused(
    errorAnswer(403, '403 Forbidden', 'The server understood the request but refuses to authorize it.', causes),
  );
}

export function notFound(cause?: string): Refused {
  const causes = cause === undefined ? [] : [cause];
  return new Refused(
    errorAnswer(
      404,
      '404 Not found',
      'The server did not find a current representation for the target resource.',
      causes,
    ),
  );
}

export function internalError(): Answer {
  return errorAnswer(500, '500.0 Internal Fault', 'An internal fault occurred.');
}

/** 401 as the service words it (contract 3). */
export function unauthorized(why: string): Refused {
  return new Refused({ status: 401, body: { error: `JWT validation failed: ${why}` } });
}

/** 429 as the service words it, spaces included (contract 3). */
export function rateLimited(retryAfterSeconds: number): Refused {
  return new Refused({
    status: 429,
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
    body: { message: ' Rate Limit Exceeded ' },
  });
}
