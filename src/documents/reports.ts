import * as vscode from 'vscode';
import { t } from '../text/l10n';

/** Read-only pages made here, kept as long as they are open. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly scheme: string) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  /** Shows a page: Markdown as a preview, all else as text. `path` is its address, the last part of it its name. */
  async show(path: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: this.scheme, path });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    if (path.endsWith('.md')) await vscode.commands.executeCommand('markdown.showPreview', uri);
    else await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Forgets the pages of a tenant that was removed, and closes what shows them. */
  forget(tenantId: string): void {
    for (const key of this.texts.keys()) {
      const uri = vscode.Uri.parse(key);
      if (uri.path.split('/')[1] !== tenantId) continue;
      this.texts.delete(key);
      // A preview reads again; a tab with the text closes.
      this.changed.fire(uri);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const shown = tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === key);
      void vscode.window.tabGroups.close(shown);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.toString()) ??
      t('This page is no longer available. Close it; if its tenant is still here, run the command again.')
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}
