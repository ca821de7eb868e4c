// What commands do: loaded when the first one is run.
import type * as vscode from 'vscode';
import { ALL_HANDLERS, meantBy, runHandler } from '../commands/handlers';
import { openDeepLink } from '../commands/tenants/deepLink';
import { commandTitles } from '../commands/ui/commandTitles';
import type { CommandDeps } from '../commands/ui/deps';
import { withTitle } from '../commands/ui/titledUi';
import { vscodeUi } from '../commands/ui/vscodeUi';
import { vscodeWorkbench } from '../commands/ui/vscodeWorkbench';
import { Recent } from '../find/recent';
import { USUAL_COLUMNS } from '../lists/columns';
import type { Works } from './works';

type Given = Pick<
  CommandDeps,
  | 'clients'
  | 'store'
  | 'secrets'
  | 'lists'
  | 'tree'
  | 'view'
  | 'focus'
  | 'panels'
  | 'documents'
  | 'pages'
  | 'changes'
  | 'csvStyle'
  | 'log'
> & {
  readonly works: Pick<Works, 'batches' | 'tasks'>;
  readonly tasksView: CommandDeps['tasksView'];
  readonly memory: ConstructorParameters<typeof Recent>[0];
  readonly tenants: ConstructorParameters<typeof Recent>[1];
  /** The extension's package.json, as VS Code translated it: what a command asks is under the command's title there. */
  readonly manifest: unknown;
};

export interface RunningCommands extends vscode.Disposable {
  /** Runs a command as VS Code calls it. */
  run(id: string, args: readonly unknown[]): Promise<void>;
  /** Follows a link to this extension. */
  openLink(address: vscode.Uri): Promise<void>;
}

/** Makes what the handlers work with. */
export function startCommands({ works, memory, tenants, manifest, ...given }: Given): RunningCommands {
  const titles = commandTitles(manifest);
  const recent = new Recent(memory, tenants);
  const deps: CommandDeps = {
    ...given,
    ui: vscodeUi,
    workbench: vscodeWorkbench,
    recent,
    tasks: works.tasks.tracker,
    serviceTasks: works.tasks.service,
    batches: works.batches,
    compare: { selected: undefined },
    exporting: { columns: USUAL_COLUMNS },
  };
  return {
    async run(id, args) {
      const handler = ALL_HANDLERS.get(id);
      if (!handler) throw new Error(`The command ${id} has no handler.`);
      const title = titles.get(id);
      await runHandler(title === undefined ? deps : withTitle(deps, title), handler, meantBy(deps, id, args));
    },
    openLink: (address) => openDeepLink(deps, address),
    dispose: () => {
      recent.dispose();
    },
  };
}
