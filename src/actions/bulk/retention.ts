/** What of the batches on record is shown, hidden or removed by itself. */
import type { BatchSummary } from './batch';

/** Plans kept, and results shown without being asked for. */
const SHOWN = 20;
/** Days that hidden results stay on record, unless the settings say otherwise. */
export const KEEP_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * What has to go now, newest first given: plans when there are many; results are hidden when there are many, and removed only
 * when they were hidden and their time is over. What still needs somebody stays.
 */
export function outdated(
  batches: readonly BatchSummary[],
  now: number,
  keepDays: number,
): { readonly remove: readonly string[]; readonly hide: readonly string[] } {
  const idle = batches.filter(({ phase, elsewhere }) => phase !== 'running' && phase !== 'paused' && !elsewhere);
  const plans = idle.filter(({ startedAt }) => startedAt === undefined).slice(SHOWN);
  const finished = idle.filter((batch) => batch.startedAt !== undefined && needsNothing(batch));
  const expired = finished.filter(({ hiddenAt }) => hiddenAt !== undefined && hiddenAt < now - keepDays * DAY_MS);
  const many = finished.slice(SHOWN).filter(({ hiddenAt }) => hiddenAt === undefined);
  return { remove: [...plans, ...expired].map(({ id }) => id), hide: many.map(({ id }) => id) };
}

/** Nothing is left to do with it: nobody is unsent, failed, unknown or under way; or it is a plan that could not be made. */
export function needsNothing({ phase, startedAt, elsewhere, damaged, counts }: BatchSummary): boolean {
  if (elsewhere || (phase !== 'ended' && phase !== 'failed')) return false;
  if (startedAt === undefined) return phase === 'failed';
  return !damaged && counts.planned + counts.sending + counts.started + counts.failed + counts.unknown === 0;
}
