/** What the tests of batches share: a demo tenant over real HTTP, batches on record in a folder, a wait for states. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../../../../src/api/client';
import { createRateLimits } from '../../../../src/api/rateLimit';
import type { ApiVersion } from '../../../../src/api/versions';
import type { ActionId } from '../../../../src/actions/catalog';
import type { Batch, BatchRow } from '../../../../src/actions/bulk/batch';
import { THIS_PROCESS } from '../../../../src/actions/bulk/machine';
import { BatchStore } from '../../../../src/actions/bulk/batchStore';
import type { BatchStoreOptions, PlanRequest } from '../../../../src/actions/bulk/options';
import { batchRecords } from '../../../../src/actions/bulk/records';
import type { LoggedOperation, LoggedRequest } from '../../../../src/demo/http/requestLog';
import { startDemo, type DemoTenant } from '../../../../src/demo/server';
import { startedTask, withStatus } from '../../../../src/tasks/task';
import { clientOf } from '../../api/backend';

export const TENANT = 'tenant-1';

export interface Stage {
  readonly demo: DemoTenant;
  readonly client: Client;
  readonly folder: string;
  readonly warnings: string[];
  readonly changes: { kind: string; ids: readonly string[] }[];
  /** Batches of one window; a second call is another window, or the same after a reload. */
  window(options?: Partial<BatchStoreOptions>): BatchStore;
  close(): Promise<void>;
}

export async function openStage({
  version = 'v2024',
  identities = 300,
  rateLimit = Infinity,
}: { version?: ApiVersion; identities?: number; rateLimit?: number } = {}): Promise<Stage> {
  const demo = await startDemo({ identities, taskDurationMs: 40, rateLimit });
  const rateLimits = createRateLimits({ ceiling: rateLimit === Infinity ? 1_000_000 : 97 });
  const client = clientOf(demo, { version, rateLimits, readOnly: () => stage.readOnly });
  const folder = mkdtempSync(join(tmpdir(), 'isc-identities-batches-'));
  const windows: BatchStore[] = [];
  const stage = {
    demo,
    client,
    folder,
    readOnly: false,
    warnings: [] as string[],
    changes: [] as { kind: string; ids: readonly string[] }[],
    window(options: Partial<BatchStoreOptions> = {}) {
      const log = { warn: (line: string) => stage.warnings.push(line) };
      const batches: BatchStore = openBatches(folder, client, {
        describeOwnership: (associations) => associations.map(({ associationType }) => associationType).join(),
        follow: (batch, taskId, people) => void followToTheEnd(client, batches, batch, taskId, people),
        onIdentitiesChanged: (kind, _, ids) => stage.changes.push({ kind, ids }),
        log,
        ...options,
      });
      windows.push(batches);
      return batches;
    },
    async close() {
      for (const batches of windows) batches.dispose();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** Batches on record in a folder, as a window opens them. What is not given is not told to anybody. */
export function openBatches(folder: string, client: Client, options: Partial<BatchStoreOptions> = {}): BatchStore {
  const log = options.log ?? { warn: () => undefined };
  return new BatchStore({
    records: batchRecords(folder, log),
    client: () => Promise.resolve(client),
    describeOwnership: () => '',
    describeFailure: String,
    describeProblem: String,
    follow: () => undefined,
    onIdentitiesChanged: () => undefined,
    onEnded: () => undefined,
    log,
    ...options,
  });
}

/** Follows a task of the service as fast as it answers, and tells the batches of its end. */
export async function followToTheEnd(
  client: Client,
  batches: BatchStore,
  batch: Batch,
  taskId: string,
  people: readonly { id: string; name: string }[],
): Promise<void> {
  const action = batch.action === 'invite' ? 'invite' : 'process';
  let task = { ...startedTask(batch.tenantId, action, taskId, people), batchId: batch.id };
  while (task.state === 'running') task = { ...withStatus(task, await client.tasks.get(taskId)), batchId: batch.id };
  await batches.taskEnded(task);
}

/** The batch once it is as wanted; looks whenever it changed. */
export function until(batches: BatchStore, id: string, wanted: (batch: Batch) => boolean): Promise<Batch> {
  return new Promise((resolve) => {
    const look = (): void => {
      const batch = batches.get(id);
      if (!batch || !wanted(batch)) return;
      listening.dispose();
      resolve(batch);
    };
    const listening = batches.onDidChange((changed) => {
      if (changed === id) look();
    });
    look();
  });
}

/** A file of the record of a batch. */
export function recordFile({ folder }: Stage, id: string, name: string): string {
  return join(folder, id, name);
}

/** A plan to reset the first people of the tenant. */
export function resetOf(stage: Stage, count: number): Omit<PlanRequest, 'tenantId' | 'from'> {
  return { action: 'reset', people: people(stage, range(0, count)) };
}

/** Makes the lock of a record that of another process, which runs. */
export function holdLock(folder: string, pid: number): void {
  const start = (of: number): string =>
    readFileSync(`/proc/${String(of)}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      ?.split(' ')[19] ?? '';
  const holder = { ...THIS_PROCESS, pid, started: start(pid), nonce: 'another', beat: 0, released: false };
  writeFileSync(join(folder, 'lock-1000'), JSON.stringify(holder));
}

export async function planned(batches: BatchStore, request: Omit<PlanRequest, 'tenantId' | 'from'>): Promise<Batch> {
  const { id } = batches.plan({ tenantId: TENANT, from: 'the test', ...request });
  return until(batches, id, ({ phase }) => phase === 'planned' || phase === 'failed');
}

/** Plans, runs and waits until nobody is under way. */
export async function ran(batches: BatchStore, request: Omit<PlanRequest, 'tenantId' | 'from'>): Promise<Batch> {
  const { id } = await planned(batches, request);
  await batches.run(id, 'planned');
  return settled(batches, id);
}

export function settled(batches: BatchStore, id: string): Promise<Batch> {
  return until(batches, id, ({ phase, rows }) => phase === 'ended' && !rows.some(({ state }) => state === 'started'));
}

/** People by their place in the demo tenant. */
export function people({ demo }: Stage, indices: readonly number[]): PlanRequest['people'] {
  const { people } = demo.world;
  return { kind: 'people', people: indices.map((n) => ({ id: people.id(n), name: people.name(n).display })) };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}

export const OPERATIONS: Readonly<Record<ActionId, LoggedOperation>> = {
  synchronize: 'synchronizeAttributesForIdentity',
  process: 'startIdentityProcessing',
  invite: 'startIdentitiesInvite',
  verification: 'sendIdentityVerificationAccountToken',
  reset: 'resetIdentity',
  delete: 'deleteIdentity',
};

/** How often each person was named in requests of an operation, as the server saw it. */
export function timesSent({ demo }: Pick<Stage, 'demo'>, operation: LoggedOperation): Map<string, number> {
  return timesNamed(demo.requests.list.filter((request) => request.operation === operation));
}

/** How often each person was named in these requests. */
export function timesNamed(requests: readonly LoggedRequest[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { path, body } of requests) {
    const { ids, identityIds } = (body ?? {}) as { ids?: string[]; identityIds?: string[] };
    const named = ids ?? identityIds ?? [/[0-9a-f]{32}/.exec(path)?.[0] ?? ''];
    for (const id of named) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

export function stateCounts(rows: readonly BatchRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { skip, state, excluded } of rows) {
    const word = skip ? skip.reason : excluded ? 'excluded' : state;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}
