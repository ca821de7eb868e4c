import type * as vscode from 'vscode';
import type { PlainText } from '../../text/plain';

/** A panel that belongs to a key, as its group sees it. */
export interface KeyedPanel<K> {
  readonly key: K;
  readonly webviewPanel: vscode.WebviewPanel;
  /** Ends what fills the webview panel; the webview panel itself may be filled with something else. */
  dispose(): void;
}

/** One that shows what was read of the service. */
export interface ReadingPanel<K> extends KeyedPanel<K> {
  /** What it shows is different now: a visible page reads again, and nothing older is shown any more. */
  changed(): void;
  /** Another answer is possible now, about the same: a visible page reads again. */
  readAgain(): void;
}

/** The panel of a key, with the ends of its page and of what is read ahead for it. */
export function readingPanel<K>(
  key: K,
  webviewPanel: vscode.WebviewPanel,
  page: { changed(): void; forget(): void; dispose(): void },
  readAhead: { forget(): void; dispose(): void },
): ReadingPanel<K> {
  const readAgain = (): void => {
    readAhead.forget();
    page.changed();
  };
  return {
    key,
    webviewPanel,
    changed: () => {
      page.forget();
      readAgain();
    },
    readAgain,
    dispose: () => {
      readAhead.dispose();
      page.dispose();
    },
  };
}

/** What a group needs of VS Code. */
export interface PanelWindow {
  createPanel(
    viewType: string,
    title: PlainText,
    place: { readonly viewColumn: vscode.ViewColumn | undefined; readonly preserveFocus: boolean },
  ): vscode.WebviewPanel;
  setTitle(panel: vscode.WebviewPanel, title: PlainText): void;
  restorePanels(viewType: string, restore: (panel: vscode.WebviewPanel, state: unknown) => void): vscode.Disposable;
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
  /** Fills an empty webview panel; the same for a new one, one restored after a reload, and one that showed another. */
  readonly fill: (panel: vscode.WebviewPanel, key: K, pin: () => void) => P;
  /** Another panel of the group, or none, has the focus of the editor area now. */
  readonly activeChanged?: () => void;
  /** Something else may be on the screen now, or the preview may be pinned. */
  readonly changed?: () => void;
}

interface Opened<P> {
  readonly panel: P;
  readonly subscriptions: readonly vscode.Disposable[];
}

/**
 * The open panels of one kind: at most one per key, restored after a window reload. One of them may be the preview: the next preview
 * takes its place, unless it was pinned before. One that is restored is pinned.
 */
export class PanelGroup<K, P extends KeyedPanel<K>> implements vscode.Disposable {
  private readonly open = new Map<string, Opened<P>>();
  private readonly serializer: vscode.Disposable;
  /** Of the panel that has the focus of the editor area. Panels come and go in one webview panel, so ids are compared. */
  private activeId: string | undefined;
  private previewId: string | undefined;

  constructor(
    private readonly options: GroupOptions<K, P>,
    private readonly window: PanelWindow,
  ) {
    this.serializer = window.restorePanels(options.viewType, (webviewPanel, state) => {
      const key = options.parse(state);
      if (key === undefined) options.unknown(webviewPanel);
      else if (this.open.has(options.id(key))) webviewPanel.dispose();
      else this.adopt(webviewPanel, key);
    });
  }

  /** Reveals the panel of this key where it is, or opens it in the active column; pinned and with the focus. */
  show(key: K): P {
    const id = this.options.id(key);
    const existing = this.open.get(id)?.panel;
    if (!existing) return this.adopt(this.create(key, undefined, false), key);
    this.pin(id);
    existing.webviewPanel.reveal();
    return existing;
  }

  /**
   * Shows this key without taking the focus: in its panel where it has one, or else in the preview panel.
   *
   * @param column where a preview panel opens if there is none; the active column when absent
   */
  preview(key: K, column?: vscode.ViewColumn): P {
    const id = this.options.id(key);
    const existing = this.open.get(id)?.panel ?? this.reuse(key);
    if (existing) {
      // Always: it may not have heard yet that another was revealed a moment ago.
      existing.webviewPanel.reveal(undefined, true);
      return existing;
    }
    this.previewId = id;
    return this.adopt(this.create(key, column, true), key);
  }

  /** The panel that the next preview takes the place of. */
  get previewed(): P | undefined {
    return this.previewId === undefined ? undefined : this.open.get(this.previewId)?.panel;
  }

  get activeKey(): K | undefined {
    return this.activeId === undefined ? undefined : this.open.get(this.activeId)?.panel.key;
  }

  /** Whether the panel of this key has the focus of the editor area. */
  isActive(key: K): boolean {
    return this.activeId === this.options.id(key);
  }

  get panels(): readonly P[] {
    return [...this.open.values()].map(({ panel }) => panel);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { webviewPanel } of this.panels) webviewPanel.dispose();
  }

  private pin(id: string): void {
    if (this.previewId !== id) return;
    this.previewId = undefined;
    this.options.changed?.();
  }

  private create(key: K, viewColumn: vscode.ViewColumn | undefined, preserveFocus: boolean): vscode.WebviewPanel {
    const { viewType, title } = this.options;
    return this.window.createPanel(viewType, title(key), { viewColumn, preserveFocus });
  }

  /** The preview panel, filled with another key. */
  private reuse(key: K): P | undefined {
    const { previewId } = this;
    const previous = previewId === undefined ? undefined : this.open.get(previewId);
    if (previewId === undefined || !previous) return undefined;
    this.close(previewId);
    this.previewId = this.options.id(key);
    const { webviewPanel } = previous.panel;
    this.window.setTitle(webviewPanel, this.options.title(key));
    return this.adopt(webviewPanel, key);
  }

  private adopt(webviewPanel: vscode.WebviewPanel, key: K): P {
    const id = this.options.id(key);
    const panel = this.options.fill(webviewPanel, key, () => {
      this.pin(id);
    });
    const subscriptions = [
      webviewPanel.onDidChangeViewState(() => {
        this.noticeActive(id);
      }),
      webviewPanel.onDidDispose(() => {
        this.close(id);
        this.noticeActive();
      }),
    ];
    this.open.set(id, { panel, subscriptions });
    this.noticeActive(id);
    return panel;
  }

  private close(id: string): void {
    const closed = this.open.get(id);
    this.open.delete(id);
    this.pin(id);
    for (const subscription of closed?.subscriptions ?? []) subscription.dispose();
    closed?.panel.dispose();
  }

  /** @param changedId what was opened just now, or changed: the one that was active before may say so until it has heard of that */
  private noticeActive(changedId?: string): void {
    this.options.changed?.();
    const isActive = (id: string): boolean => this.open.get(id)?.panel.webviewPanel.active === true;
    const active = [...(changedId === undefined ? [] : [changedId]), ...this.open.keys()].find(isActive);
    if (active === this.activeId) return;
    this.activeId = active;
    this.options.activeChanged?.();
  }
}
