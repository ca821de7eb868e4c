import type { TableRequests } from '../protocol';
import type { Host } from '../../shared/page/rpc';
import { openColumnFilter, WIDER, type ColumnChoice } from './columnMenu';
import type { Grid } from './grid';

/** What is done to a column, by its place. */
interface ColumnActs {
  /** Ascending, descending, and back to the order of the list. */
  readonly turnSort: (at: number) => void;
  readonly choose: (at: number, choice: ColumnChoice) => void;
}

export function columnActs(
  host: Host<TableRequests>,
  grid: Grid,
  change: (request: Promise<unknown>) => Promise<void>,
): ColumnActs {
  const columnAt = (at: number) => grid.present?.columns[at];
  const sort = (at: number, order: 'ascending' | 'descending' | null): void => {
    const column = columnAt(at);
    if (column) void change(host.call('sort', { column: column.key, order }));
  };
  /** Puts a column elsewhere, or nowhere. */
  const place = (at: number, to: number | undefined): void => {
    const all = grid.widths.all();
    const moved = all.splice(at, 1);
    if (to !== undefined) all.splice(to, 0, ...moved);
    void change(host.call('columns', { columns: all }));
  };
  const widen = (at: number, factor: number): void => {
    const column = columnAt(at);
    if (!column) return;
    grid.widths.set(column, grid.widths.of(at) * factor);
    grid.reshape();
    void change(host.call('columns', { columns: grid.widths.all() }));
  };
  const others: Readonly<Record<Exclude<ColumnChoice, 'ascending' | 'descending'>, (at: number) => void>> = {
    filter: (at) => {
      openColumnFilter(columnAt(at)?.filter?.text ?? '');
    },
    group: (at) => void change(host.call('group', { column: columnAt(at)?.key ?? null })),
    left: (at) => {
      place(at, at - 1);
    },
    right: (at) => {
      place(at, at + 1);
    },
    wider: (at) => {
      widen(at, WIDER);
    },
    narrower: (at) => {
      widen(at, 1 / WIDER);
    },
    hide: (at) => {
      place(at, undefined);
    },
  };
  return {
    turnSort: (at) => {
      const sorted = columnAt(at)?.sorted ?? null;
      sort(at, sorted === null ? 'ascending' : sorted === 'ascending' ? 'descending' : null);
    },
    choose: (at, choice) => {
      if (choice === 'ascending' || choice === 'descending') sort(at, choice);
      else others[choice](at);
    },
  };
}
