import type { Client } from '../api/client';
import { errorNode, identityChildren, type IdentityNode, type Node } from './nodes';

/** The role assignments below people, read once until they are forgotten. */
export class RoleAssignmentCache {
  private readonly known = new WeakMap<IdentityNode, Node[]>();

  /** Never rejects: a failure is a row. */
  async children(node: IdentityNode, client: () => Promise<Client>): Promise<Node[]> {
    const known = this.known.get(node);
    if (known) return known;
    try {
      const { identity } = node;
      const rows = await identityChildren(node, await client());
      // Read again meanwhile: what came now may be older.
      if (node.identity === identity) this.known.set(node, rows);
      return rows;
    } catch (error) {
      return [errorNode(node, error)];
    }
  }

  forget(node: IdentityNode): void {
    this.known.delete(node);
  }
}
