import * as vscode from 'vscode';
import { ALL_HANDLERS, runHandler } from './handlers';
import { openDeepLink } from './tenants/deepLink';
import type { CommandDeps } from './ui/deps';

/** Registers the whole table of handlers. */
export function registerCommands(made: Omit<CommandDeps, 'compare'>): vscode.Disposable {
  const deps: CommandDeps = { ...made, compare: { selected: undefined } };
  return vscode.Disposable.from(
    ...[...ALL_HANDLERS].map(([id, handler]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) => runHandler(deps, handler, args)),
    ),
  );
}

/** Handles links to this extension (`vscode://…`). */
export function registerDeepLink(deps: Pick<CommandDeps, 'ui' | 'workbench' | 'log'>): vscode.Disposable {
  return vscode.window.registerUriHandler({ handleUri: (uri) => openDeepLink(deps, uri) });
}
