import { html, render } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TableColumn, TablePresent, TableTexts } from '../protocol';
import { axisOf, type Axis } from './axis';
import { gridRow, headings, type HeadingActs } from './cells';
import { ColumnWidths } from './columnWidths';
import type { GridPlace } from './moves';
import type { RowStore } from './rowStore';

/** Rows drawn beyond what is seen, on either side: a turn of the wheel finds them there. */
const ROWS_BESIDE = 8;
const COLUMNS_BESIDE = 2;
/** The part of the grid that the frozen column may take at most: beyond that, it scrolls like the others. */
const FROZEN_PART = 0.5;
/** Lines of a row, in its font's size. */
const LINES = 1.5;
const PADDING_PX = 8;

/** The heading as a row: above the first. */
export const HEADING_ROW = -1;

interface GridHooks {
  readonly store: RowStore;
  readonly menu: (column: TableColumn, heading: HTMLElement) => void;
  readonly columns: (columns: { key: string; widthPx: number }[]) => void;
  /** Other rows are seen, or another cell has the focus. */
  readonly moved: () => void;
}

/** Draws what is seen of the rows and columns, and keeps the one cell of it that Tab leads to. */
export class Grid {
  readonly element = document.createElement('div');
  readonly widths = new ColumnWidths();
  private readonly rows: Axis;
  private readonly columns: Axis;
  private view: TablePresent | undefined;
  private texts: TableTexts | undefined;
  private rowPx = 0;
  private activeRow = HEADING_ROW;
  private activeColumn = '';
  private activeKey: string | undefined;
  private frozen = true;
  private drawing = false;
  /** Rows that have elements at most. */
  private slots = 0;

  constructor(private readonly hooks: GridHooks) {
    this.element.className = 'grid';
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-multiselectable', 'true');
    const draw = (): void => {
      this.draw();
    };
    this.rows = axisOf(this.element, false, () => [this.activeRow], draw);
    this.columns = axisOf(this.element, true, () => [0, this.active.column], draw);
  }

  get present(): TablePresent | undefined {
    return this.view;
  }

  /** Where Tab leads. */
  get active(): GridPlace {
    const column = this.view?.columns.findIndex(({ key }) => key === this.activeColumn) ?? 0;
    return { row: this.activeRow, column: Math.max(0, column) };
  }

  /** The key of the row that Tab leads to, to find it again. */
  get key(): string | undefined {
    return this.activeRow === HEADING_ROW ? undefined : this.activeKey;
  }

  /** Place of the first row that is seen. */
  get top(): number {
    return this.rowPx === 0 ? 0 : Math.round(this.element.scrollTop / this.rowPx);
  }

  /** Rows that are seen at once. */
  get page(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / Math.max(1, this.rowPx)) - 2);
  }

  /** Draws the table as it is now. The element must be in the page. */
  show(view: TablePresent, texts: TableTexts): void {
    const before = this.view;
    this.view = view;
    this.texts = texts;
    const rowPx = Math.round(parseFloat(getComputedStyle(this.element).fontSize) * LINES + PADDING_PX);
    this.element.setAttribute('aria-label', view.heading);
    this.element.setAttribute('aria-rowcount', String(view.matching + 1));
    this.element.setAttribute('aria-colcount', String(view.columns.length));
    if (this.activeRow >= view.matching) {
      this.activeRow = view.matching - 1;
      this.activeKey = undefined;
    }
    if (!view.columns.some(({ key }) => key === this.activeColumn)) this.activeColumn = view.columns[0]?.key ?? '';
    const reshaped = rowPx !== this.rowPx || before?.columns !== view.columns;
    if (rowPx !== this.rowPx) this.element.style.setProperty('--row-height', `${String(rowPx)}px`);
    this.rowPx = rowPx;
    if (reshaped) this.widths.show(view.columns);
    this.measure(reshaped);
    this.draw();
  }

  /** Widths have changed, by hand or by the host. */
  reshape(): void {
    this.measure(true);
    this.draw();
  }

  draw(): void {
    const { view, texts } = this;
    if (!view || !texts || this.drawing || !this.element.isConnected) return;
    this.drawing = true;
    const { columns } = view;
    const { row, column } = this.active;
    const hadFocus = this.element.contains(document.activeElement);
    const drawn = this.columns.items.map(({ index }) => index);
    const acts: HeadingActs = { menu: this.hooks.menu, resize: this.resize };
    const items = this.rows.items;
    // A row that comes takes the place of one that went: to fill elements again costs less than to make them. One with the focus that
    // is scrolled away has its own.
    this.slots = Math.max(this.slots, items.length + 1);
    const { range } = this.rows;
    const isAway = row < (range?.startIndex ?? 0) - ROWS_BESIDE || row > (range?.endIndex ?? 0) + ROWS_BESIDE;
    const shape = drawn.join(' ');
    // A layer of its own for each frozen cell makes scrolling down cost half as much again: only where it is needed.
    this.element.classList.toggle('shifted', this.frozen && this.columns.offset > 0);
    const stopAt = row === HEADING_ROW ? column : undefined;
    render(
      html`${guard([view, texts, shape, stopAt], () => headings(columns, drawn, stopAt, texts, acts))}
        <div class="gridBody" role="rowgroup" .style=${`block-size:${String(view.matching * this.rowPx)}px`}>
          ${repeat(
            items,
            ({ index }) => (index === row && isAway ? -1 : index % this.slots),
            ({ index, start }) => {
              const content = this.hooks.store.at(index);
              const stop = index === row ? column : undefined;
              return guard([columns, texts, shape, index, start, content, stop], () =>
                gridRow(index, content, start - this.rowPx, { columns, drawn, stop, texts }),
              );
            },
          )}
        </div>`,
      this.element,
    );
    this.drawing = false;
    // The element that had the focus may be gone, or be another row's now.
    if (hadFocus && this.cell(this.active)?.contains(document.activeElement) === false) this.focus();
    if (range) this.hooks.store.see(range.startIndex, range.endIndex);
    this.activeKey ??= this.hooks.store.at(this.activeRow)?.key;
    this.hooks.moved();
  }

  /** Makes a cell the one that Tab leads to, where it can be seen. */
  activate({ row, column }: GridPlace, focus = true): void {
    this.activeRow = row;
    this.activeColumn = this.view?.columns[column]?.key ?? '';
    this.activeKey = this.hooks.store.at(row)?.key;
    this.rows.repin();
    this.columns.repin();
    if (row !== HEADING_ROW) this.rows.reveal(row);
    if (column > 0 || !this.frozen) this.columns.reveal(column);
    this.draw();
    if (!focus) return;
    this.focus();
    // In a low or narrow window the page scrolls, too.
    const place = this.cell(this.active)?.getBoundingClientRect();
    if (!place) return;
    const below = Math.max(0, place.bottom - window.innerHeight);
    window.scrollBy(0, below > 0 ? below : Math.min(0, place.top - this.rowPx));
  }

  /** The row of this key stands elsewhere now, or nowhere: if Tab still leads to it, it does so there. */
  follow(key: string, row: number | null): void {
    if (key !== this.key || row === this.activeRow) return;
    if (row === null) {
      this.activeKey = this.hooks.store.at(this.activeRow)?.key;
      return;
    }
    const focused = this.element.contains(document.activeElement);
    this.activeRow = row;
    this.rows.repin();
    if (focused) this.rows.reveal(row);
    this.draw();
    if (focused) this.focus();
  }

  /** Makes this row the first that is seen. */
  scrollTo(row: number): void {
    this.rows.scrollTo(row);
  }

  focus(): void {
    this.cell(this.active)?.focus({ preventScroll: true });
  }

  /** The element of a cell, if it is drawn. */
  cell({ row, column }: GridPlace): HTMLElement | null {
    const found = this.element.querySelector<HTMLElement>(`[aria-rowindex="${String(row + 2)}"]`);
    return (
      found?.querySelector<HTMLElement>(`[aria-colindex="${String(column + 1)}"]`) ??
      found?.querySelector<HTMLElement>('.problemCell') ??
      null
    );
  }

  /** The cell that something happened in. */
  placeOf(target: EventTarget | null): GridPlace | undefined {
    if (!(target instanceof Element)) return undefined;
    const row = target.closest('[role="row"]')?.getAttribute('aria-rowindex');
    const column = target.closest('[aria-colindex]')?.getAttribute('aria-colindex');
    return row && column ? { row: Number(row) - 2, column: Number(column) - 1 } : undefined;
  }

  private measure(reshaped: boolean): void {
    const { offsetHeight, clientHeight, clientWidth } = this.element;
    const first = this.widths.of(0);
    this.frozen = clientWidth === 0 || first <= clientWidth * FROZEN_PART;
    this.element.classList.toggle('frozen', this.frozen);
    this.rows.set({
      count: this.view?.matching ?? 0,
      estimateSize: () => this.rowPx,
      overscan: ROWS_BESIDE,
      scrollMargin: this.rowPx,
      scrollPaddingStart: this.rowPx,
      scrollPaddingEnd: offsetHeight - clientHeight,
    });
    this.columns.set({
      count: this.view?.columns.length ?? 0,
      estimateSize: (at) => this.widths.of(at),
      overscan: COLUMNS_BESIDE,
      scrollPaddingStart: this.frozen ? first : 0,
    });
    if (!reshaped) return;
    this.rows.measure();
    this.columns.measure();
  }

  /** Follows the pointer until it is let go. */
  private readonly resize = (column: TableColumn, down: PointerEvent): void => {
    down.preventDefault();
    down.stopPropagation();
    const edge = down.currentTarget as HTMLElement;
    const at = this.view?.columns.findIndex(({ key }) => key === column.key) ?? 0;
    const width = this.widths.of(at);
    const move = ({ clientX }: PointerEvent): void => {
      this.widths.set(column, width + clientX - down.clientX);
      this.reshape();
    };
    edge.setPointerCapture(down.pointerId);
    edge.addEventListener('pointermove', move);
    edge.addEventListener(
      'lostpointercapture',
      () => {
        edge.removeEventListener('pointermove', move);
        this.hooks.columns(this.widths.all());
      },
      { once: true },
    );
  };
}
