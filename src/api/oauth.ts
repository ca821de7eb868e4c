/** The two pages of the service outside its API versions: the token endpoint and the info page (contract 4). */
import * as v from 'valibot';
import type { AttemptOptions } from './attempt';
import { MAX_ATTEMPTS, RETRY_AFTER_CEILING_MS, attempt, backoff, isRetryable } from './attempt';
import { ApiError } from './errors';
import type { RequestContext } from './errorMapping';
import { FILLED, isObject, readAs, tolerantObject } from '../schema';
import { OPERATIONS } from './operations';
import { scopeNames, type Grant } from './token';
import type { Incoming, Outgoing } from './transport';
import type { ApiVersion } from './versions';

export interface OAuthOptions extends AttemptOptions {
  readonly origin: string;
  readonly version: ApiVersion;
  readonly userAgent: string;
}

const TOKEN_PATH = '/oauth/token';

/** What the token endpoint grants (contract 4). */
const GRANT = tolerantObject(
  { access_token: FILLED, scope: v.unknown() },
  {
    /** Seconds, as a number or its text. */
    expires_in: v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.gtValue(0)),
  },
);

/**
 * A new access token by client credentials. Secrets travel in the body, never in the URL.
 * Rejects with `auth` when the endpoint refuses the credentials, else as any request does.
 */
export async function requestToken(
  options: OAuthOptions,
  credentials: { readonly clientId: string; readonly clientSecret: string },
): Promise<Grant> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await send(options, { version: options.version }, 'POST', TOKEN_PATH, { headers, body });
  const grant = readAs(GRANT, parsedObject(answer));
  if (!grant) {
    throw new ApiError('badAnswer', 'The response of the token endpoint contains no access token.', {
      status: answer.status,
      flaw: 'noToken',
    });
  }
  const { access_token: accessToken, expires_in: expiresIn, scope } = grant;
  return { accessToken, ...(expiresIn === undefined ? {} : { expiresIn }), scopes: scopeNames(scope) };
}

/** What the tenant says about itself, without a token: resolves vanity addresses. */
export async function requestInfo(
  options: OAuthOptions,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const asked: RequestContext = { operation: 'getOAuthInfo', version: options.version };
  const { path } = OPERATIONS.getOAuthInfo.endpoint[options.version];
  const answer = await send(options, asked, 'GET', path, { headers: {} }, signal);
  const json = parsedObject(answer);
  if (json === undefined) {
    throw new ApiError('badAnswer', 'The response is not the expected JSON (getOAuthInfo).', {
      status: answer.status,
      operation: asked.operation,
      flaw: 'notJson',
    });
  }
  return json;
}

/** Both may be asked again without harm, so both follow the rules of a read. */
async function send(
  options: OAuthOptions,
  asked: RequestContext,
  method: string,
  path: string,
  { headers, body }: Pick<Outgoing, 'headers' | 'body'>,
  signal?: AbortSignal,
): Promise<Incoming> {
  const outgoing = {
    url: options.origin + path,
    method,
    headers: { Accept: 'application/json', 'User-Agent': options.userAgent, ...headers },
    body,
    template: path,
  };
  for (let n = 1; ; n++) {
    const outcome = await attempt(options, asked, outgoing, n, signal);
    if (!ApiError.is(outcome)) return outcome;
    const { retryAfterMs } = outcome.details;
    const limited = outcome.reason === 'rateLimited' && (retryAfterMs ?? 0) <= RETRY_AFTER_CEILING_MS;
    if (n >= MAX_ATTEMPTS || !(limited || isRetryable(outcome, 'read'))) throw outcome;
    await backoff(options, n, retryAfterMs, signal, asked);
  }
}

function parsedObject({ text }: Incoming): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
