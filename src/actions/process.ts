import { t } from '../text/l10n';
import type { Action } from './action';

/** Has the service calculate identities anew (contract 2.6). */
export const process: Action = {
  operation: 'startIdentityProcessing',
  command: 'process',
  icon: 'gear',
  place: 'bar',
  identitiesPerRequest: 250,
  startsTask: 'process',
  label: () => t('Process'),
  labelForSelected: () => t('Process selected identities'),
  phrase: (whom, tenant) => t('process {0} in {1}', whom, tenant),
  effect: ({ words }) =>
    t(
      'ISC recalculates the attributes, lifecycle state, roles and access of {0} from their accounts and provisions what changes. ISC also does this automatically at 08:00 and 20:00 tenant time and after events; do not use Process to refresh a whole tenant.',
      words,
    ),
  button: ({ words }) => t('Process {0}', words),
  progress: () => t('starting processing'),
  accepted: ({ words }, tenant) => t('Processing of {0} started in {1}; tracked in Tasks', words, tenant),
  planned: () => t('will be processed'),
  done: () => t('processed'),
  send: async (client, ids, _options, call) => {
    const [task] = await client.identities.process(ids, call);
    return task ? { taskId: task.id } : {};
  },
};
