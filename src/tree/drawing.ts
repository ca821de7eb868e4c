/** Tells VS Code what to draw again, at times when it can. No vscode. */
import type { Node } from './nodes';

/** VS Code has taken in everything when it asked for no rows for so long, milliseconds. */
const SETTLED_MS = 300;

/**
 * While VS Code takes in all rows anew, a single one must not be drawn again: if another such round follows, VS Code looks for the
 * row as it was before and does not find it ("Data tree node not found"). Such rows wait until it asks for no more rows.
 */
export class Drawing {
  private readonly waiting = new Set<Node>();
  /** All rows are being taken in, or will be once the view can be seen. */
  private isTakingIn = false;
  /** Questions for rows under way. */
  private asked = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;

  /** @param tell VS Code that these rows differ, or all without any */
  constructor(
    private readonly tell: (rows: Node[] | undefined) => void,
    private readonly settledMs = SETTLED_MS,
  ) {}

  /** All rows may differ. */
  all(): void {
    this.beginTakingIn();
    this.tell(undefined);
  }

  rows(rows: readonly Node[]): void {
    if (rows.length === 0) return;
    if (this.isTakingIn) for (const row of rows) this.waiting.add(row);
    else this.tell([...rows]);
  }

  /** VS Code asks for the rows below a row, or for the first ones. */
  async asking<T>(parent: Node | undefined, answer: () => Promise<T>): Promise<T> {
    if (!parent) this.beginTakingIn();
    this.asked++;
    clearTimeout(this.settling);
    try {
      return await answer();
    } finally {
      this.asked--;
      if (this.isTakingIn && this.asked === 0) this.settle();
    }
  }

  dispose(): void {
    clearTimeout(this.settling);
  }

  private beginTakingIn(): void {
    clearTimeout(this.settling);
    this.isTakingIn = true;
    // They are drawn along with all others.
    this.waiting.clear();
  }

  private settle(): void {
    this.settling = setTimeout(() => {
      this.isTakingIn = false;
      const rows = [...this.waiting];
      this.waiting.clear();
      this.rows(rows);
    }, this.settledMs);
  }
}
