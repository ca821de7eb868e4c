import { join } from 'node:path';
import type { ApiLog } from '../api/client';
import { readAs } from '../schema';
import { claimFile, listNames, makeFolder, readJson, removeParts, removeWhole, writeWhole } from '../storage/files';
import { problemOf, Unreadable } from '../storage/problem';
import { STORED_TASK, type FollowedTask } from './task';
import type { TaskMemory } from './tracker';
import { t } from '../text/l10n';

/** Remembers tasks in a folder, one small file each: two windows that start tasks at once lose neither. */
export function taskFiles(folder: string, log: Pick<ApiLog, 'warn'>): TaskMemory {
  const fileOf = (task: Pick<FollowedTask, 'tenantId' | 'id'>): string =>
    join(folder, `${encodeURIComponent(`${task.tenantId}.${task.id}`)}.json`);

  const toldOf = (task: Pick<FollowedTask, 'tenantId' | 'id'>): string => fileOf(task).replace(/json$/, 'told');

  let problem: string | undefined;
  let unreadable = 0;
  return {
    get problem() {
      return problem;
    },
    get unreadable() {
      return unreadable;
    },
    read() {
      unreadable = 0;
      removeParts(folder);
      const tasks: FollowedTask[] = [];
      for (const name of listNames(folder).filter((each) => each.endsWith('.json'))) {
        try {
          const task = readAs(STORED_TASK, readJson(join(folder, name)));
          if (!task) throw new Unreadable(t('its format is unknown'));
          tasks.push(task);
        } catch (error) {
          unreadable++;
          log.warn(`A remembered task cannot be read and is left alone (${name}): ${problemOf(error)}`);
        }
      }
      return tasks;
    },
    write(task) {
      try {
        makeFolder(folder);
        writeWhole(fileOf(task), JSON.stringify(task, kept));
        problem = undefined;
      } catch (error) {
        problem = problemOf(error);
        log.warn(`A task cannot be remembered over a reload: ${problem}`);
      }
    },
    remove(task) {
      try {
        removeWhole(fileOf(task));
        removeWhole(toldOf(task));
      } catch (error) {
        log.warn(`A remembered task cannot be removed: ${problemOf(error)}`);
      }
    },
    claimEnd(task) {
      try {
        makeFolder(folder);
        return claimFile(toldOf(task));
      } catch {
        // A disk that takes nothing must not keep an end from being told.
        return true;
      }
    },
  };
}

/** What went wrong is of this moment, and data of people stays in memory. */
function kept(key: string, value: unknown): unknown {
  return key === 'problem' || key === 'differences' ? undefined : value;
}
