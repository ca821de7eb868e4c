import type { Failure } from '../../shared/protocol';
import { RequestFailed } from '../../shared/page/rpc';
import type { TableRequests, TableRow, TableRows } from '../protocol';

/** Rows asked for at once: some screens of them, few enough to be answered within a frame or two; of many columns, fewer. */
const MOST_ROWS = 200;
const FEWEST_ROWS = 40;
const WINDOW_CELLS = 6000;
/** Rows asked for beyond what is seen, on either side. */
const AHEAD_ROWS = 60;
/** Windows in memory. */
const MOST_WINDOWS = 24;
/** Questions under way: whoever drags the scroll bar over all rows asks for what is seen at last, not for all of it. */
const MOST_QUESTIONS = 2;

export type SelectHow = TableRequests['select']['params']['how'];

interface StoreHooks {
  readonly ask: (window: TableRequests['rows']['params']) => Promise<TableRows>;
  /** Other rows are there. */
  readonly read: () => void;
  /** Rows could not be read, or can again. */
  readonly failed: () => void;
  /** The host is at a later version than the head of the table that is shown. */
  readonly newer: () => void;
  /** Where the row of this key is now, which was to be found again; null: it is not shown any more. */
  readonly found: (key: string, row: number | null) => void;
}

/** The rows that were read, window by window. Those of an older version stay until newer ones replace them, if they are seen. */
export class RowStore {
  private readonly windows = new Map<number, TableRows>();
  /** Of each window the version it was asked for last: each is asked for once. */
  private readonly asked = new Map<number, number>();
  private version = -1;
  private order: number | undefined;
  private size = MOST_ROWS;
  private count = 0;
  private questions = 0;
  private from = 0;
  private to = 0;
  private find: string | undefined;
  private failed: Failure | undefined;

  constructor(private readonly hooks: StoreHooks) {}

  /** Why rows on the screen could not be read. */
  get failure(): Failure | undefined {
    return this.failed;
  }

  at(row: number): TableRow | undefined {
    return this.windows.get(Math.floor(row / this.size))?.rows[row % this.size];
  }

  /** The order in which a row was seen at its place; of one on its way, that of the rows seen last: a range may reach beyond them. */
  orderAt(row: number): number | undefined {
    return this.windows.get(Math.floor(row / this.size))?.order ?? this.order;
  }

  /** There are so many rows and columns now, of this version. `find`: the key of a row that may have another place in it. */
  expect(version: number, count: number, columns: number, find: string | undefined): void {
    this.count = count;
    if (version === this.version) return;
    const size = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(WINDOW_CELLS / Math.max(1, columns))));
    if (size !== this.size) {
      this.windows.clear();
      this.asked.clear();
    }
    this.size = size;
    this.version = version;
    this.find = find;
    this.failed = undefined;
    for (const window of this.windows.keys()) if (!this.isSeen(window)) this.windows.delete(window);
    this.pump();
  }

  /** These rows are on the screen, both included. */
  see(from: number, to: number): void {
    this.from = from;
    this.to = to;
    this.pump();
  }

  retry(): void {
    this.failed = undefined;
    this.asked.clear();
    this.pump();
  }

  /** What selecting will do to the rows: shown before the host has answered. */
  mark(how: SelectHow, from: number, to: number): void {
    for (const [window, { rows, ...rest }] of this.windows) {
      const marked = rows.map((row) => {
        const selected = row.problem === null && isSelected(row, how, row.index >= from && row.index <= to);
        return selected === row.selected ? row : { ...row, selected };
      });
      this.windows.set(window, { ...rest, rows: marked });
    }
  }

  private isSeen(window: number): boolean {
    const first = window * this.size;
    return first <= this.to && first + this.size > this.from;
  }

  /** Asks for what is seen and not there; then for what is beside it. */
  private pump(): void {
    if (this.version < 0 || this.count === 0) return;
    const windowOf = (row: number): number => Math.floor(Math.max(0, Math.min(row, this.count - 1)) / this.size);
    const seen = [windowOf(this.from), windowOf(this.to)];
    for (let window = windowOf(this.from); window <= windowOf(this.to); window++) seen.push(window);
    const wanted = new Set([...seen, windowOf(this.to + AHEAD_ROWS), windowOf(this.from - AHEAD_ROWS)]);
    for (const window of wanted) {
      if (this.windows.get(window)?.version === this.version || this.asked.get(window) === this.version) continue;
      if (this.questions >= MOST_QUESTIONS) return;
      void this.ask(window);
    }
  }

  private async ask(window: number): Promise<void> {
    const { find, version } = this;
    this.find = undefined;
    this.questions++;
    this.asked.set(window, version);
    try {
      const offset = window * this.size;
      const rows = await this.hooks.ask({ offset, limit: this.size, ...(find === undefined ? {} : { find }) });
      this.take(window, rows);
      this.fail(undefined);
      this.hooks.read();
      if (find !== undefined && rows.found !== undefined && version === this.version)
        this.hooks.found(find, rows.found);
      if (rows.version > this.version) this.hooks.newer();
    } catch (error) {
      const failure = failureOf(error);
      // What was canceled was asked again, or nobody looks any more.
      if (!failure.cancelled && version === this.version) this.fail(failure);
    }
    this.questions--;
    this.pump();
  }

  private fail(failure: Failure | undefined): void {
    if (failure === this.failed) return;
    this.failed = failure;
    this.hooks.failed();
  }

  private take(window: number, rows: TableRows): void {
    if (rows.version < (this.windows.get(window)?.version ?? 0)) return;
    // The latest last: the first is the one to drop.
    this.windows.delete(window);
    this.windows.set(window, rows);
    this.order = rows.order;
    for (const old of this.windows.keys()) {
      if (this.windows.size <= MOST_WINDOWS) break;
      if (this.isSeen(old)) continue;
      this.windows.delete(old);
      this.asked.delete(old);
    }
  }
}

function isSelected(row: TableRow, how: SelectHow, inRange: boolean): boolean {
  switch (how) {
    case 'only':
      return inRange;
    case 'add':
      return row.selected || inRange;
    case 'toggle':
      return row.selected !== inRange;
    case 'all':
      return true;
    case 'none':
      return false;
  }
}

function failureOf(error: unknown): Failure {
  return error instanceof RequestFailed
    ? error.failure
    : { message: error instanceof Error ? error.message : String(error), cancelled: false, signIn: false };
}
