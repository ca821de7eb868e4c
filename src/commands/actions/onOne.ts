import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { OperationName } from '../../api/operations';
import type { IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import type { CommandDeps } from '../ui/deps';
import { t } from '../../text/l10n';
import { joined, plain, type PlainText } from '../../text/plain';
import { attempt } from '../ui/report';
import { inStatusBar } from '../ui/progress';
import { tenantIn } from '../tenants/pick';

/** Progress on the person's rows and in the status bar; what takes long shows a notification with a Cancel button. */
export function withProgress<T>(
  { tree }: CommandDeps,
  { tenantId, identity }: IdentityTarget,
  doing: PlainText,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return tree.whileBusy(tenantId, identity.id, doing, () => inStatusBar(t('{0}: {1}', identity.name, doing), run));
}

/** A person who is about to be acted on, as the service knows them now. */
export interface Acting {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly person: Identity;
  /** Names them as `person` does. */
  readonly target: IdentityTarget;
  /** Who they are, to tell namesakes apart, and that they were shown by another name, if so. */
  readonly who: PlainText;
}

/**
 * The way to every write about one person: the tenant takes changes, and the person is read anew by id, so that a question
 * names whom the write is about. What a page, a link or an old row calls them is not believed.
 *
 * @param failed what is said when it fails, with the name and the tenant's name
 */
export async function actOn(
  deps: CommandDeps,
  shown: IdentityTarget,
  {
    operation,
    failed,
  }: { readonly operation: OperationName; readonly failed: (name: string, tenant: string) => PlainText },
  run: (acting: Acting) => Promise<void>,
): Promise<void> {
  const { tenantId, identity } = shown;
  const tenant = tenantIn(deps, tenantId);
  const act = async (): Promise<void> => {
    refuseReadOnly(tenant, operation);
    const client = await deps.clients.for(tenantId);
    const person = await withProgress(deps, shown, t('reading'), (signal) =>
      client.identities.get(identity.id, { signal }),
    );
    await run({ tenant, client, person, target: { tenantId, identity: person }, who: whoWords(person, identity.name) });
  };
  await attempt(failed(identity.name, tenant.name), tenantId, act, shown);
}

function whoWords({ name, alias, emailAddress }: Identity, shownName: string): PlainText {
  const known = joined([plain(name), plain(alias ?? ''), plain(emailAddress ?? '')], ' · ');
  return shownName === name ? known : joined([known, t('(shown as {0} before)', shownName)]);
}

/** Sends a write about one person. Whatever comes of it, what is shown of them is read again. */
export async function writeAbout<T>(
  deps: CommandDeps,
  target: IdentityTarget,
  doing: PlainText,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await withProgress(deps, target, doing, run);
  } finally {
    deps.changes.fire({ kind: 'identity', tenantId: target.tenantId, identityId: target.identity.id });
  }
}

/**
 * Spares a person the questions before a write that the API module would refuse anyway.
 *
 * @throws ApiError `readOnly`
 */
export function refuseReadOnly(tenant: Tenant, operation: OperationName): void {
  if (!tenant.readOnly) return;
  throw new ApiError('readOnly', t('The tenant is read-only.'), { operation, sent: false });
}
