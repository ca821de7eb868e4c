import { HEADING_ROW, type Grid } from './grid';
import { moveBy, type GridPlace } from './moves';
import type { RowStore, SelectHow } from './rowStore';

export interface HandActs {
  readonly select: (how: SelectHow, from: number, to: number) => void;
  readonly open: (row: number) => void;
  readonly copy: (cell: { readonly row: number; readonly column: string } | null) => void;
  /** Sorts by a column, or differently, or not at all. */
  readonly turnSort: (column: number) => void;
  /** Opens the menu of a column. */
  readonly menu: (column: number, heading: HTMLElement) => void;
  /** Of the context menu of rows. */
  readonly tableId: () => string;
}

/** What keyboard and mouse do in the grid, by the ARIA pattern and as VS Code's own lists do. */
export class Hands {
  /** Where a range of rows begins, and in which order of them: in another, it is another row's place. */
  private anchor = 0;
  private anchorOrder: number | undefined;

  /** The row that is selected only because it was clicked: of it the cell with the focus is copied. */
  private clicked: number | undefined;

  constructor(
    private readonly grid: Grid,
    private readonly store: RowStore,
    private readonly acts: HandActs,
  ) {
    const { element } = grid;
    element.addEventListener('keydown', (event) => {
      if (!this.key(event)) return;
      event.preventDefault();
      // VS Code has meanings of its own for some: Ctrl+A selects the text of the page.
      event.stopPropagation();
    });
    element.addEventListener('mousedown', this.press);
    // Programs that read the screen put the focus where they like.
    element.addEventListener('focusin', ({ target }) => {
      const place = grid.placeOf(target);
      const { row, column } = grid.active;
      if (place && (place.row !== row || (place.column !== column && !store.at(row)?.problem)))
        grid.activate(place, false);
    });
    element.addEventListener('click', this.click);
    element.addEventListener('dblclick', ({ target }) => {
      const place = grid.placeOf(target);
      if (place && this.isPerson(place.row)) acts.open(place.row);
    });
    element.addEventListener('contextmenu', this.contextMenu);
    // After a menu of VS Code's the page has the focus, and nothing in it: the cell had it before.
    window.addEventListener('focus', () => {
      if (document.activeElement === document.body && grid.key !== undefined) grid.focus();
    });
  }

  private isPerson(row: number): boolean {
    return row !== HEADING_ROW && this.store.at(row)?.problem === null;
  }

  private key(event: KeyboardEvent): boolean {
    const view = this.grid.present;
    if (!view || event.target instanceof HTMLButtonElement) return false;
    const at = this.grid.active;
    const ctrl = event.ctrlKey || event.metaKey;
    const size = { rows: view.matching, columns: view.columns.length, page: this.grid.page };
    const to = event.altKey ? undefined : moveBy(event.key, ctrl, at, size);
    if (to) {
      this.move(at, to, event.shiftKey);
      return true;
    }
    return at.row === HEADING_ROW ? this.headingKey(event, ctrl, at) : this.rowKey(event, ctrl, at);
  }

  private move(at: GridPlace, to: GridPlace, shift: boolean): void {
    this.grid.activate(to);
    if (to.row === at.row || to.row === HEADING_ROW) return;
    if (shift) this.range(Math.max(0, at.row), to.row);
    else this.setAnchor(to.row);
  }

  private setAnchor(row: number): void {
    this.anchor = row;
    this.anchorOrder = this.store.orderAt(row);
  }

  /** Selects from the anchor to a row; from the other one if there is no anchor in this order. */
  private range(from: number, row: number): void {
    if (this.anchorOrder !== this.store.orderAt(row)) this.setAnchor(from);
    this.acts.select('only', Math.min(this.anchor, row), Math.max(this.anchor, row));
  }

  private headingKey(event: KeyboardEvent, ctrl: boolean, { column }: GridPlace): boolean {
    const { key, altKey } = event;
    if (altKey && key === 'ArrowDown') {
      const heading = this.grid.cell(this.grid.active);
      if (heading) this.acts.menu(column, heading);
      return true;
    }
    if (key === 'Enter' || key === ' ') {
      this.acts.turnSort(column);
      return true;
    }
    return this.anyKey(key, ctrl);
  }

  private rowKey({ key }: KeyboardEvent, ctrl: boolean, { row, column }: GridPlace): boolean {
    if (key === 'Enter') {
      if (this.isPerson(row)) this.acts.open(row);
      return true;
    }
    if (key === ' ') {
      this.toggle(row);
      return true;
    }
    if (ctrl && key.toLowerCase() === 'c' && getSelection()?.isCollapsed !== false) {
      const view = this.grid.present;
      const columnKey = view?.columns[column]?.key ?? '';
      const isCell = !view || view.selected === 0 || (view.selected === 1 && this.clicked === row);
      this.acts.copy(isCell ? { row, column: columnKey } : null);
      return true;
    }
    return this.anyKey(key, ctrl);
  }

  private anyKey(key: string, ctrl: boolean): boolean {
    if (ctrl && key.toLowerCase() === 'a') {
      this.acts.select('all', 0, 0);
      return true;
    }
    if (key === 'Escape' && (this.grid.present?.selected ?? 0) > 0) {
      this.acts.select('none', 0, 0);
      return true;
    }
    return false;
  }

  private toggle(row: number): void {
    this.clicked = undefined;
    this.setAnchor(row);
    if (this.isPerson(row)) this.acts.select('toggle', row, row);
  }

  /** The cell gets the focus before anything else happens to it. */
  private readonly press = (event: MouseEvent): void => {
    const place = this.grid.placeOf(event.target);
    if (!place || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    this.grid.activate(place);
  };

  private readonly click = (event: MouseEvent): void => {
    const place = this.grid.placeOf(event.target);
    if (!place) return;
    if (place.row === HEADING_ROW) {
      this.acts.turnSort(place.column);
      return;
    }
    if (event.shiftKey) {
      this.range(place.row, place.row);
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      this.toggle(place.row);
      return;
    }
    this.setAnchor(place.row);
    if (this.isPerson(place.row)) {
      this.acts.select('only', place.row, place.row);
      this.clicked = place.row;
    } else if ((this.grid.present?.selected ?? 0) > 0) this.acts.select('none', 0, 0);
  };

  /** By mouse or key: what VS Code's menu is about is told to it in the page. Selects the row alone unless it is among the selected. */
  private readonly contextMenu = (event: MouseEvent): void => {
    const place = this.grid.placeOf(event.target);
    // Nothing but a row has a menu of VS Code's.
    delete this.grid.element.dataset['vscodeContext'];
    if (!place) return;
    if (place.row === HEADING_ROW) {
      event.preventDefault();
      const heading = this.grid.cell(place);
      if (heading) this.acts.menu(place.column, heading);
      return;
    }
    const row = this.store.at(place.row);
    if (!row || row.problem) return;
    if (!row.selected) {
      this.setAnchor(place.row);
      this.acts.select('only', place.row, place.row);
    }
    const many = row.selected && (this.grid.present?.selected ?? 0) > 1;
    this.grid.element.dataset['vscodeContext'] = JSON.stringify({
      webviewSection: 'rows',
      tableId: this.acts.tableId(),
      rowKey: row.key,
      iscSelected: many ? 'many' : 'one',
      preventDefaultContextMenuItems: true,
    });
  };
}
