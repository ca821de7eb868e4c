// Bulk actions and tasks: loaded when the Tasks view is shown, a command is run, a panel is opened, or something is stored.
import type { BatchStore } from '../actions/bulk/batchStore';
import { registerBatches, type BatchesDeps } from '../actions/bulk/register';
import { announceBatch } from '../commands/actions/announce';
import { askNamesake } from '../commands/actions/namesakes';
import { announceEnd } from '../commands/tasks/tasks';
import type { CommandDeps } from '../commands/ui/deps';
import { vscodeUi } from '../commands/ui/vscodeUi';
import { vscodeWorkbench } from '../commands/ui/vscodeWorkbench';
import { registerTasks, type Tasks, type TasksDeps } from '../tasksView/register';

type Given = Omit<BatchesDeps, 'folder' | 'tracker' | 'announce' | 'chooseNamesake'> &
  Omit<TasksDeps, 'folder' | 'announce' | 'batches'> & {
    readonly log: CommandDeps['log'];
    readonly folders: { readonly batches: string; readonly tasks: string };
  };

export interface Works extends Pick<Tasks, 'tree'> {
  readonly batches: BatchStore;
  readonly tasks: Tasks;
  dispose(): void;
}

/** Makes them and ties them to each other; goes on with what was under way. */
export function startWorks({ folders, ...given }: Given): Works {
  const telling = { ui: vscodeUi, workbench: vscodeWorkbench, log: given.log };
  const batches = registerBatches({
    ...given,
    folder: folders.batches,
    tracker: () => tasks.tracker,
    announce: (batch, tenant) => announceBatch(telling, batch, tenant),
    chooseNamesake: (...about) => askNamesake(telling, ...about),
  });
  const tasks = registerTasks({
    ...given,
    folder: folders.tasks,
    announce: (task, tenant, inSight) => announceEnd(telling, task, tenant, inSight),
    batches,
  });
  return {
    batches,
    tasks,
    tree: tasks.tree,
    dispose: () => {
      tasks.dispose();
      batches.dispose();
    },
  };
}
