import * as v from 'valibot';
import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { isObject, readAs } from '../schema';

/** A column as the settings keep it: its key alone, or with its width. */
const KEPT_COLUMN = v.union([
  v.pipe(
    v.string(),
    v.transform((column): KeptColumn => ({ column })),
  ),
  v.object({ column: v.string(), width: v.optional(v.pipe(v.number(), v.finite())) }),
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
  const columns = written.flatMap((each: unknown) => readAs(KEPT_COLUMN, each) ?? []);
  return columns.length > 0 ? columns : undefined;
}

/** The columns of tables, by the name of their list, in the settings of user and workspace. */
export const tableColumns = {
  /** The workspace's before the user's own; those of any list where the list has none. */
  read(listName: string): readonly KeptColumn[] | undefined {
    const found = inspected();
    for (const name of [listName, ANY_LIST]) {
      const columns = readTableColumns(found?.workspaceValue, name) ?? readTableColumns(found?.globalValue, name);
      if (columns) return columns;
    }
    return undefined;
  },

  /** Keeps them where the list has some already, or else where the list itself stands. */
  async keep(listName: string, columns: readonly KeptColumn[], scope: 'user' | 'workspace'): Promise<void> {
    const found = inspected();
    const isShared = scope === 'workspace' || readTableColumns(found?.workspaceValue, listName) !== undefined;
    const present = isShared ? found?.workspaceValue : found?.globalValue;
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const value = {
      ...(isObject(present) ? present : {}),
      [listName]: columns.map(({ column, width }) => (width === undefined ? column : { column, width })),
    };
    const target = isShared ? Workspace : Global;
    await vscode.workspace.getConfiguration(SETTINGS.section).update(SETTINGS.tables, value, target);
  },
};

function inspected() {
  return vscode.workspace.getConfiguration(SETTINGS.section).inspect<unknown>(SETTINGS.tables);
}
