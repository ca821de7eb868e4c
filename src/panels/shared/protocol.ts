/**
 * What a panel's page and its host half say to each other. The page asks, the host replies or fails; the only thing
 * the host says unasked is that something changed. Imports neither vscode nor the DOM; the page imports types only.
 */
import { isRecord } from '../../storage/shape';

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

/** A moment as text, with the exact time for the tooltip and, to sort by, in milliseconds. */
export interface Moment {
  readonly text: string;
  readonly exact: string;
  readonly at: number;
}

/** A person whose panel can be opened. */
export interface PersonLink {
  readonly id: string;
  readonly name: string;
}

/** A state in words: never colour alone. */
export interface StateBadge {
  readonly icon: string;
  readonly word: string;
  readonly tone: 'ok' | 'info' | 'warning' | 'error' | 'off';
}

export interface TenantBadge {
  readonly name: string;
  readonly environment: string;
  /** Production is marked so that nobody mistakes it for another. */
  readonly production: boolean;
  /** Whether changes are let through, where that deserves a word. */
  readonly access: StateBadge | null;
}

/** Part of a list that is read page by page. */
export interface PageOf<T> {
  readonly rows: readonly T[];
  /** Rows in the whole list, where the service says it. */
  readonly total: number | null;
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

export interface PageFrom {
  readonly offset: number;
}

export function offsetParam(params: unknown): PageFrom | undefined {
  if (!isRecord(params)) return undefined;
  const { offset } = params;
  return typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0 ? { offset } : undefined;
}

/** The request in a message of a page, or undefined for anything else. */
export function parsePageMessage(message: unknown): PageMessage | undefined {
  if (!isRecord(message) || message['kind'] !== 'request') return undefined;
  const { id, name, params } = message;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof name !== 'string') return undefined;
  return { kind: 'request', id, name, params: params ?? null };
}

/** For requests without parameters. */
export function noParams(params: unknown): null | undefined {
  return params === null || params === undefined ? null : undefined;
}

/** For requests about one thing. */
export function idParam(params: unknown): { readonly id: string } | undefined {
  if (!isRecord(params)) return undefined;
  const { id } = params;
  return typeof id === 'string' && id !== '' ? { id } : undefined;
}

export function personLink(params: unknown): PersonLink | undefined {
  if (!isRecord(params)) return undefined;
  const { id, name } = params;
  return typeof id === 'string' && id !== '' && typeof name === 'string' ? { id, name } : undefined;
}
