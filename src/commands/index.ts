import * as vscode from 'vscode';
import { COMMANDS, type CommandId } from '../ids';
import type { CommandDeps, Handler } from './deps';
import { copyEmail, copyId, openIdentity, synchronize } from './identities';
import { report } from './report';
import { rowOf } from './targets';
import { addTenant, removeTenant, setReadOnly, signIn, tryDemo, unlock } from './tenants';

/** Every command of the extension. */
const HANDLERS: Readonly<Record<CommandId, Handler>> = {
  [COMMANDS.addTenant]: addTenant,
  [COMMANDS.tryDemo]: tryDemo,
  [COMMANDS.removeTenant]: removeTenant,
  [COMMANDS.signIn]: signIn,
  [COMMANDS.setReadOnly]: setReadOnly,
  [COMMANDS.unlock]: unlock,
  [COMMANDS.openIdentity]: openIdentity,
  [COMMANDS.synchronize]: synchronize,
  [COMMANDS.copyId]: copyId,
  [COMMANDS.copyEmail]: copyEmail,
  [COMMANDS.refresh]: ({ tree }, argument) => tree.refresh(rowOf(argument)),
  [COMMANDS.loadMore]: async ({ tree }, argument) => {
    const row = rowOf(argument);
    if (row?.kind === 'more') await tree.loadMore(row);
  },
  [COMMANDS.retry]: async ({ tree }, argument) => {
    const row = rowOf(argument);
    if (row?.kind === 'error') await tree.retry(row);
  },
  [COMMANDS.showLog]: ({ log }) => log.show(),
};

/** Registers the whole table; what a handler throws is reported here and nowhere else. */
export function registerCommands(deps: CommandDeps): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(HANDLERS).map(([id, handler]) =>
      vscode.commands.registerCommand(id, async (argument: unknown) => {
        try {
          await handler(deps, argument);
        } catch (error) {
          report(error, deps.log);
        }
      }),
    ),
  );
}
