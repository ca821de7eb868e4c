/**
 * What a panel's page and its host half say to each other. The page asks, the host replies or fails; the only thing
 * the host says unasked is that something changed. Imports neither vscode nor the DOM; the page imports types only.
 */
import * as v from 'valibot';
import { COUNT, FILLED, readerOf, type Output } from '../../schema';

/** Per panel: request name -> what is asked with and what is answered. */
export type RequestMap<R> = { readonly [N in keyof R]: { readonly params: unknown; readonly result: unknown } };

/** Per panel: request name -> what it may be asked with. All else is refused. */
type ParamSchemas = Readonly<Record<string, v.GenericSchema>>;

/** The requests of a panel: what they are asked with is said by their schemas `P`, what is answered by `A`. */
export type RequestsOf<P extends ParamSchemas, A extends { readonly [N in keyof P]: unknown }> = {
  readonly [N in keyof P]: { readonly params: Output<P[N]>; readonly result: A[N] };
};

/** Checks one request's parameters; `undefined` means: not what the protocol allows. */
export type ParamParsers<R extends RequestMap<R>> = {
  readonly [N in keyof R]: (params: unknown) => R[N]['params'] | undefined;
};

/** The parsers of a panel's requests. What a page sends beside the fields that are asked for is left out. */
export function parsersFor<P extends ParamSchemas>(
  schemas: P,
): { readonly [N in keyof P]: (params: unknown) => Output<P[N]> | undefined } {
  const parsers = Object.entries(schemas).map(([name, schema]) => [name, readerOf(schema)]);
  return Object.fromEntries(parsers) as ReturnType<typeof parsersFor<P>>;
}

/** Page to host. */
const PAGE_MESSAGE = v.object({
  kind: v.literal('request'),
  /** Which load of the page asks. */
  load: v.string(),
  /** Chosen by the page, unique within one load of it; comes back in the reply. */
  id: v.pipe(v.number(), v.safeInteger()),
  name: v.string(),
  params: v.optional(v.unknown(), null),
});

/** Every page asks this first: what was answered to earlier loads of it, `KeptAnswer[]`. */
export const KEPT = 'kept';

/** What was answered to a question of an earlier load of the page, so long ago. */
export interface KeptAnswer {
  /** As `questionText` writes it. */
  readonly question: string;
  readonly result: unknown;
  readonly ageMs: number;
}

/** A request and what it is asked with, to tell one from another. */
export function questionText(name: string, params: unknown): string {
  return `${name} ${JSON.stringify(params)}`;
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
  /** What is shown (or one part of it, by its id) may differ now: ask again, and keep the old content on screen meanwhile. */
  | { readonly kind: 'changed'; readonly part?: string };

/** A moment as text, with the exact time for the tooltip and, to sort by, in milliseconds. */
export interface Moment {
  readonly text: string;
  readonly exact: string;
  readonly at: number;
}

/** A person whose panel can be opened. */
export const PERSON_LINK = v.object({ id: FILLED, name: v.string() });
export type PersonLink = Output<typeof PERSON_LINK>;

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

/** For requests about a page of a list. */
export const PAGE_FROM = v.object({ offset: COUNT });

/** For requests without parameters. */
export const NO_PARAMS = v.nullish(v.null(), null);

/** For requests about one thing. */
export const ABOUT_ONE = v.object({ id: FILLED });

/** For requests about one thing that are answered elsewhere, where it is called by its name. */
export const ABOUT_ONE_NAMED = v.object({ id: FILLED, name: v.string() });

/** What is to be put on the clipboard. */
export const COPIED = v.object({ text: v.string() });

/** The request in a message of a page, or undefined for anything else. */
export const parsePageMessage = readerOf(PAGE_MESSAGE);
