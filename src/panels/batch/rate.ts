import type { Batch } from '../../actions/bulk/batch';
import { secondsFor } from '../../api/rateLimit';
import { formatDuration, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import type { Counter } from './protocol';

/** Milliseconds that are looked back on. */
const LOOK_BACK = 15_000;
/** A rate of less than this would jump about. */
const AT_LEAST = 1_000;

/**
 * Requests a second of the last few seconds, from one look at a batch to the next: pauses and waits of the past do not
 * count. Undefined until two looks are far enough apart.
 */
export function rateMeter(): (batch: Pick<Batch, 'phase' | 'requestStats'>, now: number) => number | undefined {
  let looks: { readonly at: number; readonly requests: number }[] = [];
  return ({ phase, requestStats: sent }, now) => {
    if (phase !== 'running' || !sent) {
      looks = [];
      return undefined;
    }
    const { requests } = sent;
    // Fewer than before: another run began meanwhile.
    looks = looks.filter((look) => now - look.at <= LOOK_BACK && look.requests <= requests);
    const [first] = looks;
    looks.push({ at: now, requests });
    return first && now - first.at >= AT_LEAST ? ((requests - first.requests) * 1000) / (now - first.at) : undefined;
  };
}

/** How many requests a plan will take, and how long they take at least. */
export function plannedEffort(requests: number): Counter[] {
  const label = plural(requests, { one: () => t('request'), other: () => t('requests') });
  const least = formatDuration(Math.max(1, secondsFor(requests)));
  return [
    { value: formatNumber(requests), label, shown: null },
    { value: least, label: t('at least, given the rate limit'), shown: null },
  ];
}
