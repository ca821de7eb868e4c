import { inSlices } from '../../actions/bulk/slices';
import type { Column } from '../../lists/columns';
import type { Facts } from '../../lists/facts';
import { arrange, type Arrangement, type ColumnFilter } from './arrange';
import type { TableEntry } from './gathering';

export interface ShownColumn {
  readonly column: Column;
  readonly widthPx: number;
}

export interface Sort {
  readonly key: string;
  readonly order: 'ascending' | 'descending';
}

interface ViewDeps {
  readonly entries: () => readonly TableEntry[];
  readonly factsOf: (identityId: string) => Facts | undefined;
  /** The entries stand in the order that is wanted already. */
  readonly isSortedByIsc: () => boolean;
  /** Rows or their order are different now. */
  readonly changed: () => void;
}

/** What a person made of the rows: columns, filters, order, selection. No vscode; nothing of it is kept on disk but columns. */
export class TableView {
  columns: readonly ShownColumn[] = [];
  filter = '';
  readonly filters = new Map<string, ColumnFilter>();
  sort: Sort | undefined;
  /** Column whose values are counted. */
  groupBy: string | undefined;
  /** Counts what changes rows, their order or the selection. */
  version = 0;
  /** Counts the orders: a place is only true in the one that it was seen in. */
  orderVersion = 0;
  /** Places of the entries that are shown. */
  order: readonly number[] = [];

  /** The entries that the places belong to: meanwhile some may have been added, or others taken their place. */
  private arranged: readonly TableEntry[] = [];
  private readonly selected = new Set<string>();
  /** What is selected in a version: the head of the page asks for it each time it is drawn. */
  private counted: { readonly version: number; readonly people: ReturnType<TableView['selection']> } = {
    version: -1,
    people: [],
  };
  private arranging: Promise<void> | undefined;
  private again = false;
  private offered: ReadonlyMap<string, Column> = new Map();

  constructor(private readonly deps: ViewDeps) {}

  /** Every column that can be sorted or filtered by, and those that are shown. */
  offer(columns: readonly Column[], shown: readonly ShownColumn[]): void {
    this.offered = new Map(columns.map((column) => [column.key, column]));
    this.columns = shown;
  }

  column(key: string): Column | undefined {
    return this.offered.get(key) ?? this.columns.find(({ column }) => column.key === key)?.column;
  }

  /** The rows come from ISC in the order that is wanted. */
  get isSortedByIsc(): boolean {
    return this.deps.isSortedByIsc();
  }

  get isFiltered(): boolean {
    return this.filter.trim() !== '' || this.filters.size > 0;
  }

  /** Which entries are shown, in which order, is found out again; once more where something changed meanwhile. */
  arrange(): Promise<void> {
    this.again = true;
    this.arranging ??= this.arrangeAll().finally(() => (this.arranging = undefined));
    return this.arranging;
  }

  private async arrangeAll(): Promise<void> {
    while (this.again) {
      this.again = false;
      const column = this.sort && !this.deps.isSortedByIsc() ? this.column(this.sort.key) : undefined;
      const sort = column && this.sort ? { column, order: this.sort.order } : undefined;
      const entries = this.deps.entries();
      const order = await this.find(entries, sort, [...this.filters.keys()]);
      if (!this.standsIn(entries, order)) this.orderVersion++;
      this.order = order;
      this.arranged = entries;
      this.version++;
    }
    this.deps.changed();
  }

  /** The identities that all filters but that of one column leave. */
  async peopleBeside(key: string): Promise<readonly TableEntry[]> {
    const entries = this.deps.entries();
    const order = await this.find(
      entries,
      undefined,
      [...this.filters.keys()].filter((other) => other !== key),
    );
    return order.flatMap((place) => (entries[place]?.identity ? [entries[place]] : []));
  }

  private find(
    entries: readonly TableEntry[],
    sort: Arrangement['sort'],
    filtered: readonly string[],
  ): Promise<readonly number[]> {
    const filters = filtered.flatMap((key) => {
      const [column, filter] = [this.column(key), this.filters.get(key)];
      return column && filter ? [[column, filter] as const] : [];
    });
    const columns = this.columns.map(({ column }) => column);
    return inSlices(arrange(entries, this.deps.factsOf, { columns, filter: this.filter, filters, sort }));
  }

  entryAt(index: number): TableEntry | undefined {
    const place = this.order[index];
    return place === undefined ? undefined : this.arranged[place];
  }

  /** Where an entry is shown; null where it is not. */
  indexOf(key: string): number | null {
    const index = this.order.findIndex((place) => this.arranged[place]?.key === key);
    return index < 0 ? null : index;
  }

  isSelected(key: string): boolean {
    return this.selected.has(key);
  }

  select(how: 'only' | 'add' | 'toggle' | 'all' | 'none', from: number, to: number): void {
    if (how === 'only' || how === 'none' || how === 'all') this.selected.clear();
    const [first, last] = how === 'all' ? [0, this.order.length - 1] : [Math.min(from, to), Math.max(from, to)];
    if (how !== 'none') {
      for (let index = first; index <= Math.min(last, this.order.length - 1); index++) {
        const entry = this.entryAt(index);
        if (!entry?.identity) continue;
        if (how === 'toggle' && this.selected.delete(entry.key)) continue;
        this.selected.add(entry.key);
      }
    }
    this.version++;
    this.deps.changed();
  }

  /** The selected identities that are shown, in their order: what a filter hides is not acted on. */
  selection(): readonly Extract<TableEntry, { identity: object }>[] {
    if (this.selected.size === 0) return [];
    if (this.counted.version !== this.version) {
      const people = this.people().filter(({ key }) => this.selected.has(key));
      this.counted = { version: this.version, people };
    }
    return this.counted.people;
  }

  /** The identities that are shown, in their order. */
  people(): readonly Extract<TableEntry, { identity: object }>[] {
    return this.order.flatMap((place) => {
      const entry = this.arranged[place];
      return entry?.identity ? [entry] : [];
    });
  }

  /** Whether all that was shown stands where it stood: more may follow. */
  private standsIn(entries: readonly TableEntry[], order: readonly number[]): boolean {
    return (
      order.length >= this.order.length &&
      this.order.every((place, n) => this.arranged[place]?.key === entries[order[n] ?? -1]?.key)
    );
  }
}
