import type { Client } from '../api/client';
import type { ListNode, TenantNode } from './nodes';

/** A number on a row is asked for anew after so long. */
const KEPT_FOR_MS = 60_000;
/** After a change, counting waits until no other follows: a bulk action has thousands. */
const QUIET_MS = 3_000;

export interface CountsDeps {
  readonly clientOf: (tenantId: string) => Promise<Client>;
  /** The number of a list is another now. */
  readonly onCounted: (list: ListNode) => void;
}

/** The numbers beside the lists of unfolded tenants: one request a list, none for a tenant that is folded. */
export class ListCounts {
  /** What was asked for the unfolded tenants, by id. */
  private readonly unfolded = new Map<
    string,
    { readonly lists: readonly ListNode[]; readonly abort: AbortController }
  >();
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(private readonly deps: CountsDeps) {}

  /** The lists of a tenant are shown: counts those that have no number, or an old one. */
  show(tenant: TenantNode, lists: readonly ListNode[]): void {
    const abort = this.unfolded.get(tenant.id)?.abort ?? new AbortController();
    this.unfolded.set(tenant.id, { lists, abort });
    this.count(lists.filter(({ loaded: list }) => list.countAgeMs() > KEPT_FOR_MS));
  }

  /** The tenant is folded: what is under way for it is given up. */
  hide(tenantId: string): void {
    this.unfolded.get(tenantId)?.abort.abort();
    this.unfolded.delete(tenantId);
    clearTimeout(this.waiting.get(tenantId));
  }

  /** Counts again the lists that nobody has opened; those that are open are counted when they are read again. */
  countAgain(tenantId: string): void {
    this.count(this.unfolded.get(tenantId)?.lists.filter(({ loaded: list }) => !list.started));
  }

  /** Something changed in a tenant: who is in its lists may, too. */
  countAgainSoon(tenantId: string): void {
    clearTimeout(this.waiting.get(tenantId));
    const later = setTimeout(() => this.count(this.unfolded.get(tenantId)?.lists), QUIET_MS);
    this.waiting.set(tenantId, later);
  }

  dispose(): void {
    for (const tenantId of [...this.unfolded.keys()]) this.hide(tenantId);
  }

  private count(nodes: readonly ListNode[] = []): void {
    for (const node of nodes) {
      // Those with a mistake ask nothing, and who was found is known.
      if (node.list.query && node.list.origin !== 'found') void this.fetchCount(node);
    }
  }

  private async fetchCount(node: ListNode): Promise<void> {
    const { total } = node.loaded;
    const signal = this.unfolded.get(node.parent.id)?.abort.signal;
    await node.loaded.count(() => this.deps.clientOf(node.parent.id), { signal, priority: 'batch' });
    if (node.loaded.total !== total) this.deps.onCounted(node);
  }
}
