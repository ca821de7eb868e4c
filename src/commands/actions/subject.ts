import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { OperationName } from '../../api/operations';
import type { IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { inStatusBar } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';

/** Whom an action is about, as the service knows them now, and in which tenant. */
export interface ActionSubject {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly person: Identity;
  /** Names them as `person` does. */
  readonly target: IdentityTarget;
  /** Who they are, to tell namesakes apart, and that they were shown by another name, if so. */
  readonly who: PlainText;
}

/** Progress on the person's rows and in the status bar; what takes long shows a notification with a Cancel button. */
export function withProgress<T>(
  { tree, ui }: Pick<CommandDeps, 'tree' | 'ui'>,
  { tenantId, identity }: IdentityTarget,
  doing: PlainText,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return tree.whileBusy(tenantId, identity.id, doing, () => inStatusBar(ui, t('{0}: {1}', identity.name, doing), run));
}

/**
 * Spares a person the questions before a write that the API module would refuse anyway.
 *
 * @throws ApiError `readOnly`
 */
export function assertWritable(tenant: Tenant, operation: OperationName): void {
  if (!tenant.readOnly) return;
  throw new ApiError('readOnly', t('The tenant is read-only.'), { operation, sent: false });
}
