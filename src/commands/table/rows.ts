/** Rows of a table, for commands that are run from its context menu: VS Code hands over only what the page wrote there. */
import type { Identity } from '../../api/identities';
import type { IdentityTarget } from '../../ids';
import { noteRow, isRow } from '../../ui/rows';
import type { OpenTable } from '../../panels/table/openTable';
import { rowKeyIn, tableIdIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';

/** An identity as a row of the tree or of a table knows it. */
export interface IdentityRow extends IdentityTarget {
  readonly identity: Identity;
}

interface TableRow extends IdentityRow {
  readonly kind: 'tableRow';
}

/** The row of a table that this module made. */
export function asTableRow(argument: unknown): IdentityRow | undefined {
  return isRow(argument) && (argument as Partial<TableRow>).kind === 'tableRow' ? (argument as TableRow) : undefined;
}

/**
 * What a command is to be called with instead of a table: the first selected row, and all that are selected, as a tree hands them
 * over. Arguments that name no table stay as they are.
 */
export function withSelectedRows(
  { panels }: Pick<CommandDeps, 'panels'>,
  args: readonly unknown[],
): readonly unknown[] {
  const tableId = tableIdIn(args[0]);
  if (tableId === undefined) return args;
  const table = panels.table(tableId);
  const people = table ? meantPeople(table, rowKeyIn(args[0])) : [];
  const rows = people.map((identity) => tableRow(table?.tenantId ?? '', identity));
  // None: the rows were read anew since the menu opened. Without a first argument, the command says so.
  return [rows[0], rows];
}

/** The selection, if the row whose menu was opened is in it: what was pointed at is never left out. That row alone otherwise. */
function meantPeople(table: OpenTable, pointedAt: string | undefined): readonly Identity[] {
  const selected = table.selection();
  if (pointedAt === undefined || selected.some(({ id }) => id === pointedAt)) return selected;
  return table.shown().filter(({ id }) => id === pointedAt);
}

function tableRow(tenantId: string, identity: Identity): TableRow {
  const row: TableRow = { kind: 'tableRow', tenantId, identity };
  noteRow(row);
  return row;
}
