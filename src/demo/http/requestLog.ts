import type { DemoOperation, DemoVersion } from './operations';

export type LoggedOperation = DemoOperation | 'token' | 'oauthInfo' | 'unknown';

/** A request as it reached the demo tenant. Never holds the Authorization header or the token endpoint's body. */
export interface LoggedRequest {
  readonly operation: LoggedOperation;
  readonly version?: DemoVersion;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As sent, percent-encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number;
  body?: unknown;
  clientId?: string;
  /** Absent until answered, and for good when the connection was cut. */
  status?: number;
}

/** What was asked of the demo tenant: counters for ever, the requests themselves up to a bound. */
export interface RequestLog {
  /** Oldest first; at least the last 1,000. */
  readonly list: readonly LoggedRequest[];
  /** All requests, or those of one operation. */
  count(operation?: LoggedOperation): number;
  clear(): void;
  add(request: LoggedRequest): void;
}

const KEPT = 1_000;

export function createRequestLog(): RequestLog {
  const list: LoggedRequest[] = [];
  const counts = new Map<LoggedOperation, number>();
  let total = 0;
  return {
    list,
    count: (operation) => (operation === undefined ? total : (counts.get(operation) ?? 0)),
    clear() {
      list.length = 0;
      counts.clear();
      total = 0;
    },
    add(request) {
      total++;
      counts.set(request.operation, (counts.get(request.operation) ?? 0) + 1);
      list.push(request);
      if (list.length > 2 * KEPT) list.splice(0, list.length - KEPT);
    },
  };
}
