import { ApiError } from '../../api/errors';
import { targetOf } from '../../tree/keepInStep';
import { showMistake } from '../lists/showMistake';
import { asTreeNode } from '../tenants/pick';
import { removeTenant, signIn, type SignInDeps } from '../tenants/tenants';
import { actOnOne, type ActDeps } from '../actions/onOne';
import { actOnRows, type PlanDeps } from '../actions/plan';
import { rowsAtCursor, type CursorDeps } from './cursor';
import { deleteList } from '../lists/lists';
import { identityIn } from '../identities/targets';
import type { CommandDeps } from '../ui/deps';
import { showNothingDone, showReadAgain } from '../ui/progress';
import { t } from '../../text/l10n';
import { loadMore, refresh } from './loading';

/** A click or Enter on a row of the tree, which is selected by it; or its menu, which names it. */
export async function openRow(
  deps: SignInDeps & Pick<CommandDeps, 'view' | 'tree' | 'panels' | 'lists'>,
  argument: unknown,
): Promise<void> {
  const named = asTreeNode(argument);
  const [row, ...others] = named ? [named] : deps.view.selection;
  // Several rows are selected to act on them by the menu; none of them is meant to open.
  if (others.length > 0) return;
  switch (row?.kind) {
    case undefined:
      // VS Code names no row while its list is read again.
      return showReadAgain(deps.ui);
    case 'identity':
    case 'roleAssignment': {
      const target = targetOf(row);
      if (target) deps.panels.choose(target);
      return;
    }
    case 'more':
      return loadMore(deps, row);
    case 'error':
      return retry(deps, row);
    case 'short':
      return refresh(deps, row.parent);
    case 'list':
      return showMistake(deps, row);
    default:
  }
}

/**
 * The Delete key in the tree: what it means is the row's own, with its own question.
 *
 * @param argument an identity, when this goes on after the tenant was unlocked: the cursor may be elsewhere by then
 */
export async function deleteRow(
  deps: ActDeps & PlanDeps & CursorDeps & Pick<CommandDeps, 'lists'>,
  argument?: unknown,
): Promise<void> {
  const named = identityIn(argument);
  if (named) return actOnOne(deps, 'delete', named, 'taken');
  const rows = await rowsAtCursor(deps);
  const [row, ...others] = rows;
  if (row && rows.every(({ kind }) => kind === 'identity')) return actOnRows(deps, 'delete', rows);
  if (others.length === 0 && row?.kind === 'tenant') return removeTenant(deps, row);
  if (others.length === 0 && row?.kind === 'list' && row.list.origin === 'own') return deleteList(deps, row);
  showNothingDone(deps.ui, t('Select identities, a saved list or a tenant to delete'));
}

/**
 * After an arrow key while the preview panel is on the screen: the row with the focus is selected alone. The key has moved both together
 * (`keybindings` in package.json); where the focus was elsewhere before, the rows passed are selected, too, the one with the focus last.
 */
export async function selectFocused({ view }: Pick<CommandDeps, 'view'>): Promise<void> {
  const { selection } = view;
  const row = selection.at(-1);
  if (!row || selection.length === 1) return;
  // A row that a refresh is just taking away cannot be selected, and need not be.
  await Promise.resolve(view.reveal(row, { select: true, focus: false })).catch(() => undefined);
}

/** Asking again with refused credentials would be refused again: they are asked for instead. */
export async function retry(deps: SignInDeps & Pick<CommandDeps, 'tree'>, argument: unknown): Promise<void> {
  const row = asTreeNode(argument);
  if (row?.kind !== 'error') return;
  return ApiError.is(row.error, 'auth') ? signIn(deps, row) : deps.tree.retry(row);
}
