import type * as vscode from 'vscode';

/** Resolves when the state is reached: at once, or at an event after which it is. */
export function once(event: vscode.Event<unknown>, reached: () => boolean): Promise<void> {
  if (reached()) return Promise.resolve();
  return new Promise((resolve) => {
    const listening = event(() => {
      if (!reached()) return;
      listening.dispose();
      resolve();
    });
  });
}
