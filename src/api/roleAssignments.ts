import { requireValid, invalidArgument } from './responses';
import type { CallOptions, Send } from './pipeline';
import type { JsonObject } from './json';
import {
  checkedFields,
  idOf,
  isBoolean,
  isList,
  isObject,
  isObjectOrNull,
  isText,
  isTextOrNull,
  listOf,
  textOf,
} from './json';
import { rowsOf } from './responses';
import type { Ref } from './refs';
import { parseRef, parseRefs } from './refs';

/** The short form, one per assigned role (contract 2.3). */
export interface RoleAssignmentRef {
  readonly id: string;
  readonly role: Ref;
  readonly addedDate?: string | null;
  readonly startDate?: string | null;
  readonly removeDate?: string | null;
}

/** The full form: answered for one assignment, or when asked by roleId or roleName. */
export interface RoleAssignment extends RoleAssignmentRef {
  readonly comments?: string | null;
  /** Free text, e.g. `UI`. */
  readonly assignmentSource?: string | null;
  /** May be blank, `UNKNOWN` or the system. */
  readonly assigner?: { readonly type?: string; readonly id?: string | null; readonly name?: string | null } | null;
  readonly assignedDimensions?: readonly Ref[] | null;
  readonly assignmentContext?: {
    readonly requested?: {
      readonly contextAttributes?: readonly {
        readonly attribute: string;
        readonly value: string | readonly string[];
        readonly derived?: boolean;
      }[];
    } | null;
    readonly matched?:
      | readonly {
          readonly roleRef?: Ref;
          readonly matchedAttributes?: readonly { readonly attribute: string; readonly value?: unknown }[];
        }[]
      | null;
    /** Free text such as `Wed Feb 14 10:58:42`, not ISO. */
    readonly computedDate?: string | null;
  } | null;
  readonly accountTargets?:
    | readonly {
        readonly source?: Ref;
        readonly accountInfo?: {
          readonly nativeIdentity?: string | null;
          readonly displayName?: string | null;
          readonly uuid?: string | null;
        } | null;
        readonly role?: Ref | null;
      }[]
    | null;
}

const REF_CHECKS = { addedDate: isTextOrNull, startDate: isTextOrNull, removeDate: isTextOrNull };
const CHECKS = {
  ...REF_CHECKS,
  comments: isTextOrNull,
  assignmentSource: isTextOrNull,
  assigner: isObjectOrNull,
};

function parse(row: unknown, checks: typeof REF_CHECKS): RoleAssignmentRef | undefined {
  if (!isObject(row)) return undefined;
  const id = idOf(row['id']);
  if (id === undefined) return undefined;
  return { ...checkedFields(row, checks), id, role: parseRef(row['role']) ?? { id: '' } };
}

function parseDetailed(row: unknown): RoleAssignment | undefined {
  const ref = parse(row, CHECKS);
  if (ref === undefined || !isObject(row)) return undefined;
  const { assignmentContext, accountTargets, assignedDimensions } = row;
  return {
    ...ref,
    assignedDimensions: parseRefs(assignedDimensions),
    assignmentContext: parseContext(assignmentContext),
    accountTargets: isList(accountTargets) ? accountTargets.filter(isObject).map(parseTarget) : null,
  };
}

function parseContext(raw: unknown): RoleAssignment['assignmentContext'] & (object | null) {
  if (!isObject(raw)) return null;
  const { requested, matched, computedDate } = raw;
  return {
    requested: isObject(requested)
      ? {
          contextAttributes: listOf(requested['contextAttributes']).flatMap((item) => {
            const attribute = isObject(item) ? textOf(item['attribute']) : undefined;
            if (!isObject(item) || attribute === undefined) return [];
            const { value, derived } = item;
            return {
              attribute,
              value: isList(value) ? value.filter(isText) : (textOf(value) ?? ''),
              ...(isBoolean(derived) ? { derived } : {}),
            };
          }),
        }
      : null,
    matched: isList(matched)
      ? matched.filter(isObject).map((match) => {
          const roleRef = parseRef(match['roleRef']);
          return {
            ...(roleRef === undefined ? {} : { roleRef }),
            matchedAttributes: listOf(match['matchedAttributes']).flatMap((item) => {
              const attribute = isObject(item) ? textOf(item['attribute']) : undefined;
              return !isObject(item) || attribute === undefined ? [] : { ...item, attribute };
            }),
          };
        })
      : null,
    computedDate: textOf(computedDate) ?? null,
  };
}

function parseTarget(raw: JsonObject): NonNullable<RoleAssignment['accountTargets']>[number] {
  const source = parseRef(raw['source']);
  const { accountInfo } = raw;
  return {
    ...(source === undefined ? {} : { source }),
    accountInfo: isObject(accountInfo)
      ? checkedFields(accountInfo, { nativeIdentity: isTextOrNull, displayName: isTextOrNull, uuid: isTextOrNull })
      : null,
    role: parseRef(raw['role']) ?? null,
  };
}

/** The `roleAssignments` part of the client. */
export function roleAssignmentOperations(send: Send) {
  return {
    async list(identityId: string, options?: CallOptions): Promise<readonly RoleAssignmentRef[]> {
      const operation = 'getRoleAssignments';
      const { json, status } = await send({ operation, path: { id: identityId }, options });
      return rowsOf(json, status, operation).flatMap((row) => parse(row, REF_CHECKS) ?? []);
    },

    /** Answered in full because the role is named; which form came cannot be told from the schema (contract 2.3). */
    async listDetailed(
      identityId: string,
      role: { readonly roleId: string } | { readonly roleName: string },
      options?: CallOptions,
    ): Promise<readonly RoleAssignment[]> {
      const operation = 'getRoleAssignments';
      // Both at once is not documented, so never both are sent.
      const query = 'roleId' in role ? { roleId: role.roleId } : { roleName: role.roleName };
      // Without a role the service may answer the short form of all.
      if (Object.values(query).join('').trim() === '') throw invalidArgument(operation, 'The role is needed');
      const { json, status } = await send({ operation, path: { id: identityId }, query, options });
      return rowsOf(json, status, operation).flatMap((row) => parseDetailed(row) ?? []);
    },

    async get(identityId: string, assignmentId: string, options?: CallOptions): Promise<RoleAssignment> {
      const operation = 'getRoleAssignment';
      const { json, status } = await send({ operation, path: { id: identityId, assignmentId }, options });
      return requireValid(parseDetailed(json), operation, status);
    },
  };
}
