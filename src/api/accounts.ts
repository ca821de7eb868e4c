import * as v from 'valibot';
import { fittingEntries, JSON_OBJECT, openObject, readAs, tolerantObject, type Output } from '../schema';
import { invalidArgument } from './responses';
import { quoted } from './filter';
import type { CallOptions, Send } from './pipeline';
import type { Page, PageParams } from './paging';
import { pageOf, pageQuery } from './paging';
import { ID, REF } from './refs';

/** An account of an identity; only what is shown is typed. */
const ACCOUNT = v.pipe(
  openObject(
    { id: ID },
    {
      name: v.string(),
      nativeIdentity: v.string(),
      sourceId: v.string(),
      sourceName: v.string(),
      disabled: v.boolean(),
      locked: v.boolean(),
      uncorrelated: v.boolean(),
      hasEntitlements: v.boolean(),
      manuallyCorrelated: v.boolean(),
      attributes: v.nullable(JSON_OBJECT),
      created: v.string(),
      modified: v.string(),
    },
  ),
  v.transform((account) => Object.assign(account, { name: account.name ?? account.nativeIdentity ?? account.id })),
);
export type Account = Output<typeof ACCOUNT>;

/** Wrapped in `objectRef` as the schema says, or flat as the example shows (contract 2.10); always wrapped here. */
const ENTITLEMENT = v.pipe(
  JSON_OBJECT,
  v.transform(({ objectRef, tags, ...flat }) => ({ objectRef: objectRef ?? flat, tags })),
  tolerantObject({ objectRef: REF, tags: fittingEntries(v.string()) }),
);
export type IdentityEntitlement = Output<typeof ENTITLEMENT>;

/** The `accounts` part of the client. */
export function accountOperations(send: Send) {
  return {
    async list(identityId: string, params: PageParams = {}, options?: CallOptions): Promise<Page<Account>> {
      const operation = 'listAccounts';
      if (identityId.trim() === '') throw invalidArgument(operation, 'The identity is needed');
      const page = pageQuery(params, operation);
      const filters = `identityId eq ${quoted(identityId)}`;
      const answer = await send({ operation, query: { filters, ...page }, options });
      return pageOf(answer, page, operation, (row) => readAs(ACCOUNT, row));
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
      return pageOf(answer, page, operation, (row) => readAs(ENTITLEMENT, row));
    },
  };
}
