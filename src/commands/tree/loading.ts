import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import type { MoreNode, ViewNode } from '../../tree/nodes';
import { countOf } from '../../lists/pages';
import { sorterWords, viewName } from '../../tree/listItem';
import { count } from '../../text/dates';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { attempt } from '../ui/report';
import { rowOf, tenantFrom } from '../identities/targets';
import { t } from '../../text/l10n';
import { showInformation, showProgress } from '../../ui/window';

/** Reads again what is loaded below a row; the view's own bar shows that it runs. */
export async function refresh({ tree }: CommandDeps, argument: unknown): Promise<void> {
  await inView(() => tree.refresh(rowOf(argument)));
}

/** Loads the next page of a list; the view's own bar shows that it runs. */
export async function loadMore({ tree }: CommandDeps, row: MoreNode): Promise<void> {
  await inView(() => tree.loadMore(row));
}

/** Loads a view to its end, with progress and a way to stop; what was loaded until then stays. */
export async function loadAll({ tree }: CommandDeps, argument: unknown): Promise<void> {
  const view = viewOf(argument);
  if (!view) return;
  const abort = new AbortController();
  const title = t('Loading {0} of {1}', viewName(view.view), view.parent.tenant.name);
  await showProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      await tree.loadAll(view, abort.signal, ({ rows, total }) =>
        progress.report({
          message: total === undefined ? count(rows.length) : t('{0} of {1}', count(rows.length), count(total)),
        }),
      );
    },
  );
}

/** Counts a view on its row; from the palette, one that is picked. */
export async function countView(deps: CommandDeps, argument: unknown): Promise<void> {
  const row = viewOf(argument);
  if (row) return inView(() => deps.tree.showCount(row));
  const tenant = await tenantFrom(deps, argument);
  const views = deps.views.forTenant(tenant).filter(({ problem }) => problem === undefined);
  const choices = views.map((value) => ({ label: viewName(value), value }));
  const view = await pickOne(t('Which view of {0} is counted?', tenant.name), choices);
  const what = t('Could not count {0} in {1}', viewName(view), tenant.name);
  const total = await attempt(what, tenant.id, async () => countOf(await deps.clients.for(tenant.id), view));
  const said = total === undefined ? t('the service does not say') : count(total);
  void showInformation(t('{0} in {1}: {2}', viewName(view), tenant.name, said));
}

const SORTERS = ['name', '-name', 'alias', '-alias', 'cloudStatus,name', '-cloudStatus,name'];

/** Asks what a view is sorted by and keeps it: in the settings for an own view. */
export async function sortView({ views }: CommandDeps, argument: unknown): Promise<void> {
  const view = viewOf(argument)?.view;
  if (!view) return;
  const sorter = await pickOne(t('Sort {0} by', viewName(view)), sorterChoices(view.sorters));
  await views.sort(view, sorter);
}

/** The sorters a person can choose from; the present one says so. */
export function sorterChoices(present = 'name') {
  return SORTERS.map((value) => ({
    label: sorterWords(value),
    ...(value === present ? { description: t('now') } : {}),
    value,
  }));
}

/** The view a row is or stands in. */
export function viewOf(argument: unknown): ViewNode | undefined {
  const row = rowOf(argument);
  if (row?.kind === 'view') return row;
  return row?.kind === 'more' ? row.parent : undefined;
}

function inView(run: () => Promise<void>): Thenable<void> {
  return showProgress({ location: { viewId: VIEWS.tenants } }, run);
}
