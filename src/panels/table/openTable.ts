import type { Identity } from '../../api/identities';
import type { Column } from '../../lists/columns';
import type { KeptColumn } from '../../lists/tableColumns';
import type { TableKeys } from './protocol';
import type { Table } from './table';

/** A table as commands see it. */
export interface OpenTable {
  readonly tenantId: string;
  /** What its list is called. */
  readonly name: string;
  /** The selected identities that are shown, in their order. */
  selection(): readonly Identity[];
  /** Those that are shown, in their order; all of the list only where that is loaded. */
  shown(): readonly Identity[];
  /** Nothing is missing, and no filter hides anything. */
  readonly isComplete: boolean;
  readonly columns: readonly Column[];
  offered(): readonly Column[];
  showColumns(keys: readonly string[]): Promise<void>;
}

export function openTable(key: TableKeys, table: Table): OpenTable {
  const { view, gathering } = table;
  return {
    tenantId: key.tenantId,
    name: key.title,
    selection: () => view.selection().map(({ identity }) => identity),
    shown: () => view.people().map(({ identity }) => identity),
    get isComplete() {
      return gathering.isWhole && !gathering.isShort && !view.isFiltered;
    },
    get columns() {
      return view.columns.map(({ column }) => column);
    },
    offered: () => table.offered(),
    showColumns: (keys) => {
      const widths = new Map(view.columns.map(({ column, widthPx }) => [column.key, widthPx]));
      return table.showColumns(
        keys.map((column): KeptColumn => {
          const width = widths.get(column);
          return width === undefined ? { column } : { column, width };
        }),
      );
    },
  };
}
