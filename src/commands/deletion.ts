import type { Client } from '../api/client';
import { ApiError } from '../api/errors';
import { mayHaveHappened } from '../api/outcome';
import type { IdentityTarget } from '../ids';
import { ownedWords } from '../words/owned';
import { refuseReadOnly, say, tenantIn, withProgress } from './acting';
import type { CommandDeps } from './deps';
import { confirm, confirmByTyping } from './prompt';
import { attempt, Failure } from './report';
import { identityFrom } from './targets';
import { t } from '../words/text';

/** Deletes one person who owns nothing, after saying what is lost; in production her name is typed. */
export async function deleteIdentity(deps: CommandDeps, argument: unknown): Promise<void> {
  const target = await identityFrom(deps, argument);
  const { tenantId, identity } = target;
  const tenant = tenantIn(deps, tenantId);
  const what = t('Could not delete {0} from {1}', identity.name, tenant.name);
  const run = async (): Promise<void> => {
    refuseReadOnly(tenant, 'deleteIdentity');
    const client = await deps.clients.for(tenantId);
    await refuseOwner(deps, client, target);
    await confirm(
      t('Delete {0} from {1}?', identity.name, tenant.name),
      t(
        'The identity is removed from ISC with its access and history. {0} owns nothing that blocks it (checked just now). While an authoritative source has an account of {0}, its next aggregation may create the identity again. This cannot be undone.',
        identity.name,
      ),
      t('Delete {0}', identity.name),
    );
    if (tenant.environment === 'production' && tenant.kind !== 'demo') {
      const title = t('Delete {0} from {1}', identity.name, tenant.name);
      await confirmByTyping(title, identity.name, t('{0} is a production tenant.', tenant.name));
    }
    await withProgress(deps, target, t('deleting'), (signal) => removed(client, identity.id, signal));
    deps.changes.fire({ kind: 'deleted', tenantId, identityId: identity.id });
    say(t('{0} deleted from {1}', identity.name, tenant.name));
  };
  await attempt(what, tenantId, run, target);
}

/** @throws Failure that leads to what the person owns, when that blocks the deletion. */
async function refuseOwner(deps: CommandDeps, client: Client, target: IdentityTarget): Promise<void> {
  const { tenantId, identity } = target;
  const associations = await attempt(t('Could not check what {0} owns', identity.name), tenantId, () =>
    withProgress(deps, target, t('checking what is owned'), (signal) =>
      client.identities.ownership(identity.id, { signal }),
    ),
  );
  const owned = ownedWords(associations);
  if (owned === '') return;
  const refusal = new ApiError('refused', owned, { operation: 'deleteIdentity', associations, sent: false });
  throw new Failure(t('{0} cannot be deleted', identity.name), refusal, tenantId, target);
}

/** Deletes, and where no clear answer came looks whether the person is gone instead of sending it again. */
async function removed(client: Client, id: string, signal: AbortSignal): Promise<void> {
  try {
    await client.identities.delete(id, { signal });
  } catch (error) {
    if (!mayHaveHappened(error) || !(await isGone(client, id))) throw error;
  }
}

async function isGone(client: Client, id: string): Promise<boolean> {
  try {
    await client.identities.get(id);
    return false;
  } catch (error) {
    return ApiError.is(error, 'notFound');
  }
}
