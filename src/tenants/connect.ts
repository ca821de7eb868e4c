import { createClient, type Client, type ClientOptions } from '../api/client';
import { createRateLimits } from '../api/rateLimit';
import { sharedUse } from '../storage/sharedUse';

/** Makes a client; all clients of one `Connect` share their budgets of requests. */
export type Connect = (options: Omit<ClientOptions, 'rateLimits'>) => Client;

/** @param rateFolder where the windows on this machine tell each other of their requests; without it this window counts alone */
export function createConnect(rateFolder?: string): Connect {
  const rateLimits = createRateLimits(rateFolder === undefined ? {} : { shared: sharedUse(rateFolder) });
  return (options) => createClient({ ...options, rateLimits });
}
