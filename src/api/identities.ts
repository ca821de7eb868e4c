import * as v from 'valibot';
import { JSON_OBJECT, openObject, readAs, tolerantObject, type Output } from '../schema';
import { ID, orNull, REF_OR_NULL, TEXT_OR_NULL, type MayLack } from './refs';

export type { OwnershipAssociation } from './ownership';
/**
 * An identity as the list and get operations answer it (contract 2.2). Only `id` and `name` can be relied on; other fields pass
 * through. Enum-like fields are texts: the service may add values at any time.
 */
const IDENTITY = v.pipe(
  openObject(
    {
      id: ID,
      managerRef: REF_OR_NULL,
      lifecycleState: orNull(tolerantObject({ stateName: v.string() }, { manuallyUpdated: v.boolean() })),
    },
    {
      /** Display name. */
      name: v.string(),
      created: v.string(),
      modified: v.string(),
      lastRefresh: TEXT_OR_NULL,
      /** Account name on the authoritative source. */
      alias: TEXT_OR_NULL,
      emailAddress: TEXT_OR_NULL,
      /** `ERROR`, `OK` or null. */
      processingState: TEXT_OR_NULL,
      /** `ACTIVE`, `REGISTERED`, `UNREGISTERED`, `PENDING`, `LOCKED`, ... */
      identityStatus: TEXT_OR_NULL,
      isManager: v.boolean(),
      /** Told by Search alone (contract 5). */
      protected: v.boolean(),
      attributes: v.nullable(JSON_OBJECT),
    },
  ),
  v.transform((identity) => Object.assign(identity, { name: identity.name ?? identity.alias ?? identity.id })),
);
/** An identity, of the service or of its search index, which does not know all of it. */
export type Identity = MayLack<Output<typeof IDENTITY>>;

/** Contract 2.7. There is no endpoint to follow this job. */
const SYNC_JOB = tolerantObject(
  {
    id: ID,
    /** `QUEUED`, `IN_PROGRESS`, `SUCCESS`, `ERROR`. A job that was answered is at least queued. */
    status: v.fallback(v.string(), 'QUEUED'),
  },
  { payload: v.object({ type: v.string(), dataJson: v.string() }) },
);
export type IdentitySyncJob = Output<typeof SYNC_JOB>;

export interface ListIdentitiesParams {
  /** The service's filter grammar; build it with `filter.ts`, never by concatenation. */
  readonly filters?: string | undefined;
  /** `name`, `alias`, `cloudStatus`, each with optional `-`, comma-separated. */
  readonly sorters?: string | undefined;
  /** The service's default hides uncorrelated identities; `NONE` shows them. */
  readonly defaultFilter?: 'CORRELATED_ONLY' | 'NONE' | undefined;
  /** Ask for the total; costs the service time. */
  readonly count?: boolean | undefined;
  /** 1…250, default 250. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** How the link to verify oneself goes out (contract 2.4). */
export const VERIFICATION_VIAS = ['EMAIL_WORK', 'EMAIL_PERSONAL', 'LINK_WORK', 'LINK_PERSONAL'] as const;
export type VerificationVia = (typeof VERIFICATION_VIAS)[number];

/** An identity of an answer; undefined for what has no id. Unknown fields pass through. */
export function parseIdentity(row: unknown): Identity | undefined {
  return readAs(IDENTITY, row);
}

/** The job in an answer; undefined for what has no id. */
export function parseSyncJob(json: unknown): IdentitySyncJob | undefined {
  return readAs(SYNC_JOB, json);
}
