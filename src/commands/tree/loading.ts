import { VIEWS } from '../../ids';
import { listName } from '../../lists/text';
import { formatNumber } from '../../text/dates';
import type { CommandDeps } from '../ui/deps';
import { asTreeNode, asListNode } from '../tenants/pick';
import { t } from '../../text/l10n';

/** Reads again what is loaded below a row; the view's own bar shows that it runs. */
export async function refresh({ ui, tree }: Pick<CommandDeps, 'ui' | 'tree'>, argument: unknown): Promise<void> {
  await whileLoading(ui, () => tree.refresh(asTreeNode(argument)));
}

/** Loads the next page of a list; the view's own bar shows that it runs. */
export async function loadMore({ ui, tree }: Pick<CommandDeps, 'ui' | 'tree'>, argument: unknown): Promise<void> {
  const row = asTreeNode(argument);
  if (row?.kind === 'more') await whileLoading(ui, () => tree.loadMore(row));
}

/** Loads a list to its end, with progress and a way to stop; what was loaded until then stays. */
export async function loadAll({ ui, tree }: Pick<CommandDeps, 'ui' | 'tree'>, argument: unknown): Promise<void> {
  const list = asListNode(argument);
  if (!list) return;
  const title = t('Loading {0} of {1}', listName(list.list), list.parent.tenant.name);
  await ui.showProgress('notification', title, (signal, report) =>
    tree.loadAll(list, signal, ({ rows, total }) =>
      report(
        total === undefined
          ? formatNumber(rows.length)
          : t('{0} of {1}', formatNumber(rows.length), formatNumber(total)),
      ),
    ),
  );
}

export function whileLoading(ui: Pick<CommandDeps['ui'], 'showProgress'>, run: () => Promise<void>): Thenable<void> {
  return ui.showProgress({ viewId: VIEWS.tenants }, undefined, run);
}
