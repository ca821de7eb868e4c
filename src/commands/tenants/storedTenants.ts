import { paragraphs, plain } from '../../text/plain';
import { t } from '../../text/l10n';
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
