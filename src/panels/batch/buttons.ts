import { rowsIn, type Batch, type Counts } from '../../actions/bulk/batch';
import { effectButton } from '../../actions/bulk/text';
import { formatNumber } from '../../text/dates';
import type { BatchButton, BatchPanelAction } from './protocol';
import { t } from '../../text/l10n';

/** What can be done with a batch as it is now. What sends is off while the tenant is read-only. */
export function batchButtons(batch: Batch, counts: Counts, readOnly: boolean): BatchButton[] {
  const { phase, action, elsewhere } = batch;
  const exports = [button('exportCsv', t('Export CSV'), 'table'), button('exportJson', t('Export JSON'), 'json')];
  const cancel = button('cancel', t('Stop'), 'debug-stop');
  if (elsewhere === true) return exports;
  switch (phase) {
    case 'planning':
      return [button('cancelPlan', t('Stop'), 'debug-stop')];
    case 'planned': {
      const run = button('run', effectButton(action, counts.chosen), 'play', true);
      return [{ ...run, enabled: counts.chosen > 0 && !readOnly }, ...exports];
    }
    case 'running':
      return [button('pause', t('Pause'), 'debug-pause', true), cancel];
    case 'paused':
      return [{ ...button('resume', t('Resume'), 'play', true), enabled: !readOnly }, cancel];
    case 'ended': {
      const failed = rowsIn('failed', batch.rows).length;
      const rest = rowsIn('planned', batch.rows).length;
      const retry = button('retryFailed', t('Retry failed ({0})', formatNumber(failed)), 'refresh', true);
      const send = button('runRest', t('Run remaining ({0})', formatNumber(rest)), 'play', failed === 0);
      return [
        ...(failed > 0 ? [{ ...retry, enabled: !readOnly }] : []),
        ...(rest > 0 ? [{ ...send, enabled: !readOnly }] : []),
        ...exports,
      ];
    }
    case 'failed':
      return [button('showLog', t('Show log'), 'output')];
  }
}

function button(action: BatchPanelAction, label: string, icon: string, primary = false): BatchButton {
  return { action, label, icon, primary, enabled: true };
}
