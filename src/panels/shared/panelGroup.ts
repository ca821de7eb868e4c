import * as vscode from 'vscode';
import { createWebviewPanel } from '../../ui/window';
import type { PlainText } from '../../text/plain';

/** A panel that belongs to a key, as its group sees it. */
export interface KeyedPanel<K> {
  readonly key: K;
  readonly webviewPanel: vscode.WebviewPanel;
  dispose(): void;
}

/** One that shows what was read of the service. */
export interface ReadingPanel<K> extends KeyedPanel<K> {
  /** What it shows may differ now: a visible page reads again. */
  changed(): void;
}

/** The panel of a key, with the ends of its page and of what is read ahead for it. */
export function readingPanel<K>(
  key: K,
  webviewPanel: vscode.WebviewPanel,
  page: { changed(): void; dispose(): void },
  readAhead: { forget(): void; dispose(): void },
): ReadingPanel<K> {
  return {
    key,
    webviewPanel,
    changed: () => {
      readAhead.forget();
      page.changed();
    },
    dispose: () => {
      readAhead.dispose();
      page.dispose();
    },
  };
}

export interface GroupOptions<K, P extends KeyedPanel<K>> {
  readonly viewType: string;
  /** Equal for the same thing: one panel each. */
  readonly id: (key: K) => string;
  readonly title: (key: K) => PlainText;
  /** The keys in a stored state; undefined when it cannot be used. */
  readonly parse: (state: unknown) => K | undefined;
  /** Fills a panel whose state was lost: VS Code in a browser may not have written it before a reload. */
  readonly unknown: (panel: vscode.WebviewPanel) => void;
  /** Fills an empty webview panel; the same for a new one and one restored after a reload. */
  readonly fill: (panel: vscode.WebviewPanel, key: K) => P;
}

/** The open panels of one kind: at most one per key, restored after a window reload. */
export class PanelGroup<K, P extends KeyedPanel<K>> implements vscode.Disposable {
  private readonly open = new Map<string, P>();
  private readonly activeChanged = new vscode.EventEmitter<K | undefined>();
  private readonly serializer: vscode.Disposable;
  private active: P | undefined;

  /** The key of the panel that has the focus of the editor area, undefined when none has. */
  readonly onDidChangeActive = this.activeChanged.event;

  constructor(private readonly options: GroupOptions<K, P>) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(options.viewType, {
      deserializeWebviewPanel: (webviewPanel: vscode.WebviewPanel, state: unknown) => {
        const key = options.parse(state);
        if (key === undefined) options.unknown(webviewPanel);
        else if (this.open.has(options.id(key))) webviewPanel.dispose();
        else this.adopt(webviewPanel, key);
        return Promise.resolve();
      },
    });
  }

  /** Reveals the panel of this key where it is, or opens it in the active column. */
  show(key: K): P {
    const existing = this.open.get(this.options.id(key));
    if (existing) {
      existing.webviewPanel.reveal();
      return existing;
    }
    const webviewPanel = createWebviewPanel(this.options.viewType, this.options.title(key), vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    return this.adopt(webviewPanel, key);
  }

  get activeKey(): K | undefined {
    return this.active?.key;
  }

  get panels(): readonly P[] {
    return [...this.open.values()];
  }

  dispose(): void {
    this.serializer.dispose();
    for (const panel of this.panels) panel.dispose();
    this.activeChanged.dispose();
  }

  private adopt(webviewPanel: vscode.WebviewPanel, key: K): P {
    const id = this.options.id(key);
    const panel = this.options.fill(webviewPanel, key);
    this.open.set(id, panel);
    webviewPanel.onDidChangeViewState(() => {
      this.noticeActive();
    });
    webviewPanel.onDidDispose(() => {
      this.open.delete(id);
      panel.dispose();
      this.noticeActive();
    });
    this.noticeActive();
    return panel;
  }

  private noticeActive(): void {
    const active = this.panels.find((panel) => panel.webviewPanel.active);
    if (active === this.active) return;
    this.active = active;
    this.activeChanged.fire(active?.key);
  }
}
