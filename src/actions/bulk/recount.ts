import { countsOf, type Batch, type BatchSummary } from './batch';
import { atOnce, inSlices, type Slices } from './slices';

/** Records up to this size are counted within a few milliseconds. */
const SMALL_BYTES = 256 * 1024;

interface CountedRecords {
  stamp(id: string): string;
  reading(id: string): Slices<Batch | string | undefined>;
  bytes(id: string): number;
}

type Found = Partial<Pick<BatchSummary, 'counts' | 'damaged'>>;

/**
 * The counts of batches whose window was gone in the middle: what it noted last is older than its journal. Of a big record they are as
 * it noted them until it was read, which is then told.
 */
export class Recount {
  private readonly counted = new Map<string, { readonly stamp: string; readonly found: Found }>();
  private readonly running = new Set<string>();

  /** @param changed the counts of a record are known now */
  constructor(
    private readonly records: CountedRecords,
    private readonly changed: (id: string) => void,
  ) {}

  /** The summary with the counts of its rows. Never throws. */
  of(summary: BatchSummary): BatchSummary {
    if (summary.interrupted !== true) return summary;
    const { id } = summary;
    try {
      const stamp = this.records.stamp(id);
      if (this.counted.get(id)?.stamp !== stamp) {
        if (this.records.bytes(id) <= SMALL_BYTES) this.keep(id, stamp, atOnce(this.records.reading(id)));
        else void this.countLater(id, stamp);
      }
      const known = this.counted.get(id);
      return known?.stamp === stamp ? { ...summary, ...known.found } : summary;
    } catch {
      // As noted.
      return summary;
    }
  }

  forget(id: string): void {
    this.counted.delete(id);
  }

  /** Never rejects. */
  private async countLater(id: string, stamp: string): Promise<void> {
    if (this.running.has(id)) return;
    this.running.add(id);
    try {
      this.keep(id, stamp, await inSlices(this.records.reading(id)));
    } catch {
      // Not read again as long as it is as it is.
      this.keep(id, stamp, undefined);
    }
    this.running.delete(id);
    this.changed(id);
  }

  private keep(id: string, stamp: string, batch: Batch | string | undefined): void {
    const found: Found =
      typeof batch === 'object' ? { counts: countsOf(batch.rows), ...(batch.damaged ? { damaged: true } : {}) } : {};
    this.counted.set(id, { stamp, found });
  }
}
