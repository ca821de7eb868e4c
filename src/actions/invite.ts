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
  phrase: (whom, tenant) => t('invite {0} in {1}', whom, tenant),
  effect: ({ count: n, address }) =>
    joined([
      address
        ? t('1 e-mail is sent to {0} (work e-mail, unless the identity profile says otherwise).', address)
        : plural(n, {
            one: () => t('1 e-mail is sent (to the work e-mail, unless the identity profile says otherwise).'),
            other: () =>
              t(
                '{0} e-mails are sent (to the work e-mail, unless the identity profile says otherwise).',
                formatNumber(n),
              ),
          }),
      t('An invitation is valid for 7 days. A mail cannot be called back.'),
    ]),
  button: ({ count: n }) =>
    plural(n, { one: () => t('Send invitation'), other: () => t('Send {0} invitations', formatNumber(n)) }),
  progress: () => t('inviting'),
  accepted: ({ words, address }, tenant) =>
    t('Invitation of {0} to {1} started by {2}; followed in Tasks', words, address ?? '', tenant),
  planned: () => t('will be invited'),
  done: () => t('invited'),
  skip: ({ identityStatus }) =>
    identityStatus && identityStatus !== 'UNREGISTERED' ? { reason: 'registered', note: identityStatus } : null,
  send: async (client, ids, _options, call) => ({ taskId: (await client.identities.invite(ids, call)).id }),
};
