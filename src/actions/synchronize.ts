import { t } from '../text/l10n';
import type { Action } from './action';

/** Has the service write the attributes of an identity to its accounts (contract 2.8). */
export const synchronize: Action = {
  operation: 'synchronizeAttributesForIdentity',
  command: 'synchronizeAttributes',
  icon: 'sync',
  place: 'bar',
  identitiesPerRequest: 1,
  asksNothing: true,
  label: () => t('Synchronize attributes'),
  labelForSelected: () => t('Synchronize selected identities'),
  phrase: (whom, tenant) => t('synchronize attributes of {0} in {1}', whom, tenant),
  effect: ({ words }) =>
    t(
      'ISC writes the identity attributes of {0} to their accounts on the sources that accept them. The values there are overwritten.',
      words,
    ),
  button: ({ words }) => t('Synchronize {0}', words),
  progress: () => t('synchronizing attributes'),
  accepted: ({ words }, tenant, { jobId = '' }) =>
    t('Attribute synchronization of {0} accepted by {1} (job {2})', words, tenant, jobId),
  planned: () => t('will be synchronized'),
  done: () => t('synchronization accepted'),
  send: async (client, [id = ''], _options, call) => ({ jobId: (await client.identities.synchronize(id, call)).id }),
};
