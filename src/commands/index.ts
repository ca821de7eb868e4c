import * as vscode from 'vscode';
import { USUAL_COLUMNS } from '../lists/export/columns';
import { ALL_HANDLERS, runHandler } from './handlers';
import { openDeepLink } from './tenants/deepLink';
import { Focus, type PanelPlace, type SelectionPlace } from './identities/focus';
import { commandTitles } from './ui/commandTitles';
import type { CommandDeps } from './ui/deps';
import { withTitle } from './ui/titledUi';

type Made = Omit<CommandDeps, 'compare' | 'exporting' | 'focus' | 'view' | 'panels'> & {
  readonly view: CommandDeps['view'] & SelectionPlace;
  readonly panels: CommandDeps['panels'] & PanelPlace;
};

/**
 * Registers the whole table of handlers.
 *
 * @param manifest the extension's package.json, as VS Code translated it: what a command asks is under the command's title there
 */
export function registerCommands(made: Made, manifest: unknown): vscode.Disposable {
  const titles = commandTitles(manifest);
  const focus = new Focus(made.view, made.panels);
  const deps: CommandDeps = {
    ...made,
    focus,
    compare: { selected: undefined },
    exporting: { columns: USUAL_COLUMNS },
  };
  return vscode.Disposable.from(
    focus,
    ...[...ALL_HANDLERS].map(([id, handler]) => {
      const title = titles.get(id);
      const titled = title === undefined ? deps : withTitle(deps, title);
      return vscode.commands.registerCommand(id, (...args: unknown[]) => runHandler(titled, handler, args));
    }),
  );
}

/** Handles links to this extension (`vscode://…`). */
export function registerDeepLink(deps: Pick<CommandDeps, 'ui' | 'workbench' | 'log'>): vscode.Disposable {
  return vscode.window.registerUriHandler({ handleUri: (uri) => openDeepLink(deps, uri) });
}
