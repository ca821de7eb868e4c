import { rateLimited } from './responses';

export interface RateLimit {
  /** Requests allowed per window; Infinity switches the limit off. May be changed at any time. */
  limit: number;
  windowMs: number;
  /** Counts a request; throws the service's 429 when the window is full (refused ones are not counted). */
  take(bucket: string): void;
}

/** 100 requests in any 10 seconds per client id and API version (contract 3). */
export function createRateLimit(options: { limit: number; windowMs: number; now: () => number }): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    limit: options.limit,
    windowMs: options.windowMs,
    take(bucket) {
      if (this.limit === Infinity) return;
      const now = options.now();
      const recent = (taken.get(bucket) ?? []).filter((at) => at > now - this.windowMs);
      if (recent.length >= this.limit) {
        const wait = ((recent[0] ?? now) + this.windowMs - now) / 1000;
        taken.set(bucket, recent);
        throw rateLimited(wait);
      }
      recent.push(now);
      taken.set(bucket, recent);
    },
  };
}
