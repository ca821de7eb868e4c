import type { Ref } from './identities';

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
