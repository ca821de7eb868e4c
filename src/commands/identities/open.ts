import type { RoleAssignmentRef } from '../../api/roleAssignments';
import type { IdentityTarget } from '../../ids';
import { formatDate } from '../../text/dates';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext, Cancelled } from '../ui/report';
import { pickOne } from '../ui/prompts';
import { confirmOpeningMany, resolveIdentity, resolveSelection, type TargetDeps } from './targets';
import { asTreeNode } from '../tenants/pick';
import { t } from '../../text/l10n';
import { plain } from '../../text/plain';

/** Opens the panel of a person, or of each who is selected; the last one gets the focus. */
export async function openIdentity(
  deps: TargetDeps & Pick<CommandDeps, 'panels'>,
  argument: unknown,
  selected?: unknown,
): Promise<void> {
  const people = await resolveSelection(deps, argument, selected);
  await confirmOpeningMany(deps, people);
  for (const target of people) deps.panels.openIdentity(target);
}

/** Opens "Why?" for a role assignment; from the palette person and role are asked for. */
export async function explainAssignment(
  deps: TargetDeps & Pick<CommandDeps, 'panels'>,
  argument: unknown,
): Promise<void> {
  const row = asTreeNode(argument);
  const target = await resolveIdentity(deps, argument);
  const { id, role } = row?.kind === 'roleAssignment' ? row.assignment : await pickAssignment(deps, target);
  deps.panels.openRoleAssignment({ ...target, assignment: { id, role: role.name ?? role.id } });
}

function pickAssignment(
  { ui, clients }: Pick<CommandDeps, 'ui' | 'clients'>,
  { tenantId, identity }: IdentityTarget,
): Promise<RoleAssignmentRef> {
  return withErrorContext(t('Could not load the role assignments of {0}', identity.name), tenantId, async () => {
    const client = await clients.for(tenantId);
    const assignments = await client.roleAssignments.list(identity.id);
    if (assignments.length === 0) {
      void ui.showInformation(t('{0} has no role assignments.', identity.name));
      throw new Cancelled();
    }
    return pickOne(
      ui,
      t('Which role assignment of {0}?', identity.name),
      assignments.map((value) => ({
        label: plain(value.role.name ?? value.role.id),
        description: formatDate(value.addedDate),
        value,
      })),
    );
  });
}

/** Opens the panel of a person at what they own: what stands in the way of deleting them. */
export async function showOwned(deps: TargetDeps & Pick<CommandDeps, 'panels'>, argument: unknown): Promise<void> {
  deps.panels.openIdentity(await resolveIdentity(deps, argument), { tab: 'owns' });
}
