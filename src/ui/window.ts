/**
 * The doors to what VS Code shows outside of pages: messages, questions, the status bar; input boxes and lists are in `boxes`.
 * VS Code makes links (of commands, too) and icons out of texts given to them, so each takes `PlainText` only.
 * `test/unit/sinks.test.ts` proves that nothing else in src uses these parts of `vscode`.
 */
import * as vscode from 'vscode';
import { breakable, type PlainText } from '../text/plain';

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
  const options = { modal: true, detail: breakable(detail) };
  return kind === 'warning'
    ? vscode.window.showWarningMessage(breakable(question), options, ...buttons)
    : vscode.window.showInformationMessage(breakable(question), options, ...buttons);
}

/** Says something in the status bar for so many milliseconds. */
export function sayInStatusBar(text: PlainText, milliseconds: number): void {
  vscode.window.setStatusBarMessage(text, milliseconds);
}

/** Where progress is shown: quietly, with a Cancel button, or as the bar of one of our views. */
export type ProgressPlace = 'statusBar' | 'notification' | { readonly viewId: string };

/** Shows that something is under way until it settles. `signal` aborts when the person cancels, which only a notification offers. */
export function showProgress<T>(
  place: ProgressPlace,
  title: PlainText | undefined,
  run: (signal: AbortSignal, report: (message: PlainText) => void) => Thenable<T>,
): Thenable<T> {
  const { Notification, Window } = vscode.ProgressLocation;
  const location = typeof place === 'object' ? place : place === 'statusBar' ? Window : Notification;
  const options = { location, cancellable: place === 'notification', ...(title === undefined ? {} : { title }) };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return run(abort.signal, (message) => progress.report({ message }));
  });
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
