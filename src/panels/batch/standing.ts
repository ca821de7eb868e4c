/** How a batch stands, in a badge beside its heading. */
import { wasStopped, type Batch, type Counts } from '../../actions/bulk/batch';
import { actionOf } from '../../actions/catalog';
import { formatDateTime } from '../../text/dates';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { StateBadge } from '../shared/protocol';

export function statusBadge(batch: Batch, counts: Counts): StateBadge {
  const { action, phase, endedAt } = batch;
  switch (phase) {
    case 'planning':
      return { icon: 'search', word: t('preparing the plan: nothing is sent'), tone: 'info' };
    case 'planned':
      return { icon: 'checklist', word: t('nothing sent yet'), tone: 'info' };
    case 'running':
      return { icon: 'play', word: t('running'), tone: 'info' };
    case 'paused':
      return { icon: 'debug-pause', word: t('paused'), tone: 'warning' };
    case 'ended':
      if (wasStopped(batch, counts)) return { icon: 'debug-stop', word: stoppedText(counts, endedAt), tone: 'warning' };
      if (counts.started > 0) return { icon: 'clock', word: t('sent: in progress in ISC'), tone: 'info' };
      return { icon: 'flag', word: endedText(action, endedAt), tone: 'off' };
    case 'failed':
      return { icon: 'error', word: t('no plan: nothing sent'), tone: 'error' };
  }
}

/** A person stopped it: not everything was sent. */
function stoppedText({ started }: Counts, endedAt: number | undefined): PlainText {
  if (started > 0) return t('stopped: what was sent is in progress in ISC');
  return endedAt === undefined ? t('stopped') : t('stopped {0}', formatDateTime(new Date(endedAt).toISOString()));
}

/** What ISC does in a task goes on when everything is sent: how long is not known from here. */
function endedText(action: Batch['action'], endedAt: number | undefined): PlainText {
  if (endedAt === undefined) return t('ended');
  const at = formatDateTime(new Date(endedAt).toISOString());
  return actionOf(action).startsTask ? t('ended; nothing sent after {0}', at) : t('ended {0}', at);
}
