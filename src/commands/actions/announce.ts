import * as vscode from 'vscode';
import { type Batch, countsOf } from '../../actions/bulk/batch';
import { batchTitle, summaryText } from '../../actions/bulk/text';
import { COMMANDS } from '../../ids';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { showInformation, showWarning } from '../../ui/window';
import { showStatus } from '../ui/progress';

/** Tells the end of a batch: what failed or is unknown always, what went well quietly where the person is at work. */
export function announceBatch(batch: Batch, tenantName: string): void {
  const counts = countsOf(batch.rows);
  const title = batchTitle(batch, tenantName);
  const text = t('{0}: {1}', title, summaryText(counts));
  // Who is done may still have a warning beside the name.
  const warned = batch.rows.some(({ state, message }) => state === 'done' && message !== undefined);
  const well = counts.failed + counts.unknown + counts.planned === 0 && !warned;
  if (well && vscode.window.state.focused) showStatus(text);
  else void offerResult(well ? showInformation : showWarning, text, batch.id);
}

async function offerResult(
  show: (text: PlainText, button: PlainText) => Thenable<PlainText | undefined>,
  text: PlainText,
  batchId: string,
): Promise<void> {
  const button = t('Show result');
  if ((await show(text, button)) === button) await vscode.commands.executeCommand(COMMANDS.batchOpen, { batchId });
}
