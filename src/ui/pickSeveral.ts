/** A list in which several rows are checked. */
import * as vscode from 'vscode';
import type { PlainText } from '../text/plain';

/** A row that can be checked. */
export interface CheckItem {
  readonly label: PlainText;
  readonly description?: PlainText;
  /** Checked when the list opens. */
  readonly picked: boolean;
}

/** @returns the rows that are checked, in their order; undefined when the list was closed */
export async function pickSeveral<T extends CheckItem>(
  question: PlainText,
  items: readonly T[],
): Promise<readonly T[] | undefined> {
  const rows = items.map((item) => ({
    label: item.label,
    ...(item.description === undefined ? {} : { description: item.description }),
    picked: item.picked,
    item,
  }));
  const chosen = await vscode.window.showQuickPick(rows, {
    canPickMany: true,
    title: question,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ item }) => item);
}
