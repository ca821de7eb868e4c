import type { Client } from '../api/client';
import type { Seen } from './agingRows';
import type { Unfolding } from './listCounts';
import type { ListNode, Node } from './nodes';

interface Subscription {
  dispose(): unknown;
}

/**
 * While a person reads a list, its next page is fetched: one, in the background, and only of lists that are unfolded in a view on the
 * screen. So "Load more" has what it shows.
 */
export class ReadAhead {
  /** Nobody sees anything until a view is followed. */
  private isSeen = false;

  /** @param unfolded rows below which there are some on the screen; kept here as far as the view tells */
  constructor(
    private readonly clients: { for(tenantId: string): Promise<Client> },
    private readonly rows: { readonly lists: readonly ListNode[] },
    private readonly unfolded: WeakSet<Node>,
  ) {}

  follow(view: Unfolding & Seen): Subscription[] {
    this.isSeen = view.visible;
    return [
      view.onDidChangeVisibility(({ visible }) => {
        this.isSeen = visible;
        this.lookAgain();
      }),
      view.onDidExpandElement(({ element }) => {
        this.unfolded.add(element);
        this.lookAgain();
      }),
      view.onDidCollapseElement(({ element }) => {
        this.unfolded.delete(element);
        this.lookAgain();
      }),
    ];
  }

  /** The rows of a list were shown. */
  shown(list: ListNode): void {
    if (!this.isInSight(list) || !list.loaded.started) return;
    list.loaded.fetchAhead(() => this.clients.for(list.parent.id), 1);
  }

  /** Identities of a tenant changed: a page fetched before may say what is no longer so. */
  changed(tenantId: string): void {
    for (const list of this.rows.lists) if (list.parent.id === tenantId) list.loaded.dropAhead();
  }

  private lookAgain(): void {
    for (const list of this.rows.lists) {
      if (this.isInSight(list)) this.shown(list);
      else list.loaded.giveUpAhead();
    }
  }

  private isInSight(list: ListNode): boolean {
    return this.isSeen && this.unfolded.has(list) && this.unfolded.has(list.parent);
  }
}
