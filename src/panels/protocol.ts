/**
 * What a panel's page and its host half say to each other. The page asks, the host replies or fails; the only thing
 * the host says unasked is that something changed. Imports neither vscode nor the DOM; the page imports types only.
 */

/** Per panel: request name -> what is asked with and what is answered. */
export type RequestMap<R> = { readonly [N in keyof R]: { readonly params: unknown; readonly result: unknown } };

/** Checks one request's parameters; `undefined` means: not what the protocol allows. */
export type ParamParsers<R extends RequestMap<R>> = {
  readonly [N in keyof R]: (params: unknown) => R[N]['params'] | undefined;
};

/** Page to host. */
export interface PageMessage {
  readonly kind: 'request';
  /** Chosen by the page, unique within one load of it; comes back in the reply. */
  readonly id: number;
  readonly name: string;
  readonly params: unknown;
}

/** Why a request failed, as the page shows it. */
export interface Failure {
  readonly message: string;
  /** A newer request of the same kind replaced this one, or the panel went away: nothing to show. */
  readonly cancelled: boolean;
  /** The tenant wants new credentials: offer to sign in. */
  readonly signIn: boolean;
}

/** Host to page. */
export type HostMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  /** What is shown may differ now: ask again, and keep the old content on screen meanwhile. */
  | { readonly kind: 'changed' };

/** All a panel of a person remembers over a window reload: keys and the chosen tab, never data. */
export interface IdentityKeys {
  readonly tenantId: string;
  readonly identityId: string;
  /** To have a title before the first answer. */
  readonly name: string;
}

/** A moment as text, with the exact time for the tooltip. */
export interface Moment {
  readonly text: string;
  readonly exact: string;
}

/** A state in words: never colour alone. */
export interface StateBadge {
  readonly icon: string;
  readonly word: string;
  readonly tone: 'ok' | 'info' | 'warning' | 'error' | 'off';
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
}

export interface TenantBadge {
  readonly name: string;
  readonly environment: string;
  /** Production is marked so that nobody mistakes it for another. */
  readonly production: boolean;
  /** Whether changes are let through, where that deserves a word. */
  readonly access: StateBadge | null;
}

export interface IdentityView {
  readonly name: string;
  readonly alias: string;
  readonly email: string;
  readonly manager: { readonly id: string; readonly name: string } | null;
  readonly states: readonly StateBadge[];
  /** `setByHand`: a person changed it, so that rules no longer do. */
  readonly lifecycle: { readonly name: string; readonly setByHand: boolean } | null;
  readonly lastRefresh: Moment | null;
  readonly attributes: readonly AttributeRow[];
}

/** `gone`: the person was deleted, or the tenant is no longer connected; a sentence says which. */
export type IdentityAnswer =
  | { readonly state: 'present'; readonly tenant: TenantBadge; readonly identity: IdentityView }
  | { readonly state: 'gone'; readonly sentence: string };

export interface RoleRow {
  readonly id: string;
  readonly role: string;
  readonly added: Moment | null;
  readonly starts: Moment | null;
  readonly ends: Moment | null;
  /** "ends in 3 days", "starts in 5 days": only what deserves attention. */
  readonly badge: StateBadge | null;
}

export type IdentityAction = 'synchronize' | 'copyId' | 'signIn' | 'showLog';
export const IDENTITY_ACTIONS: readonly IdentityAction[] = ['synchronize', 'copyId', 'signIn', 'showLog'];

/** Every text of the page, in the person's language; `{0}` stands for a value. */
export type IdentityTexts = Readonly<Record<IdentityTextKey, string>>;
export type IdentityTextKey =
  | 'actions'
  | 'added'
  | 'attributes'
  | 'copied'
  | 'copyId'
  | 'copyValue'
  | 'empty'
  | 'emptyList'
  | 'ends'
  | 'filterAttributes'
  | 'lastRefresh'
  | 'lifecycle'
  | 'loading'
  | 'manager'
  | 'name'
  | 'neverRefreshed'
  | 'noAttributes'
  | 'noMatch'
  | 'noRoles'
  | 'openManager'
  | 'refresh'
  | 'retry'
  | 'role'
  | 'roleAssignments'
  | 'sections'
  | 'setByHand'
  | 'shown'
  | 'showAll'
  | 'showLess'
  | 'showLog'
  | 'signIn'
  | 'starts'
  | 'synchronize'
  | 'synchronizing'
  | 'value';

export interface IdentityRequests {
  /** First of all: the texts and the keys to remember; asks the service nothing. */
  readonly ready: { readonly params: null; readonly result: IdentityStart };
  readonly identity: { readonly params: null; readonly result: IdentityAnswer };
  readonly roleAssignments: { readonly params: null; readonly result: readonly RoleRow[] };
  readonly act: { readonly params: { readonly action: IdentityAction }; readonly result: null };
  readonly copy: { readonly params: { readonly text: string }; readonly result: null };
  readonly openIdentity: {
    readonly params: { readonly id: string; readonly name: string };
    readonly result: null;
  };
}

export interface IdentityStart {
  readonly keys: IdentityKeys;
  readonly texts: IdentityTexts;
  /** What the panel showed before it was hidden, to show at once while it is read again. */
  readonly last: IdentityAnswer | null;
}

export const identityParams: ParamParsers<IdentityRequests> = {
  ready: nothing,
  identity: nothing,
  roleAssignments: nothing,
  act: (params) => {
    const action = isRecord(params) ? IDENTITY_ACTIONS.find((known) => known === params['action']) : undefined;
    return action && { action };
  },
  copy: (params) => (isRecord(params) && typeof params['text'] === 'string' ? { text: params['text'] } : undefined),
  openIdentity: (params) => {
    if (!isRecord(params)) return undefined;
    const { id, name } = params;
    return typeof id === 'string' && id !== '' && typeof name === 'string' ? { id, name } : undefined;
  },
};

/** The request in a message of a page, or undefined for anything else. */
export function parsePageMessage(message: unknown): PageMessage | undefined {
  if (!isRecord(message) || message['kind'] !== 'request') return undefined;
  const { id, name, params } = message;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof name !== 'string') return undefined;
  return { kind: 'request', id, name, params: params ?? null };
}

/** The keys in a panel's stored state, or undefined for anything that cannot be used. */
export function parseIdentityKeys(state: unknown): IdentityKeys | undefined {
  if (!isRecord(state)) return undefined;
  const { tenantId, identityId, name } = state;
  if (typeof tenantId !== 'string' || typeof identityId !== 'string' || typeof name !== 'string') return undefined;
  return tenantId === '' || identityId === '' ? undefined : { tenantId, identityId, name };
}

function nothing(params: unknown): null | undefined {
  return params === null || params === undefined ? null : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
