/**
 * Makes the buttons of each list (`data-one-stop`) one stop of the Tab key: the arrow keys, Home and End move between them. Hundreds
 * of rows would else be hundreds of stops on the way to what is below.
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

function isStop(button: HTMLButtonElement): boolean {
  return stops.has(button);
}

function prepare(list: HTMLElement): void {
  prepared.add(list);
  list.addEventListener('keydown', (event) => {
    const all = buttonsOf(list);
    const at = all.findIndex((button) => button === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined || at < 0 ? undefined : all[to];
    if (!next) return;
    event.preventDefault();
    stopAt(next, all);
    next.focus();
  });
  list.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLButtonElement) stopAt(target, buttonsOf(list));
  });
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
