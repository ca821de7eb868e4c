import * as v from 'valibot';
import { fittingEntries, listOfFitting, openObject, readAs, tolerantObject, type Output } from '../schema';
import { requireValid, invalidArgument } from './responses';
import type { CallOptions, Send } from './pipeline';
import { rowsOf } from './responses';
import { ID, orNull, REF, REF_OR_NULL, REFS, TEXT_OR_NULL, type MayLack } from './refs';

const NEEDED = {
  id: ID,
  /** An empty id: the service does not say which. */
  role: v.fallback(REF, { id: '' }),
};
const DATES = { addedDate: TEXT_OR_NULL, startDate: TEXT_OR_NULL, removeDate: TEXT_OR_NULL };

/** The short form, one per assigned role (contract 2.3). */
const ROLE_ASSIGNMENT_REF = openObject(NEEDED, DATES);
export type RoleAssignmentRef = Output<typeof ROLE_ASSIGNMENT_REF>;

/** What was asked for with a request; a value is a text or several. */
const CONTEXT_ATTRIBUTE = tolerantObject(
  {
    attribute: v.string(),
    value: v.fallback(
      v.union([v.string(), listOfFitting(v.string())]),
      // Nothing can be shown of it.
      '',
    ),
  },
  { derived: v.boolean() },
);

/** What the rule of a role matched. */
const MATCH = tolerantObject(
  { matchedAttributes: fittingEntries(openObject({ attribute: v.string() }, { value: v.unknown() })) },
  { roleRef: REF },
);

const CONTEXT = tolerantObject({
  requested: orNull(tolerantObject({ contextAttributes: fittingEntries(CONTEXT_ATTRIBUTE) })),
  matched: orNull(listOfFitting(MATCH)),
  /** Free text such as `Wed Feb 14 10:58:42`, not ISO. */
  computedDate: orNull(v.string()),
});

/** Where the role's access is provisioned. */
const ACCOUNT_TARGET = tolerantObject(
  {
    accountInfo: orNull(
      openObject({}, { nativeIdentity: TEXT_OR_NULL, displayName: TEXT_OR_NULL, uuid: TEXT_OR_NULL }),
    ),
    role: REF_OR_NULL,
  },
  { source: REF },
);

/** The full form: answered for one assignment, or when asked by roleId or roleName (contract 2.3). */
const ROLE_ASSIGNMENT = openObject(
  {
    ...NEEDED,
    assignedDimensions: REFS,
    assignmentContext: orNull(CONTEXT),
    accountTargets: orNull(listOfFitting(ACCOUNT_TARGET)),
  },
  {
    ...DATES,
    comments: TEXT_OR_NULL,
    /** Free text, e.g. `UI`. */
    assignmentSource: TEXT_OR_NULL,
    /** May be blank, `UNKNOWN` or the system. */
    assigner: v.nullable(openObject({}, { type: v.string(), id: TEXT_OR_NULL, name: TEXT_OR_NULL })),
  },
);
export type RoleAssignment = MayLack<Output<typeof ROLE_ASSIGNMENT>>;

/** The `roleAssignments` part of the client. */
export function roleAssignmentOperations(send: Send) {
  return {
    async list(identityId: string, options?: CallOptions): Promise<readonly RoleAssignmentRef[]> {
      const operation = 'getRoleAssignments';
      const { json, status } = await send({ operation, path: { id: identityId }, options });
      return rowsOf(json, status, operation).flatMap((row) => readAs(ROLE_ASSIGNMENT_REF, row) ?? []);
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
      return rowsOf(json, status, operation).flatMap((row) => readAs(ROLE_ASSIGNMENT, row) ?? []);
    },

    async get(identityId: string, assignmentId: string, options?: CallOptions): Promise<RoleAssignment> {
      const operation = 'getRoleAssignment';
      const { json, status } = await send({ operation, path: { id: identityId, assignmentId }, options });
      return requireValid(readAs(ROLE_ASSIGNMENT, json), operation, status);
    },
  };
}
