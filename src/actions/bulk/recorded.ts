import type { Records } from './records';
import type { BatchSummary, UnreadableRecord } from './batch';

/** Milliseconds between two looks at the records: other windows write there too. */
export const READ_EVERY_MS = 5_000;

/** What is on disk, read anew now and then. */
export class Recorded {
  private known: readonly BatchSummary[] = [];
  private broken: readonly UnreadableRecord[] = [];
  private readAt = -Infinity;

  constructor(
    private readonly records: Pick<Records, 'list' | 'unreadable'>,
    private readonly now: () => number,
  ) {}

  get list(): readonly BatchSummary[] {
    this.look();
    return this.known;
  }

  get unreadable(): readonly UnreadableRecord[] {
    this.look();
    return this.broken;
  }

  /** The next look reads anew. */
  forget(): void {
    this.readAt = -Infinity;
  }

  private look(): void {
    const now = this.now();
    if (Math.abs(now - this.readAt) <= READ_EVERY_MS) return;
    this.readAt = now;
    this.known = this.records.list();
    this.broken = this.records.unreadable();
  }
}
