import type { LoggedOperation, LoggedRequest } from './requestLog';

/** Ways an answer can go wrong. */
export type Fault =
  /** This status, with the service's body for it unless another is given. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: unknown }
  /** The right answer, late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The right answer, once this has settled: the request is under way for as long as a test needs. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** No answer, ever; the connection stays open. */
  | { readonly kind: 'hang' }
  /** The connection is cut before the request's body is read: nothing happened. */
  | { readonly kind: 'resetBefore' }
  /** The request was carried out, then the connection is cut without an answer. */
  | { readonly kind: 'resetAfter' }
  /** Headers, half of the body, then the connection is cut. */
  | { readonly kind: 'cutOff' }
  /** A complete answer whose JSON stops in the middle. */
  | { readonly kind: 'truncate' }
  /** A proxy's page instead of JSON. */
  | { readonly kind: 'html'; readonly status?: number }
  /** The right JSON called text/plain. */
  | { readonly kind: 'wrongType' }
  /** The right answer, `bytes` at a time. */
  | { readonly kind: 'slowBytes'; readonly bytes?: number; readonly ms?: number }
  /** JSON of this many bytes (default 70 MB). */
  | { readonly kind: 'hugeBody'; readonly bytes?: number }
  /** A small gzip that unpacks to this many bytes (default 200 MB). */
  | { readonly kind: 'gzipBomb'; readonly bytes?: number }
  /** Arrays in arrays, this deep (default 200,000). */
  | { readonly kind: 'deepJson'; readonly depth?: number }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** These bytes instead of the body, with the right status and headers. */
  | { readonly kind: 'body'; readonly body: string; readonly status?: number; readonly type?: string };

export type FaultRule = Fault & {
  /** Which requests; default every one. */
  readonly operation?: LoggedOperation;
  readonly when?: (request: LoggedRequest) => boolean;
  /** How many requests; default 1. */
  readonly times?: number;
};

/** Faults switched on for the next requests; each request meets the oldest rule that fits it. */
export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** Rules not used up yet. */
  readonly pending: number;
  take(request: LoggedRequest): Fault | undefined;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, left: rule.times ?? 1 });
    },
    clear() {
      rules = [];
    },
    get pending() {
      return rules.length;
    },
    take(request) {
      const entry = rules.find(
        ({ rule }) =>
          (rule.operation === undefined || rule.operation === request.operation) && (rule.when?.(request) ?? true),
      );
      if (!entry) return undefined;
      entry.left--;
      if (entry.left <= 0) rules = rules.filter((other) => other !== entry);
      return entry.rule;
    },
  };
}
