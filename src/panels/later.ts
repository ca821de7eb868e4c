import * as vscode from 'vscode';
import { PANELS, type ActiveIdentity, type IdentityTarget, type RoleAssignmentTarget } from '../ids';
import { later } from '../later';
import type { Panels } from './register';
import type { PanelWindow } from './shared/panelGroup';

/** The panels before anything of them is loaded: none is open, and so none is active. */
export interface LaterPanels extends Pick<Panels, 'active' | 'onDidChangeActive' | 'dispose'> {
  /** Loads them, for whoever opens one. */
  load(): Promise<Panels>;
  /** An open preview panel follows. */
  follow(target: IdentityTarget | RoleAssignmentTarget): void;
}

/** @param load called when the first panel is to be opened, or to be restored after a window reload */
export function laterPanels(load: (restorePanels: PanelWindow['restorePanels']) => Promise<Panels>): LaterPanels {
  const activeChanged = new vscode.EventEmitter<ActiveIdentity | undefined>();
  const restorers = new Map<string, Parameters<PanelWindow['restorePanels']>[1]>();
  let loaded: Panels | undefined;
  const panels = later(async () => {
    loaded = await load((viewType, restore) => {
      restorers.set(viewType, restore);
      return { dispose: () => void restorers.delete(viewType) };
    });
    loaded.onDidChangeActive((active) => activeChanged.fire(active));
    return loaded;
  });
  const serializers = Object.values(PANELS).map((viewType) =>
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
        await panels();
        restorers.get(viewType)?.(panel, state);
      },
    }),
  );
  return {
    load: panels,
    get active() {
      return loaded?.active;
    },
    onDidChangeActive: activeChanged.event,
    follow: (target) => loaded?.follow(target),
    dispose: () => void vscode.Disposable.from(...serializers, panels, activeChanged).dispose(),
  };
}
