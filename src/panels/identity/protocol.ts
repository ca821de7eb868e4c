import * as v from 'valibot';
import { FILLED, readerOf, type Output } from '../../schema';
import {
  ABOUT_ONE,
  ABOUT_ONE_NAMED,
  COPIED,
  NO_PARAMS,
  PAGE_FROM,
  parsersFor,
  PERSON_LINK,
  type Moment,
  type PageOf,
  type PersonLink,
  type RequestsOf,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';
import type { IdentityTexts } from './protocolTexts';
import { PICTURE_ASKED, type AccessGraphContent } from './graphProtocol';
import type { WhyAnswer } from '../roleAssignment/protocol';

/** All a panel of a person remembers over a window reload: keys and the chosen tab, never data. */
const IDENTITY_KEYS = v.object({
  tenantId: FILLED,
  identityId: FILLED,
  /** To have a title before the first answer. */
  name: v.string(),
});
export type IdentityKeys = Output<typeof IDENTITY_KEYS>;

/** One attribute, ready to show. */
export interface AttributeRow {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'list' | 'json' | 'empty';
  /** What is shown; empty for a list, whose items are. */
  readonly text: string;
  readonly items?: readonly string[];
  /** The value as the service has it, to copy and for the tooltip; absent where it equals the text. */
  readonly raw?: string;
  /** Differs from when the person was last opened here, or is new since. */
  readonly changed?: true;
}

/** A fact about the identity under a name in words. */
export interface SummaryRow {
  readonly label: string;
  readonly text: string;
  /** The exact value, where the text is shorter. */
  readonly exact?: string;
  readonly person?: PersonLink;
}

export interface PresentedIdentity {
  readonly name: string;
  readonly alias: string;
  readonly email: string;
  readonly manager: PersonLink | null;
  readonly states: readonly StateBadge[];
  /** The last processing failed. */
  readonly processingFailed: boolean;
  /** `setByHand`: a person changed it, so that rules no longer do. */
  readonly lifecycle: { readonly name: string; readonly setByHand: boolean } | null;
  readonly lastRefresh: Moment | null;
  /** What is looked for most, in words; the attributes themselves are below. */
  readonly summary: readonly SummaryRow[];
  readonly attributes: readonly AttributeRow[];
}

/** `gone`: the person was deleted, or the tenant is no longer connected; a sentence says which. */
export type IdentityAnswer =
  | { readonly state: 'present'; readonly tenant: TenantBadge; readonly identity: PresentedIdentity }
  | { readonly state: 'gone'; readonly sentence: string };

export interface RoleRow {
  readonly id: string;
  readonly roleId: string;
  readonly role: string;
  readonly added: Moment | null;
  readonly starts: Moment | null;
  readonly ends: Moment | null;
  /** "ends in 3 days", "starts in 5 days": only what deserves attention. */
  readonly badge: StateBadge | null;
}

/** A role assignment whose panel can be opened. */
const ROLE_LINK = v.object({ id: FILLED, role: v.string() });
export type RoleLink = Output<typeof ROLE_LINK>;

export interface EntitlementRow {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** On which source entitlements are: the list of them does not say it, Search does. */
export interface EntitlementSources {
  /** Names of sources by entitlement. */
  readonly byId: Readonly<Record<string, string>>;
  /** Where the sources come from, or why there are none. */
  readonly note: string;
}

export interface AccountRow {
  readonly id: string;
  readonly source: string;
  readonly name: string;
  /** The name on the source, where it differs. */
  readonly nativeIdentity: string;
  readonly states: readonly StateBadge[];
}

/** What the person owns of one kind. */
export interface OwnedGroup {
  readonly kind: string;
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    /** What a link on it opens: a person's panel, or the people who have a role. */
    readonly link: 'person' | 'role' | null;
  }[];
}

/** One of the actions on identities. */
export interface ActionButton {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  /** False: it is done at the click, and the button turns meanwhile. */
  readonly asks: boolean;
  /** Beside the name, or in the menu there. */
  readonly place: 'bar' | 'menu';
}

/** What no field of the identity says; null: it could not be found out. */
export interface IdentityFlags {
  readonly protected: boolean | null;
  readonly correlated: boolean | null;
}

/** Why processing failed, as far as it could be found out. */
export interface ProcessingReason {
  /** What ISC says; null when it says nothing. */
  readonly message: string | null;
  /** When, in which stage, how often it was tried. */
  readonly details: readonly string[];
  /** What else failed, a line each: more errors, and the changes to accounts that failed. */
  readonly items: readonly string[];
  /** Where that comes from, or what was looked at in vain and where to look. */
  readonly note: string;
}

export interface IdentityStart {
  readonly keys: IdentityKeys;
  readonly texts: IdentityTexts;
  readonly actions: readonly ActionButton[];
  /** What the tenant's API version lacks, to be said in the Access tab; empty when it lacks nothing. */
  readonly accessNote: string;
}

const IDENTITY_PARAMS = {
  /** First of all: the texts and the keys to remember; asks the service nothing. */
  ready: NO_PARAMS,
  /** The tab someone asked for since the last time, to turn to. */
  wantedTab: NO_PARAMS,
  identity: NO_PARAMS,
  standing: NO_PARAMS,
  /** The user wants everything read again: what is kept does not count. */
  fresh: NO_PARAMS,
  /** Asked only of an identity with a processing error. */
  processing: NO_PARAMS,
  roleAssignments: NO_PARAMS,
  /** How one role came: asked for the rows that are looked at. */
  why: ABOUT_ONE,
  openRoleAssignment: ROLE_LINK,
  entitlements: PAGE_FROM,
  entitlementSources: NO_PARAMS,
  accounts: PAGE_FROM,
  picture: PICTURE_ASKED,
  ownership: NO_PARAMS,
  copy: COPIED,
  openIdentity: PERSON_LINK,
  /** Finds everybody who has a role. */
  peopleWith: ABOUT_ONE_NAMED,
};

interface IdentityAnswers {
  readonly ready: IdentityStart;
  readonly wantedTab: 'owns' | null;
  readonly identity: IdentityAnswer;
  readonly standing: IdentityFlags;
  readonly fresh: null;
  readonly processing: ProcessingReason;
  readonly roleAssignments: readonly RoleRow[];
  readonly why: WhyAnswer;
  readonly openRoleAssignment: null;
  readonly entitlements: PageOf<EntitlementRow>;
  readonly entitlementSources: EntitlementSources;
  readonly accounts: PageOf<AccountRow>;
  readonly picture: AccessGraphContent;
  readonly ownership: readonly OwnedGroup[];
  readonly copy: null;
  readonly openIdentity: null;
  readonly peopleWith: null;
}

/** `act` is read by `parseAction`: it depends on the catalog, which a protocol does not load. */
export type IdentityRequests = RequestsOf<typeof IDENTITY_PARAMS, IdentityAnswers> & {
  readonly act: { readonly params: { readonly action: string }; readonly result: null };
};

export const identityParams = parsersFor(IDENTITY_PARAMS);

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export const parseIdentityKeys = readerOf(IDENTITY_KEYS);
