import { queryOf } from '../../lists/list';
import { fetchCount } from '../../lists/pages';
import { formatNumber } from '../../text/dates';
import { t } from '../../text/l10n';
import { listName, sorterWords } from '../../lists/text';
import { resolveTenant, asListNode } from '../tenants/pick';
import { inView } from '../tree/loading';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { withErrorContext } from '../ui/report';

/** Counts a view on its row; from the palette, one that is picked. */
export async function countView(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'views' | 'tree'>,
  argument: unknown,
): Promise<void> {
  const row = asListNode(argument);
  if (row) return inView(deps.ui, () => deps.tree.showCount(row));
  const tenant = await resolveTenant(deps, argument);
  const views = deps.views.forTenant(tenant).filter(({ problem }) => problem === undefined);
  const choices = views.map((value) => ({ label: listName(value), value }));
  const view = await pickOne(deps.ui, t('Count which list in {0}?', tenant.name), choices);
  const what = t('Could not count {0} in {1}', listName(view), tenant.name);
  const total = await withErrorContext(what, tenant.id, async () =>
    fetchCount(await deps.clients.for(tenant.id), queryOf(view)),
  );
  const said = total === undefined ? t('not reported by ISC') : formatNumber(total);
  void deps.ui.showInformation(t('{0} in {1}: {2}', listName(view), tenant.name, said));
}

const SORTERS = ['name', '-name', 'alias', '-alias', 'cloudStatus,name', '-cloudStatus,name'];

/** Asks what a view is sorted by and keeps it: in the settings for an own view. */
export async function sortView({ ui, views }: Pick<CommandDeps, 'ui' | 'views'>, argument: unknown): Promise<void> {
  const view = asListNode(argument)?.view;
  if (!view) return;
  const sorter = await pickOne(
    ui,
    t('Sort {0} by', listName(view)),
    sorterChoices(view.query?.by === 'filter' ? view.query.sorter : undefined),
  );
  await views.sort(view, sorter);
}

/** The sorters a person can choose from; the present one says so. */
export function sorterChoices(present = 'name') {
  return SORTERS.map((value) => ({
    label: sorterWords(value),
    ...(value === present ? { description: t('current') } : {}),
    value,
  }));
}
