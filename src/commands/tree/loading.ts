import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import type { MoreNode } from '../../tree/nodes';
import { listName } from '../../tree/listItem';
import { formatNumber } from '../../text/dates';
import type { CommandDeps } from '../ui/deps';
import { asTreeNode, asListNode } from '../tenants/pick';
import { t } from '../../text/l10n';
import { showProgress } from '../../ui/window';

/** Reads again what is loaded below a row; the view's own bar shows that it runs. */
export async function refresh({ tree }: CommandDeps, argument: unknown): Promise<void> {
  await inView(() => tree.refresh(asTreeNode(argument)));
}

/** Loads the next page of a list; the view's own bar shows that it runs. */
export async function loadMore({ tree }: CommandDeps, row: MoreNode): Promise<void> {
  await inView(() => tree.loadMore(row));
}

/** Loads a view to its end, with progress and a way to stop; what was loaded until then stays. */
export async function loadAll({ tree }: CommandDeps, argument: unknown): Promise<void> {
  const view = asListNode(argument);
  if (!view) return;
  const abort = new AbortController();
  const title = t('Loading {0} of {1}', listName(view.view), view.parent.tenant.name);
  await showProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      await tree.loadAll(view, abort.signal, ({ rows, total }) =>
        progress.report({
          message:
            total === undefined
              ? formatNumber(rows.length)
              : t('{0} of {1}', formatNumber(rows.length), formatNumber(total)),
        }),
      );
    },
  );
}

export function inView(run: () => Promise<void>): Thenable<void> {
  return showProgress({ location: { viewId: VIEWS.tenants } }, run);
}
