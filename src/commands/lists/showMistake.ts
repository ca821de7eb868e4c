import type { ListNode } from '../../tree/nodes';
import { settingsKind, LISTS_SETTING } from '../../lists/settings/settingsFile';
import { asTreeNode } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';

/** Opens the settings at an own list that has a mistake; does nothing for any other. */
export async function showMistake(
  { workbench, lists: lists }: Pick<CommandDeps, 'workbench' | 'lists'>,
  { list: list }: ListNode,
): Promise<void> {
  const entry = list.problem && lists.entry(list.id);
  if (!entry) return;
  const { scope, index } = entry.place;
  await workbench.runCommand(
    scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
    { revealSetting: { key: LISTS_SETTING, edit: false } },
  );
  const editor = workbench.activeEditor();
  const kind = editor && settingsKind(editor.path);
  if (!kind) return;
  const { entryAt: entryAt } = await import('../../lists/settings/mistakes');
  const offset = entryAt(editor.text, kind, index);
  if (offset !== undefined) editor.reveal(offset);
}

/** The menu of a list with a mistake: where it can be mended. */
export async function editInSettings(deps: Pick<CommandDeps, 'workbench' | 'lists'>, argument: unknown): Promise<void> {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') await showMistake(deps, row);
}
