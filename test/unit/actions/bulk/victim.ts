/**
 * A process of its own that plans and runs one batch, and is killed, loses its disk, or stands still for another window, at the
 * n-th event of it: a call of the file system, a request that leaves, an answer that came. For kills.test.ts.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import nodeFetch from 'node-fetch';
import type { ActionId } from '../../../../src/actions/catalog';
import type { BatchStore } from '../../../../src/actions/bulk/batchStore';

export interface Order {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly folder: string;
  readonly action: ActionId;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Which event; 0: none. */
  readonly at: number;
  readonly how: How;
  /** It was run before, and all of it failed: now that is retried. */
  readonly again: boolean;
  /** Where the files `still` and `go` tell that it stands still, and that it may go on. */
  readonly signs: string;
}

/** `fullDisk`: from there on. `oneFailure`: that call alone. `still`: until another window is through with it. */
export type How = 'kill' | 'fullDisk' | 'oneFailure' | 'still';

let armed = false;
let events = 0;
let order: Order | undefined;

/** Counts an event; it does not return from the one that is fatal. */
function event(): void {
  if (!armed || !order) return;
  events++;
  if (events !== order.at) return;
  if (order.how === 'kill') process.kill(process.pid, 'SIGKILL');
  if (order.how === 'still') standStill(order);
}

/** Blocks this process as a debugger or a busy machine would. */
function standStill({ signs }: Order): void {
  armed = false;
  fs.writeFileSync(join(signs, 'still'), '');
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  while (!fs.existsSync(join(signs, 'go'))) Atomics.wait(sleeper, 0, 0, 5);
  armed = true;
}

/** Before each call of these, and after it. */
const CALLS = ['openSync', 'writeSync', 'fdatasyncSync', 'renameSync', 'linkSync', 'rmSync', 'mkdirSync'] as const;
const files = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of CALLS) {
  const call = files[name];
  files[name] = (...args) => {
    event();
    const due =
      (order?.how === 'fullDisk' && order.at > 0 && events >= order.at && name !== 'rmSync') ||
      (order?.how === 'oneFailure' && events === order.at);
    if (armed && due) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const result = call?.(...args);
    event();
    return result;
  };
}

process.once('message', (received: Order) => {
  order = received;
  run(received).then(
    () => process.send?.({ events }, () => process.exit(0)),
    (error: unknown) => process.send?.({ events, error: String(error) }, () => process.exit(0)),
  );
});

async function run({ baseUrl, clientId, clientSecret, folder, action, people, again }: Order): Promise<void> {
  // Loaded after the calls above are in their place.
  const { createClient } = await import('../../../../src/api/client');
  const { createRateLimits } = await import('../../../../src/api/rateLimit');
  const { followToTheEnd, openBatches, until } = await import('./stage');
  const client = createClient({
    baseUrl,
    version: 'v2024',
    credentials: { kind: 'pat', clientId, clientSecret },
    rateLimits: createRateLimits({ ceiling: 100_000 }),
    retryDelayMs: 5,
    fetch: async (url, init) => {
      event();
      const answer = await nodeFetch(url, init);
      event();
      return answer;
    },
  });
  const following: Promise<void>[] = [];
  const batches: BatchStore = openBatches(folder, client, {
    follow: (batch, taskId, whom) => following.push(followToTheEnd(client, batches, batch, taskId, whom)),
  });
  const { id } = batches.plan({ tenantId: 'tenant', from: 'the probe', action, people: { kind: 'people', people } });
  await until(batches, id, ({ phase }) => phase === 'planned' || phase === 'failed');
  if (again) {
    await batches.run(id, 'planned');
    await until(batches, id, ({ phase }) => phase === 'ended');
  }
  armed = true;
  await batches.run(id, again ? 'failed' : 'planned');
  await until(batches, id, ({ phase }) => phase === 'ended' || phase === 'paused');
  await Promise.all(following);
}
