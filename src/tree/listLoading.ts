import type { CallOptions, Client } from '../api/client';
import type { ProtectedIdentities } from '../tenants/protectedIdentities';
import { listChildren, type ListNode, type Node } from './nodes';
import { noteProtected } from './protectedRows';

/** A row that is drawn at once after VS Code was given rows below it is drawn as it was. */
const COUNT_DELAY_MS = 300;

interface LoadingDeps {
  readonly clients: { for(tenantId: string): Promise<Client> };
  readonly protectedIdentities: ProtectedIdentities;
  /** Whether the row of a list would show the same as when it was drawn last. */
  readonly isCurrent: (list: ListNode) => boolean;
  readonly redraw: (list: ListNode) => void;
  /** Draws a row that did not change itself. */
  readonly draw: (node: Node) => void;
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

  /** All pages, until the signal aborts or one fails. */
  async all(list: ListNode, signal: AbortSignal, progress: (list: ListNode['loaded']) => void): Promise<void> {
    if (list.loaded.total === undefined) await this.count(list);
    while ((list.loaded.hasMore || !list.loaded.started) && !signal.aborted) {
      progress(list.loaded);
      await this.page(list, { signal, priority: 'batch' });
      if (list.loaded.error !== undefined) break;
    }
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
  }

  /** A list whose number was shown already is not drawn again: a click meanwhile would be lost. */
  private showTotal(list: ListNode, end: Node['kind'] | undefined): void {
    const isSame = this.deps.isCurrent(list) && listChildren(list).at(-1)?.kind === end;
    if (!isSame) this.deps.redraw(list);
    else if (end === 'more') this.deps.draw(list.more);
  }
}
