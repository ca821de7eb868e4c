import * as vscode from 'vscode';
import type { RoleAssignmentRef } from '../api/roleAssignments';
import type { IdentityTarget } from '../ids';
import { day } from '../words/dates';
import { say, sayNothingDone, withProgress } from './acting';
import type { CommandDeps } from './deps';
import { attempt, Cancelled } from './report';
import { pickOne } from './prompt';
import { identityFrom, rowOf } from './targets';

const t = vscode.l10n.t;

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
    if (assignments.length === 0) {
      void vscode.window.showInformationMessage(t('{0} has no role assignments.', identity.name));
      throw new Cancelled();
    }
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
  const tenant = deps.store.get(tenantId)?.name ?? tenantId;
  await attempt(t('Could not synchronize the attributes of {0} in {1}', identity.name, tenant), tenantId, async () => {
    const job = await withProgress(deps, target, t('synchronizing attributes'), async (signal) => {
      const client = await deps.clients.for(tenantId);
      return client.identities.synchronize(identity.id, { signal });
    });
    say(t('Attribute synchronization of {0} accepted by {1}, job {2}', identity.name, tenant, job.id));
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
    else sayNothingDone(t('{0} has no e-mail address', identity.name));
  });
}

async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  say(said);
}

/** Opens the panel of a person at what she owns: what stands in the way of her deletion. */
export async function showOwned(deps: CommandDeps, argument: unknown): Promise<void> {
  deps.panels.openIdentity(await identityFrom(deps, argument), { tab: 'owns' });
}
