/**
 * The doors to what VS Code shows outside of pages: messages, questions, boxes, lists, the status bar. VS Code makes links (of
 * commands, too) and icons out of texts given to them, so each takes `PlainText` only. `test/unit/sinks.test.ts` proves that
 * nothing else in src uses these parts of `vscode`.
 */
import * as vscode from 'vscode';
import type { PlainText } from '../text/plain';

/** The same thing with these texts plain. */
type Plain<T, K extends keyof T> = Omit<T, K> & { [P in K]: PlainText | Extract<T[P], undefined> };

export interface MessageButton extends vscode.MessageItem {
  readonly title: PlainText;
}

/** Shows a message; settles with the button that was pressed, undefined when it was closed. */
export function showInformation(text: PlainText, ...buttons: readonly PlainText[]): Thenable<PlainText | undefined> {
  return vscode.window.showInformationMessage(text, ...buttons);
}

export function showWarning(text: PlainText, ...buttons: readonly PlainText[]): Thenable<PlainText | undefined> {
  return vscode.window.showWarningMessage(text, ...buttons);
}

export function showError<T extends MessageButton>(text: PlainText, ...buttons: readonly T[]): Thenable<T | undefined> {
  return vscode.window.showErrorMessage(text, ...buttons);
}

/** A modal question. `detail` may have lines of its own (`paragraphs`): links are not made in dialogs. */
export function ask(
  kind: 'information' | 'warning',
  question: PlainText,
  detail: PlainText,
  ...buttons: readonly PlainText[]
): Thenable<PlainText | undefined> {
  const options = { modal: true, detail };
  return kind === 'warning'
    ? vscode.window.showWarningMessage(question, options, ...buttons)
    : vscode.window.showInformationMessage(question, options, ...buttons);
}

/** Says something in the status bar for so many milliseconds. */
export function sayInStatusBar(text: PlainText, milliseconds: number): void {
  vscode.window.setStatusBarMessage(text, milliseconds);
}

export interface ProgressOptions extends Omit<vscode.ProgressOptions, 'title'> {
  readonly title?: PlainText;
}

/** Shows that something is under way until it settles. */
export function showProgress<T>(
  options: ProgressOptions,
  run: (
    progress: vscode.Progress<{ readonly message?: PlainText; readonly increment?: number }>,
    token: vscode.CancellationToken,
  ) => Thenable<T>,
): Thenable<T> {
  return vscode.window.withProgress(options, run);
}

/** What stands below an input box, in place of the prompt while it is there. */
export type Validation = Plain<vscode.InputBoxValidationMessage, 'message'>;

export interface InputBox extends Omit<
  Plain<vscode.InputBox, 'title' | 'prompt' | 'placeholder'>,
  'validationMessage'
> {
  validationMessage: PlainText | Validation | undefined;
}

export function createInputBox(): InputBox {
  return vscode.window.createInputBox() as InputBox;
}

export interface InputOptions extends Plain<
  Pick<vscode.InputBoxOptions, 'title' | 'prompt' | 'ignoreFocusOut'>,
  'title' | 'prompt'
> {
  validateInput(value: string): Validation | undefined;
}

export function showInputBox(options: InputOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox(options);
}

export interface PickItem extends Omit<vscode.QuickPickItem, 'label' | 'description' | 'detail'> {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
}

export type QuickPick<T extends PickItem> = Omit<
  Plain<vscode.QuickPick<T>, 'title' | 'placeholder'>,
  'items' | 'activeItems'
> & { items: readonly T[]; activeItems: readonly T[] };

export function createQuickPick<T extends PickItem>(): QuickPick<T> {
  return vscode.window.createQuickPick<T>() as QuickPick<T>;
}

export interface PickOptions extends Omit<vscode.QuickPickOptions, 'title' | 'placeHolder'> {
  readonly title?: PlainText;
  readonly placeHolder: PlainText;
}

export function showQuickPick<T extends PickItem>(items: readonly T[], options: PickOptions): Thenable<T | undefined> {
  return vscode.window.showQuickPick(items, options);
}

export function createStatusBarItem(
  id: string,
  alignment: vscode.StatusBarAlignment,
  priority: number,
): Omit<Plain<vscode.StatusBarItem, 'text' | 'name'>, 'tooltip'> & { tooltip: PlainText | undefined } {
  return vscode.window.createStatusBarItem(id, alignment, priority) as vscode.StatusBarItem & {
    text: PlainText;
    name: PlainText | undefined;
    tooltip: PlainText | undefined;
  };
}

export type TreeView<T> = Omit<vscode.TreeView<T>, 'message' | 'title' | 'description' | 'badge'> & {
  message?: PlainText;
  badge?: { readonly value: number; readonly tooltip: PlainText } | undefined;
};

export function createTreeView<T>(id: string, options: vscode.TreeViewOptions<T>): TreeView<T> {
  return vscode.window.createTreeView(id, options) as TreeView<T>;
}

/** A panel's tab shows its title as it is: line breaks and directions are what must not come in. */
export function createWebviewPanel(
  viewType: string,
  title: PlainText,
  column: vscode.ViewColumn | { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus?: boolean },
  options: vscode.WebviewPanelOptions & vscode.WebviewOptions,
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(viewType, title, column, options);
}

/** The same for a panel that is there already. */
export function setPanelTitle(panel: vscode.WebviewPanel, title: PlainText): void {
  panel.title = title;
}
