/** Listeners hear of progress so often, in milliseconds. */
const EVERY = 250;

/** Tells listeners which batch differs: at once, or soon together with what else happens to it. */
export class ThrottledEvent {
  private readonly listeners = new Set<(id: string) => void>();
  private readonly untold = new Map<string, NodeJS.Timeout>();

  on(listener: (id: string) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  fire(id: string, now: boolean): void {
    const tellNow = (): void => {
      clearTimeout(this.untold.get(id));
      this.untold.delete(id);
      for (const listener of this.listeners) listener(id);
    };
    if (now) tellNow();
    else if (!this.untold.has(id)) this.untold.set(id, setTimeout(tellNow, EVERY).unref());
  }

  dispose(): void {
    for (const timer of this.untold.values()) clearTimeout(timer);
    this.untold.clear();
    this.listeners.clear();
  }
}
