import type { Identity } from '../../api/identities';
import type { Column } from '../../lists/columns';
import type { Facts } from '../../lists/facts';
import type { IdentityQuery } from '../../lists/query';
import type { KeptColumn } from '../../lists/keptColumns';
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
  /** All of its list is loaded. */
  readonly isWhole: boolean;
  /** A filter hides some. */
  readonly isFiltered: boolean;
  /** What its list asks; undefined for people who were named one by one. */
  readonly query: IdentityQuery | undefined;
  /** What was loaded for columns of one of its identities. */
  factsOf(identityId: string): Facts | undefined;
  readonly columns: readonly Column[];
  offered(): readonly Column[];
  showColumns(keys: readonly string[]): Promise<void>;
}

export function openTable(key: TableKeys, table: Table): OpenTable {
  const { view, gathering, facts } = table;
  return {
    factsOf: (id) => facts.of(id),
    tenantId: key.tenantId,
    name: key.title,
    selection: () => view.selection().map(({ identity }) => identity),
    shown: () => view.people().map(({ identity }) => identity),
    get isWhole() {
      return gathering.isWhole && !gathering.isShort;
    },
    get isFiltered() {
      return view.isFiltered;
    },
    get query() {
      return gathering.query;
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
