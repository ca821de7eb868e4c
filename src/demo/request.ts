import type { IncomingMessage } from 'node:http';
import { badRequest, errorAnswer, internalError, notFound, Refused, type Answer } from './http/responses';
import type { Auth } from './http/auth';
import type { DemoCall, ResponseVariants } from './service/requestContext';
import { HANDLERS } from './service/handlers';
import type { Listing } from './query/listing';
import { checkPermission, decode, route, type Match } from './http/operations';
import type { RateLimit } from './http/rateLimit';
import type { LoggedRequest } from './http/requestLog';
import type { SearchIndex } from './query/searchIndex';
import type { Tasks } from './service/tasks';
import { tenantInfo } from './service/reference';
import type { World } from './data/world';

/** What answering needs besides the request. */
export interface Backstage {
  readonly world: World;
  readonly auth: Auth;
  readonly listing: Listing;
  readonly search: SearchIndex;
  readonly tasks: Tasks;
  readonly shapes: ResponseVariants;
  readonly rateLimit: RateLimit;
  readonly addresses: AddressLimit;
}

/** How long an address may be is not documented (contract 2, 1.5); gateways read about 8,000 characters. */
export interface AddressLimit {
  /** Characters of a query string. */
  longestQuery: number;
  /** Each of these has been seen for one that is too long. */
  status: 400 | 414 | 431;
}

export interface Begun {
  readonly logged: LoggedRequest;
  readonly match: Match | undefined;
}

const MAX_BODY = 4_000_000;

/** Finds out what a request is for, before its body is read. */
export function begin(request: IncomingMessage, at: number): Begun {
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const method = request.method ?? '';
  const match = route(method, path);
  const plain = `${method} ${path}`;
  const operation =
    match?.name ?? (plain === 'POST /oauth/token' ? 'token' : plain === 'GET /oauth/info' ? 'oauthInfo' : 'unknown');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'authorization') headers[name] = String(value);
  }
  const logged = { operation, method, path, query, headers, at, ...(match && { version: match.version }) } as const;
  return { logged, match };
}

/** The whole body; undefined when it is too long. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : undefined;
}

/** The answer to a request. Never throws: a bug is a 500, as it would be in the service. */
export async function answer(
  backstage: Backstage,
  request: IncomingMessage,
  begun: Begun,
  body: Buffer | undefined,
): Promise<Answer> {
  try {
    // A web page that gets its own host name to mean 127.0.0.1 shall not talk to the demo tenant.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
      return errorAnswer(421, '421 Misdirected Request', 'The demo tenant answers as 127.0.0.1 and localhost only.');
    }
    const { longestQuery, status } = backstage.addresses;
    if (begun.logged.query.length > longestQuery) {
      return errorAnswer(status, `${String(status)} Too Long`, 'The address of the request is too long.');
    }
    if (!body) throw badRequest('The request body is too long.');
    if (begun.logged.operation === 'token') return await token(backstage.auth, request, body);
    if (begun.logged.operation === 'oauthInfo') return tenantInfo(backstage.world, request.headers.host ?? '');
    return await operation(backstage, request, begun, body);
  } catch (error) {
    return error instanceof Refused ? error.answer : internalError();
  }
}

async function token(auth: Auth, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const type = request.headers['content-type'] ?? '';
  try {
    // The platform reads both forms the service takes: urlencoded and multipart (contract 4).
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
    const fields = new Map<string, string>();
    for (const [name, value] of form.entries()) if (typeof value === 'string') fields.set(name, value);
    return auth.exchange(fields);
  } catch {
    return { status: 400, body: { error: 'invalid_request', error_description: 'A form is expected' } };
  }
}

async function operation(
  { auth, rateLimit, ...backstage }: Backstage,
  request: IncomingMessage,
  { logged, match }: Begun,
  body: Buffer,
): Promise<Answer> {
  const caller = auth.caller(request.headers.authorization);
  logged.clientId = caller.clientId;
  if (!match) throw notFound(`No operation at ${logged.method} ${logged.path}.`);
  rateLimit.take(`${caller.clientId} ${match.version}`);
  const experimental = request.headers['x-sailpoint-experimental'];
  if (match.operation.experimental && match.version !== 'beta' && experimental !== 'true') {
    throw badRequest('The header X-SailPoint-Experimental must be "true" for this experimental API.');
  }
  checkPermission(match.operation, match.version, caller);
  const parsed = parseBody(body);
  if (parsed !== undefined) logged.body = parsed;
  backstage.tasks.settle();
  const call: DemoCall = {
    ...backstage,
    caller,
    version: match.version,
    parameters: match.parameters,
    query: parseQuery(logged.query),
    body: parsed,
  };
  const result = await HANDLERS[match.name](call);
  const deprecated = match.operation.deprecatedIn === match.version;
  return deprecated ? { ...result, headers: { ...result.headers, 'X-Deprecated': 'true' } } : result;
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw badRequest('The request body is not JSON.');
  }
}

function parseQuery(query: string): Map<string, string> {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      // As forms write a space; a plus that is meant travels as %2B. In a path it stays what it is.
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
    }),
  );
}
