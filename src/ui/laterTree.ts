import * as vscode from 'vscode';

/** Feeds a view from a tree that is loaded when VS Code first asks for rows: when the view is first shown. */
export class LaterTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T | T[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.changed.event;
  private tree: vscode.TreeDataProvider<T> | undefined;
  private subscription: vscode.Disposable | undefined;

  constructor(private readonly load: () => Promise<vscode.TreeDataProvider<T>>) {}

  async getChildren(row?: T): Promise<T[]> {
    return (await (await this.loaded()).getChildren(row)) ?? [];
  }

  async getTreeItem(row: T): Promise<vscode.TreeItem> {
    return (await this.loaded()).getTreeItem(row);
  }

  dispose(): void {
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private async loaded(): Promise<vscode.TreeDataProvider<T>> {
    if (this.tree) return this.tree;
    const tree = await this.load();
    this.tree = tree;
    this.subscription ??= tree.onDidChangeTreeData?.((change) => this.changed.fire(change));
    return tree;
  }
}
