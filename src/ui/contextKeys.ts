/** Facts that menus depend on (`when` in package.json). */
import * as vscode from 'vscode';

const told = new Map<string, boolean>();

/** Tells VS Code of such a fact; again only when it changed. */
export function setContextKey(id: string, value: boolean): void {
  if (told.get(id) === value) return;
  told.set(id, value);
  void vscode.commands.executeCommand('setContext', id, value);
}
