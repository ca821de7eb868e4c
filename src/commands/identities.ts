import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import type { RoleAssignmentRef } from '../api/roleAssignments';
import type { IdentityTarget } from '../ids';
import { day } from '../words/dates';
import type { CommandDeps } from './deps';
import { attempt } from './report';
import { pickOne } from './prompt';
import { identityFrom, rowOf } from './targets';

const t = vscode.l10n.t;

/** How long a sentence about a finished action stays in the status bar, in milliseconds. */
const SHOWN_FOR = 15_000;

export async function openIdentity(deps: CommandDeps, argument: unknown): Promise<void> {
  deps.panels.openIdentity(await identityFrom(deps, argument));
}

/** Opens "Why?" for a role assignment; from the palette person and role are asked for. */
export async function explainAssignment(deps: CommandDeps, argument: unknown): Promise<void> {
  const row = rowOf(argument);
  const target = await identityFrom(deps, row?.kind === 'roleAssignment' ? row.parent : argument);
  const { id, role } = row?.kind === 'roleAssignment' ? row.assignment : await pickAssignment(deps, target);
  deps.panels.openRoleAssignment({ ...target, assignment: { id, role: role.name ?? role.id } });
}

function pickAssignment({ clients }: CommandDeps, { tenantId, identity }: IdentityTarget): Promise<RoleAssignmentRef> {
  return attempt(t('Could not load the role assignments of {0}', identity.name), tenantId, async () => {
    const client = await clients.for(tenantId);
    const assignments = await client.roleAssignments.list(identity.id);
    if (assignments.length === 0) throw new ApiError('notFound', t('{0} has no role assignments', identity.name));
    return pickOne(
      t('Which role of {0}?', identity.name),
      assignments.map((value) => ({
        label: value.role.name ?? value.role.id,
        description: day(value.addedDate),
        value,
      })),
    );
  });
}

export async function synchronize(deps: CommandDeps, argument: unknown): Promise<void> {
  const target = await identityFrom(deps, argument);
  const { tenantId, identity } = target;
  const tenant = tenantName(deps, tenantId);
  await attempt(t('Could not synchronize the attributes of {0} in {1}', identity.name, tenant), tenantId, async () => {
    const job = await withProgress(deps, target, t('synchronizing attributes'), async (signal) => {
      const client = await deps.clients.for(tenantId);
      return client.identities.synchronize(identity.id, { signal });
    });
    vscode.window.setStatusBarMessage(
      t('$(check) Attribute synchronization of {0} accepted by {1}, job {2}', identity.name, tenant, job.id),
      SHOWN_FOR,
    );
  });
  deps.changes.fire({ kind: 'identity', tenantId, identityId: identity.id });
}

export async function copyId(deps: CommandDeps, argument: unknown): Promise<void> {
  const { identity } = await identityFrom(deps, argument);
  await copy(identity.id, t('Id of {0} copied', identity.name));
}

export async function copyEmail(deps: CommandDeps, argument: unknown): Promise<void> {
  const { tenantId, identity } = await identityFrom(deps, argument);
  await attempt(t('Could not read the e-mail address of {0}', identity.name), tenantId, async () => {
    const client = await deps.clients.for(tenantId);
    const { emailAddress } = await client.identities.get(identity.id);
    if (emailAddress) await copy(emailAddress, t('E-mail address of {0} copied', identity.name));
    else vscode.window.setStatusBarMessage(t('{0} has no e-mail address', identity.name), SHOWN_FOR);
  });
}

async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${said}`, SHOWN_FOR);
}

/** Progress on the person's rows and in the status bar. */
function withProgress<T>(
  { tree }: CommandDeps,
  { tenantId, identity }: IdentityTarget,
  doing: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  return tree.whileBusy(tenantId, identity.id, doing, () =>
    Promise.resolve(
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `${identity.name}: ${doing}`, cancellable: true },
        (_progress, token) => {
          token.onCancellationRequested(() => abort.abort());
          return run(abort.signal);
        },
      ),
    ),
  );
}

function tenantName({ store }: CommandDeps, tenantId: string): string {
  return store.get(tenantId)?.name ?? tenantId;
}
