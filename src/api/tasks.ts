import { requireValid } from './responses';
import { ApiError } from './errors';
import type { CallOptions, Send } from './pipeline';
import type { JsonObject } from './json';
import { checkedFields, idOf, isList, isNumber, isObject, isText, isTextOrNull, listOf, textOf } from './json';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import { parseRef } from './refs';
import type { ApiVersion } from './versions';

/** What a task that has ended without a word about how is given as its status. */
const UNKNOWN_END = 'UNKNOWN';

/** Contract 2.8. `completionStatus` null means not finished. */
export interface TaskStatus {
  readonly id: string;
  readonly type?: string;
  readonly uniqueName?: string;
  readonly description?: string | null;
  readonly parentName?: string | null;
  readonly launcher?: string | null;
  readonly target?: { readonly id: string; readonly type?: string | null; readonly name: string } | null;
  readonly created?: string;
  readonly modified?: string | null;
  readonly launched?: string | null;
  readonly completed?: string | null;
  /** `SUCCESS`, `WARNING`, `ERROR`, `TERMINATED`, `TEMPERROR`, `UNKNOWN` (here: not said), or null while it runs. */
  readonly completionStatus: string | null;
  readonly messages?: readonly TaskMessage[];
  readonly returns?: readonly { readonly name: string; readonly attributeName: string }[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Phase text. */
  readonly progress?: string | null;
  readonly percentComplete?: number;
}

export interface TaskMessage {
  /** `INFO`, `WARN`, `ERROR`. */
  readonly type: string;
  readonly key?: string;
  readonly localizedText?: { readonly locale: string; readonly message: string } | null;
  readonly parameters?: readonly unknown[] | null;
}

/** The answer of process: only the id is needed; the name may be null, "null" or absent (contract 2.6). */
export interface TaskResult {
  readonly id: string;
  readonly type?: string;
  readonly name: string | null;
}

const STATUS_CHECKS = {
  type: isText,
  uniqueName: isText,
  description: isTextOrNull,
  parentName: isTextOrNull,
  launcher: isTextOrNull,
  created: isText,
  modified: isTextOrNull,
  launched: isTextOrNull,
  completed: isTextOrNull,
  attributes: isObject,
  progress: isTextOrNull,
  percentComplete: isNumber,
};

/** A task of an answer; undefined for what has no id. */
export function parseTaskStatus(row: unknown): TaskStatus | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  const { target, messages, returns, percentComplete, ...rest } = checkedFields(row, STATUS_CHECKS);
  const targetRef = parseRef(target);
  return {
    ...rest,
    id,
    completionStatus: statusOf(row),
    ...(typeof percentComplete === 'number' ? { percentComplete: Math.min(100, Math.max(0, percentComplete)) } : {}),
    target: targetRef === undefined ? null : { ...targetRef, name: targetRef.name ?? targetRef.id },
    messages: listOf(messages).filter(isObject).map(parseMessage),
    returns: listOf(returns).flatMap((item) => {
      const name = isObject(item) ? textOf(item['name']) : undefined;
      const attributeName = isObject(item) ? textOf(item['attributeName']) : undefined;
      return name === undefined || attributeName === undefined ? [] : { name, attributeName };
    }),
  };
}

/** Letters of any case. A task that says when it was completed has ended, also when it does not say how. */
function statusOf(row: JsonObject): string | null {
  const said = textOf(row['completionStatus'])?.trim().toUpperCase() ?? '';
  if (said !== '') return said;
  return (textOf(row['completed']) ?? '') === '' ? null : UNKNOWN_END;
}

function parseMessage(raw: JsonObject): TaskMessage {
  const key = textOf(raw['key']);
  const { localizedText, parameters } = raw;
  const message = isObject(localizedText) ? textOf(localizedText['message']) : undefined;
  return {
    type: textOf(raw['type']) ?? 'INFO',
    ...(key === undefined ? {} : { key }),
    localizedText:
      isObject(localizedText) && message !== undefined
        ? { locale: textOf(localizedText['locale']) ?? '', message }
        : null,
    parameters: isList(parameters) ? parameters : null,
  };
}

/** The answer of process; the text "null" that the service's own example shows is no name (contract 2.6). */
export function parseTaskResult(json: unknown): TaskResult | undefined {
  if (!isObject(json)) return undefined;
  const id = idOf(json['id']);
  if (id === undefined) return undefined;
  const type = textOf(json['type']);
  const name = textOf(json['name']);
  return {
    id,
    ...(type === undefined ? {} : { type }),
    name: name === undefined || name === 'null' ? null : name,
  };
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
        const text = `${version} lists completed tasks only (${operation}).`;
        throw new ApiError('unsupported', text, { operation, sent: false });
      }
      const query = { filters: filters || undefined, sorters: sorters || undefined, ...page };
      const answer = await send({ operation, query, options });
      return pageOf(answer, page, operation, parseTaskStatus);
    },
  };
}
