import { ApiError } from '../../api/errors';
import type { Tenant } from '../../tenants/tenant';
import { t } from '../../text/l10n';
import { tenantIdIn } from '../ui/arguments';
import { isRow } from '../../ui/rows';
import { type Node, tenantOf, type ListNode } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';
import { Cancelled, CommandError } from '../ui/report';
import { COMMANDS } from '../../ids';
import { tenantTexts } from '../../tenants/text';
import { plain, joined } from '../../text/plain';
import { pickOne } from '../ui/prompts';

/** The tenant of a target. @throws ApiError `notFound` when it was removed meanwhile. */
export function requireTenant({ store }: Pick<CommandDeps, 'store'>, tenantId: string): Tenant {
  const tenant = store.get(tenantId);
  if (!tenant) throw new ApiError('notFound', t('This tenant is no longer connected.'));
  return tenant;
}

const NODE_KINDS: ReadonlySet<string> = new Set<Node['kind']>([
  'tenant',
  'list',
  'group',
  'identity',
  'roleAssignment',
  'more',
  'error',
  'short',
  'empty',
]);

/** The tree row a menu or a row's own command handed over; undefined from the palette. */
export function asTreeNode(argument: unknown): Node | undefined {
  return isRow(argument) && NODE_KINDS.has(String((argument as Partial<Node>).kind)) ? (argument as Node) : undefined;
}

/** The tenant an argument names, or the one that is picked. @throws Cancelled when dismissed. */
export async function resolveTenant(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store'>,
  argument: unknown,
): Promise<Tenant> {
  const row = asTreeNode(argument);
  const id = row ? tenantOf(row).id : tenantIdIn(argument);
  if (id === undefined) return pickTenant(deps, deps.store.all());
  // A row or a message may outlive its tenant: another one must not be taken for it.
  const named = deps.store.get(id);
  if (!named)
    throw new CommandError(t('Nothing was done'), new ApiError('notFound', t('the tenant is no longer connected')));
  return named;
}

async function pickTenant(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  tenants: readonly Tenant[],
): Promise<Tenant> {
  if (tenants.length === 0) {
    const add = t('Add tenant');
    const demo = t('Try the demo tenant');
    const answer = await ui.showInformation(t('No tenant is connected yet.'), add, demo);
    if (answer === add) await workbench.runCommand(COMMANDS.addTenant);
    if (answer === demo) await workbench.runCommand(COMMANDS.tryDemo);
    throw new Cancelled();
  }
  return pickOne(
    ui,
    t('Which tenant?'),
    tenants.map((tenant) => ({
      label: plain(tenant.name),
      description: joined(tenantTexts(tenant), ' · '),
      value: tenant,
    })),
  );
}

/** The list a row is or stands in. */
export function asListNode(argument: unknown): ListNode | undefined {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return row;
  return row?.kind === 'more' ? row.parent : undefined;
}
