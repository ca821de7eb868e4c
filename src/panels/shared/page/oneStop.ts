/**
 * Makes the buttons of each list (`data-one-stop`) one stop of the Tab key: the arrow keys up and down, Home and End move between its
 * rows, left and right between the buttons of a row. Hundreds of rows would else be hundreds of stops on the way to what is below.
 */
export function keepOneStop(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>('[data-one-stop]')) {
    if (!prepared.has(list)) prepare(list);
    const all = buttonsOf(list);
    const stop = all.find((button) => button === document.activeElement) ?? all.find(isStop) ?? all[0];
    if (stop) stopAt(stop, all);
  }
}

const prepared = new WeakSet<HTMLElement>();
const stops = new WeakSet<HTMLButtonElement>();
/** What stands as a row in a table or a list. */
const ROW = 'tr, li, dl > div';

function isStop(button: HTMLButtonElement): boolean {
  return stops.has(button);
}

function prepare(list: HTMLElement): void {
  prepared.add(list);
  list.addEventListener('keydown', (event) => {
    const all = buttonsOf(list);
    const next = nextStop(rowsOf(all), event.target, event.key);
    if (!next) return;
    event.preventDefault();
    stopAt(next, all);
    next.focus();
  });
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLButtonElement) stopAt(target, buttonsOf(list));
  });
}

function nextStop(
  rows: readonly (readonly HTMLButtonElement[])[],
  from: EventTarget | null,
  key: string,
): HTMLButtonElement | undefined {
  const y = rows.findIndex((row) => row.some((button) => button === from));
  const x = rows[y]?.findIndex((button) => button === from) ?? -1;
  if (x < 0) return undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return rows[y]?.[key === 'ArrowLeft' ? x - 1 : x + 1];
  const to = { ArrowDown: y + 1, ArrowUp: y - 1, Home: 0, End: rows.length - 1 }[key];
  const row = to === undefined ? undefined : rows[to];
  // The same button of the other row, where it has as many.
  return row?.[Math.min(x, row.length - 1)];
}

function rowsOf(buttons: readonly HTMLButtonElement[]): readonly (readonly HTMLButtonElement[])[] {
  const rows = new Map<Element, HTMLButtonElement[]>();
  for (const button of buttons) {
    const row = button.closest(ROW) ?? button;
    rows.set(row, [...(rows.get(row) ?? []), button]);
  }
  return [...rows.values()];
}

function stopAt(stop: HTMLButtonElement, all: readonly HTMLButtonElement[]): void {
  for (const button of all) {
    button.tabIndex = button === stop ? 0 : -1;
    if (button === stop) stops.add(button);
    else stops.delete(button);
  }
}

/** Those that can be seen: a folded part has none. */
function buttonsOf(list: HTMLElement): HTMLButtonElement[] {
  return [...list.querySelectorAll('button')].filter((button) => button.checkVisibility());
}
