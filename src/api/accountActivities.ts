import * as v from 'valibot';
import { fittingEntries, isObject, JSON_OBJECT, readAs, tolerantObject, type Output } from '../schema';
import { invalidArgument } from './responses';
import type { CallOptions, Send } from './pipeline';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import { ID, orNull, TEXT_OR_NULL } from './refs';

/** More errors of one activity or item than this are not read. */
const MOST_TEXTS = 50;
/** Lists in lists in objects: no error is told deeper than this. */
const DEEPEST = 4;
/** Where an object that is an error may have its text: none is documented, the first that has one counts. */
const TEXT_FIELDS = ['text', 'message', 'localizedText', 'errorMessage', 'messages', 'error', 'key', 'code'];

/** One or more errors; null stands for one that is there but has no text that can be read. */
type Texts = readonly (string | null)[];

/** Documented as a list of texts or null (contract-2 2.2); read from one text, an object and lists of both as well. */
const TEXTS = v.pipe(
  v.unknown(),
  v.transform((value) => textsIn(value)),
);

function textsIn(value: unknown, depth = 0): Texts {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) {
    if (depth >= DEEPEST) return value.length === 0 ? [] : [null];
    return value
      .slice(0, MOST_TEXTS)
      .flatMap((entry) => textsIn(entry, depth + 1))
      .slice(0, MOST_TEXTS);
  }
  if (!isObject(value) || Object.keys(value).length === 0) return [];
  for (const field of depth >= DEEPEST ? [] : TEXT_FIELDS) {
    const found = textsIn(value[field], depth + 1);
    if (found.length > 0) return found;
  }
  return [null];
}

/**
 * A change to one account. The documents name no errors and no name of the source (contract-2 2.2); where an item has them all the
 * same, they are read.
 */
const ITEM = v.pipe(
  JSON_OBJECT,
  v.transform((item) => ({
    ...item,
    errors: [item['errors'], item['errorMessages']],
    sourceName: item['sourceName'] ?? (isObject(item['source']) ? item['source']['name'] : undefined),
  })),
  tolerantObject(
    { errors: TEXTS },
    {
      operation: TEXT_OR_NULL,
      provisioningStatus: TEXT_OR_NULL,
      attribute: TEXT_OR_NULL,
      value: TEXT_OR_NULL,
      nativeIdentity: TEXT_OR_NULL,
      sourceId: v.nullable(ID),
      sourceName: TEXT_OR_NULL,
    },
  ),
);
export type AccountActivityItem = Output<typeof ITEM>;

/** `id` is the summary's own, `identityId` the identity's (contract-2 2.2). */
const SUMMARY = orNull(tolerantObject({}, { id: ID, identityId: ID, name: TEXT_OR_NULL }));

/** Contract-2 2.2; every field may be null or absent. */
const ACTIVITY = tolerantObject(
  {
    errors: TEXTS,
    warnings: TEXTS,
    /** A list or null; a single one without its list is read, too. */
    items: v.pipe(
      v.unknown(),
      v.transform((items) => (isObject(items) ? [items] : items)),
      fittingEntries(ITEM),
    ),
    targetIdentitySummary: SUMMARY,
    requesterIdentitySummary: SUMMARY,
  },
  {
    id: ID,
    /** `Identity Refresh`, `appRequest`, ...: an open list. */
    type: TEXT_OR_NULL,
    created: TEXT_OR_NULL,
    modified: TEXT_OR_NULL,
    completed: TEXT_OR_NULL,
    /** `SUCCESS`, `FAILURE`, `INCOMPLETE`, `PENDING`. */
    completionStatus: TEXT_OR_NULL,
    /** `EXECUTING`, `VERIFYING`, `TERMINATED`, `COMPLETED`. */
    executionStatus: TEXT_OR_NULL,
  },
);
export type AccountActivity = Output<typeof ACTIVITY>;

/** The `accountActivities` part of the client. */
export function accountActivityOperations(send: Send) {
  return {
    /**
     * The activities whose target or requester the identity is (`regarding-identity`, contract-2 2.2), one page.
     *
     * @param regardingIdentity an id; sent as it is, so `me` is the token's user
     * @param params `sorters`: `type`, `created` or `modified`, with `-` for the last first
     * @throws ApiError `invalid` for an empty id or a page that cannot be, before anything is sent; `forbidden` as the documents
     *   name no scope of its own (`sp:scopes:all`); `badAnswer` for what is no list
     */
    async list(
      regardingIdentity: string,
      { sorters, ...params }: PageParams & { readonly sorters?: string } = {},
      options?: CallOptions,
    ): Promise<Page<AccountActivity>> {
      const operation = 'listAccountActivities';
      if (regardingIdentity.trim() === '') throw invalidArgument(operation, 'The identity is needed');
      const page = pageQuery(params, operation);
      const query = { 'regarding-identity': regardingIdentity, sorters: sorters || undefined, ...page };
      const answer = await send({ operation, query, options });
      return pageOf(answer, page, operation, (row) => readAs(ACTIVITY, row));
    },
  };
}
