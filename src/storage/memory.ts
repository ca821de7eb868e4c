/** What VS Code keeps for an extension between windows, where it only makes something easier. No vscode. */
import { problemOf } from './problem';

/** As much of VS Code's Memento as is used. */
export interface Memory {
  keys(): readonly string[];
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/**
 * A memory whose `update` never fails: what cannot be kept is not there in the next window, which the log says once, and nobody's
 * work is stopped for it.
 */
export function keptIfPossible(memory: Memory, log: { warn(line: string): void }): Memory {
  let told = false;
  return {
    keys: () => memory.keys(),
    get: (key) => memory.get(key),
    async update(key, value) {
      try {
        await memory.update(key, value);
      } catch (error) {
        if (!told) log.warn(`What was opened last cannot be remembered over a reload: ${problemOf(error)}`);
        told = true;
      }
    },
  };
}
