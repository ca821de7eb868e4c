import type { Identity } from '../../api/identities';
import { type IdentityTarget } from '../../ids';
import { tenantOf, type Node } from '../../tree/nodes';
import { formatNumber } from '../../text/dates';
import { targetIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { pickIdentity } from '../find/pickIdentity';
import { confirm } from '../ui/prompts';
import { t } from '../../text/l10n';
import { type PlainText } from '../../text/plain';
import { asTreeNode, resolveTenant } from '../tenants/pick';

/** A person as the row in the tree knows them. */
export interface IdentityRow extends IdentityTarget {
  readonly identity: Identity;
}

/** What finding out who is meant needs. */
export type TargetDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients'>;

/** The person an argument names, or the one that is found by typing. @throws Cancelled when dismissed. */
export async function resolveIdentity(
  deps: TargetDeps,
  argument: unknown,
  question?: PlainText,
): Promise<IdentityTarget> {
  const row = asTreeNode(argument);
  if (row?.kind === 'identity') return { tenantId: tenantOf(row).id, identity: row.identity };
  const target = targetIn(argument);
  if (target) return target;
  const tenant = await resolveTenant(deps, argument);
  return { tenantId: tenant.id, identity: await pickIdentity(deps, tenant, question) };
}

/**
 * The people a command is about, each once. VS Code hands over the row that was clicked and, if that row is one of several
 * that are selected, all of those; a row clicked beside a selection is meant alone. From the palette several selected
 * people are meant; one is not, because the tree selects the person of the active panel by itself: then it is asked.
 *
 * @throws Cancelled when dismissed.
 */
export async function resolveSelection(
  deps: TargetDeps & Pick<CommandDeps, 'view'>,
  argument: unknown,
  selected: unknown,
): Promise<readonly IdentityTarget[]> {
  const several = selectedIdentities(deps, argument, selected);
  return several.length > 1 ? several : [await resolveIdentity(deps, argument)];
}

/** The people selected together with the row an argument names; without an argument, those selected in the tree. */
export function selectedIdentities(
  { view }: { readonly view: Pick<CommandDeps['view'], 'selection' | 'visible'> },
  argument: unknown,
  selected: unknown,
): readonly IdentityRow[] {
  if (argument === undefined || argument === null) return view.visible ? toTargets(view.selection) : [];
  const row = asTreeNode(argument);
  const rows = Array.isArray(selected) ? selected.map(asTreeNode).filter((one) => one !== undefined) : [];
  return row && rows.includes(row) ? toTargets(rows) : [];
}

/** The people among rows of the tree, each once. */
function toTargets(rows: readonly Node[]): readonly IdentityRow[] {
  const targets = rows.flatMap((row) =>
    row.kind === 'identity' ? [{ tenantId: tenantOf(row).id, identity: row.identity }] : [],
  );
  return [...new Map(targets.map((target) => [`${target.tenantId} ${target.identity.id}`, target])).values()];
}

/** How many editors open without a question. */
const OPEN_AT_ONCE = 10;

/** Asks before as many editors open as people are selected, when those are more than one looks through. @throws Cancelled */
export async function confirmOpeningMany(
  { ui }: Pick<CommandDeps, 'ui'>,
  people: readonly IdentityTarget[],
): Promise<void> {
  if (people.length <= OPEN_AT_ONCE) return;
  const many = formatNumber(people.length);
  await confirm(
    ui,
    t('Open {0} identities?', many),
    t('Each opens in its own editor and is loaded from ISC.'),
    t('Open {0} editors', many),
  );
}
