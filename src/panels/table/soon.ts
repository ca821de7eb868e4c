/** How often a table is drawn again at most while rows come, in milliseconds. */
const EVERY_MS = 150;

export interface Soon {
  /** At once, or together with what else happens within a moment. */
  run(): void;
  dispose(): void;
}

export function atOnceOrSoon(act: () => void): Soon {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waits = false;
  let isOver = false;
  const run = (): void => {
    if (isOver) return;
    if (timer) {
      waits = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (!waits) return;
      waits = false;
      run();
    }, EVERY_MS);
    act();
  };
  const dispose = (): void => {
    isOver = true;
    clearTimeout(timer);
  };
  return { run, dispose };
}
