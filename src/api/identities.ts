import { checkedFields, idOf, isBoolean, isObject, isObjectOrNull, isText, isTextOrNull, textOf } from './json';
import type { Ref } from './refs';
import { parseRef } from './refs';

export type { OwnershipAssociation } from './ownership';
/**
 * An identity as the list and get operations answer it (contract 2.2). Only `id` and `name` can be relied on.
 * Enum-like fields are strings: the service may add values at any time.
 */
export interface Identity {
  readonly id: string;
  /** Display name. */
  readonly name: string;
  readonly created?: string;
  readonly modified?: string;
  readonly lastRefresh?: string | null;
  /** Account name on the authoritative source. */
  readonly alias?: string | null;
  readonly emailAddress?: string | null;
  /** `ERROR`, `OK` or null. */
  readonly processingState?: string | null;
  /** `ACTIVE`, `REGISTERED`, `UNREGISTERED`, `PENDING`, `LOCKED`, … */
  readonly identityStatus?: string | null;
  readonly managerRef?: Ref | null;
  readonly isManager?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
  readonly lifecycleState?: { readonly stateName: string; readonly manuallyUpdated?: boolean } | null;
}

/** Contract 2.7. There is no endpoint to follow this job. */
export interface IdentitySyncJob {
  readonly id: string;
  /** `QUEUED`, `IN_PROGRESS`, `SUCCESS`, `ERROR`. */
  readonly status: string;
  readonly payload?: { readonly type: string; readonly dataJson: string };
}

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

const IDENTITY_CHECKS = {
  created: isText,
  modified: isText,
  lastRefresh: isTextOrNull,
  alias: isTextOrNull,
  emailAddress: isTextOrNull,
  processingState: isTextOrNull,
  identityStatus: isTextOrNull,
  isManager: isBoolean,
  attributes: isObjectOrNull,
};

/** An identity of an answer; undefined for what has no id. Unknown fields pass through. */
export function parseIdentity(row: unknown): Identity | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  const { managerRef, lifecycleState, ...rest } = checkedFields(row, IDENTITY_CHECKS);
  const state = isObject(lifecycleState) ? textOf(lifecycleState['stateName']) : undefined;
  const manuallyUpdated = isObject(lifecycleState) ? lifecycleState['manuallyUpdated'] : undefined;
  return {
    ...rest,
    id,
    name: textOf(row['name']) ?? textOf(row['alias']) ?? id,
    managerRef: parseRef(managerRef) ?? null,
    lifecycleState:
      state === undefined ? null : { stateName: state, ...(isBoolean(manuallyUpdated) ? { manuallyUpdated } : {}) },
  };
}
