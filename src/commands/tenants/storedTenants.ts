import { CONTEXT_KEYS } from '../../ids';
import type { TenantStore } from '../../tenants/store';
import { formatNumber } from '../../text/dates';
import { joined, paragraphs, plain, type PlainText } from '../../text/plain';
import { plural, t } from '../../text/l10n';
import type { CommandDeps } from '../ui/deps';
import { confirm, pickOne } from '../ui/prompts';

/** Removes a stored tenant that cannot be read, after it is said what is lost. @throws Cancelled when dismissed */
export async function removeUnreadableTenant({ ui, store }: Pick<CommandDeps, 'ui' | 'store'>): Promise<void> {
  if (store.unreadable.length === 0) {
    void ui.showInformation(t('All stored tenants can be read: there is nothing to remove.'));
    return;
  }
  const chosen = await pickOne(
    ui,
    t('Remove which stored tenant?'),
    store.unreadable.map((each) => ({ label: plain(each.file), description: plain(each.problem), value: each })),
    { always: true },
  );
  await confirm(
    ui,
    t('Remove the stored tenant {0}?', chosen.file),
    paragraphs([
      t('It cannot be read: {0}. A newer version of this extension may be able to read it.', chosen.problem),
      t('Its credentials, bulk action records and remembered tasks are deleted with it. Nothing changes in ISC.'),
    ]),
    t('Remove stored tenant'),
  );
  await store.removeUnreadable(chosen);
}

/** Keeps what the view says of the stored tenants, which of its welcome texts fits, and what menus offer, as they change. */
export function showStoredTenants(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  store: TenantStore,
  view: { message?: PlainText | undefined },
): { dispose(): void } {
  const show = (): void => {
    const tenants = store.all();
    for (const [key, value] of [
      [CONTEXT_KEYS.noTenants, tenants.length === 0],
      [CONTEXT_KEYS.noReadOnly, tenants.every(({ readOnly }) => !readOnly)],
      [CONTEXT_KEYS.noWritable, tenants.every(({ readOnly }) => readOnly)],
      [CONTEXT_KEYS.hasUnreadable, store.unreadable.length > 0],
    ] as const)
      void workbench.runCommand('setContext', key, value);
    view.message = storedTenantsMessage(store);
  };
  show();
  void tidyStored(ui, store);
  return store.onDidChange(show);
}

/** What the view of the tenants says above its rows; empty when all is well. */
function storedTenantsMessage({ unreadable, problem }: TenantStore): PlainText {
  const sentences = [
    problem !== undefined && t('Tenants cannot be stored on this machine: {0}.', problem),
    unreadable.length > 0 &&
      plural(unreadable.length, {
        one: () => t('A stored tenant cannot be read and was left unchanged ({0}).', unreadable[0]?.problem ?? ''),
        other: () => t('{0} stored tenants cannot be read and were left unchanged.', formatNumber(unreadable.length)),
      }),
    unreadable.length > 0 && t('See Show log for details; "Remove unreadable tenant" is in this view\'s menu.'),
  ];
  return joined(sentences);
}

/** Ends what was left half done by a crash or another window, and tells of it once. */
async function tidyStored(ui: CommandDeps['ui'], store: TenantStore): Promise<void> {
  const left = await store.tidy();
  if (left === 0) return;
  const said = plural(left, {
    one: () =>
      t('The credentials of a tenant that was not completely added or removed were deleted from this machine.'),
    other: () =>
      t(
        'The credentials of {0} tenants that were not completely added or removed were deleted from this machine.',
        formatNumber(left),
      ),
  });
  void ui.showInformation(said);
}
