import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { Found } from '../../actions/bulk/found';
import { resolveIdentities, type Source } from '../../actions/bulk/resolveIdentities';
import { fetchCount, fetchPage, type Rows } from '../../lists/pages';
import { PagesAhead } from '../../lists/pagesAhead';
import { START, type IdentityQuery, type Place } from '../../lists/query';

/** Where the identities of a table come from. */
export type PeopleSource =
  /** `known`: what the tree has loaded of it. */
  | { readonly kind: 'query'; readonly query: IdentityQuery; readonly known?: KnownRows | undefined }
  /** As they are known. */
  | { readonly kind: 'people'; readonly people: readonly Identity[] }
  /** Named in a text, a file or a bulk action. */
  | { readonly kind: 'asked'; readonly source: Source };

/** The rows of a list that is loaded completely. */
interface KnownRows {
  readonly identities: readonly Identity[];
  readonly total: number | undefined;
}

/** Why an entry of a pasted list is not an identity of its own. */
export type EntryProblem = 'notFound' | 'several' | 'unreadable' | 'again';

/** A row: an identity, or an entry that names nobody, several, or somebody who is there already. */
export type TableEntry =
  | { readonly key: string; readonly identity: Identity; readonly problem?: undefined }
  | {
      readonly key: string;
      readonly identity?: undefined;
      readonly asked: string;
      readonly problem: EntryProblem;
      /** Who is meant, as far as somebody is. */
      readonly names: readonly string[];
    };

/** Rows that are loaded without being asked for: twenty requests. */
export const FIRST_ROWS = 5_000;
/** Rows of a page of Search: it answers more at once than the list operation. */
const SEARCH_PAGE = 1_000;
/** Pages on their way at once: so many keep the rate limit busy for answers of 800 ms. */
const PAGES_AT_ONCE = 8;

interface GatheringDeps {
  readonly client: () => Promise<Client>;
  readonly pageSize: () => number;
  /** Rows came, or loading began or ended. */
  readonly changed: () => void;
}

/** Reads the rows of a table, as many as are wanted; goes on where it stopped. Never throws: a failure is kept in `error`. */
export class Gathering {
  entries: TableEntry[] = [];
  total: number | undefined;
  /** Entries of a pasted list that were looked up so far. */
  looked: { readonly done: number; readonly of: number } | undefined;
  error: unknown;
  /** In the order of this sorter, by ISC; the list's own when absent. */
  sorter: string | undefined;

  private next: Place | undefined = START;
  private seen = new Set<string>();
  private ahead = new PagesAhead();
  private limit = 0;
  private abort: AbortController | undefined;

  /** What is shown was read before a reload: it goes once something else has come. */
  private isOld = false;

  constructor(
    private source: PeopleSource,
    private readonly deps: GatheringDeps,
  ) {
    if (source.kind === 'people') this.takeWhole(source.people, source.people.length);
    if (source.kind === 'query' && source.known) this.takeWhole(source.known.identities, source.known.total);
  }

  get isLoading(): boolean {
    return this.abort !== undefined;
  }

  /** Everything that is to be had was read. */
  get isWhole(): boolean {
    return this.next === undefined || !this.goesOn(this.next);
  }

  /** ISC counts more than it listed. */
  get isShort(): boolean {
    return this.isWhole && !this.isLoading && this.source.kind === 'query' && this.entries.length < (this.total ?? 0);
  }

  get query(): IdentityQuery | undefined {
    const { source, sorter } = this;
    if (source.kind !== 'query') return undefined;
    return source.query.by === 'filter' && sorter !== undefined ? { ...source.query, sorter } : source.query;
  }

  /** Reads until there are so many rows; one that is loading already goes on to the higher number. */
  async load(limit: number): Promise<void> {
    this.limit = Math.max(this.limit, limit);
    if (this.abort) return;
    const abort = new AbortController();
    this.abort = abort;
    this.error = undefined;
    this.deps.changed();
    try {
      const { source } = this;
      if (source.kind === 'asked') await this.lookUp(source.source, abort.signal);
      else await this.readPages(abort.signal);
    } catch (error) {
      if (this.abort === abort && !ApiError.is(error, 'cancelled')) this.error = error;
    }
    if (this.abort !== abort) return;
    this.abort = undefined;
    this.deps.changed();
  }

  stop(): void {
    this.giveUp();
    this.deps.changed();
  }

  /** Reads as many rows anew, at least the first; those that are there stay until others have come. */
  async reload({ sorter }: { readonly sorter: string | undefined } = this): Promise<void> {
    const wanted = Math.max(this.limit, this.entries.length, FIRST_ROWS);
    this.giveUp();
    this.sorter = sorter;
    const { source } = this;
    // From now on they are looked up.
    if (source.kind === 'people') this.source = { kind: 'asked', source };
    this.isOld = true;
    this.next = START;
    this.total = undefined;
    this.looked = undefined;
    await this.load(wanted);
  }

  /** Takes out who was deleted. */
  remove(identityId: string): void {
    const at = this.entries.findIndex(({ key }) => key === identityId);
    if (at < 0) {
      // Perhaps one of those that are not loaded yet: they are counted anew.
      if (this.next) {
        this.total = undefined;
        this.ahead.drop();
      }
      return;
    }
    this.entries = this.entries.toSpliced(at, 1);
    if (this.total !== undefined) this.total--;
    // The pages that follow begin one earlier, and those on their way are of before.
    this.ahead.drop();
    if (this.next && this.query?.by === 'filter') this.next = { ...this.next, offset: this.next.offset - 1 };
  }

  replace(identity: Identity): void {
    const at = this.entries.findIndex(({ key }) => key === identity.id);
    if (at >= 0) this.entries = this.entries.with(at, { key: identity.id, identity });
  }

  /** Whoever waits for the rows is gone. */
  giveUp(): void {
    this.abort?.abort();
    this.abort = undefined;
    this.ahead.drop();
    this.limit = 0;
  }

  private takeWhole(identities: readonly Identity[], total: number | undefined): void {
    this.take({ items: identities, next: undefined });
    this.total = total;
  }

  private goesOn({ offset, isSure }: Place): boolean {
    return this.total === undefined ? isSure : offset < this.total;
  }

  private async readPages(signal: AbortSignal): Promise<void> {
    const { query } = this;
    if (!query) return;
    const client = await this.deps.client();
    const limit = query.by === 'search' ? SEARCH_PAGE : this.deps.pageSize();
    const options = { signal, priority: 'batch' } as const;
    let counting = this.total === undefined ? this.count(client, query, signal) : undefined;
    const fetch = (place: Place, call: { readonly signal?: AbortSignal | undefined }): Promise<Rows> =>
      fetchPage(client, query, place, limit, { ...options, ...call });
    for (;;) {
      while (this.next && this.goesOn(this.next) && this.read < this.limit) {
        signal.throwIfAborted();
        const place = this.next;
        if (query.by === 'filter') this.fetchAhead(place, limit, fetch, options);
        const rows = (await this.ahead.take(place, false)) ?? (await fetch(place, options));
        signal.throwIfAborted();
        // Rows were taken away meanwhile: the page began elsewhere.
        if (this.next !== place) continue;
        this.take(rows);
        this.deps.changed();
      }
      if (!counting) return;
      // A page that came short is the end only if the number says so.
      await counting;
      counting = undefined;
    }
  }

  /** Rows that came since the last reload. */
  private get read(): number {
    return this.isOld ? 0 : this.entries.length;
  }

  /** As far as it is certain that there are more pages. */
  private fetchAhead(
    from: Place,
    limit: number,
    fetch: (place: Place, call: object) => Promise<Rows>,
    options: { readonly signal: AbortSignal },
  ): void {
    const end = Math.min(this.limit + from.offset - this.read, this.total ?? 0);
    let place = this.ahead.last ? { offset: this.ahead.last.offset + limit, isSure: false } : from;
    while (this.ahead.length < PAGES_AT_ONCE && place.offset < end) {
      this.ahead.ask(place, fetch, options);
      place = { offset: place.offset + limit, isSure: false };
    }
  }

  /** Without its number a list is as good: it is then read until a page comes short. */
  private async count(client: Client, query: IdentityQuery, signal: AbortSignal): Promise<void> {
    try {
      const total = await fetchCount(client, query, { signal });
      if (!signal.aborted) this.total = total;
    } catch (error) {
      if (!ApiError.is(error)) throw error;
    }
    this.deps.changed();
  }

  private take({ items, next }: Rows): void {
    this.dropOld();
    const before = this.entries.length;
    for (const identity of items) {
      // Rows may move between pages while the list is read.
      if (this.seen.has(identity.id)) continue;
      this.seen.add(identity.id);
      this.entries.push({ key: identity.id, identity });
    }
    this.next = this.entries.length === before && next?.isSure !== true ? undefined : next;
  }

  private async lookUp(source: Source, signal: AbortSignal): Promise<void> {
    const client = await this.deps.client();
    const found = await resolveIdentities(client, source, {
      signal,
      progress: (done, of) => {
        this.looked = { done, of };
        this.deps.changed();
      },
      // Shown while others are looked up, in the order in which they are found.
      onFound: (rows) => {
        const identities = rows.flatMap(([, { identities: found }]) => (found.length === 1 ? found : []));
        if (!signal.aborted) this.take({ items: identities, next: this.next });
      },
    });
    signal.throwIfAborted();
    this.isOld = false;
    this.entries = entriesOf(found);
    this.total = this.entries.length;
    this.next = undefined;
  }

  private dropOld(): void {
    if (!this.isOld) return;
    this.isOld = false;
    this.entries = [];
    this.seen = new Set();
  }
}

/** What deserves a look first, then the identities in the order in which they were asked for. */
function entriesOf(found: readonly Found[]): TableEntry[] {
  const problems: TableEntry[] = [];
  const people = new Map<string, TableEntry>();
  for (const [n, { asked, identities, unreadable }] of found.entries()) {
    const names = identities.map(({ name }) => name);
    const [only, ...others] = identities;
    const problem = ((): EntryProblem | undefined => {
      if (!only) return unreadable ? 'unreadable' : 'notFound';
      if (others.length > 0) return 'several';
      return people.has(only.id) ? 'again' : undefined;
    })();
    if (problem) problems.push({ key: `asked ${String(n)}`, asked, problem, names });
    else if (only) people.set(only.id, { key: only.id, identity: only });
  }
  return [...problems, ...people.values()];
}
