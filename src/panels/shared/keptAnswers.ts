import type { KeptAnswer } from './protocol';

/** Answers kept for one panel. */
const MOST_KEPT = 100;

/** The last answers a panel was given: what it shows at once when its page is loaded anew, while it is read again. */
export interface KeptAnswers {
  all(): readonly KeptAnswer[];
  /** To be called when a question is asked. What it returns keeps the answer, unless all was forgotten meanwhile. */
  asked(question: string): (result: unknown) => void;
  /** What was answered so far, and what is still to be answered to earlier questions, no longer counts. */
  forget(): void;
}

/** In memory only: data of a tenant is never stored with a panel. */
export function keptAnswers(now: () => number = Date.now): KeptAnswers {
  const kept = new Map<string, { readonly result: unknown; readonly at: number }>();
  let forgotten = 0;
  return {
    all: () => [...kept].map(([question, { result, at }]) => ({ question, result, ageMs: now() - at })),
    asked: (question) => {
      const before = forgotten;
      return (result) => {
        if (before !== forgotten) return;
        // Last in the map is what was answered last: the oldest goes first.
        kept.delete(question);
        kept.set(question, { result, at: now() });
        for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
      };
    },
    forget: () => {
      forgotten += 1;
      kept.clear();
    },
  };
}
