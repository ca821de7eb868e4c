import { differences, takeSnapshot, type Difference } from '../../tasks/identityDiff';
import type { ActionId } from '../../actions/catalog';
import { errorText } from '../../text/errors';
import { t } from '../../text/l10n';
import type { CommandDeps } from '../ui/deps';
import type { ActionSubject } from './subject';

/** Finds out afterwards what changed. */
export type Followed = () => Promise<readonly Difference[]>;

/** Looks at an identity before it is processed, to say afterwards what changed: an extra, without which the action goes on. */
export async function followOne(
  { log }: Pick<CommandDeps, 'log'>,
  action: ActionId,
  { client, person }: Pick<ActionSubject, 'client' | 'person'>,
  signal: AbortSignal,
): Promise<Followed | undefined> {
  if (action !== 'process' || signal.aborted) return undefined;
  try {
    const before = await takeSnapshot(client, person.id);
    return async () => differences(before, await takeSnapshot(client, person.id));
  } catch (error) {
    log.warn(errorText(error, t('The changes that processing makes to {0} will not be shown', person.name)));
    return undefined;
  }
}
