/** How long a row is on the screen before something is asked for it, milliseconds: those scrolled past cost nothing. */
const LOOKED_AT = 200;

/** Tells which elements (those with `data-seen`) a user looks at: on the screen, and not just scrolled past. */
export interface OnScreen {
  /** After each drawing: new elements are watched, too. */
  watch(root: ParentNode): void;
  /** The `data-seen` of what is on the screen now. */
  readonly now: ReadonlySet<string>;
}

export function onScreen(look: (id: string) => void): OnScreen {
  const now = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const id = target instanceof HTMLElement ? target.dataset['seen'] : undefined;
      if (id === undefined) continue;
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      if (!isIntersecting) {
        now.delete(id);
        continue;
      }
      const looked = (): void => {
        waiting.delete(id);
        now.add(id);
        look(id);
      };
      waiting.set(id, setTimeout(looked, LOOKED_AT));
    }
  });
  return {
    now,
    // Watching what is watched already changes nothing.
    watch: (root) => {
      for (const element of root.querySelectorAll('[data-seen]')) observer.observe(element);
    },
  };
}
