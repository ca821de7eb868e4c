import { createClient, type Client, type ClientOptions } from '../api/client';
import { createRateLimits } from '../api/rateLimit';
import { sharedUse } from '../storage/sharedUse';

/** Makes a client; all clients of one `Connect` share their budgets of requests. */
export type Connect = (options: Omit<ClientOptions, 'rateLimits'>) => Client;

export interface RateOptions {
  /** Where the windows on this machine tell each other of their requests; without it this window counts alone. */
  readonly folder?: string;
  /** Requests per window at most; the service's own limit, usually. */
  readonly ceiling?: number;
}

/** Makes what connects to tenants, with budgets of its own. */
export function createConnect({ folder, ...limits }: RateOptions = {}): Connect {
  const rateLimits = createRateLimits(folder === undefined ? limits : { ...limits, shared: sharedUse(folder) });
  return (options) => createClient({ ...options, rateLimits });
}
