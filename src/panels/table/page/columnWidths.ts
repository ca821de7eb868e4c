import type { TableColumn } from '../protocol';

const NARROWEST_PX = 40;
const WIDEST_PX = 2000;

/**
 * Widths and places of the columns, as rules of one style sheet: to make a column wider changes one rule, not ten thousand cells. The
 * sheet is made by script, which the page's policy allows; style attributes it does not.
 */
export class ColumnWidths {
  private readonly sheet = new CSSStyleSheet();
  private readonly changed = new Map<string, number>();
  private columns: readonly TableColumn[] = [];

  constructor() {
    document.adoptedStyleSheets.push(this.sheet);
  }

  /** These are the columns now; what was changed meanwhile is in them. */
  show(columns: readonly TableColumn[]): void {
    this.columns = columns;
    this.changed.clear();
    this.write();
  }

  of(at: number): number {
    const column = this.columns[at];
    return column ? (this.changed.get(column.key) ?? column.widthPx) : NARROWEST_PX;
  }

  /** Shows a column so wide, until the next columns are shown. */
  set(column: TableColumn, widthPx: number): void {
    this.changed.set(column.key, Math.round(Math.max(NARROWEST_PX, Math.min(widthPx, WIDEST_PX))));
    this.write();
  }

  /** The columns as they are shown now. */
  all(): { key: string; widthPx: number }[] {
    return this.columns.map(({ key }, at) => ({ key, widthPx: this.of(at) }));
  }

  private write(): void {
    let start = 0;
    const rules = this.columns.map((_, at) => {
      const width = this.of(at);
      const rule = `.col${String(at)}{inset-inline-start:${String(at === 0 ? 0 : start)}px;inline-size:${String(width)}px}`;
      start += width;
      return rule;
    });
    this.sheet.replaceSync(`${rules.join('')}.gridRow{inline-size:${String(start)}px}`);
  }
}
