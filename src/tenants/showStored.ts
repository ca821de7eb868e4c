import { CONTEXT_KEYS } from '../ids';
import { formatNumber } from '../text/dates';
import { joined, type PlainText } from '../text/plain';
import { plural, t } from '../text/l10n';
import { setContextKey } from '../ui/contextKeys';
import { showInformation } from '../ui/window';
import type { TenantStore } from './store';

/** Keeps what the view says of the stored tenants, which of its welcome texts fits, and what menus offer, as they change. */
export function showStoredTenants(store: TenantStore, view: { message?: PlainText | undefined }): { dispose(): void } {
  const show = (): void => {
    const tenants = store.all();
    for (const [key, value] of [
      [CONTEXT_KEYS.noTenants, tenants.length === 0],
      [CONTEXT_KEYS.noReadOnly, tenants.every(({ readOnly }) => !readOnly)],
      [CONTEXT_KEYS.noWritable, tenants.every(({ readOnly }) => readOnly)],
      [CONTEXT_KEYS.hasUnreadable, store.unreadable.length > 0],
    ] as const)
      setContextKey(key, value);
    view.message = storedTenantsMessage(store);
  };
  show();
  void tidyStored(store);
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
async function tidyStored(store: TenantStore): Promise<void> {
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
  void showInformation(said);
}
