/** Smaller reads that explain an identity: attributes, lifecycle states, roles, the OAuth info page. */
import * as v from 'valibot';
import { JSON_OBJECT, openObject, readAs, tolerantObject, type Output } from '../schema';
import { requireValid, rowsOf } from './responses';
import type { CallOptions, Send } from './pipeline';
import type { Page } from './paging';
import { pageOf, pageQuery } from './paging';
import { ID, REF_OR_NULL, REFS, TEXT_OR_NULL } from './refs';

const IDENTITY_ATTRIBUTE = openObject(
  { name: v.string() },
  {
    displayName: TEXT_OR_NULL,
    type: TEXT_OR_NULL,
    multi: v.boolean(),
    searchable: v.boolean(),
    system: v.boolean(),
  },
);
export type IdentityAttribute = Output<typeof IDENTITY_ATTRIBUTE>;

const LIFECYCLE_STATE = v.pipe(
  openObject(
    { id: ID },
    {
      name: v.string(),
      technicalName: v.string(),
      enabled: v.boolean(),
      identityCount: v.number(),
      identityState: TEXT_OR_NULL,
    },
  ),
  v.transform((state) => Object.assign(state, { name: state.name ?? state.id })),
);
export type LifecycleState = Output<typeof LIFECYCLE_STATE>;

const ROLE = v.pipe(
  openObject(
    { id: ID, owner: REF_OR_NULL, accessProfiles: REFS },
    {
      name: v.string(),
      description: TEXT_OR_NULL,
      enabled: v.boolean(),
      requestable: v.boolean(),
      membership: v.nullable(JSON_OBJECT),
    },
  ),
  v.transform((role) => Object.assign(role, { name: role.name ?? role.id })),
);
export type Role = Output<typeof ROLE>;

/** `GET /oauth/info` (contract 4): its texts; others are not passed on. */
const OAUTH_INFO = tolerantObject(
  {},
  {
    tenantId: v.string(),
    tenantName: v.string(),
    authorizeEndpoint: v.string(),
    tokenEndpoint: v.string(),
    cloudDomainUrl: v.string(),
    logoutUrl: v.string(),
    pod: v.string(),
  },
);
export type OAuthInfo = Output<typeof OAUTH_INFO>;

/** What a tenant says of itself; nothing for what cannot be read. */
export function parseOAuthInfo(json: unknown): OAuthInfo {
  return readAs(OAUTH_INFO, json) ?? {};
}

/** The `identityAttributes` part of the client. Not paged by the service. */
export function identityAttributeOperations(send: Send) {
  return {
    async list(options?: CallOptions): Promise<readonly IdentityAttribute[]> {
      const operation = 'listIdentityAttributes';
      const { json, status } = await send({ operation, query: { includeSystem: true }, options });
      return rowsOf(json, status, operation).flatMap((row) => readAs(IDENTITY_ATTRIBUTE, row) ?? []);
    },
  };
}

/** The `lifecycleStates` part of the client: the first 250, more than any profile has. */
export function lifecycleStateOperations(send: Send) {
  return {
    async list(identityProfileId: string, options?: CallOptions): Promise<Page<LifecycleState>> {
      const operation = 'getLifecycleStates';
      const page = pageQuery({}, operation);
      const answer = await send({ operation, path: { id: identityProfileId }, query: page, options });
      return pageOf(answer, page, operation, (row) => readAs(LIFECYCLE_STATE, row));
    },
  };
}

/** The `roles` part of the client. */
export function roleOperations(send: Send) {
  return {
    async get(id: string, options?: CallOptions): Promise<Role> {
      const operation = 'getRole';
      const { json, status } = await send({ operation, path: { id }, options });
      return requireValid(readAs(ROLE, json), operation, status);
    },
  };
}
