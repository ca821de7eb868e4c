/** The times that a batch was sent: at first, then the rest, or those that failed. What an earlier one brought stays known. */
import { countsOf, type Batch, type BatchRow, type BatchRun, type RunOutcome, type Scope } from './batch';

/** All runs of a batch, one more begins now. Rows of it are marked with its number, which is the length of this list. */
export function withNextRun(batch: Batch, scope: Scope, people: number, now: number): readonly BatchRun[] {
  return [...runsOf(batch), { scope, startedAt: now, people }];
}

/** The runs with the present one ended. */
export function withRunEnded({ runs = [] }: Batch, now: number): readonly BatchRun[] {
  return runs.map((run, n) => (n === runs.length - 1 ? { ...run, endedAt: now } : run));
}

/** The runs so far, oldest first, each with what became of its people. One of an earlier version has one at most. */
export function runsOf({
  runs,
  rows,
  startedAt,
  endedAt,
}: Pick<Batch, 'runs' | 'rows' | 'startedAt' | 'endedAt'>): readonly (BatchRun & { readonly outcome: RunOutcome })[] {
  const known: readonly BatchRun[] =
    runs ??
    (startedAt === undefined
      ? []
      : [
          { scope: 'planned', startedAt, people: countsOf(rows).chosen, ...(endedAt === undefined ? {} : { endedAt }) },
        ]);
  return known.map((run, n) => ({ ...run, outcome: run.outcome ?? outcomeOf(rows, n + 1) }));
}

function outcomeOf(rows: readonly BatchRow[], number: number): RunOutcome {
  return countsOf(rows.filter(({ run = 1 }) => run === number));
}
