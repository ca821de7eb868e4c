import { plural, t } from '../text/l10n';
import type { Action } from './action';

/** De-registers identities (contract 2.7). */
export const reset: Action = {
  operation: 'resetIdentity',
  command: 'reset',
  icon: 'discard',
  place: 'menu',
  identitiesPerRequest: 1,
  undoable: false,
  label: () => t('Reset'),
  labelForSelected: () => t('Reset selected identities'),
  phrase: (whom, tenant) => t('reset {0} in {1}', whom, tenant),
  effect: ({ count: n, words }) =>
    plural(n, {
      one: () =>
        t(
          '{0} is de-registered, loses security question answers and any elevated user level, and must register again. This cannot be undone.',
          words,
        ),
      other: () =>
        t(
          '{0} are de-registered, lose their security question answers and any elevated user level, and must register again. This cannot be undone.',
          words,
        ),
    }),
  button: ({ words }) => t('Reset {0}', words),
  progress: () => t('resetting'),
  accepted: ({ words }, tenant) => t('Reset of {0} accepted by {1}', words, tenant),
  planned: () => t('will be reset'),
  done: () => t('reset accepted'),
  send: async (client, [id = ''], _options, call) => {
    await client.identities.reset(id, call);
    return {};
  },
};
