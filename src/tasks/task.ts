import type { TaskMessage, TaskStatus } from '../api/tasks';
import type { Difference } from './identityDiff';

/** What was started from here. */
export type TaskAction = 'process' | 'invite';

/**
 * `stopped`: no longer followed, though it may go on in the service. `lost`: the service does not tell any more.
 */
export type TaskState = 'running' | 'succeeded' | 'warning' | 'failed' | 'stopped' | 'lost';

export interface TaskPerson {
  readonly id: string;
  readonly name: string;
}

export interface TaskNote {
  /** `INFO`, `WARN`, `ERROR`. */
  readonly type: string;
  readonly text: string;
  /** Ids of the task's people whom the service names in it. */
  readonly about?: readonly string[];
}

/** A task of the service that was started from here, as far as it is known. Plain data, kept over a reload. */
export interface FollowedTask {
  /** The service's id. */
  readonly id: string;
  readonly tenantId: string;
  readonly action: TaskAction;
  /** The batch it is a part of: shown below that, and told of by it. */
  readonly batchId?: string;
  /** Whom it concerns: at most `PEOPLE_KEPT` of them. */
  readonly people: readonly TaskPerson[];
  readonly peopleCount: number;
  /** The service chooses whom: all the unregistered, as many as were counted before. */
  readonly everybody?: true;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly startedBy?: string;
  readonly endedAt?: number;
  readonly state: TaskState;
  readonly percent?: number;
  readonly phase?: string;
  readonly counts: readonly { readonly name: string; readonly value: string }[];
  readonly messages: readonly TaskNote[];
  /** When it was taken from the view (milliseconds since 1970). */
  readonly hiddenAt?: number;
  /** Why the last look failed, while it is tried again or given up. Not kept over a reload. */
  readonly problem?: unknown;
  /** What differs on the one person after processing. Not kept over a reload: data of people stays in memory. */
  readonly differences?: readonly Difference[];
}

const PEOPLE_KEPT = 250;

/** A task just started, by itself or by a batch. */
export function startedTask(
  tenantId: string,
  action: TaskAction,
  id: string,
  people: readonly TaskPerson[],
  { batchId, now = Date.now() }: { readonly batchId?: string; readonly now?: number } = {},
): FollowedTask {
  return {
    id,
    tenantId,
    action,
    ...(batchId === undefined ? {} : { batchId }),
    people: people.slice(0, PEOPLE_KEPT).map(({ id, name }) => ({ id, name })),
    peopleCount: people.length,
    startedAt: now,
    state: 'running',
    counts: [],
    messages: [],
  };
}

export function taskKey({ tenantId, id }: Pick<FollowedTask, 'tenantId' | 'id'>): string {
  return `${tenantId}/${id}`;
}

/** An invitation of all unregistered people, of whom so many were counted. */
export function startedForEverybody(tenantId: string, id: string, counted: number): FollowedTask {
  return { ...startedTask(tenantId, 'invite', id, []), peopleCount: counted, everybody: true };
}

/** The task with what the service says of it now. */
export function withStatus(task: FollowedTask, status: TaskStatus, now = Date.now()): FollowedTask {
  const { completionStatus, percentComplete, progress, launcher, completed } = status;
  const { id, tenantId, action, batchId, people, peopleCount, everybody, startedAt, startedBy } = task;
  const ended = Date.parse(completed ?? '');
  return {
    id,
    tenantId,
    action,
    ...(batchId === undefined ? {} : { batchId }),
    people,
    peopleCount,
    ...(everybody === undefined ? {} : { everybody }),
    startedAt,
    state: stateOf(completionStatus),
    ...(percentComplete === undefined ? {} : { percent: percentComplete }),
    ...(progress && completionStatus === null ? { phase: progress } : {}),
    ...((launcher ?? startedBy) ? { startedBy: launcher ?? startedBy ?? '' } : {}),
    ...(completionStatus === null ? {} : { endedAt: Number.isNaN(ended) ? now : ended }),
    counts: countsOf(status),
    messages: notesOf(status.messages ?? [], people),
  };
}

function notesOf(messages: readonly TaskMessage[], people: readonly TaskPerson[]): readonly TaskNote[] {
  const named = whoIs(people);
  return messages.flatMap(({ type, key, localizedText, parameters }) => {
    const text = localizedText?.message ?? key ?? '';
    if (text === '') return [];
    const about = [...new Set((parameters ?? []).flatMap(textsIn).flatMap((said) => named(said) ?? []))];
    return [about.length === 0 ? { type, text } : { type, text, about }];
  });
}

/** Finds a person of the task by id, or by a name that only one of them has: which of both is sent is not documented. */
function whoIs(people: readonly TaskPerson[]): (said: string) => string | undefined {
  const byName = new Map<string, string | undefined>();
  for (const { id, name } of people) byName.set(name, byName.has(name) ? undefined : id);
  const ids = new Set(people.map(({ id }) => id));
  return (said) => (ids.has(said) ? said : byName.get(said));
}

/** Parameters are texts or objects of no documented shape. */
function textsIn(parameter: unknown): readonly string[] {
  if (typeof parameter === 'string') return [parameter];
  if (typeof parameter !== 'object' || parameter === null) return [];
  return Object.values(parameter).flatMap(textsIn);
}

/** True when the service moved on between two looks. */
export function hasProgressed(before: FollowedTask, after: FollowedTask): boolean {
  return before.state !== after.state || before.percent !== after.percent || before.phase !== after.phase;
}

/** An unknown status is an end that did not succeed: the service may add values at any time. */
function stateOf(completionStatus: string | null): TaskState {
  switch (completionStatus) {
    case null:
      return 'running';
    case 'SUCCESS':
      return 'succeeded';
    case 'WARNING':
      return 'warning';
    case 'UNKNOWN':
      return 'lost';
    default:
      return 'failed';
  }
}

function countsOf({ returns = [], attributes = {} }: TaskStatus): FollowedTask['counts'] {
  return returns.flatMap(({ name, attributeName }) => {
    const value = attributes[attributeName];
    return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
      ? [{ name, value: String(value) }]
      : [];
  });
}
