import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAuth, type Auth, type Grant, type IssuedCredentials } from './http/auth';
import type { ResponseVariants } from './service/requestContext';
import { createFaults, type Faults } from './http/faults';
import { Listing } from './query/listing';
import { createRateLimit, type RateLimit } from './http/rateLimit';
import { createRequestLog, type RequestLog } from './http/requestLog';
import { answer, begin, readBody, type AddressLimit, type Backstage } from './request';
import { SearchIndex } from './query/searchIndex';
import { faultAnswer, send } from './http/send';
import { createTasks } from './service/tasks';
import { createWorld, type World } from './data/world';

const MOST_IDENTITIES = 1_000_000;

export interface DemoOptions {
  /** Default: any free port. */
  readonly port?: number;
  /** Correlated identities, 0 to 1,000,000; 1.5 % uncorrelated ones come on top. Default 2,000. */
  readonly identities?: number;
  /** The same seed makes the same people. Default 1. */
  readonly seed?: number;
  /** Seconds a token lives. Default 749. */
  readonly tokenLifetime?: number;
  /** How long a task for one identity takes, in milliseconds; 250 take twice as long. Default 8,000. */
  readonly taskDurationMs?: number;
  /** Requests per 10 s, client id and version; Infinity: no limit. Default 100. */
  readonly rateLimit?: number;
  /** Milliseconds added to every answer. Default 0. */
  readonly latencyMs?: number;
  /** The longest query string that is read, in characters. Default 8,000. */
  readonly longestQuery?: number;
  /** The clock; default the machine's. */
  readonly now?: () => number;
}

/** A running demo tenant. */
export interface DemoTenant extends IssuedCredentials {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string;
  readonly faults: Faults;
  /** Every request that arrived. */
  readonly requests: RequestLog;
  /** `limit` and `windowMs` may be changed while running. */
  readonly rateLimit: RateLimit;
  /** Which of the documented shapes ambiguous answers have; may be changed while running. */
  readonly shapes: ResponseVariants;
  /** People and what was done to them, for tests that know an index. */
  readonly world: World;
  /** Milliseconds added to every answer; may be changed while running. */
  latencyMs: number;
  /** Which query strings are too long, and how that is said; may be changed while running. */
  readonly addresses: AddressLimit;
  /** Another credential, with the given scopes and levels. */
  issue(grant?: Grant): IssuedCredentials;
  /** An access token as a person might paste it. */
  accessToken: Auth['accessToken'];
  /** Every token given out so far is refused from now on. */
  revokeTokens(): void;
  /** The credential and every token of it are refused from now on, as when a person deletes a PAT. */
  revokeCredentials: Auth['revokeCredentials'];
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/**
 * Starts a tenant that behaves as the service does, on 127.0.0.1 only, with random credentials.
 * Rejects with the system's error when the port is taken.
 */
export async function startDemo(options: DemoOptions = {}): Promise<DemoTenant> {
  const { port = 0, seed = 1, now = Date.now } = options;
  // The number comes from a setting or a flag: what cannot be is taken as the nearest that can.
  const identities = Math.min(MOST_IDENTITIES, Math.max(0, Math.floor(options.identities ?? 2_000) || 0));
  const world = createWorld({ identities, seed, now });
  const auth = createAuth({ seed, now, expiresIn: options.tokenLifetime ?? 749, scopeClaim: () => shapes.scopeClaim });
  const shapes: ResponseVariants = {
    association: 'array-nested',
    entitlements: 'nested',
    scopeClaim: 'packed',
    pages: 'whole',
    pastTheEnd: 'empty',
    taskResultName: 'null-text',
  };
  const backstage: Backstage = {
    world,
    auth,
    shapes,
    addresses: { longestQuery: options.longestQuery ?? 8_000, status: 414 },
    listing: new Listing(world),
    search: new SearchIndex(world),
    tasks: createTasks(world, { durationMs: options.taskDurationMs ?? 8_000 }),
    rateLimit: createRateLimit({ limit: options.rateLimit ?? 100, windowMs: 10_000, now }),
  };
  const faults = createFaults();
  const requests = createRequestLog();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const begun = begin(request, now());
    requests.add(begun.logged);
    const fault = faults.take(begun.logged);
    if (fault?.kind === 'resetBefore') {
      request.destroy();
      return;
    }
    const body = await readBody(request);
    if (demo.latencyMs > 0) await sleep(demo.latencyMs);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'hold') await fault.until;
    const result = fault?.kind === 'status' ? faultAnswer(fault) : await answer(backstage, request, begun, body);
    // The tenant's own clock, which need not be that of this machine.
    response.setHeader('Date', new Date(now()).toUTCString());
    const sent = send(response, result, fault);
    if (response.headersSent) begun.logged.status = response.statusCode;
    await sent;
  };

  const server = createServer((request, response) => {
    // A broken connection is the client's choice; anything else has been answered already.
    handle(request, response).catch(() => response.destroy());
  });
  // A client that kept its connection open shall find it open: Node's own five seconds make rare, odd resets.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  const demo: DemoTenant = {
    ...auth.issue(),
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    faults,
    requests,
    rateLimit: backstage.rateLimit,
    shapes,
    world,
    addresses: backstage.addresses,
    latencyMs: options.latencyMs ?? 0,
    issue: (grant) => auth.issue(grant),
    accessToken: (grant) => auth.accessToken(grant),
    revokeTokens: () => {
      auth.revokeTokens();
    },
    revokeCredentials: (clientId) => {
      auth.revokeCredentials(clientId);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return demo;
}
