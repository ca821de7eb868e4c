import { ApiError } from '../../api/errors';
import type { Tenant } from '../../tenants/tenant';
import { t } from '../../text/l10n';
import { isGiven, tenantIdIn } from '../ui/arguments';
import { showNothingDone } from '../ui/progress';
import { isRow } from '../../ui/rows';
import { type Node, tenantOf, type ListNode } from '../../tree/nodes';
import type { CommandDeps } from '../ui/deps';
import { Cancelled, CommandError } from '../ui/report';
import { COMMANDS } from '../../ids';
import { tenantTexts } from '../../tenants/text';
import { plain, joined, type PlainText } from '../../text/plain';
import { choiceStep, pickOne, step, type Choice, type Step } from '../ui/prompts';

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

/** Asks for one of these tenants; a single one is taken. @throws Cancelled when dismissed */
async function pickTenant(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store'>,
  tenants: readonly Tenant[],
): Promise<Tenant> {
  if (deps.store.all().length === 0) return offerFirst(deps);
  return pickOne(deps.ui, t('Which tenant?'), tenants.map(tenantChoice));
}

/** The same as a question among others: passed over where there is but one, and that one is on the form. */
export function tenantStep(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store'>,
  title: () => PlainText,
  form: { tenant?: Tenant | undefined },
): Step {
  const { store, ui } = deps;
  return step<Tenant>({
    skip: () => form.tenant !== undefined && store.all().length === 1,
    ask: (place) =>
      store.all().length === 0
        ? offerFirst(deps)
        : choiceStep(ui, { ...place, title: title() }, t('Which tenant?'), store.all().map(tenantChoice), form.tenant),
    keep: (tenant) => {
      form.tenant = tenant;
    },
  });
}

/** The only tenant; of several the one that has the focus. */
export function likelyTenant({ store, focus }: Pick<CommandDeps, 'store' | 'focus'>): Tenant | undefined {
  const [first, ...others] = store.all();
  return others.length === 0 ? first : tenantIn({ store }, focus.tenant()[0]);
}

/** The tenant an argument names, as long as it is connected. */
function tenantIn({ store }: Pick<CommandDeps, 'store'>, argument: unknown): Tenant | undefined {
  const row = asTreeNode(argument);
  const id = row ? tenantOf(row).id : tenantIdIn(argument);
  return id === undefined ? undefined : store.get(id);
}

/**
 * The tenant an argument names; without one, of those that a command can change: the one that has the focus, the only one, or the one
 * that is picked.
 *
 * @throws Cancelled when dismissed, or when there is none
 */
export async function resolveTenantThat(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'focus'>,
  argument: unknown,
  canBeChanged: (tenant: Tenant) => boolean,
  none: PlainText,
): Promise<Tenant> {
  if (isGiven(argument)) return resolveTenant(deps, argument);
  const focused = tenantIn(deps, deps.focus.tenant()[0]);
  if (focused && canBeChanged(focused)) return focused;
  const tenants = deps.store.all().filter(canBeChanged);
  if (tenants.length > 0 || deps.store.all().length === 0) return pickTenant(deps, tenants);
  showNothingDone(deps.ui, none);
  throw new Cancelled();
}

function tenantChoice(tenant: Tenant): Choice<Tenant> {
  return { label: plain(tenant.name), description: joined(tenantTexts(tenant), ' · '), value: tenant };
}

async function offerFirst({ ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>): Promise<never> {
  const add = t('Add tenant');
  const demo = t('Try the demo tenant');
  const answer = await ui.showInformation(t('No tenant is connected yet.'), add, demo);
  if (answer === add) await workbench.runCommand(COMMANDS.addTenant);
  if (answer === demo) await workbench.runCommand(COMMANDS.tryDemo);
  throw new Cancelled();
}

/** The list a row is or stands in. */
export function asListNode(argument: unknown): ListNode | undefined {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return row;
  return row?.kind === 'more' ? row.parent : undefined;
}
