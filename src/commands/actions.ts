import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import { differences, takeSnapshot, type Snapshot } from '../tasks/difference';
import { startedTask } from '../tasks/task';
import { sentence } from '../words/errors';
import { statusWord } from '../words/state';
import { refuseReadOnly, say, tenantIn, withProgress, writeAbout } from './acting';
import type { CommandDeps } from './deps';
import { confirm } from './prompt';
import { attempt } from './report';
import { identityFrom } from './targets';
import { t } from '../words/text';

/** Has the service calculate one person anew, after saying what that does. */
export async function processIdentity(deps: CommandDeps, argument: unknown): Promise<void> {
  const target = await identityFrom(deps, argument);
  const { tenantId, identity } = target;
  const tenant = tenantIn(deps, tenantId);
  await attempt(t('Could not process {0} in {1}', identity.name, tenant.name), tenantId, async () => {
    refuseReadOnly(tenant, 'startIdentityProcessing');
    await confirm(
      t('Process {0} in {1}?', identity.name, tenant.name),
      t(
        'ISC calculates attributes, lifecycle state, roles and access of {0} from the accounts, and provisions what changes. It does this by itself at 08:00 and 20:00 and after events; this is for single people, not to refresh a whole tenant.',
        identity.name,
      ),
      t('Process {0}', identity.name),
    );
    const client = await deps.clients.for(tenantId);
    const [before, started] = await writeAbout(deps, target, t('starting to process'), async (signal) => [
      await snapshotBefore(deps, client, identity),
      await client.identities.process([identity.id], { signal }),
    ]);
    for (const { id } of started) {
      deps.tasks.follow(
        startedTask(tenantId, 'process', id, [identity]),
        before && (async () => differences(before, await takeSnapshot(client, identity.id))),
      );
    }
    say(t('Processing of {0} started by {1}; followed in Tasks', identity.name, tenant.name));
  });
}

/** To say afterwards what changed: an extra, without which the action goes on. */
async function snapshotBefore(
  { log }: CommandDeps,
  client: Client,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Snapshot | undefined> {
  try {
    return await takeSnapshot(client, id);
  } catch (error) {
    log.warn(sentence(error, t('What processing changes on {0} will not be shown', name)));
    return undefined;
  }
}

/** Invites one unregistered person by mail, after saying to which address. */
export async function invite(deps: CommandDeps, argument: unknown): Promise<void> {
  const target = await identityFrom(deps, argument);
  const { tenantId, identity } = target;
  const tenant = tenantIn(deps, tenantId);
  await attempt(t('Could not invite {0} in {1}', identity.name, tenant.name), tenantId, async () => {
    refuseReadOnly(tenant, 'startIdentitiesInvite');
    const client = await deps.clients.for(tenantId);
    const present = await withProgress(deps, target, t('reading'), (signal) =>
      client.identities.get(identity.id, { signal }),
    );
    const address = invitable(present);
    await confirm(
      t('Invite {0} in {1}?', present.name, tenant.name),
      t(
        '1 e-mail is sent to {0} (work e-mail, unless the identity profile says otherwise). The invitation is valid for 7 days.',
        address,
      ),
      t('Send invitation'),
    );
    const { id } = await writeAbout(deps, target, t('inviting'), (signal) =>
      client.identities.invite([identity.id], { signal }),
    );
    deps.tasks.follow(startedTask(tenantId, 'invite', id, [identity]));
    say(t('Invitation of {0} to {1} started by {2}; followed in Tasks', present.name, address, tenant.name));
  });
}

/** Where the invitation goes. @throws ApiError `refused` for whom the service would skip. */
function invitable({ name, identityStatus, emailAddress }: Identity): string {
  if (identityStatus && identityStatus !== 'UNREGISTERED') {
    const { word } = statusWord(identityStatus);
    throw new ApiError('refused', t('{0} is {1}, and ISC invites unregistered people only', name, word));
  }
  if (!emailAddress) throw new ApiError('refused', t('{0} has no work e-mail address', name));
  return emailAddress;
}

/** De-registers one person, after saying what is lost. */
export async function reset(deps: CommandDeps, argument: unknown): Promise<void> {
  const target = await identityFrom(deps, argument);
  const { tenantId, identity } = target;
  const tenant = tenantIn(deps, tenantId);
  await attempt(t('Could not reset {0} in {1}', identity.name, tenant.name), tenantId, async () => {
    refuseReadOnly(tenant, 'resetIdentity');
    await confirm(
      t('Reset {0} in {1}?', identity.name, tenant.name),
      t(
        '{0} is de-registered, loses the answers to security questions and any elevated user level, and must register again. This cannot be undone.',
        identity.name,
      ),
      t('Reset {0}', identity.name),
    );
    const client = await deps.clients.for(tenantId);
    await writeAbout(deps, target, t('resetting'), (signal) => client.identities.reset(identity.id, { signal }));
    say(t('Reset of {0} accepted by {1}', identity.name, tenant.name));
  });
}
