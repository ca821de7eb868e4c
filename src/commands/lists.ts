import * as vscode from 'vscode';
import { VIEWS } from '../ids';
import type { ViewNode } from '../tree/nodes';
import { sorterWords, viewName } from '../tree/viewItem';
import { count } from '../words/dates';
import type { CommandDeps } from './deps';
import { pickOne } from './prompt';
import { rowOf } from './targets';

const t = vscode.l10n.t;

/** Reads again what is loaded below a row; the view's own bar shows that it runs. */
export async function refresh({ tree }: CommandDeps, argument: unknown): Promise<void> {
  await inView(() => tree.refresh(rowOf(argument)));
}

/** Loads a view to its end, with progress and a way to stop; what was loaded until then stays. */
export async function loadAll({ tree }: CommandDeps, argument: unknown): Promise<void> {
  const view = viewOf(argument);
  if (!view) return;
  const abort = new AbortController();
  const title = t('Loading {0} of {1}', viewName(view.view), view.parent.tenant.name);
  await vscode.window.withProgress(
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

export async function countView({ tree }: CommandDeps, argument: unknown): Promise<void> {
  const view = viewOf(argument);
  if (view) await inView(() => tree.showCount(view));
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
  return vscode.window.withProgress({ location: { viewId: VIEWS.tenants } }, run);
}
