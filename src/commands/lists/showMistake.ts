import type { ListNode } from '../../tree/nodes';
import { settingsKind, VIEWS_SETTING } from '../../lists/settings/settingsFile';
import type { CommandDeps } from '../ui/deps';

/** Opens the settings at an own view that has a mistake; does nothing for any other. */
export async function showMistake(
  { workbench, views }: Pick<CommandDeps, 'workbench' | 'views'>,
  { view }: ListNode,
): Promise<void> {
  const entry = view.problem && views.entry(view.id);
  if (!entry) return;
  const { scope, index } = entry.place;
  await workbench.runCommand(
    scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
    { revealSetting: { key: VIEWS_SETTING, edit: false } },
  );
  const editor = workbench.activeEditor();
  const kind = editor && settingsKind(editor.path);
  if (!kind) return;
  const { viewAt } = await import('../../lists/settings/mistakes');
  const offset = viewAt(editor.text, kind, index);
  if (offset !== undefined) editor.reveal(offset);
}
