import * as vscode from 'vscode';
import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import { SCHEMES, type IdentityTarget } from '../ids';
import type { IdentityChange } from '../tenants/identityChange';
import type { Tenant } from '../tenants/tenant';
import { errorText } from '../text/errors';
import { documentKey, documentPath, stableJson, type DocumentKey, type DocumentKind } from './address';
import { t } from '../text/l10n';

export interface DocumentDeps {
  readonly tenants: { get(id: string): Tenant | undefined; readonly onDidRemove: vscode.Event<string> };
  readonly clients: { for(tenantId: string): Promise<Client>; readonly onDidChangeSignIn: vscode.Event<string> };
  readonly changes: vscode.Event<IdentityChange>;
}

/**
 * What the service says of a person as read-only JSON documents, read when they are opened and again when something
 * changed. VS Code puts a new text in by its differences, so the cursor stays. A failure is the document's content.
 */
export class IdentityDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly deps: DocumentDeps) {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      deps.changes(({ tenantId, identityId }) =>
        this.readAgain(
          (key) => key.tenantId === tenantId && (identityId === undefined || key.identityId === identityId),
        ),
      ),
      deps.clients.onDidChangeSignIn(() => this.readAgain(() => true)),
      deps.tenants.onDidRemove((removed) => {
        const isGone = ({ tenantId }: DocumentKey): boolean => tenantId === removed;
        // Emptied first: a document outlives its tab for a while.
        this.readAgain(isGone);
        void closeTabs(isGone);
      }),
    );
  }

  /** Opens a document of a person; one that is open is shown and read again. */
  async open(target: IdentityTarget, kind: DocumentKind): Promise<void> {
    const uri = this.uri(target, kind);
    this.refresh(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /** Opens VS Code's comparison of two people's identities. */
  async compare(a: IdentityTarget, b: IdentityTarget): Promise<void> {
    const [left, right] = [this.uri(a, 'identity'), this.uri(b, 'identity')];
    this.refresh(left);
    this.refresh(right);
    const title = `${a.identity.name} ↔ ${b.identity.name}`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: false });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const key = documentKey(uri.path);
    if (!key) return stableJson({ error: t('Not the address of an identity document.') });
    const tenant = this.deps.tenants.get(key.tenantId);
    if (!tenant) return stableJson({ error: t('This tenant is no longer connected.') });
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      return stableJson(await read(await this.deps.clients.for(key.tenantId), key, abort.signal));
    } catch (error) {
      const what = t('Could not load {0} in {1}', key.identityId, tenant.name);
      const gone = ApiError.is(error, 'notFound') && error.details.status === 404;
      return stableJson({
        error: gone ? t('This identity no longer exists in {0}.', tenant.name) : errorText(error, what),
      });
    } finally {
      cancelled.dispose();
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private uri({ tenantId, identity: { id, name } }: IdentityTarget, kind: DocumentKind): vscode.Uri {
    const path = documentPath({ tenantId, identityId: id, kind }, titleOf(name, kind));
    return vscode.Uri.from({ scheme: SCHEMES.identity, path });
  }

  private refresh(uri: vscode.Uri): void {
    const open = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (open) this.changed.fire(uri);
  }

  private readAgain(concerns: (key: DocumentKey) => boolean): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (isOurs(uri, concerns)) this.changed.fire(uri);
    }
  }
}

function read(client: Client, { identityId, kind }: DocumentKey, signal: AbortSignal): Promise<unknown> {
  switch (kind) {
    case 'identity':
      return client.identities.get(identityId, { signal });
    case 'roleAssignments':
      return client.roleAssignments.list(identityId, { signal });
    case 'ownership':
      return client.identities.ownership(identityId, { signal });
  }
}

function titleOf(name: string, kind: DocumentKind): string {
  switch (kind) {
    case 'identity':
      return name;
    case 'roleAssignments':
      return t('{0} role assignments', name);
    case 'ownership':
      return t('{0} ownership', name);
  }
}

/** Closes the tabs (comparisons too) that show a document the key of which is meant. */
async function closeTabs(concerns: (key: DocumentKey) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => {
      if (input instanceof vscode.TabInputText) return isOurs(input.uri, concerns);
      return (
        input instanceof vscode.TabInputTextDiff &&
        (isOurs(input.original, concerns) || isOurs(input.modified, concerns))
      );
    });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

function isOurs(uri: vscode.Uri, concerns: (key: DocumentKey) => boolean): boolean {
  const key = uri.scheme === SCHEMES.identity ? documentKey(uri.path) : undefined;
  return key !== undefined && concerns(key);
}
