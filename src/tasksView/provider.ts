import * as vscode from 'vscode';
import type { BatchSummary, UnreadableRecord } from '../actions/bulk/batch';
import type { Tenant } from '../tenants/tenant';
import { formatNumber } from '../text/dates';
import { batchItem, partItem, serviceItem, unreadableItem } from './treeItems';
import { batchRow, unreadableRow, childRows, serviceRow, taskRow, type StartedRow, type TaskRow } from './rows';
import type { ServiceTasks } from './serviceTasks';
import type { FollowedTask } from '../tasks/task';
import type { Tracker } from '../tasks/tracker';
import { taskState, taskTitle } from './text';
import { noteRow } from '../ui/rows';
import { tooltipOf } from '../ui/tooltip';
import { createTreeItem, type TreeItem } from '../ui/treeItem';
import { plural, t } from '../text/l10n';
import { joined, plain, type PlainText } from '../text/plain';

const { Expanded } = vscode.TreeItemCollapsibleState;

/** Milliseconds in which several changes of the tasks are drawn once. */
const DRAW_EVERY = 100;

export interface TaskTreeDeps {
  readonly tracker: () => Pick<Tracker, 'all'>;
  /** Actions on many people; those that were only planned have nothing to follow. */
  readonly batches: () => {
    all(): readonly BatchSummary[];
    unreadable(): readonly UnreadableRecord[];
    readonly showsHidden: boolean;
  };
  readonly service: ServiceTasks;
  readonly tenants: { all(): readonly Tenant[]; get(id: string): Tenant | undefined };
}

/**
 * Feeds the Tasks view: every started task and every action on many people, newest first, with what is known of it
 * below; and on demand what each tenant itself lists.
 */
export class TaskTree implements vscode.TreeDataProvider<TaskRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: TaskTreeDeps) {}

  /** Draws soon what is known now. */
  redraw(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, DRAW_EVERY);
  }

  getChildren(row?: TaskRow): TaskRow[] | Promise<TaskRow[]> {
    if (!row) return this.roots();
    switch (row.kind) {
      case 'task':
        return childRows(row);
      case 'batch':
        return this.tasksOf(row.batch.id).map(taskRow);
      case 'service':
        return this.deps.service.rows(row);
      default:
        return [];
    }
  }

  getTreeItem(row: TaskRow): TreeItem {
    noteRow(row);
    const item = this.itemOf(row);
    // VS Code remembers by id whether a row was open: one that opens itself at a bad end needs another.
    item.id = item.collapsibleState === Expanded ? `${row.id}/unwell` : row.id;
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  private roots(): TaskRow[] {
    const { tracker, batches, service, tenants } = this.deps;
    const ran = batches()
      .all()
      .filter(({ startedAt }) => startedAt !== undefined);
    const known = new Set(ran.map(({ id }) => id));
    const started = [
      ...ran.map((batch) => ({ row: batchRow(batch), at: batch.startedAt ?? 0 })),
      ...tracker()
        .all()
        .filter(({ batchId, hiddenAt }) => {
          const shown = hiddenAt === undefined || batches().showsHidden;
          return shown && (batchId === undefined || !known.has(batchId));
        })
        .map((task) => ({ row: taskRow(task), at: task.startedAt })),
    ];
    const rows = [
      ...started.sort((a, b) => b.at - a.at).map(({ row }) => row),
      ...batches().unreadable().map(unreadableRow),
    ];
    return service.shown ? [...rows, ...tenants.all().map(serviceRow)] : rows;
  }

  private tasksOf(batchId: string): FollowedTask[] {
    return this.deps
      .tracker()
      .all()
      .filter((task) => task.batchId === batchId);
  }

  private itemOf(row: TaskRow): TreeItem {
    switch (row.kind) {
      case 'task':
        return this.taskItem(row);
      case 'batch':
        return batchItem(row.batch, this.deps.tenants.get(row.batch.tenantId), this.tasksOf(row.batch.id).length > 0);
      case 'unreadable':
        return unreadableItem(row);
      case 'service':
      case 'serviceMore':
      case 'serviceFailed':
      case 'serviceNote':
        return serviceItem(row);
      default:
        return partItem(row);
    }
  }

  private taskItem({ task, title: given }: StartedRow): TreeItem {
    const title = given === undefined ? taskTitle(task) : plain(given);
    const words = joined([taskState(task), plain(this.deps.tenants.get(task.tenantId)?.name ?? '')], ' · ');
    // Only what was started from here calls for a look by itself.
    const unwell = given === undefined && (task.state === 'warning' || task.state === 'failed');
    const item = createTreeItem(title, unwell ? 'expanded' : 'collapsed');
    item.description = words;
    item.tooltip = tooltipOf(t('{0}: {1}', title, words));
    item.iconPath = ICONS[task.state];
    const context = task.state === 'running' ? 'task.running' : 'task.ended';
    item.contextValue = given === undefined ? context : 'task.service';
    item.accessibilityInformation = { label: t('{0}, {1}', title, words.replaceAll(' · ', ', ')) };
    return item;
  }
}

const ICONS: Readonly<Record<FollowedTask['state'], vscode.ThemeIcon>> = {
  running: new vscode.ThemeIcon('loading~spin'),
  succeeded: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  stopped: new vscode.ThemeIcon('debug-disconnect'),
  lost: new vscode.ThemeIcon('question'),
};

/** "2 tasks are running", for the badge. */
export function runningBadge(running: number): { readonly value: number; readonly tooltip: PlainText } | undefined {
  if (running === 0) return undefined;
  return {
    value: running,
    tooltip: plural(running, {
      one: () => t('1 task is running'),
      other: () => t('{0} tasks are running', formatNumber(running)),
    }),
  };
}
