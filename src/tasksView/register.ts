import * as vscode from 'vscode';
import type { ApiLog, Client } from '../api/client';
import type { BatchSummary, UnreadableRecord } from '../actions/bulk/batch';
import { CONTEXT_KEYS } from '../ids';
import { setContextKey } from '../ui/contextKeys';
import { errorText } from '../text/errors';
import type { IdentityChange } from '../tenants/identityChange';
import type { Tenant } from '../tenants/tenant';
import { taskFiles } from '../tasks/taskFiles';
import type { TaskRow } from './rows';
import type { FollowedTask } from '../tasks/task';
import { Tracker, type TaskMemory } from '../tasks/tracker';
import { ServiceTasks } from './serviceTasks';
import { runningBadge, TaskTree } from './provider';
import { formatNumber } from '../text/dates';
import { plural, t } from '../text/l10n';
import { joined, type PlainText } from '../text/plain';
import type { TreeView } from '../ui/window';

export interface TasksDeps {
  /** Where tasks are remembered. */
  readonly folder: string;
  /** The Tasks view. */
  readonly view: TreeView<TaskRow>;
  readonly tenants: {
    all(): readonly Tenant[];
    get(id: string): Tenant | undefined;
    /** Ids of tenants that were removed lately; and, as it happens, the id of one that is removed. */
    readonly onDidChange: vscode.Event<void>;
    readonly removed: ReadonlySet<string>;
    readonly onDidRemove: vscode.Event<string>;
  };
  readonly clients: {
    for(tenantId: string): Promise<Client>;
    readonly onDidChangeSignIn: vscode.Event<string>;
  };
  readonly changes: vscode.EventEmitter<IdentityChange>;
  readonly keepDays: () => number;
  readonly log: ApiLog;
  /** Tells a person that a task ended; `inSight`: the view showed it anyway. */
  readonly announce: (task: FollowedTask, tenant: string, inSight: boolean) => void;
  readonly batches: {
    all(): readonly BatchSummary[];
    unreadable(): readonly UnreadableRecord[];
    readonly showsHidden: boolean;
    /** A task that is a part of a batch came to its end: the batch tells its own. */
    taskEnded(task: FollowedTask): Promise<void>;
    /** Asks once for the tasks of batches that ended while no window was open. */
    catchUp(tasks: readonly FollowedTask[]): Promise<void>;
    onDidChange(listener: () => void): { dispose(): void };
  };
}

export interface Tasks extends vscode.Disposable {
  readonly tracker: Tracker;
  readonly tree: TaskTree;
  readonly service: ServiceTasks;
}

/** Milliseconds after which the ages in the view are drawn anew. */
const AGES_MS = 60_000;

/** Makes the tracker and what the Tasks view shows; goes on with what was running before a reload. */
export function registerTasks(deps: TasksDeps): Tasks {
  const { view, tenants, clients, changes, log } = deps;
  const service = new ServiceTasks(
    (tenantId) => clients.for(tenantId),
    () => {
      tree.redraw();
    },
  );
  const tree = new TaskTree({ tracker: () => tracker, batches: () => deps.batches, service, tenants });
  const memory = taskFiles(deps.folder, log);
  const show = (): void => {
    view.message = memoryText(memory);
    view.badge = runningBadge(runningCount(tracker, deps.batches));
    setContextKey(CONTEXT_KEYS.noTasks, tracker.all().length === 0);
    setContextKey(CONTEXT_KEYS.noRunningTasks, tracker.running().length === 0);
    setContextKey(CONTEXT_KEYS.noBulkActions, deps.batches.all().length === 0);
    tree.redraw();
  };
  const tracker = new Tracker({
    client: (tenantId) => clients.for(tenantId),
    memory,
    keepDays: deps.keepDays,
    changed: show,
    ended: (task, first) => {
      // What is shown of the people concerned is read again. Not those of a batch: that would be a request for each.
      if (task.batchId !== undefined) {
        void deps.batches.taskEnded(task);
        return;
      }
      if (task.everybody) changes.fire({ kind: 'identity', tenantId: task.tenantId });
      for (const { id } of task.people) changes.fire({ kind: 'identity', tenantId: task.tenantId, identityId: id });
      if (!first) return;
      const inSight = view.visible && vscode.window.state.focused;
      deps.announce(task, tenants.get(task.tenantId)?.name ?? task.tenantId, inSight);
    },
    failed: (tenantId, error) => {
      // Followed by an action that outlived its tenant.
      if (tenants.removed.has(tenantId)) {
        forget(tenantId);
        return;
      }
      // The row says it too; the log keeps it when the next look goes well.
      const name = tenants.get(tenantId)?.name ?? tenantId;
      log.debug(errorText(error, t('Could not track a task in {0}', name)));
    },
  });
  const forget = (tenantId: string): void => {
    tracker.forgetTenant(tenantId);
    service.refresh(tenantId);
  };
  tenants.removed.forEach(forget);
  show();
  // When the window has nothing more urgent to do.
  setImmediate(() => void deps.batches.catchUp(tracker.all()));
  // Rows say how long ago something ended.
  const ages = setInterval(() => {
    if (view.visible) tree.redraw();
  }, AGES_MS);
  const subscriptions = vscode.Disposable.from(
    { dispose: () => clearInterval(ages) },
    tree,
    deps.batches.onDidChange(show),
    tenants.onDidRemove(forget),
    // One that could not be read may be there again: its tasks waited.
    tenants.onDidChange(() => {
      tracker.resume();
    }),
    clients.onDidChangeSignIn((tenantId) => {
      tracker.resume(tenantId);
    }),
  );
  return {
    tracker,
    tree,
    service,
    dispose: () => {
      tracker.dispose();
      subscriptions.dispose();
    },
  };
}

/** What the view says above its rows of what is, or should be, on disk; empty when all is well. */
function memoryText({ problem, unreadable = 0 }: TaskMemory): PlainText {
  return joined([
    problem !== undefined && t('Tasks cannot be remembered over a reload: {0}.', problem),
    unreadable > 0 &&
      plural(unreadable, {
        one: () => t('A remembered task cannot be read and was left unchanged. See Show log for details.'),
        other: () =>
          t(
            '{0} remembered tasks cannot be read and were left unchanged. See Show log for details.',
            formatNumber(unreadable),
          ),
      }),
  ]);
}

/** A batch counts once, with all its tasks. */
function runningCount(tracker: Tracker, batches: TasksDeps['batches']): number {
  const known = batches.all();
  const ids = new Set(known.map(({ id }) => id));
  const own = tracker.running().filter(({ batchId }) => batchId === undefined || !ids.has(batchId));
  const active = known.filter(({ phase, counts }) => phase === 'running' || phase === 'paused' || counts.started > 0);
  return own.length + active.length;
}
