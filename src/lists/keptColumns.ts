import * as v from 'valibot';
import { isObject, readAs } from '../schema';

/** Widths that a page can draw. */
export const NARROWEST_PX = 40;
export const WIDEST_PX = 2_000;

/** A column as the settings keep it: its key alone, or with its width. */
const KEPT_COLUMN = v.union([
  v.pipe(
    v.string(),
    v.transform((column): KeptColumn => ({ column })),
  ),
  v.object({
    column: v.string(),
    width: v.optional(v.pipe(v.number(), v.toMinValue(NARROWEST_PX), v.toMaxValue(WIDEST_PX))),
  }),
]);

export interface KeptColumn {
  /** As `Column.key`. */
  readonly column: string;
  /** Pixels. */
  readonly width?: number | undefined;
}

/** What tables of lists without a name of their own are called in the settings. */
export const ANY_LIST = '*';

/** Reads the columns of one table out of the setting. What is none is left out; undefined where nothing usable is there. */
export function readTableColumns(value: unknown, listName: string): readonly KeptColumn[] | undefined {
  const written = isObject(value) && Object.hasOwn(value, listName) ? value[listName] : undefined;
  if (!Array.isArray(written)) return undefined;
  const columns = new Map<string, KeptColumn>();
  for (const each of written as readonly unknown[]) {
    const column = readAs(KEPT_COLUMN, each);
    if (column && !columns.has(column.column)) columns.set(column.column, column);
  }
  return columns.size > 0 ? [...columns.values()] : undefined;
}
