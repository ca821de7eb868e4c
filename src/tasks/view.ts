import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Tenant } from '../tenants/tenant';
import { count, exact } from '../words/dates';
import { sentence } from '../words/errors';
import { rowsBelow, taskRow, type TaskRow } from './rows';
import type { FollowedTask } from './task';
import type { Tracker } from './tracker';
import { differenceWords, taskState, taskTitle } from './words';

const t = vscode.l10n.t;
const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Milliseconds in which several changes of the tasks are drawn once. */
const DRAW_EVERY = 100;

export interface TaskTreeDeps {
  readonly tracker: () => Pick<Tracker, 'all'>;
  readonly tenants: { get(id: string): Tenant | undefined };
}

/** Feeds the Tasks view: every started task, newest first, with what is known of it below. */
export class TaskTree implements vscode.TreeDataProvider<TaskRow>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: TaskTreeDeps) {}

  /** Draws soon what the tracker knows now. */
  redraw(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, DRAW_EVERY);
  }

  getChildren(row?: TaskRow): TaskRow[] {
    if (!row) return this.deps.tracker().all().map(taskRow);
    return row.kind === 'task' ? rowsBelow(row.task) : [];
  }

  getParent(row: TaskRow): TaskRow | undefined {
    return row.kind === 'task' ? undefined : taskRow(row.parent);
  }

  getTreeItem(row: TaskRow): vscode.TreeItem {
    const item = row.kind === 'task' ? this.taskItem(row.task) : partItem(row);
    // VS Code remembers by id whether a row was open: one that opens itself at a bad end needs another.
    item.id = item.collapsibleState === Expanded ? `${row.id}/unwell` : row.id;
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  private taskItem(task: FollowedTask): vscode.TreeItem {
    const title = taskTitle(task);
    const words = [taskState(task), this.deps.tenants.get(task.tenantId)?.name].filter(Boolean).join(' · ');
    const unwell = task.state === 'warning' || task.state === 'failed';
    const item = new vscode.TreeItem(title, unwell ? Expanded : Collapsed);
    item.description = words;
    item.iconPath = ICONS[task.state];
    item.contextValue = task.state === 'running' ? 'task.running' : 'task.ended';
    item.accessibilityInformation = { label: `${title}, ${words.replaceAll(' · ', ', ')}` };
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

function partItem(row: Exclude<TaskRow, { kind: 'task' }>): vscode.TreeItem {
  switch (row.kind) {
    case 'problem':
      return part(
        sentence(row.parent.problem, t('Could not ask how far it is')),
        '',
        'error',
        new vscode.ThemeColor('list.errorForeground'),
      );
    case 'note':
      return part(row.note.text, '', NOTE_ICONS[row.note.type] ?? 'info');
    case 'difference': {
      const { label, change } = differenceWords(row.difference);
      return part(label, change, row.difference.kind === 'role' ? 'shield' : 'diff-modified');
    }
    case 'same':
      return part(t('Nothing changed on the person'), '', 'dash');
    case 'count':
      return part(row.name, row.value, 'symbol-number');
    case 'started': {
      const { startedBy, startedAt } = row.parent;
      const by = startedBy ? t('by {0}', startedBy) : '';
      return part(t('Started {0}', exact(new Date(startedAt).toISOString())), by, 'watch');
    }
    case 'person': {
      const item = part(row.person.name, '', 'person');
      item.contextValue = 'task.person';
      item.command = { command: COMMANDS.openTaskRow, title: t('Open') };
      return item;
    }
  }
}

const NOTE_ICONS: Readonly<Record<string, string>> = { WARN: 'warning', ERROR: 'error' };

/** Texts of the service are shown as text: the tooltip too, for those longer than the view is wide. */
function part(label: string, description: string, icon: string, color?: vscode.ThemeColor): vscode.TreeItem {
  const item = new vscode.TreeItem(label, None);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color);
  item.tooltip = description === '' ? label : `${label}: ${description}`;
  item.contextValue = 'task.part';
  return item;
}

/** "2 tasks are running", for the badge. */
export function runningBadge(running: number): vscode.ViewBadge | undefined {
  if (running === 0) return undefined;
  return {
    value: running,
    tooltip: running === 1 ? t('1 task is running') : t('{0} tasks are running', count(running)),
  };
}
