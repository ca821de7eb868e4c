import * as vscode from 'vscode';
import type { ListNode } from '../../tree/nodes';
import { settingsKind, VIEWS_SETTING } from '../../lists/settings/settingsFile';
import type { CommandDeps } from '../ui/deps';

/** Opens the settings at an own view that has a mistake; does nothing for any other. */
export async function showMistake({ views }: Pick<CommandDeps, 'views'>, { view }: ListNode): Promise<void> {
  const entry = view.problem && views.entry(view.id);
  if (!entry) return;
  const { scope, index } = entry.place;
  await vscode.commands.executeCommand(
    scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
    { revealSetting: { key: VIEWS_SETTING, edit: false } },
  );
  const editor = vscode.window.activeTextEditor;
  const kind = editor && settingsKind(editor.document.uri.path);
  if (!kind) return;
  const { viewAt } = await import('../../lists/settings/mistakes');
  const offset = viewAt(editor.document.getText(), kind, index);
  if (offset === undefined) return;
  const at = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
