// The host of a table's page in a test: rows that are made up, with sorting, filters, groups and selecting as the real one does them.
import type {
  TableCell,
  TableColumn,
  TableGroup,
  TablePresent,
  TableRequests,
  TableRow,
  TableRows,
} from '../../src/panels/table/protocol';
import { tableTexts } from '../../src/panels/table/texts';
import type { Question } from './pageAlone';

export const TABLE_KEYS: TablePresent['keys'] = {
  tenantId: 't',
  source: { kind: 'list', listId: 'all' },
  title: 'All identities',
};

const DEPARTMENTS = ['Engineering', 'Finance', 'Human Resources', 'Sales', 'Support', ''];
const CITIES = ['Austin', 'Brno', 'Köln', 'Pune', 'São Paulo'];

type Params<N extends keyof TableRequests> = TableRequests[N]['params'];

export class TableHost {
  readonly asked: Question[] = [];
  columns: TableColumn[];
  order: number[];
  filter = '';
  sorted: Params<'sort'> | undefined;
  groupedBy: string | null = null;
  readonly selected = new Set<number>();
  version = 1;
  orders = 1;
  /** Entries on top that name nobody. */
  problems: string[] = [];
  /** What differs from what is made up. */
  more: Partial<TablePresent> = {};
  private readonly filters = new Map<string, { readonly text: string; readonly exact: boolean }>();

  constructor(
    readonly count: number,
    columns = 12,
  ) {
    const known = ['name', 'status', 'department', 'city', 'email'];
    this.columns = Array.from({ length: columns }, (_, at) => ({
      key: known[at] ?? `column${String(at)}`,
      label: known[at] ? `${known[at][0]?.toUpperCase() ?? ''}${known[at].slice(1)}` : `Column ${String(at)}`,
      kind: at === 1 ? 'state' : 'text',
      widthPx: at === 0 ? 200 : 140,
      sorted: null,
      filter: null,
    }));
    this.order = this.all();
  }

  /** Of the rows that are shown, the names. */
  names(): string[] {
    return this.order.map((person) => this.cell(person, 'name').text);
  }

  readonly answer = ({ name, params }: Question): unknown => {
    this.asked.push({ name, params });
    switch (name) {
      case 'ready':
        return { keys: TABLE_KEYS, texts: tableTexts(), tableId: 'table-1' };
      case 'table':
        return this.head();
      case 'rows':
        return this.rows(params as Params<'rows'>);
      case 'copy':
        return { words: 'Copied 1 cell' };
      default:
        this.change(name, params);
        return null;
    }
  };

  private change(name: string, params: unknown): void {
    if (name === 'sort') this.sorted = params as Params<'sort'>;
    if (name === 'filter') this.filter = (params as Params<'filter'>).text;
    if (name === 'group') this.groupedBy = (params as Params<'group'>).column;
    if (name === 'filterColumn') {
      const { column, filter } = params as Params<'filterColumn'>;
      if (filter) this.filters.set(column, filter);
      else this.filters.delete(column);
    }
    if (name === 'act' && (params as Params<'act'>).action === 'resetFilters') {
      this.filters.clear();
      this.filter = '';
    }
    if (name === 'columns')
      this.columns = (params as Params<'columns'>).columns.flatMap(({ key, widthPx }) =>
        this.columns.filter((column) => column.key === key).map((column) => ({ ...column, widthPx })),
      );
    if (name === 'select') this.select(params as Params<'select'>);
    else if (name !== 'open' && name !== 'group') this.arrange();
    if (name === 'sort' || name === 'filter' || name === 'filterColumn') this.orders++;
    this.version++;
  }

  private select({ order, how, from, to }: Params<'select'>): void {
    if (order !== this.orders && how !== 'all' && how !== 'none') return;
    const range =
      how === 'all'
        ? this.order
        : this.order.slice(Math.max(0, from - this.problems.length), to + 1 - this.problems.length);
    if (how === 'only' || how === 'none') this.selected.clear();
    if (how === 'none') return;
    for (const person of range) {
      if (how === 'toggle' && this.selected.has(person)) this.selected.delete(person);
      else this.selected.add(person);
    }
  }

  private arrange(): void {
    const { sorted, filter } = this;
    const wanted = filter.toLowerCase();
    this.order = this.all().filter(
      (person) =>
        (wanted === '' || this.columns.some(({ key }) => this.cell(person, key).text.toLowerCase().includes(wanted))) &&
        [...this.filters].every(([key, { text, exact }]) => {
          const has = this.cell(person, key).text;
          return exact ? has === text : has.toLowerCase().includes(text.toLowerCase());
        }),
    );
    if (!sorted?.order) return;
    const sign = sorted.order === 'ascending' ? 1 : -1;
    const texts = new Map(this.order.map((person) => [person, this.cell(person, sorted.column).text]));
    const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    this.order.sort((a, b) => sign * compare(texts.get(a) ?? '', texts.get(b) ?? ''));
  }

  private all(): number[] {
    return Array.from({ length: this.count }, (_, person) => person);
  }

  private cell(person: number, column: string): TableCell {
    switch (column) {
      case 'name':
        return { text: `Person ${String(person + 1)}` };
      case 'status':
        return person % 7
          ? { text: 'active', icon: 'pass', tone: 'ok' }
          : { text: 'locked', icon: 'lock', tone: 'warning' };
      case 'department':
        return { text: DEPARTMENTS[person % DEPARTMENTS.length] ?? '' };
      case 'city':
        return { text: CITIES[(person * 7) % CITIES.length] ?? '', title: 'A city' };
      case 'email':
        return { text: `person.${String(person + 1)}.of.a.long.name@acme.example` };
      case 'column5':
        return { text: '', loading: true };
      default:
        return { text: `${column} ${String((person * 31) % 1000)}` };
    }
  }

  private head(): TablePresent {
    const columns = this.columns.map((column) => ({
      ...column,
      sorted: this.sorted?.column === column.key ? this.sorted.order : null,
      filter: this.filters.get(column.key) ?? null,
    }));
    return {
      state: 'present',
      heading: 'All identities',
      tenant: { name: 'Acme', environment: 'sandbox', production: false, access: null },
      standing: `${this.count.toLocaleString('en')} identities`,
      progress: null,
      notes: [],
      columns,
      filter: this.filter,
      total: this.count + this.problems.length,
      matching: this.order.length + this.problems.length,
      selected: this.selected.size,
      version: this.version,
      groups: this.groups(),
      buttons: [
        { action: 'actOnSelected', label: 'Act on selected...', icon: 'run-all', enabled: this.selected.size > 0 },
        { action: 'export', label: 'Export...', icon: 'export', enabled: true },
        { action: 'chooseColumns', label: 'Columns...', icon: 'layout', enabled: true },
        { action: 'reload', label: 'Refresh', icon: 'refresh', enabled: true },
        { action: 'copyMarkdown', label: 'Copy as Markdown', icon: 'markdown', enabled: true },
        { action: 'loadFacts', label: 'Load columns', icon: 'cloud-download', enabled: true },
      ],
      keys: TABLE_KEYS,
      ...this.more,
    };
  }

  private groups(): TablePresent['groups'] {
    const column = this.columns.find(({ key }) => key === this.groupedBy);
    if (!column) return null;
    const counts = new Map<string, number>();
    for (const person of this.order) {
      const { text } = this.cell(person, column.key);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const largest = Math.max(...counts.values());
    const filter = this.filters.get(column.key);
    const groups = [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([value, count]): TableGroup => ({
        value: value || null,
        label: value || 'unknown',
        count,
        share: count / largest,
        chosen: filter?.exact === true && filter.text === value,
      }));
    return {
      column: column.key,
      label: column.label,
      groups: groups.slice(0, 50),
      more: groups.length > 50 ? `and ${String(groups.length - 50)} more values` : '',
      counted: `of all ${this.count.toLocaleString('en')} identities`,
    };
  }

  private rows({ offset, limit, find }: Params<'rows'>): TableRows {
    const { problems } = this;
    const all = problems.length + this.order.length;
    const rows = Array.from({ length: Math.max(0, Math.min(limit, all - offset)) }, (_, n) => this.row(offset + n));
    const found = find === undefined ? -1 : this.order.indexOf(Number(find));
    return {
      version: this.version,
      order: this.orders,
      offset,
      rows,
      ...(find === undefined ? {} : { found: found < 0 ? null : found + problems.length }),
    };
  }

  private row(index: number): TableRow {
    const problem = this.problems[index];
    if (problem !== undefined) {
      const badge = { icon: 'question', word: 'not found', tone: 'warning' } as const;
      return { index, key: `problem ${String(index)}`, name: problem, selected: false, cells: [], problem: badge };
    }
    const person = this.order[index - this.problems.length] ?? 0;
    return {
      index,
      key: String(person),
      name: this.cell(person, 'name').text,
      selected: this.selected.has(person),
      cells: this.columns.map(({ key }) => this.cell(person, key)),
      problem: null,
    };
  }
}
