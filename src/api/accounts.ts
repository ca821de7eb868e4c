import { invalidArgument } from './responses';
import { quoted } from './filter';
import type { CallOptions, Send } from './pipeline';
import { checkedFields, idOf, isBoolean, isObject, isObjectOrNull, isText, listOf, textOf } from './json';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import type { Ref } from './refs';
import { parseRef } from './refs';

/** An account of an identity; only what is shown is typed. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly nativeIdentity?: string;
  readonly sourceId?: string;
  readonly sourceName?: string;
  readonly disabled?: boolean;
  readonly locked?: boolean;
  readonly uncorrelated?: boolean;
  readonly hasEntitlements?: boolean;
  readonly manuallyCorrelated?: boolean;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
  readonly created?: string;
  readonly modified?: string;
}

/** Nested or flat in the service's answers (contract 2.10); always this form here. */
export interface IdentityEntitlement {
  readonly objectRef: Ref;
  readonly tags: readonly string[];
}

const ACCOUNT_CHECKS = {
  nativeIdentity: isText,
  sourceId: isText,
  sourceName: isText,
  disabled: isBoolean,
  locked: isBoolean,
  uncorrelated: isBoolean,
  hasEntitlements: isBoolean,
  manuallyCorrelated: isBoolean,
  attributes: isObjectOrNull,
  created: isText,
  modified: isText,
};

function parseAccount(row: unknown): Account | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  const name = textOf(row['name']) ?? textOf(row['nativeIdentity']) ?? id;
  return { ...checkedFields(row, ACCOUNT_CHECKS), id, name };
}

/** Wrapped in `objectRef` as the schema says, or flat as the example shows. */
function parseEntitlement(row: unknown): IdentityEntitlement | undefined {
  if (!isObject(row)) return undefined;
  const objectRef = parseRef(row['objectRef'] ?? row);
  return objectRef === undefined ? undefined : { objectRef, tags: listOf(row['tags']).filter(isText) };
}

/** The `accounts` part of the client. */
export function accountOperations(send: Send) {
  return {
    async list(identityId: string, params: PageParams = {}, options?: CallOptions): Promise<Page<Account>> {
      const operation = 'listAccounts';
      if (identityId.trim() === '') throw invalidArgument(operation, 'The identity is needed');
      const page = pageQuery(params, operation);
      const filters = `identityId eq ${quoted(identityId)}`;
      const answer = await send({ operation, query: { filters, ...page }, options });
      return pageOf(answer, page, operation, parseAccount);
    },
  };
}

/** The `entitlements` part of the client. */
export function entitlementOperations(send: Send) {
  return {
    async list(identityId: string, params: PageParams = {}, options?: CallOptions): Promise<Page<IdentityEntitlement>> {
      const operation = 'listEntitlementsByIdentity';
      const page = pageQuery(params, operation);
      const answer = await send({ operation, path: { id: identityId }, query: page, options });
      return pageOf(answer, page, operation, parseEntitlement);
    },
  };
}
