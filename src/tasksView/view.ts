import type * as vscode from 'vscode';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { listNames } from '../storage/files';
import { setContextKey } from '../ui/contextKeys';
import { LaterTree } from '../ui/laterTree';
import { createTreeView, type TreeView } from '../ui/window';
import type { TaskRow } from './rows';

/** The Tasks view before anything of it is loaded. */
export interface TasksView extends vscode.Disposable {
  readonly view: TreeView<TaskRow>;
}

interface StoredWorks {
  /** Where tasks and bulk actions are stored. */
  readonly folders: readonly string[];
  /** Loads them, and what follows and shows them. */
  readonly load: () => Promise<{ readonly tree: vscode.TreeDataProvider<TaskRow> }>;
  readonly failed: (error: unknown) => void;
}

/**
 * Makes the Tasks view. What it shows is loaded when it is first looked at, or soon after the start where something is stored: it
 * may have been under way.
 */
export function createTasksView({ folders, load, failed }: StoredWorks): TasksView {
  const tree = new LaterTree<TaskRow>(async () => (await load()).tree);
  const view = createTreeView(VIEWS.tasks, { treeDataProvider: tree, showCollapseAll: true });
  for (const key of [CONTEXT_KEYS.noTasks, CONTEXT_KEYS.noRunningTasks, CONTEXT_KEYS.noBulkActions]) {
    setContextKey(key, true);
  }
  const isStored = folders.some((folder) => listNames(folder).length > 0);
  // When the window has nothing more urgent to do.
  const start = isStored ? setImmediate(() => void load().catch(failed)) : undefined;
  return {
    view,
    dispose: () => {
      if (start) clearImmediate(start);
      view.dispose();
      tree.dispose();
    },
  };
}
