/** What rows say of time goes on by itself, without asking the service. No vscode. */
import { assignmentText } from '../text/assignment';
import { formatAge } from '../text/dates';
import type { IdentityNode, Node, RoleAssignmentNode } from './nodes';

/** How often rows are looked at, milliseconds. */
const EVERY_MS = 60_000;

interface Subscription {
  dispose(): unknown;
}

/** Whether a view can be seen. */
export interface Seen {
  readonly visible: boolean;
  readonly onDidChangeVisibility: (listener: (event: { readonly visible: boolean }) => unknown) => Subscription;
}

/** A row that says something of time. */
type Aging = IdentityNode | RoleAssignmentNode;

/** Rows that say how long ago or how soon something is: VS Code keeps what they and their tooltips said until they are drawn again. */
export class AgingRows {
  /** By the row's id: one that is read again takes the place of the one before. */
  private readonly said = new Map<string, { readonly node: Aging; readonly words: string }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** A row is drawn: "ends in 3 days". */
  drawn(node: Node): void {
    if (node.kind === 'roleAssignment') this.note(node);
  }

  /** A row is pointed at: "last refresh 3 days ago". */
  pointedAt(node: Node): void {
    if (node.kind === 'identity' && node.identity.lastRefresh) this.note(node);
  }

  /**
   * The rows that would say something else now, each once until it is noted again.
   *
   * @param present identities that have rows: what went with a tenant or a list is let go
   */
  takeDue(present: ReadonlySet<Node>): Node[] {
    for (const { node } of this.said.values()) if (!present.has(identityOf(node))) this.said.delete(node.id);
    const due = [...this.said.values()].filter(({ node, words }) => this.wordsOf(node) !== words);
    for (const { node } of due) this.said.delete(node.id);
    return due.map(({ node }) => node);
  }

  private note(node: Aging): void {
    this.said.set(node.id, { node, words: this.wordsOf(node) });
  }

  private wordsOf(node: Aging): string {
    return node.kind === 'identity'
      ? formatAge(node.identity.lastRefresh, this.now())
      : assignmentText(node.assignment, this.now()).join();
  }
}

/** Whose row it is, or below whose it stands. */
function identityOf(node: Aging): Node {
  return node.kind === 'identity' ? node : node.parent;
}

/** Calls once a minute while the view can be seen, and when it comes to be seen. */
export function whileSeen(view: Seen, call: () => void, everyMs = EVERY_MS): Subscription {
  const callIfSeen = (): void => {
    if (view.visible) call();
  };
  const timer = setInterval(callIfSeen, everyMs);
  const shown = view.onDidChangeVisibility(callIfSeen);
  return {
    dispose: () => {
      clearInterval(timer);
      shown.dispose();
    },
  };
}
