import { isRecord } from '../../storage/shape';
import {
  idParam,
  noParams,
  offsetParam,
  personLink,
  type Moment,
  type PageFrom,
  type PageOf,
  type ParamParsers,
  type PersonLink,
  type StateBadge,
  type TenantBadge,
} from '../shared/protocol';
import type { IdentityTexts } from './protocolTexts';
import { pictureAsked, type PictureAsked, type PictureView } from './graphProtocol';
import type { WhyAnswer } from '../roleAssignment/protocol';

/** All a panel of a person remembers over a window reload: keys and the chosen tab, never data. */
export interface IdentityKeys {
  readonly tenantId: string;
  readonly identityId: string;
  /** To have a title before the first answer. */
  readonly name: string;
}

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

export interface PresentedIdentity {
  readonly name: string;
  readonly alias: string;
  readonly email: string;
  readonly manager: PersonLink | null;
  readonly states: readonly StateBadge[];
  /** `setByHand`: a person changed it, so that rules no longer do. */
  readonly lifecycle: { readonly name: string; readonly setByHand: boolean } | null;
  readonly lastRefresh: Moment | null;
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
export interface RoleLink {
  readonly id: string;
  readonly role: string;
}

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

export interface IdentityRequests {
  /** First of all: the texts and the keys to remember; asks the service nothing. */
  readonly ready: { readonly params: null; readonly result: IdentityStart };
  /** The tab someone asked for since the last time, to turn to. */
  readonly wantedTab: { readonly params: null; readonly result: 'owns' | null };
  readonly identity: { readonly params: null; readonly result: IdentityAnswer };
  readonly standing: { readonly params: null; readonly result: IdentityFlags };
  readonly roleAssignments: { readonly params: null; readonly result: readonly RoleRow[] };
  /** How one role came: asked for one at a time, when a person wants to know. */
  readonly why: { readonly params: { readonly id: string }; readonly result: WhyAnswer };
  readonly openRoleAssignment: { readonly params: RoleLink; readonly result: null };
  readonly entitlements: { readonly params: PageFrom; readonly result: PageOf<EntitlementRow> };
  readonly entitlementSources: { readonly params: null; readonly result: EntitlementSources };
  readonly accounts: { readonly params: PageFrom; readonly result: PageOf<AccountRow> };
  readonly picture: { readonly params: PictureAsked; readonly result: PictureView };
  readonly ownership: { readonly params: null; readonly result: readonly OwnedGroup[] };
  readonly act: { readonly params: { readonly action: string }; readonly result: null };
  readonly copy: { readonly params: { readonly text: string }; readonly result: null };
  readonly openIdentity: { readonly params: PersonLink; readonly result: null };
  /** Finds everybody who has a role. */
  readonly peopleWith: { readonly params: { readonly id: string }; readonly result: null };
}

/** What no field of the identity says; null: it could not be found out. */
export interface IdentityFlags {
  readonly protected: boolean | null;
  readonly correlated: boolean | null;
}

export interface IdentityStart {
  readonly keys: IdentityKeys;
  readonly texts: IdentityTexts;
  readonly actions: readonly ActionButton[];
  /** What the tenant's API version lacks, to be said in the Access tab; empty when it lacks nothing. */
  readonly accessNote: string;
  /** What the panel showed before it was hidden, to show at once while it is read again. */
  readonly last: IdentityAnswer | null;
}

/** All but `act`, which depends on the catalog: a page must not load that. */
export const identityParams: Omit<ParamParsers<IdentityRequests>, 'act'> = {
  ready: noParams,
  wantedTab: noParams,
  identity: noParams,
  standing: noParams,
  roleAssignments: noParams,
  why: idParam,
  openRoleAssignment: (params) => {
    if (!isRecord(params)) return undefined;
    const { id, role } = params;
    return typeof id === 'string' && id !== '' && typeof role === 'string' ? { id, role } : undefined;
  },
  entitlements: offsetParam,
  entitlementSources: noParams,
  accounts: offsetParam,
  picture: pictureAsked,
  ownership: noParams,
  copy: (params) => (isRecord(params) && typeof params['text'] === 'string' ? { text: params['text'] } : undefined),
  openIdentity: personLink,
  peopleWith: idParam,
};

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export function parseIdentityKeys(state: unknown): IdentityKeys | undefined {
  if (!isRecord(state)) return undefined;
  const { tenantId, identityId, name } = state;
  if (typeof tenantId !== 'string' || typeof identityId !== 'string' || typeof name !== 'string') return undefined;
  return tenantId === '' || identityId === '' ? undefined : { tenantId, identityId, name };
}
