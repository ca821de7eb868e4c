import type { CallOptions, Client } from '../api/client';
import type { ProtectedIdentities } from '../tenants/protectedIdentities';
import { listChildren, type ListNode, type MoreNode, type Node } from './nodes';
import { noteProtected } from './protectedRows';

/** A row that is drawn at once after VS Code was given rows below it is drawn as it was. */
const COUNT_DELAY_MS = 300;
/** A page that takes longer says so on its row. VS Code draws what changes within 200 ms of a change late. */
const SLOW_PAGE_MS = 400;
/** Pages of a list that is loaded completely on their way at once: so many keep the rate limit busy for answers of 800 ms. */
const PAGES_AT_ONCE = 8;

interface LoadingDeps {
  readonly clients: { for(tenantId: string): Promise<Client> };
  readonly protectedIdentities: ProtectedIdentities;
  /** Whether the row of a list would show the same as when it was drawn last. */
  readonly isCurrent: (list: ListNode) => boolean;
  readonly redraw: (list: ListNode) => void;
  /** Draws rows that did not change themselves. */
  readonly draw: (...rows: Node[]) => void;
  /** The rows of a list, as many as are loaded, are being read now. */
  readonly shown: (list: ListNode) => void;
}

/** Asks for the pages and the numbers of lists. */
export class ListLoading {
  constructor(private readonly deps: LoadingDeps) {}

  async page(list: ListNode, options?: CallOptions): Promise<void> {
    await list.loaded.loadMore(list, () => this.deps.clients.for(list.parent.id), options);
    noteProtected(list, this.deps.protectedIdentities);
  }

  /** The first page, unless there is one; the number follows. */
  private async first(list: ListNode): Promise<void> {
    if (list.loaded.started) return;
    // Reset while its first page was on its way: the page that counts is asked for now.
    while (!list.loaded.started) await this.page(list);
    void this.countLater(list);
  }

  /** The rows of a list that is opened. */
  async rows(list: ListNode): Promise<Node[]> {
    list.opened = true;
    await this.first(list);
    return listChildren(list);
  }

  /** The next page; "Load more" says so where that takes long. What was fetched ahead is drawn at once. */
  async more(node: MoreNode): Promise<void> {
    const list = node.parent;
    if (node.loading) return;
    node.loading = true;
    const before = list.loaded.groups.at(-1);
    const slow = setTimeout(() => this.deps.draw(node), SLOW_PAGE_MS);
    await this.page(list);
    clearTimeout(slow);
    node.loading = false;
    const group = list.loaded.groups.at(-1);
    if (group) group.open = true;
    // Within a group that is there already only that group is drawn, however long the list is.
    if (group && group === before && list.loaded.hasMore && list.loaded.error === undefined) {
      this.deps.draw(group, node);
    } else {
      this.deps.redraw(list);
    }
    this.deps.shown(list);
  }

  /** All pages, until the signal aborts or one fails; several are asked for at once, as far as the list is counted. */
  async all(list: ListNode, signal: AbortSignal, progress: (list: ListNode['loaded']) => void): Promise<void> {
    const { loaded } = list;
    const options = { signal, priority: 'batch' } as const;
    if (loaded.total === undefined) await Promise.all([this.count(list), !loaded.started && this.page(list, options)]);
    while ((loaded.hasMore || !loaded.started) && !signal.aborted) {
      progress(loaded);
      if (signal.aborted) break;
      loaded.fetchAhead(() => this.deps.clients.for(list.parent.id), PAGES_AT_ONCE, options);
      await this.page(list, options);
      if (loaded.error !== undefined) break;
    }
    loaded.giveUpAhead();
  }

  /** A list that cannot be loaded is not counted. */
  async count(list: ListNode): Promise<void> {
    if (list.loaded.error === undefined) await list.loaded.count(() => this.deps.clients.for(list.parent.id));
  }

  /**
   * Counts a list whose rows were just handed to VS Code. It keeps the rows of an earlier answer when a row is refreshed while that
   * answer is still being taken in, so the count beside the list's name is drawn a little later.
   */
  async countLater(list: ListNode): Promise<void> {
    const taken = new Promise((resolve) => setTimeout(resolve, COUNT_DELAY_MS));
    const end = listChildren(list).at(-1)?.kind;
    await Promise.all([this.count(list), taken]);
    this.showTotal(list, end);
    this.deps.shown(list);
  }

  /** A list whose number was shown already is not drawn again: a click meanwhile would be lost. */
  private showTotal(list: ListNode, end: Node['kind'] | undefined): void {
    const isSame = this.deps.isCurrent(list) && listChildren(list).at(-1)?.kind === end;
    if (!isSame) this.deps.redraw(list);
    else if (end === 'more') this.deps.draw(list.more);
  }
}
