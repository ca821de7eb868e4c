import { randomBytes, randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ApiLog } from '../../api/client';
import { notice, shell } from './html';
import { keptAnswers } from './keptAnswers';
import {
  KEPT,
  parsePageMessage,
  questionText,
  type Failure,
  type HostMessage,
  type ParamParsers,
  type RequestMap,
} from './protocol';
import { languageTag, t } from '../../text/l10n';

/** What the host half of one kind of panel does for its page. A handler throws to fail the request. */
type Handlers<R extends RequestMap<R>> = {
  readonly [N in keyof R]: (params: R[N]['params'], signal: AbortSignal) => Promise<R[N]['result']>;
};

export interface PanelContent<R extends RequestMap<R>> {
  /** `identity` is `dist/webview/identity.js`. */
  readonly script: string;
  readonly title: string;
  readonly parsers: ParamParsers<R>;
  readonly handlers: Handlers<R>;
  /** Requests that only read: their last answers are shown at once when the page is loaded anew. */
  readonly kept?: readonly (keyof R)[];
  /** Turns what a handler threw into what the page shows. */
  readonly failure: (error: unknown, request: keyof R) => Failure;
  readonly log: ApiLog;
}

/**
 * One webview panel and the conversation with its page. The page asks and every request is answered, if only with a
 * failure. Asking the same again, hiding the panel or closing it aborts what is under way. VS Code throws the page
 * away while the panel is hidden (contents are not retained), so a hidden panel asks nothing; shown again, the page
 * starts anew: it is first told what it was answered last, then what is answered now.
 */
export class Panel<R extends RequestMap<R>> implements vscode.Disposable {
  private readonly running = new Map<string, AbortController>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly kept = keptAnswers();
  /** Names this load of the page: an earlier one, perhaps about another identity, is neither heard nor answered any more. */
  private load = '';
  private disposed = false;

  constructor(
    readonly webviewPanel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly content: PanelContent<R>,
  ) {
    const { webview } = webviewPanel;
    const built = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    const address = (folder: vscode.Uri, file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [built, media] };
    const fill = (): void => {
      this.load = randomUUID();
      webview.html = shell({
        load: this.load,
        cspSource: webview.cspSource,
        nonce: randomBytes(16).toString('base64'),
        language: languageTag(),
        title: content.title,
        script: address(built, `${content.script}.js`),
        codicons: address(built, 'codicon.css'),
        styleSheet: address(media, 'panel.css'),
      });
    };
    this.subscriptions.push(
      webview.onDidReceiveMessage((message) => void this.answer(message)),
      webviewPanel.onDidChangeViewState(() => {
        if (webviewPanel.visible) return;
        this.abortAll();
        // The page is thrown away now; the next load gets a nonce of its own.
        fill();
      }),
      webviewPanel.onDidDispose(() => {
        this.dispose();
      }),
    );
    webviewPanel.iconPath = {
      light: vscode.Uri.joinPath(media, 'panel-light.svg'),
      dark: vscode.Uri.joinPath(media, 'panel-dark.svg'),
    };
    fill();
  }

  /** Makes a visible page ask again (for one part of it alone); a hidden one will ask anyway when it is shown. */
  changed(part?: string): void {
    if (this.webviewPanel.visible) this.post(part === undefined ? { kind: 'changed' } : { kind: 'changed', part });
  }

  /** What was answered so far is not shown any more once the page is loaded anew. */
  forget(): void {
    this.kept.forget();
  }

  /** Ends the conversation. The webview panel stays: it may have been closed, or is about to show something else. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.abortAll();
    this.forget();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async answer(message: unknown): Promise<void> {
    const request = parsePageMessage(message);
    if (!request) {
      this.content.log.warn('A panel sent a message that is not a request; ignored.');
      return;
    }
    const { id, name, load } = request;
    if (load !== this.load) return;
    if (name === KEPT) {
      this.post({ kind: 'reply', id, result: this.kept.all() });
      return;
    }
    const { parsers, handlers, kept = [] } = this.content;
    if (!isKey(name, handlers)) return this.refuse(id, name);
    const params = parsers[name](request.params);
    if (params === undefined) return this.refuse(id, name);

    const key = questionText(name, params);
    this.running.get(key)?.abort();
    const controller = new AbortController();
    this.running.set(key, controller);
    const reply = (message: HostMessage): void => {
      if (load === this.load) this.post(message);
    };
    const keep = kept.includes(name) ? this.kept.asked(key) : undefined;
    try {
      const result = await handlers[name](params, controller.signal);
      keep?.(result);
      reply({ kind: 'reply', id, result });
    } catch (error) {
      const failure = this.content.failure(error, name);
      reply({
        kind: 'failure',
        id,
        failure: controller.signal.aborted ? { ...failure, cancelled: true } : failure,
      });
    } finally {
      if (this.running.get(key) === controller) this.running.delete(key);
    }
  }

  private refuse(id: number, name: string): void {
    this.content.log.warn(`A panel sent a request that its protocol does not allow: ${name.slice(0, 40)}`);
    const message = t('The panel sent a request that is not allowed.');
    this.post({ kind: 'failure', id, failure: { message, cancelled: false, signIn: false } });
  }

  private post(message: HostMessage): void {
    if (!this.disposed) void this.webviewPanel.webview.postMessage(message);
  }

  private abortAll(): void {
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }
}

/** Fills a panel that cannot be restored with a sentence; asks nobody anything. */
export function showNotice({ webview }: vscode.WebviewPanel, extensionUri: vscode.Uri, sentence: string): void {
  const media = vscode.Uri.joinPath(extensionUri, 'media');
  webview.options = { enableScripts: false, localResourceRoots: [media] };
  const styleSheet = webview.asWebviewUri(vscode.Uri.joinPath(media, 'panel.css')).toString();
  webview.html = notice({ cspSource: webview.cspSource, language: languageTag(), styleSheet }, sentence);
}

function isKey<T extends object>(name: PropertyKey, table: T): name is keyof T {
  return Object.hasOwn(table, name);
}
