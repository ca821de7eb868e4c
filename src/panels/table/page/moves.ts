/** A cell by its place; row -1 is the heading. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

const HEADING = -1;

/**
 * Where a key leads from a cell, by the ARIA pattern of a grid. Never beyond the edge: then it leads to where it is.
 *
 * @returns undefined for a key that does not move
 */
export function moveBy(
  key: string,
  ctrl: boolean,
  at: GridPlace,
  { rows, columns, page }: GridSize,
): GridPlace | undefined {
  const { row, column } = at;
  const last = rows - 1;
  const to = (toRow: number, toColumn: number): GridPlace => ({
    row: Math.max(HEADING, Math.min(toRow, last)),
    column: Math.max(0, Math.min(toColumn, columns - 1)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(Math.max(row === HEADING ? HEADING : 0, row - page), column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return ctrl ? to(0, 0) : to(row, 0);
    case 'End':
      return ctrl ? to(last, columns - 1) : to(row, columns - 1);
    default:
      return undefined;
  }
}
