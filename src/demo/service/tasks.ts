import { randomUUID } from 'node:crypto';
import type { TaskMessage, TaskStatus } from '../../api/tasks';
import { FEATURED } from '../data/showcasePeople';
import { idFrom, hash32 } from '../data/random';
import type { World } from '../data/world';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PHASES = ['Queued', 'Loading identities', 'Evaluating attributes', 'Evaluating roles', 'Provisioning changes'];
/** Tasks are kept 90 days by the service; here the last thousand are. */
const KEPT = 1_000;

interface Task {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly started: number;
  readonly ends: number;
  readonly target: TaskStatus['target'];
  readonly outcome: 'SUCCESS' | 'WARNING' | 'ERROR';
  readonly messages: readonly TaskMessage[];
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Carried out once, when the task's time is over. */
  effect?: () => void;
}

/** Work that takes time: started by process and invite, advancing with the clock. */
export interface Tasks {
  process(ids: readonly string[]): TaskStatus;
  invite(ids: readonly string[]): TaskStatus;
  get(id: string): TaskStatus | undefined;
  /** Newest first. */
  list(): TaskStatus[];
  /** Carries out what has come to its end by now. */
  settle(): void;
}

function message(type: TaskMessage['type'], key: string, text: string, parameters: readonly string[]): TaskMessage {
  return { type, key, localizedText: { locale: 'en', message: text }, parameters };
}

function unknownPerson(id: string): TaskMessage {
  return message('WARN', 'task_warn_identity_not_found', `Identity ${id} was not found and was skipped.`, [id]);
}

/** `durationMs` is how long a task for one identity takes; 250 take twice as long. */
export function createTasks(world: World, options: { durationMs: number }): Tasks {
  const { people } = world;
  const tasks = new Map<string, Task>(history(world).map((task) => [task.id, task]));

  const start = (task: Omit<Task, 'id' | 'started' | 'ends'>, people: number): TaskStatus => {
    const started = world.now();
    const ends = started + Math.round(options.durationMs * (1 + Math.min(people, 250) / 250));
    const id = randomUUID().replaceAll('-', '');
    tasks.set(id, { ...task, id, started, ends });
    const [oldest] = tasks.keys();
    if (tasks.size > KEPT && oldest !== undefined) tasks.delete(oldest);
    return statusOf({ ...task, id, started, ends }, world.now());
  };

  const target = (known: readonly number[]): TaskStatus['target'] => {
    const [only, ...others] = known;
    return only !== undefined && others.length === 0 ? world.ref(only) : null;
  };

  /** Some errors are cured by processing, some need a person to repair the data first. */
  const staysBroken = (index: number): boolean =>
    world.processingError(index) &&
    (index < FEATURED.length ? FEATURED[index]?.status === 'WARNING' : hash32(people.seed, index, 70) % 3 === 0);

  return {
    process(ids) {
      const known = ids.map((id) => world.find(id)).filter((index) => index !== undefined);
      const messages = ids.filter((id) => world.find(id) === undefined).map(unknownPerson);
      const broken = known.filter(staysBroken);
      for (const index of broken) {
        const { display } = people.name(index);
        const text = `${display} could not be processed: the manager attribute refers to an unknown person.`;
        messages.push(message('ERROR', 'task_error_refresh_identity', text, [people.id(index), display]));
      }
      const outcome =
        known.length > 0 && broken.length === known.length ? 'ERROR' : messages.length > 0 ? 'WARNING' : 'SUCCESS';
      const task = {
        name: 'Identity Refresh',
        description: `Refresh ${String(ids.length)} ${ids.length === 1 ? 'identity' : 'identities'}`,
        target: target(known),
        outcome,
        messages,
        attributes: { total: known.length, refreshed: known.length - broken.length, failed: broken.length },
        effect: () => {
          const now = world.now();
          for (const index of known.filter((index) => world.exists(index))) {
            const processingError = broken.includes(index);
            world.update(index, { lastRefresh: now, modified: now, processingError });
          }
        },
      } as const;
      return start(task, known.length);
    },
    invite(ids) {
      const known = ids.map((id) => world.find(id)).filter((index) => index !== undefined);
      const messages = ids.filter((id) => world.find(id) === undefined).map(unknownPerson);
      const invited = known.filter((index) => world.status(index) === 'UNREGISTERED' && people.email(index) !== null);
      for (const index of known.filter((index) => !invited.includes(index))) {
        const { display } = people.name(index);
        const why = people.email(index) === null ? 'has no work e-mail' : 'is registered already';
        messages.push(message('WARN', 'task_warn_invite_skipped', `${display} ${why}: no invitation.`, [display]));
      }
      const task = {
        name: 'Identity Invitation',
        description: `Invite ${String(ids.length)} ${ids.length === 1 ? 'identity' : 'identities'}`,
        target: target(known),
        outcome: messages.length > 0 ? 'WARNING' : 'SUCCESS',
        messages,
        attributes: { total: ids.length, invited: invited.length },
        effect: () => {
          for (const index of invited.filter((index) => world.exists(index))) {
            world.update(index, {
              status: 'PENDING',
              modified: world.now(),
              mails: (world.change(index).mails ?? 0) + 1,
            });
          }
        },
      } as const;
      return start(task, known.length);
    },
    get(id) {
      const task = tasks.get(id);
      return task && statusOf(task, world.now());
    },
    list: () => [...tasks.values()].sort((a, b) => b.started - a.started).map((task) => statusOf(task, world.now())),
    settle() {
      const now = world.now();
      for (const task of tasks.values()) {
        if (task.effect && task.ends <= now) {
          const { effect } = task;
          delete task.effect;
          effect();
        }
      }
    },
  };
}

function statusOf(task: Task, now: number): TaskStatus {
  const done = now >= task.ends;
  const share = done ? 1 : (now - task.started) / Math.max(1, task.ends - task.started);
  const time = (at: number): string => new Date(at).toISOString();
  return {
    id: task.id,
    type: 'QUEUED_TASK',
    uniqueName: task.name,
    description: task.description,
    parentName: null,
    launcher: 'demo.operator',
    target: task.target ?? null,
    created: time(task.started),
    modified: time(Math.min(now, task.ends)),
    launched: time(task.started),
    completed: done ? time(task.ends) : null,
    completionStatus: done ? task.outcome : null,
    messages: done ? task.messages : [],
    returns: Object.keys(task.attributes).map((name) => ({
      name: name.charAt(0).toUpperCase() + name.slice(1),
      attributeName: name,
    })),
    attributes: done ? task.attributes : {},
    progress: done ? null : (PHASES[Math.floor(share * PHASES.length)] ?? null),
    percentComplete: Math.floor(share * 100),
  };
}

/** What the system itself did in the last days, at 08:00 and 20:00 (contract 2.6). */
function history(world: World): Task[] {
  const today = world.today();
  return [3, 2, 1].flatMap((days) =>
    [8, 20].map((hour): Task => {
      const started = today - days * DAY + hour * HOUR;
      const failed = hash32(world.people.seed, days, hour) % 4;
      return {
        id: idFrom(world.people.seed, 'task', days, hour),
        name: 'Scheduled Identity Refresh',
        description: 'Refresh of all changed identities',
        started,
        ends: started + 11 * 60_000,
        target: null,
        outcome: failed === 0 ? 'WARNING' : 'SUCCESS',
        messages:
          failed === 0
            ? [message('WARN', 'task_warn_refresh_errors', 'Some identities ended with a processing error.', [])]
            : [],
        attributes: { total: world.people.correlated },
      };
    }),
  );
}
