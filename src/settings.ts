// The person's settings, read anew each time: a change counts from the next use.
import * as vscode from 'vscode';
import { SETTINGS } from './ids';

export const settings = {
  pageSize: () => read(SETTINGS.pageSize, 250),
  requestTimeoutMs: () => read(SETTINGS.requestTimeout, 30) * 1000,
  demoIdentities: () => read(SETTINGS.demoIdentities, 2000),
  keepResultsDays: () => read(SETTINGS.keepResultsDays, 90),
};

/** Calls back when the setting has changed. */
export function onSettingChanged(name: string, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SETTINGS.section}.${name}`)) changed();
  });
}

function read(name: string, fallback: number): number {
  return vscode.workspace.getConfiguration(SETTINGS.section).get(name, fallback);
}
