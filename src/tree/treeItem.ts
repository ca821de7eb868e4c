import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { createTreeItem, type TreeItem } from '../ui/treeItem';
import { t } from '../text/l10n';
import type { PlainText } from '../text/plain';

/** How a row looks and speaks. */
export interface Row {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly icon?: string;
  readonly color?: string;
  readonly context: string;
  /** What a screen reader says; the label when absent. */
  readonly spoken?: PlainText;
  /** A click or Enter does something with this row. */
  readonly opens?: boolean;
  readonly expands?: boolean;
  /** What decorations are asked for. */
  readonly resource?: vscode.Uri;
}

/**
 * The same command for every row, without arguments: it acts on the row that is selected. VS Code keeps the arguments of
 * a row's command in a table that a refresh empties; a row it still shows would lose its command.
 */
const OPEN: vscode.Command = { command: COMMANDS.openRow, title: t('Open') };

/** Makes the TreeItem of a row. */
export function row({ label, description, icon, color, context, spoken, opens, expands, resource }: Row): TreeItem {
  const item = createTreeItem(label, expands ? 'collapsed' : undefined);
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken ?? label };
  if (description !== undefined) item.description = description;
  if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  if (opens) item.command = OPEN;
  if (resource) item.resourceUri = resource;
  return item;
}
