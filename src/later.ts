/** What is made when it is first asked for: once, also for several who ask at the same time. After a failure the next one tries again. */
export interface Later<T> {
  (): Promise<T>;
  /** Disposes of what was made, also of what is just being made. */
  dispose(): void;
}

export function later<T extends { dispose(): unknown }>(make: () => Promise<T>): Later<T> {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => {
    if (made) return made;
    const making = make();
    made = making;
    making.catch(() => {
      if (made === making) made = undefined;
    });
    return making;
  };
  // Whoever asked for what failed was told.
  const dispose = (): void => void made?.then((one) => one.dispose()).catch(() => undefined);
  return Object.assign(get, { dispose });
}
