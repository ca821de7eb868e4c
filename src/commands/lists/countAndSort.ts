import { queryOf } from '../../lists/list';
import { fetchCount } from '../../lists/pages';
import { formatNumber } from '../../text/dates';
import { t } from '../../text/l10n';
import { listName, sorterWords } from '../../lists/text';
import { resolveTenant, asListNode } from '../tenants/pick';
import { whileLoading } from '../tree/loading';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { withErrorContext } from '../ui/report';

/** Counts a list on its row; from the palette, one that is picked. */
export async function countList(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'tree'>,
  argument: unknown,
): Promise<void> {
  const row = asListNode(argument);
  if (row) return whileLoading(deps.ui, () => deps.tree.showCount(row));
  const tenant = await resolveTenant(deps, argument);
  const lists = deps.lists.forTenant(tenant).filter(({ problem }) => problem === undefined);
  const choices = lists.map((value) => ({ label: listName(value), value }));
  const list = await pickOne(deps.ui, t('Count which list in {0}?', tenant.name), choices);
  const what = t('Could not count {0} in {1}', listName(list), tenant.name);
  const total = await withErrorContext(what, tenant.id, async () =>
    fetchCount(await deps.clients.for(tenant.id), queryOf(list)),
  );
  const said = total === undefined ? t('not reported by ISC') : formatNumber(total);
  void deps.ui.showInformation(t('{0} in {1}: {2}', listName(list), tenant.name, said));
}

const SORTERS = ['name', '-name', 'alias', '-alias', 'cloudStatus,name', '-cloudStatus,name'];

/** Asks what a list is sorted by and keeps it: in the settings for an own list. */
export async function sortList(
  { ui, lists: lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  argument: unknown,
): Promise<void> {
  const list = asListNode(argument)?.list;
  if (!list) return;
  const sorter = await pickOne(
    ui,
    t('Sort {0} by', listName(list)),
    sorterChoices(list.query?.by === 'filter' ? list.query.sorter : undefined),
  );
  await lists.sort(list, sorter);
}

/** The sorters a person can choose from; the present one says so. */
export function sorterChoices(present = 'name') {
  return SORTERS.map((value) => ({
    label: sorterWords(value),
    ...(value === present ? { description: t('current') } : {}),
    value,
  }));
}
