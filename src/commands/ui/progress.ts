import { t } from '../../text/l10n';
import { type PlainText, withIcon } from '../../text/plain';
import type { Ui } from './ui';

/** How long a sentence about a finished action stays in the status bar, in milliseconds. */
const SHOWN_FOR_MS = 15_000;

/** Says in the status bar that a quick action is done. */
export function showStatus(ui: Pick<Ui, 'sayInStatusBar'>, text: PlainText): void {
  ui.sayInStatusBar(withIcon('check', text), SHOWN_FOR_MS);
}

/** Says in the status bar why there was nothing to do. */
export function showNothingDone(ui: Pick<Ui, 'sayInStatusBar'>, text: PlainText): void {
  ui.sayInStatusBar(text, SHOWN_FOR_MS);
}

/** Says why a click on a row came to nothing. */
export function showReadAgain(ui: Pick<Ui, 'sayInStatusBar'>): void {
  showNothingDone(ui, t('The list was just refreshed: select the row again'));
}

/** Milliseconds after which something is long: then it can be cancelled from a notification. */
const LONG_RUNNING_MS = 2_000;

/** Progress in the status bar; what takes long shows a notification with a Cancel button. */
export async function inStatusBar<T>(
  ui: Pick<Ui, 'showProgress'>,
  title: PlainText,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const running = run(abort.signal);
  const long = setTimeout(() => void offerCancel(ui, title, running, abort), LONG_RUNNING_MS);
  try {
    return await ui.showProgress('statusBar', title, () => running);
  } finally {
    clearTimeout(long);
  }
}

function offerCancel(
  ui: Pick<Ui, 'showProgress'>,
  title: PlainText,
  running: Promise<unknown>,
  abort: AbortController,
): Thenable<unknown> {
  return ui.showProgress('notification', title, (signal) => {
    signal.addEventListener('abort', () => abort.abort());
    return Promise.allSettled([running]);
  });
}
