/** The Identities API's own operations on one identity or many (contract 1, 2). */
import { requireValid, invalidArgument } from './responses';
import { ApiError } from './errors';
import type { CallOptions, Send } from './pipeline';
import type { Identity, IdentitySyncJob, ListIdentitiesParams, VerificationVia } from './identities';
import { parseIdentity, parseSyncJob, VERIFICATION_VIAS } from './identities';
import type { OperationName } from './operations';
import { OPERATIONS } from './operations';
import { mayHaveHappened } from './uncertainty';
import type { OwnershipAssociation } from './ownership';
import { parseAssociations } from './ownership';
import type { Page } from './paging';
import { pageOf, pageQuery, iteratePages } from './paging';
import { totalOrder } from './sorters';
import type { TaskResult, TaskStatus } from './tasks';
import { parseTaskResult, parseTaskStatus } from './tasks';

/** The service takes at most so many ids in one process call (contract 2.6). */
const PROCESS_CHUNK = 250;
/** An identity may be synchronized once in that time (contract 1). */
const SYNCHRONIZE_PAUSE_MS = OPERATIONS.synchronizeAttributesForIdentity.pausePerPersonMs;

/** The `identities` part of the client. What each resolves to and when it rejects: see `Client`. */
export function identityOperations(send: Send) {
  const synchronizedAt = new Map<string, number>();

  async function list(params: ListIdentitiesParams = {}, options?: CallOptions): Promise<Page<Identity>> {
    const operation = 'listIdentities';
    const page = pageQuery(params, operation);
    const { filters, sorters, defaultFilter } = params;
    const answer = await send({
      operation,
      query: { filters: filters || undefined, sorters: sorters || undefined, defaultFilter, ...page },
      options,
    });
    return pageOf(answer, page, operation, parseIdentity);
  }

  async function invite(body: { readonly ids: readonly string[]; readonly uninvited: boolean }, options?: CallOptions) {
    const operation = 'startIdentitiesInvite';
    const { json, status } = await send({ operation, body, options });
    return requireValid(parseTaskStatus(json), operation, status);
  }

  return {
    list,

    listAll(params: Omit<ListIdentitiesParams, 'offset'> = {}, options?: CallOptions): AsyncIterable<Page<Identity>> {
      const { limit, count, ...rest } = params;
      const sorters = totalOrder(params.sorters);
      return iteratePages({
        limit,
        count,
        options,
        fetchPage: (page, pageOptions) => list({ ...rest, sorters, ...page }, pageOptions),
      });
    },

    async get(id: string, options?: CallOptions): Promise<Identity> {
      const operation = 'getIdentity';
      const { json, status } = await send({ operation, path: { id }, options });
      const identity = requireValid(parseIdentity(json), operation, status);
      // Whoever acts on the answer must act on whom was asked for.
      if (identity.id !== id) {
        throw new ApiError('badAnswer', 'A different identity was returned than requested.', {
          operation,
          status,
          flaw: 'otherIdentity',
        });
      }
      return identity;
    },

    async delete(id: string, options?: CallOptions): Promise<void> {
      await send({ operation: 'deleteIdentity', path: { id }, emptyAnswer: true, options });
    },

    /** Nothing that blocks the deletion is an empty list; uncorrelated accounts answer without details (contract 2.9). */
    async ownership(id: string, options?: CallOptions): Promise<readonly OwnershipAssociation[]> {
      const { json } = await send({ operation: 'getIdentityOwnershipDetails', path: { id }, options });
      return parseAssociations(json) ?? [];
    },

    async reset(id: string, options?: CallOptions): Promise<void> {
      await send({ operation: 'resetIdentity', path: { id }, emptyAnswer: true, options });
    },

    async sendVerification(
      id: string,
      mail: { readonly via: VerificationVia; readonly sourceName?: string | null },
      options?: CallOptions,
    ): Promise<unknown> {
      const operation = 'sendIdentityVerificationAccountToken';
      if (!VERIFICATION_VIAS.includes(mail.via))
        throw invalidArgument(operation, 'The way to send the link is unknown');
      const body = { via: mail.via, ...(mail.sourceName === undefined ? {} : { sourceName: mail.sourceName }) };
      const { json } = await send({ operation, path: { id }, body, emptyAnswer: true, options });
      return json;
    },

    async invite(ids: readonly string[], options?: CallOptions): Promise<TaskStatus> {
      // The service takes an empty request for valid (contract 2.5); only `uninvited` may go without ids.
      return invite({ ids: checkedIds(ids, 'startIdentitiesInvite'), uninvited: false }, options);
    },

    inviteAllUnregistered(options?: CallOptions): Promise<TaskStatus> {
      return invite({ ids: [], uninvited: true }, options);
    },

    async process(ids: readonly string[], options?: CallOptions): Promise<readonly TaskResult[]> {
      const operation = 'startIdentityProcessing';
      const all = checkedIds(ids, operation);
      const started: TaskResult[] = [];
      for (let from = 0; from < all.length; from += PROCESS_CHUNK) {
        const body = { identityIds: all.slice(from, from + PROCESS_CHUNK) };
        try {
          const { json, status } = await send({ operation, body, options });
          started.push(requireValid(parseTaskResult(json), operation, status));
        } catch (e) {
          throw started.length > 0 && ApiError.is(e)
            ? new ApiError(e.reason, e.message, { ...e.details, started, cause: e.cause })
            : e;
        }
      }
      return started;
    },

    async synchronize(id: string, options?: CallOptions): Promise<IdentitySyncJob> {
      const operation = 'synchronizeAttributesForIdentity';
      const now = Date.now();
      for (const [known, at] of synchronizedAt) {
        if (at + SYNCHRONIZE_PAUSE_MS <= now) synchronizedAt.delete(known);
      }
      const last = synchronizedAt.get(id);
      if (last !== undefined) {
        const retryAfterMs = last + SYNCHRONIZE_PAUSE_MS - now;
        const text = 'The identity was synchronized less than 10 seconds ago.';
        throw new ApiError('rateLimited', text, { operation, retryAfterMs, sent: false });
      }
      synchronizedAt.set(id, now);
      try {
        const { json, status } = await send({ operation, path: { id }, options });
        return requireValid(parseSyncJob(json), operation, status);
      } catch (e) {
        // Only what certainly did not start may be tried at once again.
        if (ApiError.is(e) && !mayHaveHappened(e)) synchronizedAt.delete(id);
        throw e;
      }
    },
  };
}

/** Without doubles and empty ones; refuses an empty list, which the service might take for "all". */
function checkedIds(ids: readonly string[], operation: OperationName): readonly string[] {
  const unique = [...new Set(ids.filter((id) => id.trim() !== ''))];
  if (unique.length === 0) throw invalidArgument(operation, 'At least one identity is needed');
  return unique;
}
