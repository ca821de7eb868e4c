import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiLog } from '../api/client';
import type { FollowedTask } from './task';
import type { TaskMemory } from './tracker';

/** Remembers tasks in a folder, one small file each: two windows that start tasks at once lose neither. */
export function taskFiles(folder: string, log: Pick<ApiLog, 'warn'>): TaskMemory {
  const fileOf = (task: Pick<FollowedTask, 'tenantId' | 'id'>): string =>
    join(folder, `${encodeURIComponent(`${task.tenantId}.${task.id}`)}.json`);
  const failed = (what: string, error: unknown): void => {
    log.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  };

  return {
    read() {
      const tasks: FollowedTask[] = [];
      for (const name of namesIn(folder)) {
        try {
          const task = parseTask(JSON.parse(readFileSync(join(folder, name), 'utf8')));
          if (task) tasks.push(task);
        } catch (error) {
          failed(`A remembered task cannot be read (${name})`, error);
        }
      }
      return tasks;
    },
    write(task) {
      const file = fileOf(task);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${file}.new`, JSON.stringify(task, kept));
        renameSync(`${file}.new`, file);
      } catch (error) {
        failed('A task cannot be remembered over a reload', error);
      }
    },
    remove(task) {
      try {
        rmSync(fileOf(task), { force: true });
      } catch (error) {
        failed('A remembered task cannot be removed', error);
      }
    },
  };
}

/** What went wrong is of this moment, and data of people stays in memory. */
function kept(key: string, value: unknown): unknown {
  return key === 'problem' || key === 'differences' ? undefined : value;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // No folder: nothing was ever started.
    return [];
  }
}

/** Files outlive versions of the extension: what lacks the essentials is not taken. */
function parseTask(json: unknown): FollowedTask | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const task = json as Partial<FollowedTask>;
  const { id, tenantId, startedAt, state } = task;
  if (typeof id !== 'string' || typeof tenantId !== 'string' || typeof startedAt !== 'number') return undefined;
  if (typeof state !== 'string' || !Array.isArray(task.people) || typeof task.peopleCount !== 'number')
    return undefined;
  if (task.action !== 'process' && task.action !== 'invite') return undefined;
  if (task.batchId !== undefined && typeof task.batchId !== 'string') return undefined;
  if (!Array.isArray(task.counts) || !Array.isArray(task.messages)) return undefined;
  return task as FollowedTask;
}
