import { ApiError } from '../../api/errors';
import type { TaskRow } from '../../tasksView/rows';
import type { FollowedTask } from '../../tasks/task';
import { taskTitle } from '../../tasksView/text';
import { isRow } from '../../ui/rows';
import { showNothingDone } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { CommandError, report } from '../ui/report';
import { VIEWS } from '../../ids';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

/** Looks no more at a task, and says that the task itself goes on. */
export async function stopFollowing(
  deps: Pick<CommandDeps, 'ui' | 'tasks' | 'batches'>,
  argument: unknown,
): Promise<void> {
  const task = taskOf(argument) ?? (await pickTask(deps.ui, t('Stop tracking which task?'), deps.tasks.running()));
  if (!task) return;
  deps.tasks.stopFollowing(task);
  // Its batch hears no more of it either, and must not wait for that.
  await deps.batches.taskEnded({ ...task, state: 'stopped' });
  showNothingDone(deps.ui, t('{0} is no longer tracked. The task continues in ISC.', taskTitle(task)));
}

/** Takes from the view what ended well. Results of actions on many people stay on record. */
export async function hideFinished({ tasks, batches }: Pick<CommandDeps, 'tasks' | 'batches'>): Promise<void> {
  await batches.hideFinished();
  tasks.hideFinished();
}

/** Takes a task that ended from the view; it stays on record, as what `hideFinished` hides. */
export function hideTask(deps: Pick<CommandDeps, 'ui' | 'tasks'>, argument: unknown): void {
  const task = taskOf(argument);
  if (task) deps.tasks.hide(task);
  else showNothingDone(deps.ui, t('No matching tasks'));
}

/** Shows what was hidden, or hides it again. */
export function toggleHidden({ batches }: Pick<CommandDeps, 'batches'>): void {
  batches.showHidden(!batches.showsHidden);
}

/** Opens the panel of the person a task concerns; one is chosen when there are several. */
export async function openTaskPeople(
  deps: Pick<CommandDeps, 'ui' | 'tasks' | 'panels'>,
  argument: unknown,
): Promise<void> {
  const row = taskRowOf(argument);
  const task = taskOf(argument) ?? (await pickTask(deps.ui, t('Identities of which task?'), deps.tasks.all()));
  if (!task) return;
  if (task.everybody) {
    showNothingDone(deps.ui, t('ISC selected the identities to invite; see the list Unregistered'));
    return;
  }
  const identity =
    row?.kind === 'person'
      ? row.person
      : await pickOne(
          deps.ui,
          t('Open which identity?'),
          task.people.map((person) => ({ label: plain(person.name), description: plain(person.id), value: person })),
        );
  deps.panels.openIdentity({ tenantId: task.tenantId, identity });
}

/** A click or Enter on a row of the Tasks view, which is selected by it; or its menu, which names it. */
export async function openTaskRow(
  deps: Pick<CommandDeps, 'ui' | 'tasks' | 'panels' | 'tasksView' | 'serviceTasks'>,
  argument: unknown,
): Promise<void> {
  const row = taskRowOf(argument) ?? deps.tasksView.selection[0];
  switch (row?.kind) {
    case 'task':
    case 'person':
      return openTaskPeople(deps, row);
    case 'batch':
      deps.panels.openBatch(row.batch.id);
      return;
    case 'serviceMore':
    case 'serviceFailed':
      deps.serviceTasks.more(row.parent);
      return;
    default:
  }
}

/** Shows the tasks that the tenants themselves list, or hides them again. */
export function toggleServiceTasks({ serviceTasks }: Pick<CommandDeps, 'serviceTasks'>): void {
  serviceTasks.toggle();
}

/** Asks a tenant, or all of them, again for its tasks. */
export function refreshServiceTasks({ serviceTasks }: Pick<CommandDeps, 'serviceTasks'>, argument: unknown): void {
  const row = taskRowOf(argument);
  serviceTasks.refresh(row?.kind === 'service' ? row.tenant.id : undefined);
}

/**
 * Tells the end of a task: what failed always, what succeeded only when it was out of sight. A batch tells its own end
 * instead of that of each of its tasks.
 */
export function announceEnd(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'log'>,
  task: FollowedTask,
  tenant: string,
  inSight: boolean,
): void {
  if (task.batchId !== undefined) return;
  const title = t('{0} in {1}', taskTitle(task), tenant);
  const first = task.messages.find(({ type }) => type !== 'INFO')?.text;
  switch (task.state) {
    case 'failed': {
      const why = new ApiError('refused', first ?? t('ISC gave no reason'), { sent: true });
      report(new CommandError(t('{0} failed', title), why, task.tenantId), deps);
      return;
    }
    case 'lost':
      report(new CommandError(t('{0}: outcome unknown', title), task.problem, task.tenantId), deps);
      return;
    case 'warning':
      void offerTasks(deps, 'warning', t('{0} ended with a warning: {1}', title, first ?? ''));
      return;
    default:
      if (!inSight) void offerTasks(deps, 'information', t('{0}: done', title));
  }
}

async function offerTasks(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  kind: 'information' | 'warning',
  text: PlainText,
): Promise<void> {
  const button = t('Show tasks');
  const answer = await (kind === 'warning' ? ui.showWarning(text, button) : ui.showInformation(text, button));
  if (answer === button) await workbench.runCommand(`${VIEWS.tasks}.focus`);
}

async function pickTask(
  ui: CommandDeps['ui'],
  question: PlainText,
  tasks: readonly FollowedTask[],
): Promise<FollowedTask | undefined> {
  if (tasks.length === 0) {
    showNothingDone(ui, t('No matching tasks'));
    return undefined;
  }
  return pickOne(
    ui,
    question,
    tasks.map((task) => ({ label: taskTitle(task), value: task })),
  );
}

/** By what is on it: rows of the Tenants view are rows of ours, too. */
function isTaskRow(row: object): row is TaskRow {
  return 'kind' in row && TASK_ROWS.has(String(row.kind));
}

const TASK_ROWS: ReadonlySet<string> = new Set<TaskRow['kind']>([
  'task',
  'batch',
  'unreadable',
  'service',
  'serviceMore',
  'serviceFailed',
  'serviceNote',
  'note',
  'problem',
  'difference',
  'same',
  'count',
  'started',
  'person',
]);

function taskRowOf(argument: unknown): TaskRow | undefined {
  return isRow(argument) && isTaskRow(argument) ? argument : undefined;
}

function taskOf(argument: unknown): FollowedTask | undefined {
  const row = taskRowOf(argument);
  if (!row) return undefined;
  switch (row.kind) {
    case 'batch':
    case 'unreadable':
    case 'service':
    case 'serviceMore':
    case 'serviceFailed':
    case 'serviceNote':
      return undefined;
    case 'task':
      return row.task;
    default:
      return row.parent;
  }
}
