import { isRecord } from '../../storage/shape';
import {
  idParam,
  noParams,
  type Moment,
  type ParamParsers,
  type PersonLink,
  personLink,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';

/** All a role assignment's panel remembers over a window reload. */
export interface WhyKeys {
  readonly tenantId: string;
  readonly identityId: string;
  readonly assignmentId: string;
  /** Of the person and the role, to have a title before the first answer. */
  readonly name: string;
  readonly role: string;
}

/** How a role came, as far as the service says it. */
export type AssignmentOrigin = 'rule' | 'request' | 'unknown';

/** The answer to "why do they have this role?" in one sentence. */
export interface WhyAnswer {
  readonly how: AssignmentOrigin;
  readonly sentence: string;
}

/** A fact and where it was said; null: the service does not say. */
export interface Evidence {
  readonly label: string;
  readonly value: string | null;
  readonly exact?: string;
  readonly person?: PersonLink;
}

/** An attribute that a rule matched, beside what the person has now; `same` is null while that is not known. */
export interface MatchedRow {
  readonly attribute: string;
  readonly matched: string;
  readonly present: string;
  readonly same: boolean | null;
}

export interface WhyView {
  readonly person: PersonLink;
  readonly role: string;
  readonly roleId: string;
  readonly tenant: TenantBadge;
  readonly answer: WhyAnswer;
  readonly badge: StateBadge | null;
  readonly evidence: readonly Evidence[];
  readonly timeline: readonly { readonly label: string; readonly moment: Moment; readonly past: boolean }[];
  readonly matched: readonly MatchedRow[];
  readonly dimensions: readonly string[];
  readonly requested: readonly { readonly attribute: string; readonly value: string; readonly derived: boolean }[];
  readonly accounts: readonly {
    readonly source: string;
    readonly accounts: readonly { readonly name: string; readonly via: string }[];
  }[];
}

export type WhyContent =
  { readonly state: 'present'; readonly why: WhyView } | { readonly state: 'gone'; readonly sentence: string };

export type WhyAction = 'signIn' | 'showLog';

type WhyTextKey =
  | 'accounts'
  | 'actions'
  | 'attribute'
  | 'changedNow'
  | 'derived'
  | 'dimensions'
  | 'evidence'
  | 'loading'
  | 'matched'
  | 'matchedValue'
  | 'noAccounts'
  | 'openPerson'
  | 'peopleWith'
  | 'presentValue'
  | 'refresh'
  | 'requested'
  | 'retry'
  | 'same'
  | 'showLog'
  | 'signIn'
  | 'timeline'
  | 'unknown'
  | 'via'
  | 'whyTitle';
export type WhyTexts = Readonly<Record<WhyTextKey, string>>;

export interface WhyRequests {
  readonly ready: {
    readonly params: null;
    readonly result: { readonly keys: WhyKeys; readonly texts: WhyTexts; readonly last: WhyContent | null };
  };
  readonly why: { readonly params: null; readonly result: WhyContent };
  readonly act: { readonly params: { readonly action: WhyAction }; readonly result: null };
  readonly openIdentity: { readonly params: PersonLink; readonly result: null };
  /** Finds everybody who has the role. */
  readonly peopleWith: { readonly params: { readonly id: string }; readonly result: null };
}

export const whyParams: ParamParsers<WhyRequests> = {
  ready: noParams,
  why: noParams,
  act: (params) => {
    const action = isRecord(params) ? params['action'] : undefined;
    return action === 'signIn' || action === 'showLog' ? { action } : undefined;
  },
  openIdentity: personLink,
  peopleWith: idParam,
};

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export function parseWhyKeys(state: unknown): WhyKeys | undefined {
  if (!isRecord(state)) return undefined;
  const { tenantId, identityId, assignmentId, name, role } = state;
  const keys = [tenantId, identityId, assignmentId];
  if (!keys.every((key) => typeof key === 'string' && key !== '')) return undefined;
  if (typeof name !== 'string' || typeof role !== 'string') return undefined;
  return { tenantId: String(tenantId), identityId: String(identityId), assignmentId: String(assignmentId), name, role };
}
