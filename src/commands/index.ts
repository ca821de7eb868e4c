import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import { commandIds } from './ui/commandTitles';

/** What commands do, once it is loaded. */
interface Running {
  /** Runs a command with what VS Code called it with. */
  run(id: string, args: readonly unknown[]): Promise<void>;
  /** Follows a link to this extension (`vscode://…`). */
  openLink(address: vscode.Uri): Promise<void>;
}

/**
 * Registers every command, and links; what they do is loaded when the first of them is used.
 *
 * @param manifest the extension's package.json, which declares the commands of the actions' catalog
 */
export function registerCommands(manifest: unknown, load: () => Promise<Running>): vscode.Disposable {
  const ids = new Set([...Object.values(COMMANDS), ...commandIds(manifest)]);
  return vscode.Disposable.from(
    ...[...ids].map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => (await load()).run(id, args)),
    ),
    vscode.window.registerUriHandler({ handleUri: async (address) => (await load()).openLink(address) }),
  );
}
