import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { differences, takeSnapshot, type Snapshot } from '../../tasks/identityDiff';
import { startedTask } from '../../tasks/task';
import { sentence } from '../../text/errors';
import { identityState } from '../../text/state';
import { actOn, writeAbout } from './onOne';
import { say } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { confirm } from '../ui/prompts';
import { identityFrom } from '../identities/targets';
import { paragraphs } from '../../text/plain';
import { t } from '../../text/l10n';

const PROCESS = {
  operation: 'startIdentityProcessing',
  failed: (name: string, tenant: string) => t('Could not process {0} in {1}', name, tenant),
} as const;
const INVITE = {
  operation: 'startIdentitiesInvite',
  failed: (name: string, tenant: string) => t('Could not invite {0} in {1}', name, tenant),
} as const;
const RESET = {
  operation: 'resetIdentity',
  failed: (name: string, tenant: string) => t('Could not reset {0} in {1}', name, tenant),
} as const;

/** Has the service calculate one person anew, after saying what that does. */
export async function processIdentity(deps: CommandDeps, argument: unknown): Promise<void> {
  await actOn(deps, await identityFrom(deps, argument), PROCESS, async ({ tenant, client, person, target, who }) => {
    await confirm(
      t('Process {0} in {1}?', person.name, tenant.name),
      paragraphs([
        who,
        t(
          'ISC calculates attributes, lifecycle state, roles and access of {0} from the accounts, and provisions what changes. It does this by itself at 08:00 and 20:00 and after events; this is for single people, not to refresh a whole tenant.',
          person.name,
        ),
      ]),
      t('Process {0}', person.name),
    );
    const [before, started] = await writeAbout(deps, target, t('starting to process'), async (signal) => [
      await snapshotBefore(deps, client, person),
      await client.identities.process([person.id], { signal }),
    ]);
    for (const { id } of started) {
      deps.tasks.follow(
        startedTask(tenant.id, 'process', id, [person]),
        before && (async () => differences(before, await takeSnapshot(client, person.id))),
      );
    }
    say(t('Processing of {0} started by {1}; followed in Tasks', person.name, tenant.name));
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
  await actOn(deps, await identityFrom(deps, argument), INVITE, async ({ tenant, client, person, target, who }) => {
    const address = invitable(person);
    await confirm(
      t('Invite {0} in {1}?', person.name, tenant.name),
      paragraphs([
        who,
        t(
          '1 e-mail is sent to {0} (work e-mail, unless the identity profile says otherwise). The invitation is valid for 7 days.',
          address,
        ),
      ]),
      t('Send invitation'),
    );
    const { id } = await writeAbout(deps, target, t('inviting'), (signal) =>
      client.identities.invite([person.id], { signal }),
    );
    deps.tasks.follow(startedTask(tenant.id, 'invite', id, [person]));
    say(t('Invitation of {0} to {1} started by {2}; followed in Tasks', person.name, address, tenant.name));
  });
}

/** Where the invitation goes. @throws ApiError `refused` for whom the service would skip. */
function invitable(person: Identity): string {
  const { name, identityStatus, emailAddress } = person;
  if (identityStatus && identityStatus !== 'UNREGISTERED') {
    // The same word as on the row.
    const { word } = identityState(person);
    throw new ApiError('refused', t('{0} is {1}, and ISC invites unregistered people only', name, word));
  }
  if (!emailAddress) throw new ApiError('refused', t('{0} has no work e-mail address', name));
  return emailAddress;
}

/** De-registers one person, after saying what is lost. */
export async function reset(deps: CommandDeps, argument: unknown): Promise<void> {
  await actOn(deps, await identityFrom(deps, argument), RESET, async ({ tenant, client, person, target, who }) => {
    await confirm(
      t('Reset {0} in {1}?', person.name, tenant.name),
      paragraphs([
        who,
        t(
          '{0} is de-registered, loses the answers to security questions and any elevated user level, and must register again. This cannot be undone.',
          person.name,
        ),
      ]),
      t('Reset {0}', person.name),
    );
    await writeAbout(deps, target, t('resetting'), (signal) => client.identities.reset(person.id, { signal }));
    say(t('Reset of {0} accepted by {1}', person.name, tenant.name));
  });
}
