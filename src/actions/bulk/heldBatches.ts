/** The batches that this window holds; what it does not hold is read from its record. */
import type { ApiLog } from '../../api/client';
import type { Batch } from './batch';
import { OpenBatch } from './openBatch';
import type { Records } from './records';

/** A record that goes on changing is taken as it is after so many attempts: it is read again by whoever wants to send. */
const MAX_ATTEMPTS = 3;

export class HeldBatches {
  private readonly held = new Map<string, OpenBatch>();
  /** Records that are being read: who asks meanwhile gets the same. */
  private readonly loading = new Map<string, Promise<Batch | undefined>>();

  /** @param tell something that is shown may differ; `now`: worth showing at once */
  constructor(
    private readonly records: Records,
    private readonly log: Pick<ApiLog, 'warn'>,
    private readonly tell: (id: string, now: boolean) => void,
  ) {}

  of(id: string): OpenBatch | undefined {
    return this.held.get(id);
  }

  all(): OpenBatch[] {
    return [...this.held.values()];
  }

  forget(id: string): void {
    this.held.delete(id);
  }

  hold(batch: Batch): OpenBatch {
    const { records, log, tell } = this;
    const held = new OpenBatch(batch, { records, log, tell });
    this.held.set(batch.id, held);
    return held;
  }

  /** The batch with its rows; its record is read the first time. Another window's is read anew each time. */
  get(id: string): Batch | undefined {
    const known = this.current(id);
    if (known) return known;
    const stamp = this.records.stamp(id);
    return this.taken(id, this.records.read(id), stamp);
  }

  /** As `get`, without holding anything else up: fifty thousand identities take half a second. */
  load(id: string): Promise<Batch | undefined> {
    const known = this.current(id);
    if (known) return Promise.resolve(known);
    const under = this.loading.get(id);
    if (under) return under;
    const loading = this.loadAnew(id, 1).finally(() => this.loading.delete(id));
    this.loading.set(id, loading);
    return loading;
  }

  private async loadAnew(id: string, attempt: number): Promise<Batch | undefined> {
    const stamp = this.records.stamp(id);
    const batch = await this.records.load(id);
    // Read, planned or removed by others meanwhile: what they know counts.
    const known = this.current(id);
    if (known) return known;
    // Another window goes on writing while it runs; else what was read would be old before it is shown.
    const isOld = batch && !batch.elsewhere && this.records.stamp(id) !== stamp;
    if (isOld && attempt < MAX_ATTEMPTS) return this.loadAnew(id, attempt + 1);
    return this.taken(id, batch, stamp);
  }

  /** What is held, unless another window wrote to the record since: what this one knows must not be sent then. */
  current(id: string): Batch | undefined {
    const known = this.held.get(id);
    if (!known) return undefined;
    return known.isOutdated() ? undefined : known.batch;
  }

  private taken(id: string, batch: Batch | undefined, stamp: string): Batch | undefined {
    if (this.held.delete(id)) this.tell(id, false);
    if (!batch || batch.elsewhere) return batch;
    const held = this.hold(batch);
    held.stamp = stamp;
    return held.batch;
  }
}
