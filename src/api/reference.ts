/** Smaller reads that explain an identity: attributes, lifecycle states, roles, the OAuth info page. */
import { requireValid, rowsOf } from './responses';
import type { CallOptions, Send } from './pipeline';
import {
  checkedFields,
  idOf,
  isBoolean,
  isNumber,
  isObject,
  isObjectOrNull,
  isText,
  isTextOrNull,
  textOf,
} from './json';
import type { Page } from './paging';
import { pageOf, pageQuery } from './paging';
import type { Ref } from './refs';
import { parseRef, parseRefs } from './refs';

export interface IdentityAttribute {
  readonly name: string;
  readonly displayName?: string | null;
  readonly type?: string | null;
  readonly multi?: boolean;
  readonly searchable?: boolean;
  readonly system?: boolean;
}

export interface LifecycleState {
  readonly id: string;
  readonly name: string;
  readonly technicalName?: string;
  readonly enabled?: boolean;
  readonly identityCount?: number;
  readonly identityState?: string | null;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
  readonly owner?: Ref | null;
  readonly enabled?: boolean;
  readonly requestable?: boolean;
  readonly accessProfiles?: readonly Ref[] | null;
  readonly membership?: Readonly<Record<string, unknown>> | null;
}

/** `GET /oauth/info` (contract 4). */
export interface OAuthInfo {
  readonly tenantId?: string;
  readonly tenantName?: string;
  readonly authorizeEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly cloudDomainUrl?: string;
  readonly logoutUrl?: string;
  readonly pod?: string;
}

function parseAttribute(row: unknown): IdentityAttribute | undefined {
  const name = isObject(row) ? textOf(row['name']) : undefined;
  if (!isObject(row) || name === undefined) return undefined;
  const checks = {
    displayName: isTextOrNull,
    type: isTextOrNull,
    multi: isBoolean,
    searchable: isBoolean,
    system: isBoolean,
  };
  return { ...checkedFields(row, checks), name };
}

function parseLifecycleState(row: unknown): LifecycleState | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  const checks = { technicalName: isText, enabled: isBoolean, identityCount: isNumber, identityState: isTextOrNull };
  return { ...checkedFields(row, checks), id, name: textOf(row['name']) ?? id };
}

function parseRole(row: unknown): Role | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  const checks = { description: isTextOrNull, enabled: isBoolean, requestable: isBoolean, membership: isObjectOrNull };
  return {
    ...checkedFields(row, checks),
    id,
    name: textOf(row['name']) ?? id,
    owner: parseRef(row['owner']) ?? null,
    accessProfiles: parseRefs(row['accessProfiles']),
  };
}

/** The text fields of `/oauth/info`; others are not passed on. */
export function parseOAuthInfo(json: Readonly<Record<string, unknown>>): OAuthInfo {
  const known = [
    'tenantId',
    'tenantName',
    'authorizeEndpoint',
    'tokenEndpoint',
    'cloudDomainUrl',
    'logoutUrl',
    'pod',
  ] as const satisfies (keyof OAuthInfo)[];
  return Object.fromEntries(known.flatMap((name) => (isText(json[name]) ? [[name, json[name]]] : [])));
}

/** The `identityAttributes` part of the client. Not paged by the service. */
export function identityAttributeOperations(send: Send) {
  return {
    async list(options?: CallOptions): Promise<readonly IdentityAttribute[]> {
      const operation = 'listIdentityAttributes';
      const { json, status } = await send({ operation, query: { includeSystem: true }, options });
      return rowsOf(json, status, operation).flatMap((row) => parseAttribute(row) ?? []);
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
      return pageOf(answer, page, operation, parseLifecycleState);
    },
  };
}

/** The `roles` part of the client. */
export function roleOperations(send: Send) {
  return {
    async get(id: string, options?: CallOptions): Promise<Role> {
      const operation = 'getRole';
      const { json, status } = await send({ operation, path: { id }, options });
      return requireValid(parseRole(json), operation, status);
    },
  };
}
