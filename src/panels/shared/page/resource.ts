import type { Failure } from '../protocol';
import { RequestFailed, type Question } from './rpc';

/** Something asked of the host: what is known of it now. The old value stays while it is read again. */
export interface Loaded<T> {
  readonly value: T | undefined;
  /** When the value was loaded, milliseconds since 1970. */
  readonly loadedAt: number | undefined;
  readonly failure: Failure | undefined;
  readonly loading: boolean;
  /** Asks unless it was asked before. */
  first(): void;
  /** Asks again; answers to older questions no longer count. */
  again(): void;
  /** Asks the question that failed once more. */
  retry(): void;
  /** The next `first` asks again. */
  stale(): void;
}

/**
 * @param question what was kept of it is the value until the first answer, even if it is not asked yet
 * @param update called whenever something became known
 */
export function loaded<T>(question: Question<T>, update: () => void): Loaded<T> {
  let value: T | undefined;
  let loadedAt: number | undefined;
  /** The value is what was answered to an earlier load of the page. */
  let isKept = false;
  let failure: Failure | undefined;
  let loading = false;
  let asked = false;
  let questions = 0;

  async function load(): Promise<void> {
    const mine = ++questions;
    asked = true;
    loading = true;
    update();
    try {
      const answer = await question.ask();
      if (mine !== questions) return;
      // The same is not drawn again: what was done in it meanwhile (a graph that was moved) stays.
      if (!isKept || JSON.stringify(answer) !== JSON.stringify(value)) value = answer;
      isKept = false;
      loadedAt = Date.now();
      failure = undefined;
    } catch (error) {
      if (mine !== questions) return;
      failure = failureOf(error);
    }
    loading = false;
    update();
  }

  question.onKept((answer, ageMs) => {
    if (value !== undefined) return;
    value = answer;
    loadedAt = Date.now() - ageMs;
    isKept = true;
    update();
  });

  return {
    get value() {
      return value;
    },
    get loadedAt() {
      return loadedAt;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
    first: () => {
      if (!asked) void load();
    },
    again: () => void load(),
    retry: () => void load(),
    stale: () => {
      asked = false;
    },
  };
}

function failureOf(error: unknown): Failure {
  return error instanceof RequestFailed
    ? error.failure
    : { message: error instanceof Error ? error.message : String(error), cancelled: false, signIn: false };
}
