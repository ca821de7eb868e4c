import * as v from 'valibot';
import { fittingEntries, JSON_OBJECT, openObject, readAs, tolerantObject, type Output } from '../schema';
import { requireValid } from './responses';
import { ApiError } from './errors';
import type { CallOptions, Send } from './pipeline';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import { ID, orNull, REF, TEXT_OR_NULL, type MayLack } from './refs';
import type { ApiVersion } from './versions';

/** What a task that has ended without a word about how is given as its status. */
const UNKNOWN_END = 'UNKNOWN';

const MESSAGE = tolerantObject(
  {
    /** `INFO`, `WARN`, `ERROR`. */
    type: v.fallback(v.string(), 'INFO'),
    localizedText: orNull(tolerantObject({ message: v.string(), locale: v.fallback(v.string(), '') })),
    parameters: orNull(v.array(v.unknown())),
  },
  { key: v.string() },
);
export type TaskMessage = MayLack<Output<typeof MESSAGE>>;

/** Contract 2.8. `completionStatus` null means not finished. */
const TASK_STATUS = v.pipe(
  openObject(
    {
      id: ID,
      /** `SUCCESS`, `WARNING`, `ERROR`, `TERMINATED`, `TEMPERROR`, `UNKNOWN` (here: not said), or null while it runs. */
      completionStatus: orNull(v.string()),
      target: orNull(
        v.pipe(
          REF,
          v.transform((target) => ({ ...target, name: target.name ?? target.id })),
        ),
      ),
      messages: fittingEntries(MESSAGE),
      returns: fittingEntries(v.object({ name: v.string(), attributeName: v.string() })),
    },
    {
      type: v.string(),
      uniqueName: v.string(),
      description: TEXT_OR_NULL,
      parentName: TEXT_OR_NULL,
      launcher: TEXT_OR_NULL,
      created: v.string(),
      modified: TEXT_OR_NULL,
      launched: TEXT_OR_NULL,
      completed: TEXT_OR_NULL,
      attributes: JSON_OBJECT,
      /** Phase text. */
      progress: TEXT_OR_NULL,
      percentComplete: v.pipe(
        v.number(),
        v.transform((percent) => Math.min(100, Math.max(0, percent))),
      ),
    },
  ),
  v.transform((task) => Object.assign(task, { completionStatus: statusOf(task) })),
);
export type TaskStatus = Omit<MayLack<Output<typeof TASK_STATUS>>, 'completionStatus'> & {
  readonly completionStatus: string | null;
};

/** The answer of process: only the id is needed; the name may be null, "null" (as the service's own example) or absent (contract 2.6). */
const TASK_RESULT = tolerantObject(
  {
    id: ID,
    name: orNull(
      v.pipe(
        v.string(),
        v.check((name) => name !== 'null'),
      ),
    ),
  },
  { type: v.string() },
);
export type TaskResult = Output<typeof TASK_RESULT>;

/** A task of an answer; undefined for what has no id. */
export function parseTaskStatus(row: unknown): TaskStatus | undefined {
  return readAs(TASK_STATUS, row);
}

/** The answer of process; undefined for what has no id. */
export function parseTaskResult(json: unknown): TaskResult | undefined {
  return readAs(TASK_RESULT, json);
}

/** Letters of any case. A task that says when it was completed has ended, also when it does not say how. */
function statusOf(task: {
  readonly completionStatus: string | null;
  readonly completed?: string | null;
}): string | null {
  const said = task.completionStatus?.trim().toUpperCase() ?? '';
  if (said !== '') return said;
  return (task.completed ?? '') === '' ? null : UNKNOWN_END;
}

/** The `tasks` part of the client of that version. */
export function taskOperations(send: Send, version: ApiVersion) {
  return {
    async get(id: string, options?: CallOptions): Promise<TaskStatus> {
      const operation = 'getTaskStatus';
      const { json, status } = await send({ operation, path: { id }, options });
      return requireValid(parseTaskStatus(json), operation, status);
    },

    /**
     * Completed tasks only in v2024 and beta, all of them in v1 (contract 2.8): asking the former for running ones
     * rejects with `unsupported` before anything is sent.
     */
    async list(
      params: PageParams & { readonly filters?: string; readonly sorters?: string } = {},
      options?: CallOptions,
    ): Promise<Page<TaskStatus>> {
      const operation = 'getTaskStatusList';
      const page = pageQuery(params, operation);
      const { filters, sorters } = params;
      if (version !== 'v1' && filters !== undefined && /\bisnull\b/.test(filters.replace(/"(\\.|[^"\\])*"/g, '""'))) {
        const text = `${version} lists only completed tasks (${operation}).`;
        throw new ApiError('unsupported', text, { operation, sent: false, flaw: 'finishedTasksOnly' });
      }
      const query = { filters: filters || undefined, sorters: sorters || undefined, ...page };
      const answer = await send({ operation, query, options });
      return pageOf(answer, page, operation, parseTaskStatus);
    },
  };
}
