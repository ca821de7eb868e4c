import type * as vscode from 'vscode';

/** The first answer of a panel, asked for while its page loads. */
export interface Prefetched<T> extends vscode.Disposable {
  /** The answer under way, once; or a fresh one. */
  consume(signal: AbortSignal): Promise<T>;
  /** What is under way is out of date. */
  forget(): void;
}

/** Asks at once when the panel can be seen; a hidden one costs nothing until its page asks. */
export function prefetch<T>(panel: vscode.WebviewPanel, ask: (signal: AbortSignal) => Promise<T>): Prefetched<T> {
  const controller = new AbortController();
  let answer = panel.visible ? ask(controller.signal) : undefined;
  answer?.catch(() => {
    // Reported when the page asks for it.
  });
  const forget = (): void => {
    controller.abort();
    answer = undefined;
  };
  const hidden = panel.onDidChangeViewState(() => {
    if (!panel.visible) forget();
  });
  return {
    consume: (signal) => {
      const taken = answer ?? ask(signal);
      answer = undefined;
      return taken;
    },
    forget,
    dispose: () => {
      forget();
      hidden.dispose();
    },
  };
}
