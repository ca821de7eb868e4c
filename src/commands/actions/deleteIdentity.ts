import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { and, equals, filterText } from '../../api/filter';
import { mayHaveHappened } from '../../api/uncertainty';
import type { IdentityTarget } from '../../ids';
import { ownedWords } from '../../text/ownership';
import { actOn, withProgress } from './onOne';
import { say } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { confirm, confirmByTyping } from '../ui/prompts';
import { attempt, Failure } from '../ui/report';
import { identityFrom } from '../identities/targets';
import { paragraphs } from '../../text/plain';
import { t } from '../../text/l10n';

const DELETE = {
  operation: 'deleteIdentity',
  failed: (name: string, tenant: string) => t('Could not delete {0} from {1}', name, tenant),
} as const;

/** Deletes one person whom nothing protects, after saying what is lost; in production the name is typed. */
export async function deleteIdentity(deps: CommandDeps, argument: unknown): Promise<void> {
  await actOn(deps, await identityFrom(deps, argument), DELETE, async ({ tenant, client, person, target, who }) => {
    const { name, id } = person;
    await refuseProtected(deps, client, target);
    await refuseOwner(deps, client, target);
    await confirm(
      t('Delete {0} from {1}?', name, tenant.name),
      paragraphs([
        who,
        t(
          'The identity is removed from ISC with its access and history. {0} is not protected and owns nothing that blocks it (checked just now). While an authoritative source has an account of {0}, its next aggregation may create the identity again. This cannot be undone.',
          name,
        ),
      ]),
      t('Delete {0}', name),
    );
    if (tenant.environment === 'production' && tenant.kind !== 'demo') {
      await confirmByTyping(
        t('Delete {0} from {1}', name, tenant.name),
        name,
        t("{0} is a production tenant. Type the person's name to delete them: {1}", tenant.name, name),
      );
    }
    const how = await withProgress(deps, target, t('deleting'), (signal) => removed(client, id, signal));
    deps.changes.fire({ kind: 'deleted', tenantId: tenant.id, identityId: id });
    say(
      how === 'deleted'
        ? t('{0} deleted from {1}', name, tenant.name)
        : t('{0} is not in {1} any more: somebody else deleted the identity', name, tenant.name),
    );
  });
}

/** @throws ApiError `refused` for whom the service would refuse; it has no field that says so, but a filter (contract 2.9). */
async function refuseProtected(deps: CommandDeps, client: Client, target: IdentityTarget): Promise<void> {
  const { id, name } = target.identity;
  const filters = filterText(and(equals('id', id), equals('protected', true)));
  const { items } = await withProgress(deps, target, t('checking whether it is protected'), (signal) =>
    client.identities.list({ filters, defaultFilter: 'NONE', limit: 1 }, { signal }),
  );
  if (items.length > 0) {
    throw new ApiError('refused', t('{0} is protected', name), { operation: 'deleteIdentity', sent: false });
  }
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
async function removed(client: Client, id: string, signal: AbortSignal): Promise<'deleted' | 'gone'> {
  try {
    await client.identities.delete(id, { signal });
    return 'deleted';
  } catch (error) {
    // Gone is what was wanted, whoever did it.
    if (ApiError.is(error, 'notFound') && error.details.status === 404) return 'gone';
    if (!mayHaveHappened(error) || !(await isGone(client, id))) throw error;
    return 'deleted';
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
