import * as v from 'valibot';
import { COUNT, JSON_OBJECT, listOfFitting, openObject, readAs, tolerantObject, type Output } from '../schema';
import { requireValid, invalidArgument, totalOf } from './responses';
import { ApiError } from './errors';
import type { CallOptions, Send } from './pipeline';
import type { Identity } from './identities';
import { textOf } from './json';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import { ID, orNull, REF, TEXT_OR_NULL } from './refs';

/** Something a person has. Of an entitlement the index alone knows on which source it is. */
const ACCESS_ITEM = tolerantObject({ id: ID }, { type: v.string(), name: TEXT_OR_NULL, source: REF });
export type AccessItem = Output<typeof ACCESS_ITEM>;

/** An account as the index lists it; the id that its source has for it is `accountId` (contract-2 1.3). */
const ACCOUNT_ITEM = tolerantObject({}, { name: TEXT_OR_NULL, accountId: TEXT_OR_NULL, source: REF });

/** An identity as the search index knows it: other field names than the Identity (contract 5), and it lags behind. */
const IDENTITY_DOCUMENT = openObject(
  {
    id: ID,
    manager: orNull(tolerantObject({ id: ID }, { type: v.string(), name: TEXT_OR_NULL, displayName: v.string() })),
  },
  {
    name: v.string(),
    displayName: v.string(),
    email: TEXT_OR_NULL,
    status: v.string(),
    inactive: v.boolean(),
    protected: v.boolean(),
    processingState: TEXT_OR_NULL,
    /** Of the last processing that failed (contract-2 1.3). */
    processingDetails: orNull(
      tolerantObject({}, { date: TEXT_OR_NULL, stage: TEXT_OR_NULL, message: TEXT_OR_NULL, retryCount: v.number() }),
    ),
    attributes: JSON_OBJECT,
    /** Roles, access profiles and entitlements; only with `includeNested`. */
    access: listOfFitting(ACCESS_ITEM),
    /** Only with `includeNested`. */
    accounts: listOfFitting(ACCOUNT_ITEM),
    /** As the index counts them, which need not be what its lists hold (contract-2 1.3). */
    accountCount: COUNT,
    entitlementCount: COUNT,
    roleCount: COUNT,
    accessProfileCount: COUNT,
  },
);
export type IdentityDocument = Output<typeof IDENTITY_DOCUMENT>;

/** A person of the index as lists show people; what the index does not know is left out. */
export function identityOfDocument(document: IdentityDocument): Identity {
  const {
    id,
    name,
    displayName,
    email,
    status,
    processingState,
    manager,
    attributes,
    protected: isProtected,
  } = document;
  const identityStatus = status ?? textOf(attributes?.['cloudStatus']);
  const stateName = textOf(attributes?.['cloudLifecycleState']);
  return {
    id,
    name: displayName ?? name ?? id,
    ...(name === undefined ? {} : { alias: name }),
    ...(email === undefined ? {} : { emailAddress: email }),
    ...(processingState === undefined ? {} : { processingState }),
    ...(identityStatus === undefined ? {} : { identityStatus }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(isProtected === undefined ? {} : { protected: isProtected }),
    managerRef: manager ? { ...manager, ...(manager.displayName ? { name: manager.displayName } : {}) } : null,
    lifecycleState: stateName === undefined ? null : { stateName },
  };
}

/** The index answers no row beyond this by offset; `searchAfter` goes on (contract 5). */
const SEARCH_WINDOW = 10_000;
const ALL_PAGE = 1_000;

export interface SearchParams extends PageParams {
  readonly sort?: readonly string[];
  readonly searchAfter?: readonly string[];
  readonly includeNested?: boolean;
  /** Fields of the documents to answer with, beside id and name; all when absent. */
  readonly fields?: readonly string[];
  /** Fields to leave out, parts of one with a dot: `processingDetails.stackTrace`. */
  readonly withoutFields?: readonly string[];
}

/** One value of a field with how many have it. Of true and false the key may be 1 and 0 (contract-2 1.6). */
const BUCKET = tolerantObject(
  { key: v.union([v.string(), v.number(), v.bigint(), v.boolean()]), doc_count: COUNT },
  { key_as_string: v.string() },
);

const AGGREGATION = tolerantObject({
  aggregations: tolerantObject({
    values: tolerantObject({ buckets: listOfFitting(BUCKET) }, { sum_other_doc_count: COUNT }),
  }),
});

/** How many identities have which value of a field. */
export interface Aggregation {
  /** Values with the most first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Identities with other values than these. */
  readonly others: number;
  /** All that the query finds, with or without a value; absent where the service does not say. */
  readonly total: number | undefined;
}

/** The `search` part of the client. POST, but reads: nothing changes, so they are repeated like any read. */
export function searchOperations(send: Send) {
  async function identities(
    query: string,
    params: SearchParams = {},
    options?: CallOptions,
  ): Promise<Page<IdentityDocument>> {
    const operation = 'searchPost';
    // The limit is always sent: the documents name two different defaults.
    const page = pageQuery(params, operation, SEARCH_WINDOW);
    if (page.offset + page.limit > SEARCH_WINDOW) {
      throw invalidArgument(operation, 'Search answers the first 10,000 by offset; go on with searchAfter');
    }
    const { sort, searchAfter, includeNested, fields, withoutFields } = params;
    const queryResultFilter = (fields ?? withoutFields) && { includes: fields, excludes: withoutFields };
    const body = { ...searchBody(query), sort, searchAfter, includeNested, queryResultFilter };
    return pageOf(await send({ operation, query: page, body, options }), page, operation, (row) =>
      readAs(IDENTITY_DOCUMENT, row),
    );
  }

  return {
    identities,

    /** Sorted by id, so that the last id of a page is where the next one begins. */
    async *all(query: string, options?: CallOptions): AsyncGenerator<Page<IdentityDocument>, void, undefined> {
      let searchAfter: readonly string[] | undefined;
      let offset = 0;
      for (;;) {
        const after = searchAfter === undefined ? {} : { searchAfter };
        const params = { limit: ALL_PAGE, sort: ['id'], includeNested: false, ...after };
        const page = await identities(query, params, options);
        const last = page.items.at(-1);
        if (last !== undefined && last.id === searchAfter?.[0]) {
          const operation = 'searchPost';
          throw new ApiError('badAnswer', `The same page was returned again (${operation}).`, {
            operation,
            flaw: 'sameRows',
          });
        }
        yield { ...page, offset };
        if (!page.hasMore || last === undefined) return;
        searchAfter = [last.id];
        offset += page.items.length;
      }
    },

    /**
     * How many identities have which value (contract-2 1.6), without the identities.
     *
     * @param field of the documents; of one that holds text with `.exact` behind it, or the service answers 400
     * @param size values at most, 1 or more
     */
    async aggregate(query: string, field: string, size: number, options?: CallOptions): Promise<Aggregation> {
      const operation = 'searchAggregate';
      const body = { ...searchBody(query), aggregationsDsl: { values: { terms: { field, size } } } };
      const answer = await send({ operation, query: { limit: 0, count: true }, body, options });
      const found = requireValid(readAs(AGGREGATION, answer.json), operation, answer.status).aggregations.values;
      const values = found.buckets.map(({ key, key_as_string: text, doc_count: count }) => ({
        value: text ?? String(key),
        count,
      }));
      return { values, others: found.sum_other_doc_count ?? 0, total: totalOf(answer.header) };
    },

    /** Answered in a header of an empty answer. */
    async count(query: string, options?: CallOptions): Promise<number> {
      const operation = 'searchCount';
      const { header, status } = await send({ operation, body: searchBody(query), emptyAnswer: true, options });
      return requireValid(totalOf(header), operation, status);
    },
  };
}

function searchBody(query: string) {
  return { indices: ['identities'], query: { query } };
}
