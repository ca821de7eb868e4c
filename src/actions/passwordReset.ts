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
  label: () => t('Send password-reset mail'),
  phrase: (whom, tenant, options) =>
    isLink(options)
      ? t('send a password-reset link to {0} in {1}', whom, tenant)
      : t('send a password-reset mail to {0} in {1}', whom, tenant),
  effect: ({ words, address }, options) => {
    const kind = passwordReset.mailsTo?.(options) === 'personalEmail' ? t('personal e-mail') : t('work e-mail');
    const where = address === undefined ? kind : t('{0} ({1})', kind, address ?? t('address not known here'));
    const sent = isLink(options)
      ? t('A password-reset link is sent to the {0} of {1}.', where, words)
      : t('A password-reset mail is sent to the {0} of {1}.', where, words);
    const source = options.mail?.sourceName;
    return joined([
      sent,
      source ? t('It is for the password on {0}.', source) : undefined,
      t('It is valid for 2 hours. A mail cannot be called back.'),
    ]);
  },
  button: ({ count: n }) => plural(n, { one: () => t('Send mail'), other: () => t('Send {0} mails', formatNumber(n)) }),
  progress: () => t('sending a password-reset mail'),
  accepted: ({ words }) => t('Password-reset mail to {0} sent; valid for 2 hours', words),
  planned: (options) => (isLink(options) ? t('link will be sent') : t('mail will be sent')),
  done: (options) => (isLink(options) ? t('link sent') : t('mail sent')),
  send: async (client, [id = ''], { mail = { via: 'EMAIL_WORK', sourceName: null } }, call) => ({
    answer: await client.identities.sendVerification(id, mail, call),
  }),
};

function isLink({ mail }: ActionOptions): boolean {
  return mail?.via.startsWith('LINK') === true;
}
