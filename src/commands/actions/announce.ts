import { type Batch, countsOf, wasStopped } from '../../actions/bulk/batch';
import { batchTitle, summaryText } from '../../actions/bulk/text';
import { COMMANDS } from '../../ids';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { showStatus } from '../ui/progress';

/** Tells the end of a batch: what failed or is unknown always, what went well quietly where the person is at work. */
export function announceBatch(deps: Pick<CommandDeps, 'ui' | 'workbench'>, batch: Batch, tenantName: string): void {
  const counts = countsOf(batch.rows);
  const title = batchTitle(batch, tenantName);
  const summary = summaryText(counts);
  const text = wasStopped(batch, counts) ? t('{0} was stopped: {1}', title, summary) : t('{0}: {1}', title, summary);
  // Who is done may still have a warning beside the name.
  const warned = batch.rows.some(({ state, message }) => state === 'done' && message !== undefined);
  const well = counts.failed + counts.unknown + counts.planned === 0 && !warned;
  if (well && deps.workbench.isFocused()) showStatus(deps.ui, text);
  else void offerResult(deps, well, text, batch.id);
}

async function offerResult(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  well: boolean,
  text: PlainText,
  batchId: string,
): Promise<void> {
  const button = t('Show result');
  const answer = await (well ? ui.showInformation(text, button) : ui.showWarning(text, button));
  if (answer === button) await workbench.runCommand(COMMANDS.batchOpen, { batchId });
}
