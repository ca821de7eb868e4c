import { formatNumber } from '../text/dates';
import { plural, t } from '../text/l10n';
import { joined } from '../text/plain';
import type { Action } from './action';

/** Invites unregistered identities by mail (contract 2.5). No maximum is documented: 250 keep small what a lost answer leaves unknown. */
export const invite: Action = {
  operation: 'startIdentitiesInvite',
  command: 'invite',
  icon: 'mail',
  place: 'bar',
  identitiesPerRequest: 250,
  startsTask: 'invite',
  mailsTo: () => 'emailAddress',
  label: () => t('Invite'),
  labelForSelected: () => t('Invite selected identities'),
  phrase: (whom, tenant) => t('invite {0} in {1}', whom, tenant),
  effect: ({ count: n, address }) =>
    joined([
      address
        ? t('1 email is sent to {0} (work email, unless the identity profile specifies otherwise).', address)
        : plural(n, {
            one: () => t('1 email is sent (to the work email, unless the identity profile specifies otherwise).'),
            other: () =>
              t(
                '{0} emails are sent (to the work email, unless the identity profile specifies otherwise).',
                formatNumber(n),
              ),
          }),
      t('Invitations are valid for 7 days. Emails cannot be recalled.'),
    ]),
  button: ({ count: n }) =>
    plural(n, { one: () => t('Send invitation'), other: () => t('Send {0} invitations', formatNumber(n)) }),
  progress: () => t('inviting'),
  accepted: ({ words, address }, tenant) =>
    t('Invitation of {0} ({1}) started in {2}; tracked in Tasks', words, address ?? '', tenant),
  planned: () => t('will be invited'),
  done: () => t('invited'),
  skip: ({ identityStatus }) =>
    identityStatus && identityStatus !== 'UNREGISTERED' ? { reason: 'registered', note: identityStatus } : null,
  send: async (client, ids, _options, call) => ({ taskId: (await client.identities.invite(ids, call)).id }),
};
