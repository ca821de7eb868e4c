import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { isObject } from '../schema';
import { ANY_LIST, readTableColumns, type KeptColumn } from './keptColumns';

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

  /** Keeps them where the list has some already, or else where the list itself stands. One after the other: each reads what is there. */
  keep(listName: string, columns: readonly KeptColumn[], scope: 'user' | 'workspace'): Promise<void> {
    const kept = before.then(() => keepNow(listName, columns, scope));
    before = kept.catch(() => undefined);
    return kept;
  },
};

/** Settles when nothing is being written. */
let before: Promise<void> = Promise.resolve();

async function keepNow(listName: string, columns: readonly KeptColumn[], scope: 'user' | 'workspace'): Promise<void> {
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
}

function inspected() {
  return vscode.workspace.getConfiguration(SETTINGS.section).inspect<unknown>(SETTINGS.tables);
}
