import type { Client } from '../api/client';
import { queryOf } from '../lists/list';
import { ApiError } from '../api/errors';
import type { Seen } from './agingRows';
import type { ListNode, Node, TenantNode } from './nodes';

/** How long a number is taken as still true, milliseconds. */
const KEPT_MS = 60_000;
/** Several changes at once are answered by one round of requests, milliseconds. */
const SETTLED_MS = 500;

interface Counting {
  open: boolean;
  /** When each list was asked last, by its id; failures, too: they are not asked for over and over. */
  readonly asked: Map<string, number>;
  running: AbortController | undefined;
  settling: ReturnType<typeof setTimeout> | undefined;
}

/** What came of counting a list: its number, or why there is none. */
interface Counted {
  readonly list: ListNode;
  readonly total: number | undefined;
  readonly failure: unknown;
}

interface Subscription {
  dispose(): unknown;
}

/** What a view tells about its rows. */
export interface Unfolding {
  readonly onDidExpandElement: (listener: (event: { readonly element: Node }) => unknown) => Subscription;
  readonly onDidCollapseElement: (listener: (event: { readonly element: Node }) => unknown) => Subscription;
}

interface CountsDeps {
  readonly clients: { for(tenantId: string): Promise<Client> };
  /** The built-in lists below a tenant, as they are now; none when the tenant is gone. */
  readonly lists: (tenantId: string) => readonly ListNode[];
  /** The numbers of these rows are known now. */
  readonly draw: (lists: ListNode[]) => void;
  readonly now?: () => number;
}

/**
 * The numbers beside the built-in lists of a tenant that is unfolded: one small request for each that was not opened itself. They are
 * shown only; what is loaded of a list is held against the count that the list asks for itself. A number that cannot be read is not
 * shown: the tooltip of the list says why.
 */
export class ListCounts {
  private readonly tenants = new Map<string, Counting>();
  private readonly now: () => number;
  private isSeen = true;

  constructor(private readonly deps: CountsDeps) {
    this.now = deps.now ?? Date.now;
  }

  /** Counts as tenants are unfolded and folded in a view, while it is on the screen. */
  follow(view: Unfolding & Seen): Subscription[] {
    this.isSeen = view.visible;
    return [
      view.onDidChangeVisibility(({ visible }) => {
        this.isSeen = visible;
        for (const [id, counting] of this.tenants) if (counting.open) this.ask(id, counting);
      }),
      view.onDidExpandElement(({ element }) => {
        if (element.kind === 'tenant') this.opened(element);
      }),
      view.onDidCollapseElement(({ element }) => {
        if (element.kind === 'tenant') this.closed(element);
      }),
    ];
  }

  /** The lists of a tenant are shown. */
  opened({ id, signedOut }: TenantNode): void {
    const counting = this.of(id);
    counting.open = signedOut === undefined;
    if (counting.open) this.ask(id, counting);
  }

  /** The lists are no longer shown: what is under way is given up. */
  closed({ id }: Pick<TenantNode, 'id'>): void {
    const counting = this.of(id);
    counting.open = false;
    this.giveUp(counting);
  }

  /** Tenants that are not among these are gone, and what is asked of them with them. */
  keepOnly(tenantIds: ReadonlySet<string>): void {
    for (const [id, counting] of this.tenants) {
      if (tenantIds.has(id)) continue;
      this.giveUp(counting);
      this.tenants.delete(id);
    }
  }

  /** Something changed in the tenant: numbers asked for before may be wrong. */
  changed(tenantId: string): void {
    const counting = this.of(tenantId);
    this.giveUp(counting);
    counting.asked.clear();
    if (!counting.open) return;
    counting.settling = setTimeout(() => this.ask(tenantId, counting), SETTLED_MS);
  }

  /** What was known of the tenant does not count any more. */
  forget(tenantId: string): void {
    for (const list of this.deps.lists(tenantId)) {
      list.counted = undefined;
      list.countFailure = undefined;
    }
    this.changed(tenantId);
  }

  dispose(): void {
    for (const counting of this.tenants.values()) this.giveUp(counting);
    this.tenants.clear();
  }

  private of(tenantId: string): Counting {
    const known = this.tenants.get(tenantId);
    if (known) return known;
    const made: Counting = { open: false, asked: new Map(), running: undefined, settling: undefined };
    this.tenants.set(tenantId, made);
    return made;
  }

  private giveUp(counting: Counting): void {
    clearTimeout(counting.settling);
    if (!counting.running) return;
    counting.running.abort();
    counting.running = undefined;
    // Which of them were answered is not known here: all are asked again.
    counting.asked.clear();
  }

  private ask(tenantId: string, counting: Counting): void {
    // Once it is seen again it is asked.
    if (!this.isSeen) return;
    const now = this.now();
    const due = this.deps
      .lists(tenantId)
      .filter((list) => !list.opened && now - (counting.asked.get(list.id) ?? -Infinity) >= KEPT_MS);
    if (due.length === 0 || counting.running) return;
    for (const { id } of due) counting.asked.set(id, now);
    const running = new AbortController();
    counting.running = running;
    void this.count(tenantId, due, running.signal).then((counted) => {
      if (running.signal.aborted) return;
      counting.running = undefined;
      // A row has the number that it shows: one that was read and then given up must not count as shown.
      const differing = counted.filter((one) => !one.list.opened && differs(one));
      for (const { list, total, failure } of differing) {
        list.counted = total;
        list.countFailure = failure;
      }
      if (differing.length > 0) this.deps.draw(differing.map(({ list }) => list));
      // For lists that came meanwhile.
      if (counting.open) this.ask(tenantId, counting);
    });
  }

  /** Never rejects. */
  private count(tenantId: string, lists: readonly ListNode[], signal: AbortSignal): Promise<Counted[]> {
    return Promise.all(
      lists.map(async (list) => {
        try {
          const { fetchCount } = await import('../lists/pages');
          const client = await this.deps.clients.for(tenantId);
          const total = await fetchCount(client, queryOf(list.list), { signal, priority: 'batch' });
          return { list, total, failure: undefined };
        } catch (failure) {
          // Its tooltip says what is wrong; an old number must not stay beside it.
          return { list, total: undefined, failure };
        }
      }),
    );
  }
}

/** Whether the row says something else now. */
function differs({ list: { counted, countFailure }, total, failure }: Counted): boolean {
  if (counted !== total || (failure === undefined) !== (countFailure === undefined)) return true;
  return failure !== undefined && !isSameFailure(failure, countFailure);
}

/** Whether two failures are told in the same words. */
function isSameFailure(a: unknown, b: unknown): boolean {
  if (!ApiError.is(a) || !ApiError.is(b)) return String(a) === String(b);
  return a.reason === b.reason && a.message === b.message;
}
