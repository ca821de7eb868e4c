import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { equals, filterText } from '../../api/filter';
import { startedForEverybody } from '../../tasks/task';
import { formatNumber } from '../../text/dates';
import { environmentText } from '../../tenants/text';
import { assertWritable } from './subject';
import { inStatusBar, showStatus, showNothingDone } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { confirm, confirmByTypingNumber } from '../ui/prompts';
import { withErrorContext } from '../ui/report';
import { resolveTenant } from '../tenants/pick';
import { plural, t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';

/** The service invites at most so many at once (contract 2.5). */
const AT_ONCE = 1_000;

/**
 * Has the service invite everybody who is unregistered. It chooses whom, so nobody can be left out: they are counted
 * before, and their number is typed.
 */
export async function inviteAllUnregistered(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'tasks'>,
  argument: unknown,
): Promise<void> {
  const { ui } = deps;
  const tenant = await resolveTenant(deps, argument);
  await withErrorContext(t('Could not invite all unregistered identities in {0}', tenant.name), tenant.id, async () => {
    assertWritable(tenant, 'startIdentitiesInvite');
    const client = await deps.clients.for(tenant.id);
    const unregistered = await inStatusBar(ui, t('{0}: counting unregistered identities', tenant.name), (signal) =>
      countUnregistered(client, signal),
    );
    if (unregistered === 0) {
      showNothingDone(ui, t('{0} has no unregistered identities to invite', tenant.name));
      return;
    }
    const invited = Math.min(unregistered, AT_ONCE);
    await confirm(
      ui,
      question(unregistered, t('{0} ({1})', tenant.name, environmentText(tenant))),
      t(
        'Each identity is sent an email at the work address (unless the identity profile specifies otherwise). ISC selects the identities when the invitation starts, at most {0} at a time; you cannot exclude any. Emails cannot be recalled. Invitations are valid for 7 days.',
        formatNumber(AT_ONCE),
      ),
      plural(invited, {
        one: () => t('Send invitation'),
        other: () => t('Send {0} invitations', formatNumber(invited)),
      }),
    );
    const title = t('Invite all unregistered identities in {0}', tenant.name);
    const prompt = plural(invited, {
      one: () => t('1 email is sent. To confirm, type the number: 1'),
      other: () => t('{0} emails are sent. To confirm, type the number: {1}', formatNumber(invited), String(invited)),
    });
    await confirmByTypingNumber(ui, title, invited, prompt);
    const { id } = await inStatusBar(ui, t('{0}: inviting', tenant.name), (signal) =>
      client.identities.inviteAllUnregistered({ signal }),
    );
    deps.tasks.follow(startedForEverybody(tenant.id, id, invited));
    showStatus(ui, t('Invitation of all unregistered identities started in {0}; tracked in Tasks', tenant.name));
  });
}

/** Correlated people only, as the list Unregistered shows them; one request. */
async function countUnregistered({ identities }: Client, signal: AbortSignal): Promise<number> {
  const filters = filterText(equals('cloudStatus', 'UNREGISTERED'));
  const { total } = await identities.list({ filters, limit: 1, count: true }, { signal });
  if (total === undefined) {
    throw new ApiError('badAnswer', t('ISC did not report how many identities are unregistered'), {
      operation: 'listIdentities',
    });
  }
  return total;
}

function question(unregistered: number, tenant: string): PlainText {
  if (unregistered > AT_ONCE) {
    return t(
      'Invite {0} of the {1} unregistered identities in {2}?',
      formatNumber(AT_ONCE),
      formatNumber(unregistered),
      tenant,
    );
  }
  return plural(unregistered, {
    one: () => t('Invite the 1 unregistered identity in {0}?', tenant),
    other: () => t('Invite all {0} unregistered identities in {1}?', formatNumber(unregistered), tenant),
  });
}
