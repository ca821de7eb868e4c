import type { Client, Page } from '../api/client';
import type { Identity } from '../api/identities';
import { identityNode, type IdentityNode, type IdentityView, type LoadedRows, type ViewNode } from './nodes';

/** The loaded pages of one view: grows by `loadMore`, starts again by `reload`. No vscode; one request at a time. */
export class IdentityList implements LoadedRows {
  rows: readonly IdentityNode[] = [];
  total: number | undefined;
  hasMore = true;
  /** What the last page failed with; rows loaded before stay. */
  error: unknown;

  private offset = 0;
  private readonly seen = new Set<string>();
  private flight: Promise<void> | undefined;
  private generation = 0;

  constructor(
    private readonly view: IdentityView,
    private readonly pageSize: () => number,
  ) {}

  /** True once a page was asked for and answered or failed. */
  get started(): boolean {
    return this.offset > 0 || this.error !== undefined || !this.hasMore;
  }

  /**
   * Asks for the next page; callers while one is on its way share it. Never throws: a failure is kept in `error`.
   */
  loadMore(node: ViewNode, client: () => Promise<Client>): Promise<void> {
    if (this.flight) return this.flight;
    const flight = this.load(node, client).finally(() => {
      if (this.flight === flight) this.flight = undefined;
    });
    this.flight = flight;
    return flight;
  }

  /** Forgets everything loaded; an answer still on its way is dropped. */
  reset(): void {
    this.generation++;
    this.flight = undefined;
    this.rows = [];
    this.seen.clear();
    this.offset = 0;
    this.total = undefined;
    this.hasMore = true;
    this.error = undefined;
  }

  /** Takes out a person who was deleted; the pages that follow begin one earlier. */
  remove(identityId: string): void {
    const rows = this.rows.filter(({ identity }) => identity.id !== identityId);
    const removed = this.rows.length - rows.length;
    this.rows = rows;
    this.offset -= removed;
    if (this.total !== undefined) this.total -= removed;
  }

  private async load(node: ViewNode, client: () => Promise<Client>): Promise<void> {
    const { generation } = this;
    try {
      const page = await this.request(await client());
      if (generation !== this.generation) return;
      this.take(node, page);
      this.error = undefined;
    } catch (error) {
      if (generation === this.generation) this.error = error;
    }
  }

  private request(client: Client): Promise<Page<Identity>> {
    const { filters, sorters, defaultFilter } = this.view;
    // The total is asked for once, with the first page: counting costs the service time.
    const count = this.offset === 0;
    return client.identities.list({
      filters,
      sorters,
      defaultFilter,
      count,
      limit: this.pageSize(),
      offset: this.offset,
    });
  }

  /** Rows may move between pages while the list is read: each person is taken once. */
  private take(node: ViewNode, page: Page<Identity>): void {
    const fresh = page.items.filter(({ id }) => !this.seen.has(id));
    for (const { id } of fresh) this.seen.add(id);
    this.rows = [...this.rows, ...fresh.map((identity) => identityNode(node, identity))];
    this.offset += page.items.length;
    this.total = page.total ?? this.total;
    this.hasMore = page.hasMore && (this.total === undefined || this.offset < this.total);
  }
}
