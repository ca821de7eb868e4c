import { ACTION_IDS, actionOf } from '../../actions/catalog';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { plain } from '../../text/plain';
import { oneOrMany, type PlanDeps } from '../actions/plan';
import type { ActDeps } from '../actions/onOne';
import type { PickDeps } from '../actions/pickIdentities';
import type { CommandDeps } from '../ui/deps';
import { showNothingDone } from '../ui/progress';
import { pickOne } from '../ui/prompts';
import { Cancelled } from '../ui/report';
import { withSelectedRows } from './rows';
import { tableOf } from './tableOf';

/** Asks what to do with the selected rows of a table, and goes the way of that action. @throws CommandError, Cancelled */
export async function actOnTable(
  deps: ActDeps & PlanDeps & PickDeps & Pick<CommandDeps, 'focus' | 'panels'>,
  argument: unknown,
): Promise<void> {
  const count = tableOf(deps, argument).selection().length;
  if (count === 0) return showNothingDone(deps.ui, t('No row of the table is selected'));
  const question = plural(count, {
    one: () => t('Which action for the selected identity?'),
    other: () => t('Which action for the {0} selected identities?', formatNumber(count)),
  });
  const choices = ACTION_IDS.map((value) => ({ label: actionOf(value).label(), value }));
  const action = await pickOne(deps.ui, question, choices);
  const [first, rows] = withSelectedRows(deps, [argument]);
  // Rows may have been read anew while the question was open.
  if (first === undefined) return showNothingDone(deps.ui, t('No row of the table is selected'));
  await oneOrMany(action)(deps, first, rows);
}

/** Asks which columns a table shows. @throws CommandError, Cancelled */
export async function chooseTableColumns(deps: Pick<CommandDeps, 'ui' | 'panels'>, argument: unknown): Promise<void> {
  const table = tableOf(deps, argument);
  const shown = table.columns.map(({ key }) => key);
  const offered = table.offered();
  const picked = new Set(shown);
  const items = offered.map(({ label, key }) => ({ label, description: plain(key), picked: picked.has(key), key }));
  const chosen = await deps.ui.pickSeveral(t('Which columns?'), items);
  if (!chosen || chosen.length === 0) throw new Cancelled();
  const keys = new Set(chosen.map(({ key }) => key));
  // Those that stay keep their places.
  const stay = shown.filter((key) => keys.has(key));
  const come = [...keys].filter((key) => !picked.has(key));
  await table.showColumns([...stay, ...come]);
}
