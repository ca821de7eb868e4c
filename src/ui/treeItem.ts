/** Rows of trees: the one place that makes a `TreeItem`, of plain texts only. */
import * as vscode from 'vscode';
import type { PlainText } from '../text/plain';
import type { Tooltip } from './tooltip';

/** A row. Whoever adds to it later sets plain texts, too. */
export type TreeItem = Omit<vscode.TreeItem, 'label' | 'description' | 'tooltip' | 'accessibilityInformation'> & {
  readonly label?: PlainText;
  description?: PlainText;
  tooltip?: PlainText | Tooltip | undefined;
  accessibilityInformation?: { readonly label: PlainText };
};

/** @param expands undefined: it has nothing below it */
export function createTreeItem(label: PlainText, expands?: 'collapsed' | 'expanded'): TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const state = { collapsed: Collapsed, expanded: Expanded, none: None }[expands ?? 'none'];
  return new vscode.TreeItem(label, state) as TreeItem;
}
