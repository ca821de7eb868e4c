import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { factRequests, factsDurationMs, fetchFacts, type Facts, type Need } from '../../lists/facts';
import type { Gathering } from './gathering';

/** So many requests are sent for a column without being asked for. */
const FREE_REQUESTS = 20;

interface AskedFactsDeps {
  readonly client: () => Promise<Client>;
  readonly changed: () => void;
}

/** What columns need that no list tells: asked for once, when such a column is shown, or when a person says so. */
export class AskedFacts {
  error: unknown;
  asking: { readonly done: number; readonly of: number } | undefined;

  private readonly known = new Map<string, Facts>();
  private wanted: ReadonlySet<Need> = new Set();
  private ids: readonly string[] = [];
  /** Those of which something is not known yet, when the columns or rows were looked at last. */
  private missing: readonly string[] = [];
  private refused = new Set<Need>();
  private abort: AbortController | undefined;
  private stopped = false;

  constructor(private readonly deps: AskedFactsDeps) {}

  of(identityId: string): Facts | undefined {
    return this.known.get(identityId);
  }

  /** It is on its way. */
  isAsked(): boolean {
    return this.abort !== undefined;
  }

  /** Requests that are missing for the columns shown, and how long they take. */
  get cost(): { readonly requests: number; readonly durationMs: number } {
    const needs = this.needs();
    const { length } = this.abort ? [] : this.missing;
    if (length === 0 || needs.size === 0) return { requests: 0, durationMs: 0 };
    return { requests: factRequests(needs, length), durationMs: factsDurationMs(needs, length) };
  }

  /** Identities of which all is known that the columns need. */
  get loaded(): { readonly done: number; readonly of: number } {
    return { done: this.ids.length - this.missing.length, of: this.ids.length };
  }

  /** These columns are shown: what little it takes is asked for, once the rows are there. */
  want(needs: readonly Need[], { entries, isLoading }: Gathering): void {
    this.wanted = new Set(needs);
    this.ids = this.wanted.size === 0 ? [] : entries.flatMap(({ key, identity }) => (identity ? [key] : []));
    this.missing = this.findMissing();
    const mayAsk = !isLoading && !this.abort && !this.stopped && this.error === undefined;
    if (mayAsk && this.cost.requests > 0 && this.cost.requests <= FREE_REQUESTS) void this.ask();
  }

  /** Asks for what is missing, also for what was refused before. */
  load(): Promise<void> {
    this.refused.clear();
    this.error = undefined;
    return this.ask();
  }

  /** Never throws: a failure is kept in `error`. */
  private async ask(): Promise<void> {
    const needs = this.needs();
    const missing = this.findMissing();
    if (this.abort || missing.length === 0) return;
    const abort = new AbortController();
    this.abort = abort;
    this.stopped = false;
    this.asking = { done: 0, of: missing.length };
    try {
      const options = {
        signal: abort.signal,
        onRefused: (need: Need, error: ApiError) => {
          this.refused.add(need);
          this.error = error;
        },
      };
      for await (const portion of fetchFacts(await this.deps.client(), missing, needs, options)) {
        if (abort.signal.aborted) return;
        for (const [id, facts] of portion) this.known.set(id, { ...this.known.get(id), ...this.told(facts, needs) });
        this.asking = { done: this.asking.done + portion.size, of: missing.length };
        this.deps.changed();
      }
    } catch (error) {
      if (this.abort === abort && !ApiError.is(error, 'cancelled')) this.error = error;
    }
    if (this.abort !== abort) return;
    this.abort = undefined;
    this.asking = undefined;
    this.deps.changed();
  }

  /** What was told may not be so any more. */
  forget(): void {
    this.giveUp();
    this.known.clear();
    this.refused.clear();
    this.error = undefined;
  }

  /** A person stopped it: it goes on only when asked for. */
  stop(): void {
    this.stopped = true;
    this.giveUp();
    this.deps.changed();
  }

  giveUp(): void {
    this.abort?.abort();
    this.abort = undefined;
    this.asking = undefined;
  }

  private needs(): ReadonlySet<Need> {
    return new Set([...this.wanted].filter((need) => !this.refused.has(need)));
  }

  private findMissing(): readonly string[] {
    const needs = [...this.needs()];
    if (needs.length === 0) return [];
    return this.ids.filter((id) => {
      const facts = this.known.get(id);
      return !facts || needs.some((need) => !Object.hasOwn(facts, need));
    });
  }

  /** What was asked for, also where nothing was told: it is not asked for again. What was refused is. */
  private told(facts: Facts, needs: ReadonlySet<Need>): Facts {
    const answered = [...needs].filter((need) => !this.refused.has(need));
    return Object.fromEntries(answered.map((need) => [need, facts[need]]));
  }
}
