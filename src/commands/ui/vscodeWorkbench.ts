import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ApiError } from '../../api/errors';
import { EXTENSION_ID, SETTINGS } from '../../ids';
import { t } from '../../text/l10n';
import type { ActiveEditor, FileTypes, Workbench } from './workbench';

/** A real VS Code. */
export const vscodeWorkbench: Workbench = {
  runCommand: (id, ...args) => vscode.commands.executeCommand(id, ...args),
  readClipboard: () => vscode.env.clipboard.readText(),
  writeClipboard: (text) => vscode.env.clipboard.writeText(text),
  openInBrowser: (address) => vscode.env.openExternal(vscode.Uri.parse(address, true)),
  async chooseFile(title, types) {
    const [file] = (await vscode.window.showOpenDialog({ title, filters: toFilters(types) })) ?? [];
    if (!file) return undefined;
    return {
      fetchSize: async () => (await vscode.workspace.fs.stat(file)).size,
      read: () => vscode.workspace.fs.readFile(file),
    };
  },
  async chooseTarget(title, types, name) {
    const file = await vscode.window.showSaveDialog({ title, filters: toFilters(types), defaultUri: placeFor(name) });
    if (!file) return undefined;
    return {
      name: file.path.slice(file.path.lastIndexOf('/') + 1),
      write: (text) => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text)),
      async grow() {
        if (file.scheme !== 'file') throw new ApiError('invalid', t('the file must be on a disk'), { sent: false });
        const { openGrowingFile } = await import('../../storage/growingFile');
        return openGrowingFile(file.fsPath);
      },
    };
  },
  activeEditor,
  hasSettings: () => vscode.workspace.workspaceFolders !== undefined && vscode.workspace.isTrusted,
  isFocused: () => vscode.window.state.focused,
  proxySetting: () => vscode.workspace.getConfiguration('http').get<string>('proxy'),
  describe,
};

function activeEditor(): ActiveEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  return {
    path: document.uri.path,
    text: document.getText(),
    selected: selection.isEmpty ? '' : document.getText(selection),
    reveal(offset) {
      const at = document.positionAt(offset);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    },
  };
}

function describe(): readonly string[] {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const { version } = (extension?.packageJSON ?? {}) as { version?: string };
  const settings = vscode.workspace.getConfiguration(SETTINGS.section);
  return [
    `ISC Identities ${version ?? ''}, VS Code ${vscode.version}, ${vscode.env.appName}, Node ${process.version}, ${process.platform}`,
    `UI ${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}, remote ${vscode.env.remoteName ?? 'none'}`,
    ...[SETTINGS.pageSize, SETTINGS.requestTimeout, SETTINGS.demoIdentities].map(
      (name) => `${SETTINGS.section}.${name}: ${JSON.stringify(settings.get(name))}`,
    ),
  ];
}

function toFilters(types: FileTypes): Record<string, string[]> {
  return Object.fromEntries(Object.entries(types).map(([name, endings]) => [name, [...endings]]));
}

/** In the first folder that is open on a disk; else at home. */
function placeFor(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return folder ? vscode.Uri.joinPath(folder.uri, name) : vscode.Uri.file(join(homedir(), name));
}
