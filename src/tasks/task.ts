import * as v from 'valibot';
import type { TaskMessage, TaskStatus } from '../api/tasks';
import { COUNT, FILLED, TIME_MS, type Output } from '../schema';
import type { Difference } from './identityDiff';

/** What was started from here. */
const TASK_ACTIONS = ['process', 'invite'] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

/**
 * `stopped`: no longer followed, though it may go on in the service. `lost`: the service does not tell any more.
 */
const TASK_STATES = ['running', 'succeeded', 'warning', 'failed', 'stopped', 'lost'] as const;
type TaskState = (typeof TASK_STATES)[number];

const TASK_PERSON = v.object({ id: v.string(), name: v.string() });
export type TaskPerson = Output<typeof TASK_PERSON>;

const TASK_NOTE = v.object({
  /** `INFO`, `WARN`, `ERROR`. */
  type: v.string(),
  text: v.string(),
  /** Ids of the task's people whom the service names in it. */
  about: v.exactOptional(v.array(v.string())),
});
export type TaskNote = Output<typeof TASK_NOTE>;

/** A task as its file keeps it: whatever fits can be shown, counted and followed. */
export const STORED_TASK = v.object({
  /** The service's id. */
  id: FILLED,
  tenantId: v.string(),
  action: v.picklist(TASK_ACTIONS),
  /** The batch it is a part of: shown below that, and told of by it. */
  batchId: v.exactOptional(v.string()),
  /** Whom it concerns: at most `PEOPLE_KEPT` of them. */
  people: v.array(TASK_PERSON),
  peopleCount: COUNT,
  /** The service chooses whom: all the unregistered, as many as were counted before. */
  everybody: v.exactOptional(v.literal(true)),
  /** Milliseconds since 1970. */
  startedAt: TIME_MS,
  startedBy: v.exactOptional(v.string()),
  endedAt: v.exactOptional(TIME_MS),
  state: v.picklist(TASK_STATES),
  /** As the service told it: out of 0 to 100 is possible. */
  percent: v.exactOptional(v.pipe(v.number(), v.finite())),
  phase: v.exactOptional(v.string()),
  counts: v.array(v.object({ name: v.string(), value: v.string() })),
  messages: v.array(TASK_NOTE),
  /** When it was taken from the view (milliseconds since 1970). */
  hiddenAt: v.exactOptional(TIME_MS),
});

/** A task of the service that was started from here, as far as it is known. Plain data, kept over a reload. */
export interface FollowedTask extends Output<typeof STORED_TASK> {
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
