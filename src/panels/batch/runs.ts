import type { Batch } from '../../actions/bulk/batch';
import { runsOf } from '../../actions/bulk/runs';
import { peopleText, summaryText } from '../../actions/bulk/text';
import { formatDateTime } from '../../text/dates';
import { t } from '../../text/l10n';

/** What each run brought, where there was more than one. */
export function runLines(batch: Batch): string[] {
  const runs = runsOf(batch);
  if (runs.length < 2) return [];
  return runs.map(({ scope, startedAt, people, outcome }, n) => {
    const at = formatDateTime(new Date(startedAt).toISOString());
    const words = summaryText({ ...outcome, chosen: people, skipped: 0, excluded: 0 });
    if (n === 0) return t('First run, {0}, {1}: {2}', at, peopleText(people), words);
    if (scope === 'failed') return t('Retry of failed, {0}, {1}: {2}', at, peopleText(people), words);
    return t('Run of remaining, {0}, {1}: {2}', at, peopleText(people), words);
  });
}
