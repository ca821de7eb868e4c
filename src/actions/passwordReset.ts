import { formatNumber } from '../text/dates';
import { plural, t } from '../text/l10n';
import { joined } from '../text/plain';
import type { Action, ActionOptions } from './action';

/** Sends a password-reset mail (contract 2.4). */
export const passwordReset: Action = {
  operation: 'sendIdentityVerificationAccountToken',
  command: 'sendVerification',
  icon: 'key',
  place: 'menu',
  identitiesPerRequest: 1,
  asksAddress: true,
  mailsTo: ({ mail }) => (mail?.via.endsWith('PERSONAL') === true ? 'personalEmail' : 'emailAddress'),
  label: () => t('Send password reset email'),
  labelForSelected: () => t('Email password reset to selected identities'),
  phrase: (whom, tenant, options) =>
    isLink(options)
      ? t('send a password reset link to {0} in {1}', whom, tenant)
      : t('send a password reset email to {0} in {1}', whom, tenant),
  effect: ({ words, address }, options) => {
    const kind = passwordReset.mailsTo?.(options) === 'personalEmail' ? t('personal email') : t('work email');
    const where = address === undefined ? kind : t('{0} ({1})', kind, address ?? t('address unknown'));
    const sent = isLink(options)
      ? t('A password reset link is sent to the {0} of {1}.', where, words)
      : t('A password reset email is sent to the {0} of {1}.', where, words);
    const source = options.mail?.sourceName;
    return joined([
      sent,
      source ? t('It applies to the password on {0}.', source) : undefined,
      t('It is valid for 2 hours. Emails cannot be recalled.'),
    ]);
  },
  button: ({ count: n }) =>
    plural(n, { one: () => t('Send email'), other: () => t('Send {0} emails', formatNumber(n)) }),
  progress: () => t('sending password reset email'),
  accepted: ({ words }) => t('Password reset email to {0} sent; valid for 2 hours', words),
  planned: (options) => (isLink(options) ? t('link will be sent') : t('email will be sent')),
  done: (options) => (isLink(options) ? t('link sent') : t('email sent')),
  send: async (client, [id = ''], { mail = { via: 'EMAIL_WORK', sourceName: null } }, call) => ({
    answer: await client.identities.sendVerification(id, mail, call),
  }),
};

function isLink({ mail }: ActionOptions): boolean {
  return mail?.via.startsWith('LINK') === true;
}
