// Webview panels without VS Code: which there are, what they were told, and what the user does to them.
import type * as vscode from 'vscode';
import { PanelGroup, type KeyedPanel, type PanelWindow } from '../../../src/panels/shared/panelGroup';
import { plain } from '../../../src/text/plain';

/** One window with one column of editors. */
export class FakeWindow implements PanelWindow {
  readonly open: FakePanel[] = [];
  /** What happened to panels, in order. */
  readonly log: string[] = [];
  private readonly restorers = new Map<string, (panel: vscode.WebviewPanel, state: unknown) => void>();

  createPanel: PanelWindow['createPanel'] = (viewType, title, { preserveFocus }) => {
    this.log.push(`create ${viewType}${preserveFocus ? ' behind the focus' : ''}`);
    return this.add(title).asPanel;
  };

  setTitle: PanelWindow['setTitle'] = (panel, title) => {
    panel.title = title;
  };

  restorePanels: PanelWindow['restorePanels'] = (viewType, restore) => {
    this.restorers.set(viewType, restore);
    return { dispose: () => void this.restorers.delete(viewType) };
  };

  /** As after a reload of the window. */
  restore(viewType: string, state: unknown): FakePanel {
    const panel = this.add('');
    this.restorers.get(viewType)?.(panel.asPanel, state);
    return panel;
  }

  get titles(): string[] {
    return this.open.map(({ title }) => title);
  }

  /** Brings a tab to the front. */
  activate(panel: FakePanel | undefined): void {
    const before = this.open.filter(({ active }) => active);
    for (const one of this.open) one.active = one.visible = one === panel;
    for (const one of this.open) if (before.includes(one) !== one.active) one.viewStateChanged();
  }

  private add(title: string): FakePanel {
    const panel = new FakePanel(this, title);
    this.open.push(panel);
    // The one that was active before hears of it later, as in VS Code.
    panel.active = panel.visible = true;
    return panel;
  }
}

export class FakePanel {
  active = false;
  visible = false;
  readonly viewColumn = 1;
  private readonly listeners = { state: new Set<() => void>(), end: new Set<() => void>() };

  constructor(
    private readonly window: FakeWindow,
    public title: string,
  ) {}

  get asPanel(): vscode.WebviewPanel {
    return this as unknown as vscode.WebviewPanel;
  }

  onDidChangeViewState = (listener: () => void) => listen(this.listeners.state, listener);
  onDidDispose = (listener: () => void) => listen(this.listeners.end, listener);

  reveal(_column?: number, preserveFocus = false): void {
    this.window.log.push(`reveal ${this.title}${preserveFocus ? ' behind the focus' : ''}`);
    this.window.activate(this);
  }

  dispose(): void {
    const at = this.window.open.indexOf(this);
    if (at < 0) return;
    this.window.open.splice(at, 1);
    for (const listener of [...this.listeners.end]) listener();
  }

  viewStateChanged(): void {
    for (const listener of [...this.listeners.state]) listener();
  }
}

export interface FilledPanel<K> extends KeyedPanel<K> {
  /** What the page does when somebody acts in it. */
  readonly pin: () => void;
}

/** A group of panels, what they were filled with, and which were active. */
export function groupOf<K extends { readonly name: string }>(
  window: FakeWindow,
  viewType: string,
  id: (key: K) => string,
  activeChanged: () => void = () => undefined,
) {
  const filled: string[] = [];
  const group: PanelGroup<K, FilledPanel<K>> = new PanelGroup<K, FilledPanel<K>>(
    {
      viewType,
      id,
      title: ({ name }) => plain(name),
      parse: (state) => (typeof state === 'object' && state !== null ? (state as K) : undefined),
      unknown: () => void filled.push('?'),
      fill: (webviewPanel, key, pin) => {
        filled.push(`+${id(key)}`);
        return { key, webviewPanel, pin, dispose: () => void filled.push(`-${id(key)}`) };
      },
      activeChanged,
    },
    window,
  );
  return { group, filled };
}

function listen(listeners: Set<() => void>, listener: () => void): { dispose(): void } {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}
