import type { CallOptions, Client } from '../api/client';
import { ApiError } from '../api/errors';
import { queryOf, type IdentityList } from '../lists/list';
import { GROUP_SIZE, identityNode, type GroupNode, type IdentityNode, type LoadedRows, type ListNode } from './nodes';
import type { Rows } from '../lists/pages';
import { START, type Place } from '../lists/query';
import { PagesAhead } from '../lists/pagesAhead';

/** So often is a page asked again because rows were taken away meanwhile: while thousands are deleted, one is taken as it comes. */
const MAX_ATTEMPTS = 3;

/** What was read so far; a refresh fills a second one beside it. */
class Loaded {
  readonly rows: IdentityNode[] = [];
  readonly groups: GroupNode[] = [];
  next: Place | undefined = START;
  private readonly seen = new Set<string>();
  private readonly left = new Set<string>();

  /**
   * Rows may move between pages while the list is read: each person is taken once.
   *
   * @param asked where the rows were asked for; the place of the next ones may have moved since
   */
  take(node: ListNode, { items, next }: Rows, asked = this.next): void {
    const before = this.rows.length;
    const moved = this.next && asked ? this.next.offset - asked.offset : 0;
    for (const identity of items) {
      if (this.seen.has(identity.id)) continue;
      this.seen.add(identity.id);
      const row = identityNode(node, identity);
      this.rows.push(row);
      this.place(row, this.rows.length - 1);
    }
    // The same rows once more lead nowhere.
    this.next =
      this.rows.length === before && next?.isSure !== true
        ? undefined
        : next && { ...next, offset: next.offset + moved };
  }

  /** The pages that follow a removed row begin one earlier. */
  remove(identityId: string): number {
    const at = this.rows.findIndex(({ identity }) => identity.id === identityId);
    if (at < 0) return 0;
    this.rows.splice(at, 1);
    for (const [index, row] of this.rows.entries()) if (index >= at) this.place(row, index);
    this.groups.splice(Math.max(0, Math.ceil(this.rows.length / GROUP_SIZE) - 1));
    // One that had left is not among the pages any more.
    const change = this.left.has(identityId) ? 0 : 1;
    if (this.next) this.next = { ...this.next, offset: this.next.offset - change };
    return change;
  }

  /** The pages that follow begin where they would without the person, although the row stays. @returns by how much the total changes */
  setLeft(identityId: string, left: boolean): number {
    if (this.left.has(identityId) === left || !this.seen.has(identityId)) return 0;
    if (left) this.left.add(identityId);
    else this.left.delete(identityId);
    const change = left ? -1 : 1;
    if (this.next) this.next = { ...this.next, offset: this.next.offset + change };
    return change;
  }

  /** Puts a row into the group of its place; the first ones stand in none. */
  private place(row: IdentityNode, index: number): void {
    const n = Math.floor(index / GROUP_SIZE);
    const from = n * GROUP_SIZE;
    const { parent } = row;
    row.group =
      n === 0
        ? undefined
        : (this.groups[n - 1] ??= { kind: 'group', id: `${parent.id}/from/${from}`, parent, from, open: false });
  }
}

/** The loaded pages of one list: grows by `loadMore`, is read again by `reload`. No vscode; one page at a time. */
export class LoadedList implements LoadedRows {
  total: number | undefined;
  countFailure: unknown;
  /** What the last page failed with; rows loaded before stay. */
  error: unknown;

  private loaded = new Loaded();
  private readonly ahead = new PagesAhead();
  private flight: Promise<void> | undefined;
  private generation = 0;
  /** Counts what makes untrue, or moves, what is on its way. */
  private changes = 0;
  /** Who was removed while all is read again. */
  private removed: string[] = [];
  /** The failure was one of reading again, so that is what a retry does. */
  private stale = false;

  constructor(
    private readonly list: IdentityList,
    private readonly pageSize: () => number,
  ) {}

  get rows(): readonly IdentityNode[] {
    return this.loaded.rows;
  }

  get groups(): readonly GroupNode[] {
    return this.loaded.groups;
  }

  get hasMore(): boolean {
    const { next } = this.loaded;
    return next !== undefined && this.goesOn(next);
  }

  get isShort(): boolean {
    return this.started && this.error === undefined && !this.hasMore && this.rows.length < (this.total ?? 0);
  }

  get started(): boolean {
    return this.loaded.next?.offset !== 0 || this.error !== undefined;
  }

  loadMore(node: ListNode, client: () => Promise<Client>, options?: CallOptions): Promise<void> {
    return (this.flight ??= this.alone(async (current) => {
      if (this.stale) return this.readAgain(node, await client(), current, options);
      await this.readNext(node, client, current, options);
    }));
  }

  fetchAhead(client: () => Promise<Client>, pages: number, options?: CallOptions): void {
    // What comes next is not known while a page is on its way, or after a failure.
    if (this.flight || this.stale || this.error !== undefined || !this.loaded.next) return;
    const fetch = async (place: Place, call: CallOptions): Promise<Rows> => {
      const { fetchPage } = await import('../lists/pages');
      return fetchPage(await client(), queryOf(this.list), place, this.pageSize(), call);
    };
    for (let place = this.nextAhead(); place && this.ahead.length < pages; place = this.nextAhead()) {
      this.ahead.ask(place, fetch, { ...options, priority: 'batch' });
    }
  }

  /** What is on its way may say what is no longer so. */
  dropAhead(): void {
    this.changes++;
    this.ahead.drop();
  }

  giveUpAhead(): void {
    this.ahead.giveUp();
  }

  /** Where the page begins that is to be asked for next, if it is certain that there is one. */
  private nextAhead(): Place | undefined {
    const { last } = this.ahead;
    // Search tells where the next page begins only with the page before it.
    if (last && this.list.query?.by === 'search') return undefined;
    const next = last ? { offset: last.offset + this.pageSize(), isSure: false } : this.loaded.next;
    return next && this.goesOn(next) ? next : undefined;
  }

  reload(node: ListNode, client: () => Promise<Client>, options?: CallOptions): Promise<void> {
    this.generation++;
    this.ahead.drop();
    this.stale = true;
    return (this.flight = this.alone(async (current) => this.readAgain(node, await client(), current, options)));
  }

  remove(identityId: string): void {
    this.dropAhead();
    this.removed.push(identityId);
    const removed = this.loaded.remove(identityId);
    if (this.total !== undefined) this.total -= removed;
  }

  setLeft(identityId: string, left: boolean): void {
    this.dropAhead();
    const change = this.loaded.setLeft(identityId, left);
    if (this.total !== undefined) this.total += change;
  }

  async count(client: () => Promise<Client>): Promise<void> {
    const { generation } = this;
    try {
      const { fetchCount } = await import('../lists/pages');
      const total = await fetchCount(await client(), queryOf(this.list));
      if (generation !== this.generation) return;
      this.total = total;
      this.countFailure = undefined;
    } catch (error) {
      if (!ApiError.is(error)) throw error;
      // Without its count the list is as good; its tooltip says what is wrong.
      if (generation === this.generation) this.countFailure = error;
    }
  }

  fill(node: ListNode, rows: Rows, total?: number): void {
    this.reset();
    this.loaded.take(node, rows);
    this.total = total;
  }

  reset(): void {
    this.generation++;
    this.ahead.drop();
    this.flight = undefined;
    this.loaded = new Loaded();
    this.total = undefined;
    this.countFailure = undefined;
    this.error = undefined;
    this.stale = false;
  }

  private goesOn({ offset, isSure }: Place): boolean {
    return this.total === undefined ? isSure : offset < this.total;
  }

  /** The next page. One that was overtaken by a change is asked for again: a row taken away before it moves where it begins. */
  private async readNext(
    node: ListNode,
    client: () => Promise<Client>,
    current: () => boolean,
    options: CallOptions | undefined,
  ): Promise<void> {
    const { fetchPage } = await import('../lists/pages');
    for (let attempt = 1; current(); attempt++) {
      const { changes } = this;
      const place = this.loaded.next;
      if (!place) return;
      const known = await this.ahead.take(place, options?.priority !== 'batch');
      const isLast = attempt === MAX_ATTEMPTS;
      if (!current() || (changes !== this.changes && !isLast)) continue;
      const page = known ?? (await fetchPage(await client(), queryOf(this.list), place, this.pageSize(), options));
      if (!current() || (changes !== this.changes && !isLast)) continue;
      this.loaded.take(node, page, place);
      return;
    }
  }

  /** Reads as many rows as there were; those are shown until the new ones are there. */
  private async readAgain(
    node: ListNode,
    client: Client,
    current: () => boolean,
    options: CallOptions | undefined,
  ): Promise<void> {
    const { fetchPage } = await import('../lists/pages');
    const wanted = this.rows.length;
    const fresh = new Loaded();
    this.removed = [];
    do {
      fresh.take(node, await fetchPage(client, queryOf(this.list), fresh.next ?? START, this.pageSize(), options));
    } while (current() && fresh.next && this.goesOn(fresh.next) && fresh.rows.length < wanted);
    if (!current()) return;
    for (const identityId of this.removed) fresh.remove(identityId);
    this.loaded = fresh;
    this.stale = false;
  }

  /** Keeps a failure instead of throwing it; a cancel is none. What was overtaken by a reset is dropped. */
  private alone(run: (current: () => boolean) => Promise<void>): Promise<void> {
    const { generation } = this;
    const current = (): boolean => generation === this.generation;
    const flight = run(current)
      .then(
        () => {
          if (current()) this.error = undefined;
        },
        (error: unknown) => {
          if (current() && !ApiError.is(error, 'cancelled')) this.error = error;
        },
      )
      .finally(() => {
        if (current()) this.flight = undefined;
      });
    return flight;
  }
}
