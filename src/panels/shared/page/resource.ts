import type { Failure } from '../protocol';
import { RequestFailed } from './rpc';

/** Something asked of the host: what is known of it now. The old value stays while it is read again. */
export interface Loaded<T> {
  readonly value: T | undefined;
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
  /** Something to show until the first answer. */
  meanwhile(known: T): void;
}

/** @param ask the question @param update called whenever something became known */
export function loaded<T>(ask: () => Promise<T>, update: () => void): Loaded<T> {
  let value: T | undefined;
  let failure: Failure | undefined;
  let loading = false;
  let asked = false;
  let question = 0;

  async function load(): Promise<void> {
    const mine = ++question;
    asked = true;
    loading = true;
    update();
    try {
      const answer = await ask();
      if (mine !== question) return;
      value = answer;
      failure = undefined;
    } catch (error) {
      if (mine !== question) return;
      failure = failureOf(error);
    }
    loading = false;
    update();
  }

  return {
    get value() {
      return value;
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
    meanwhile: (known) => {
      value ??= known;
    },
  };
}

function failureOf(error: unknown): Failure {
  return error instanceof RequestFailed
    ? error.failure
    : { message: error instanceof Error ? error.message : String(error), cancelled: false, signIn: false };
}
