import type { PlainText } from '../text/plain';
import type { IdentityNode, Node } from './nodes';

/** Words on the rows of an identity while something runs on it. */
export class BusyRows {
  private readonly words = new Map<Node, PlainText>();

  constructor(private readonly redraw: (row: IdentityNode) => void) {}

  wordsOf(row: Node): PlainText | undefined {
    return this.words.get(row);
  }

  async during<T>(rows: readonly IdentityNode[], words: PlainText, run: () => Promise<T>): Promise<T> {
    for (const row of rows) {
      this.words.set(row, words);
      this.redraw(row);
    }
    try {
      return await run();
    } finally {
      for (const row of rows) {
        this.words.delete(row);
        this.redraw(row);
      }
    }
  }
}
