/** What rows say of time goes on by itself, without asking the service. No vscode. */
import { assignmentText } from '../text/assignment';
import { formatAge } from '../text/dates';
import type { Node } from './nodes';

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

/** Rows that say how long ago or how soon something is: VS Code keeps what they and their tooltips said until they are drawn again. */
export class AgingRows {
  private readonly said = new Map<Node, string>();

  constructor(private readonly now: () => number = Date.now) {}

  /** A row is drawn: "ends in 3 days". */
  drawn(node: Node): void {
    if (node.kind === 'roleAssignment') this.note(node);
  }

  /** A row is pointed at: "last refresh 3 days ago". */
  pointedAt(node: Node): void {
    if (node.kind === 'identity' && node.identity.lastRefresh) this.note(node);
  }

  /** The rows that would say something else now, each once until it is noted again. */
  takeDue(): Node[] {
    const due = [...this.said].filter(([node, words]) => this.wordsOf(node) !== words).map(([node]) => node);
    for (const node of due) this.said.delete(node);
    return due;
  }

  private note(node: Node): void {
    this.said.set(node, this.wordsOf(node));
  }

  private wordsOf(node: Node): string {
    if (node.kind === 'identity') return formatAge(node.identity.lastRefresh, this.now());
    return node.kind === 'roleAssignment' ? assignmentText(node.assignment, this.now()).join() : '';
  }
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
