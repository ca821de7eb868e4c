import * as v from 'valibot';
import { FILLED, readerOf, type Output } from '../../schema';
import {
  ABOUT_ONE_NAMED,
  NO_PARAMS,
  parsersFor,
  PERSON_LINK,
  type Moment,
  type PersonLink,
  type RequestsOf,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';

/** All a role assignment's panel remembers over a window reload. */
const WHY_KEYS = v.object({
  tenantId: FILLED,
  identityId: FILLED,
  assignmentId: FILLED,
  /** Of the person and the role, to have a title before the first answer. */
  name: v.string(),
  role: v.string(),
});
export type WhyKeys = Output<typeof WHY_KEYS>;

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

export interface WhyPresent {
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
  { readonly state: 'present'; readonly why: WhyPresent } | { readonly state: 'gone'; readonly sentence: string };

const WHY_ACTIONS = ['signIn', 'showLog'] as const;
export type WhyAction = (typeof WHY_ACTIONS)[number];

type WhyTextKey =
  | 'accounts'
  | 'actions'
  | 'attribute'
  | 'changedNow'
  | 'derived'
  | 'dimensions'
  | 'evidence'
  | 'loadedAt'
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

const WHY_PARAMS = {
  ready: NO_PARAMS,
  why: NO_PARAMS,
  act: v.object({ action: v.picklist(WHY_ACTIONS) }),
  openIdentity: PERSON_LINK,
  /** Finds everybody who has the role. */
  peopleWith: ABOUT_ONE_NAMED,
};

interface WhyAnswers {
  readonly ready: { readonly keys: WhyKeys; readonly texts: WhyTexts };
  readonly why: WhyContent;
  readonly act: null;
  readonly openIdentity: null;
  readonly peopleWith: null;
}
export type WhyRequests = RequestsOf<typeof WHY_PARAMS, WhyAnswers>;

export const whyParams = parsersFor(WHY_PARAMS);

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export const parseWhyKeys = readerOf(WHY_KEYS);
