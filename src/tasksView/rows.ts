import type { BatchSummary, UnreadableRecord } from '../actions/bulk/batch';
import type { Tenant } from '../tenants/tenant';
import { taskKey, type FollowedTask, type TaskNote, type TaskPerson } from '../tasks/task';
import type { Difference } from '../tasks/identityDiff';

/** A row of the Tasks view: plain data; `view.ts` makes the TreeItem. */
export type TaskRow = StartedRow | BatchTaskRow | UnreadableRow | ServiceTaskRow | DetailRow;

/** A task; one that a tenant lists by itself has the service's own title. */
export interface StartedRow {
  readonly kind: 'task';
  readonly id: string;
  readonly task: FollowedTask;
  readonly title?: string;
}

/** An action on many people. */
export interface BatchTaskRow {
  readonly kind: 'batch';
  readonly id: string;
  readonly batch: BatchSummary;
}

/** The record of an action on many people that is there and cannot be used. */
export interface UnreadableRow {
  readonly kind: 'unreadable';
  readonly id: string;
  /** Named like that of a batch, so that it can be deleted like one. */
  readonly batch: { readonly id: string };
  readonly problem: string;
}

/** What a tenant itself lists, and what is said about that list. */
export type ServiceTaskRow =
  | ServiceRow
  | { readonly kind: 'serviceMore'; readonly id: string; readonly parent: ServiceRow; readonly shown: number }
  | { readonly kind: 'serviceFailed'; readonly id: string; readonly parent: ServiceRow; readonly error: unknown }
  | { readonly kind: 'serviceNote'; readonly id: string; readonly parent: ServiceRow; readonly text: string };

export interface ServiceRow {
  readonly kind: 'service';
  readonly id: string;
  readonly tenant: Tenant;
}

/** What is known of a task. */
export type DetailRow =
  | { readonly kind: 'note'; readonly id: string; readonly parent: FollowedTask; readonly note: TaskNote }
  | { readonly kind: 'problem'; readonly id: string; readonly parent: FollowedTask }
  | { readonly kind: 'difference'; readonly id: string; readonly parent: FollowedTask; readonly difference: Difference }
  | { readonly kind: 'same'; readonly id: string; readonly parent: FollowedTask }
  | {
      readonly kind: 'count';
      readonly id: string;
      readonly parent: FollowedTask;
      readonly name: string;
      readonly value: string;
    }
  | { readonly kind: 'started'; readonly id: string; readonly parent: FollowedTask }
  | { readonly kind: 'person'; readonly id: string; readonly parent: FollowedTask; readonly person: TaskPerson };

export function taskRow(task: FollowedTask): StartedRow {
  return { kind: 'task', id: taskKey(task), task };
}

export function unreadableRow({ id, problem }: UnreadableRecord): UnreadableRow {
  return { kind: 'unreadable', id: `unreadable/${id}`, batch: { id }, problem };
}

export function batchRow(batch: BatchSummary): BatchTaskRow {
  return { kind: 'batch', id: `batch/${batch.id}`, batch };
}

export function serviceRow(tenant: Tenant): ServiceRow {
  return { kind: 'service', id: `service/${tenant.id}`, tenant };
}

/** What is known of a task, what matters first: why it is not well, what it changed, its counts, whom it concerns. */
export function childRows({ id: row, task }: StartedRow): TaskRow[] {
  const id = (part: string): string => `${row}/${part}`;
  const parent = task;
  return [
    ...(task.problem === undefined ? [] : [{ kind: 'problem', id: id('problem'), parent } as const]),
    ...task.messages.map((note, n) => ({ kind: 'note', id: id(`note${String(n)}`), parent, note }) as const),
    ...(task.differences ?? []).map(
      (difference, n) => ({ kind: 'difference', id: id(`difference${String(n)}`), parent, difference }) as const,
    ),
    ...(task.differences?.length === 0 ? [{ kind: 'same', id: id('same'), parent } as const] : []),
    ...task.counts.map(
      ({ name, value }, n) => ({ kind: 'count', id: id(`count${String(n)}`), parent, name, value }) as const,
    ),
    { kind: 'started', id: id('started'), parent },
    ...task.people.map((person) => ({ kind: 'person', id: id(person.id), parent, person }) as const),
  ];
}
