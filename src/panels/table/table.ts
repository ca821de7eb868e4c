import { randomUUID } from 'node:crypto';
import type { Client } from '../../api/client';
import type { Identity } from '../../api/identities';
import { columnsFor, type Column } from '../../lists/columns';
import type { KeptColumn } from '../../lists/keptColumns';
import type { IdentityChange } from '../../tenants/identityChange';
import { atOnceOrSoon, type Soon } from './soon';
import { AskedFacts } from './askedFacts';
import { CountedGroups } from './countedGroups';
import { presentGroups } from './groups';
import { FIRST_ROWS, Gathering, type PeopleSource } from './gathering';
import type { TableGroups, TableRequests } from './protocol';
import { TableView, type Sort } from './view';

/** Rows whose attributes say which columns can be chosen. */
const ROWS_FOR_COLUMNS = 250;
const USUAL_WIDTH_PX = 160;
const WIDTHS_PX: Readonly<Record<string, number>> = { name: 220, email: 240, id: 260 };
/** Columns as long as nobody chose others; the last one where somebody has it. */
const FIRST_COLUMNS = [
  ...['name', 'email', 'status', 'processingState', 'lifecycleState', 'manager', 'lastRefresh'],
  'attributes.department',
];
/** What the search index does not tell. */
const NOT_IN_SEARCH: ReadonlySet<string> = new Set(['lastRefresh']);
/** Identities that are read anew one by one; of more, a table only says that they changed. */
const MOST_REREAD = 20;

/** What ISC itself can sort by (contract 2.1), by column. */
const SERVICE_SORTERS: Readonly<Record<string, string>> = { name: 'name', alias: 'alias', status: 'cloudStatus' };

export interface TableDeps {
  readonly client: () => Promise<Client>;
  readonly pageSize: () => number;
  /** What the settings say; undefined: nothing. */
  readonly columns: readonly KeptColumn[] | undefined;
  /** Rejects where the settings cannot be written. */
  readonly keepColumns: (columns: readonly KeptColumn[]) => Promise<void>;
  /** What is shown is different now. */
  readonly changed: () => void;
}

/** A table of identities without its page: rows, columns, what a person made of them. No vscode. */
export class Table {
  readonly id = randomUUID();
  readonly gathering: Gathering;
  readonly view: TableView;
  readonly facts: AskedFacts;
  groups: TableGroups | null = null;
  isStale = false;
  /** False once the settings could not be written. */
  keepsColumns = true;

  private readonly arranging: Soon;
  private readonly telling: Soon;
  private readonly counted: CountedGroups;
  private wanted: readonly KeptColumn[];
  private attributes: readonly { readonly name: string; readonly displayName?: string | null }[] = [];
  private readonly life = new AbortController();
  private reread = 0;
  /** What can be chosen, and of how many rows that was found out. */
  private known: { readonly rows: number; readonly columns: readonly Column[] } | undefined;
  /** What was counted last, or is being counted. */
  private countedFor = '';

  constructor(
    source: PeopleSource,
    private readonly deps: TableDeps,
  ) {
    this.wanted = deps.columns ?? [];
    this.telling = atOnceOrSoon(deps.changed);
    const changed = (): void => this.telling.run();
    this.gathering = new Gathering(source, { ...deps, changed: () => this.arranging.run() });
    this.facts = new AskedFacts({ client: deps.client, changed: () => this.arranging.run() });
    this.view = new TableView({
      entries: () => this.gathering.entries,
      factsOf: (id) => this.facts.of(id),
      isSortedByIsc: () => this.isSortedByIsc,
      changed,
    });
    const { gathering, view } = this;
    this.counted = new CountedGroups({ ...deps, gathering, view, factsOf: (id) => this.facts.of(id) });
    this.arranging = atOnceOrSoon(() => void this.arrange());
  }

  /** Loads the first rows, and what columns there are. */
  begin(): void {
    void this.loadAttributes();
    if (this.gathering.isWhole) this.arranging.run();
    else void this.gathering.load(FIRST_ROWS);
  }

  /** All columns that can be chosen; looked up anew only while the first rows come. */
  offered(): readonly Column[] {
    const first = this.gathering.entries.slice(0, ROWS_FOR_COLUMNS);
    if (this.known?.rows === first.length) return this.known.columns;
    const columns = columnsFor(
      first.flatMap(({ identity }) => (identity ? [identity] : [])),
      this.wanted.map(({ column }) => column),
      this.attributes,
    );
    this.known = { rows: first.length, columns };
    return columns;
  }

  async sort({ column: key, order }: TableRequests['sort']['params']): Promise<void> {
    if (!this.view.column(key)) return;
    this.view.sort = order === null ? undefined : { key, order };
    const { gathering } = this;
    const sorter = this.view.sort && sorterOf(this.view.sort);
    // ISC sorts all of them; here only those that are loaded could be.
    const isByIsc = gathering.query?.by === 'filter' && sorter !== gathering.sorter;
    if (isByIsc && (order === null || (sorter !== undefined && !gathering.isWhole))) await gathering.reload({ sorter });
    await this.arrange();
  }

  async filter(text: string): Promise<void> {
    this.view.filter = text;
    await this.arrange();
  }

  async filterColumn({ column, filter }: TableRequests['filterColumn']['params']): Promise<void> {
    if (!this.view.column(column)) return;
    if (filter === null) this.view.filters.delete(column);
    else this.view.filters.set(column, filter);
    await this.arrange();
  }

  async resetFilters(): Promise<void> {
    this.view.filter = '';
    this.view.filters.clear();
    await this.arrange();
  }

  async group(column: string | null): Promise<void> {
    const before = this.view.groupBy;
    if (before !== undefined && this.view.filters.get(before)?.exact) this.view.filters.delete(before);
    this.view.groupBy = column ?? undefined;
    await this.arrange();
  }

  /** Shows these columns from now on, and keeps them. */
  async showColumns(columns: readonly KeptColumn[]): Promise<void> {
    const once = new Map(columns.map((column) => [column.column, column]));
    this.wanted = [...once.values()];
    this.known = undefined;
    this.deps.keepColumns(this.wanted).then(
      () => (this.keepsColumns = true),
      () => {
        this.keepsColumns = false;
        this.telling.run();
      },
    );
    const shown = new Set(once.keys());
    for (const key of this.view.filters.keys()) if (!shown.has(key)) this.view.filters.delete(key);
    if (this.view.sort && !shown.has(this.view.sort.key)) this.view.sort = undefined;
    if (this.view.groupBy !== undefined && !shown.has(this.view.groupBy)) this.view.groupBy = undefined;
    await this.arrange();
  }

  /** Asks again for what failed. */
  readAgain(): void {
    this.counted.forget();
    if (this.gathering.error !== undefined) void this.gathering.load(FIRST_ROWS);
    if (this.facts.error !== undefined) void this.facts.load();
    this.arranging.run();
  }

  async reload(): Promise<void> {
    this.isStale = false;
    this.reread = 0;
    this.facts.forget();
    this.counted.forget();
    await this.gathering.reload();
  }

  /** Somebody changed, here or by an action: one is read anew, of many it is only said. */
  async apply({ kind, identityId }: IdentityChange): Promise<void> {
    if (identityId === undefined) {
      this.isStale = true;
      return this.telling.run();
    }
    const { gathering } = this;
    const isThere = gathering.entries.some(({ key }) => key === identityId);
    if (kind === 'deleted') gathering.remove(identityId);
    else if (!isThere) return;
    else if (++this.reread > MOST_REREAD) this.isStale = true;
    else await this.readAnew(identityId);
    // What its columns needed may not be so any more either; asking anew at each change would be a request each.
    if (this.facts.of(identityId)) this.isStale = true;
    this.arranging.run();
  }

  dispose(): void {
    this.life.abort();
    this.gathering.giveUp();
    this.facts.giveUp();
    this.arranging.dispose();
    this.telling.dispose();
  }

  private get isSortedByIsc(): boolean {
    const { sort } = this.view;
    return sort !== undefined && sorterOf(sort) !== undefined && sorterOf(sort) === this.gathering.sorter;
  }

  private async readAnew(identityId: string): Promise<void> {
    try {
      const { signal } = this.life;
      const identity: Identity = await (await this.deps.client()).identities.get(identityId, { signal });
      this.gathering.replace(identity);
    } catch {
      // What caused the change says what is wrong.
      this.isStale = true;
    }
  }

  private async loadAttributes(): Promise<void> {
    try {
      const { signal } = this.life;
      this.attributes = await (await this.deps.client()).identityAttributes.list({ signal });
    } catch {
      // Attributes that the rows have are offered all the same.
    }
    this.known = undefined;
    this.arranging.run();
  }

  private async arrange(): Promise<void> {
    this.updateColumns();
    this.facts.want(
      this.view.columns.flatMap(({ column }) => column.needs ?? []),
      this.gathering,
    );
    await this.view.arrange();
    const { groupBy } = this.view;
    const column = groupBy === undefined ? undefined : this.view.column(groupBy);
    if (!column) {
      this.countedFor = '';
      this.groups = null;
    } else {
      const mine = JSON.stringify([groupBy, this.view.filter, [...this.view.filters]]);
      this.countedFor = mine;
      const counted = await this.counted.count(column);
      // Something else is grouped or filtered by now, and counted by whoever began that.
      if (mine !== this.countedFor) return;
      this.groups = presentGroups(column, counted, this.view.filters.get(column.key));
    }
    this.telling.run();
  }

  private updateColumns(): void {
    const offered = this.offered();
    const byKey = new Map(offered.map((column) => [column.key, column]));
    const isFromSearch = this.gathering.query?.by === 'search';
    const first = FIRST_COLUMNS.filter((key) => byKey.has(key) && !(isFromSearch && NOT_IN_SEARCH.has(key))).map(
      (column): KeptColumn => ({ column }),
    );
    const once = new Map(this.wanted.map((column) => [column.column, column]));
    const chosen = [...once.values()].filter(({ column }) => byKey.has(column));
    const shown = (chosen.length > 0 ? chosen : first).flatMap(({ column: key, width }) => {
      const column = byKey.get(key);
      return column ? [{ column, widthPx: width ?? WIDTHS_PX[key] ?? USUAL_WIDTH_PX }] : [];
    });
    this.view.offer(offered, shown);
  }
}

function sorterOf({ key, order }: Sort): string | undefined {
  const sorter = SERVICE_SORTERS[key];
  return sorter === undefined || order === 'ascending' ? sorter : `-${sorter}`;
}
