import type { Client } from '../api/client';
import type { IdentityChange } from '../tenants/identityChange';
import { hasLeft } from './membership';
import type { IdentityNode, ListNode, Node } from './nodes';

export interface Changing {
  /** The rows of the identity that is concerned. */
  readonly rows: readonly IdentityNode[];
  readonly client: () => Promise<Client>;
  /** What stands below the row may differ now. */
  readonly forget: (row: IdentityNode) => void;
  readonly redraw: (row: Node) => void;
}

/** Loads one identity again and refreshes its rows; one that cannot be loaded keeps its rows as they are. */
export async function applyChange(
  { kind, identityId = '' }: IdentityChange,
  { rows, client, forget, redraw }: Changing,
): Promise<void> {
  if (rows.length === 0) return;
  if (kind === 'deleted') {
    for (const { parent } of rows) {
      parent.loaded.remove(identityId);
      redraw(parent);
    }
    return;
  }
  const counts = new Set<ListNode>();
  try {
    const identity = await (await client()).identities.get(identityId);
    for (const row of rows) {
      const { parent, left } = row;
      // A list may go by more than these fields say: only a change of them tells that one has left.
      const { id, origin } = parent.list;
      const wasIn = left || !hasLeft(id, row.identity);
      row.left = origin === 'builtIn' && wasIn && hasLeft(id, identity);
      row.identity = identity;
      if (row.left === left) continue;
      parent.loaded.setLeft(identityId, row.left);
      counts.add(parent);
    }
  } catch {
    // The panel or the command that caused the change says what is wrong; the rows stay as they were.
  }
  for (const row of rows) {
    forget(row);
    redraw(row);
  }
  for (const list of counts) redraw(list);
}
