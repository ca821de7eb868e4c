import * as vscode from 'vscode';

/** What makes the texts of documents, and tells when one differs. */
interface Contents extends vscode.TextDocumentContentProvider {
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** Provides the documents of a scheme; what makes their texts is loaded when the first of them is opened, or restored. */
export function provideDocuments(scheme: string, load: () => Promise<Contents>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let contents: Contents | undefined;
  let subscription: vscode.Disposable | undefined;
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri, token) => {
      contents ??= await load();
      subscription ??= contents.onDidChange((differing) => changed.fire(differing));
      return contents.provideTextDocumentContent(uri, token);
    },
  });
  return {
    dispose: () => void vscode.Disposable.from(provider, changed, ...(subscription ? [subscription] : [])).dispose(),
  };
}
