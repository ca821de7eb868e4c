import { type IdentityTarget } from '../../ids';
import { tenantOf, type Node } from '../../tree/nodes';
import { formatNumber } from '../../text/dates';
import { targetIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { pickIdentity } from '../find/pickIdentity';
import type { Meant } from './focus';
import { confirm } from '../ui/prompts';
import { t } from '../../text/l10n';
import { type PlainText } from '../../text/plain';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import { isRow } from '../../ui/rows';
import { asTableRow, type IdentityRow } from '../table/rows';

/** What finding out who is meant needs. */
export type TargetDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients'>;

/** The person an argument names, or the one that is found by typing. @throws Cancelled when dismissed. */
export async function resolveIdentity(
  deps: TargetDeps,
  argument: unknown,
  question?: PlainText,
): Promise<IdentityTarget> {
  const named = identityIn(argument);
  if (named) return named;
  const tenant = await resolveTenant(deps, argument);
  return { tenantId: tenant.id, identity: await pickIdentity(deps, tenant, question) };
}

/** The person an argument names: by a row of them, or of one of their role assignments; or as panels name them. */
export function identityIn(argument: unknown): IdentityTarget | undefined {
  const inTable = asTableRow(argument);
  if (inTable) return { tenantId: inTable.tenantId, identity: inTable.identity };
  const row = asTreeNode(argument);
  const person = row?.kind === 'roleAssignment' ? row.parent : row;
  if (person?.kind === 'identity') return { tenantId: tenantOf(person).id, identity: person.identity };
  return targetIn(argument);
}

/**
 * The people a command is about, each once. VS Code hands over the row that was clicked and, if that row is one of several
 * that are selected, all of those; a row clicked beside a selection is meant alone.
 *
 * @throws Cancelled when dismissed.
 */
export async function resolveSelection(
  deps: TargetDeps,
  argument: unknown,
  selected: unknown,
): Promise<readonly IdentityTarget[]> {
  const several = selectedIdentities(argument, selected);
  return several.length > 1 ? several : [await resolveIdentity(deps, argument)];
}

/** The people selected together with the row an argument names. */
export function selectedIdentities(argument?: unknown, selected?: unknown): readonly IdentityRow[] {
  const rows: readonly unknown[] = Array.isArray(selected) ? selected : [];
  return rows.includes(argument) && isRow(argument) ? toTargets(rows) : [];
}

/** The people selected in the tree, as long as it is in sight. */
export function identitiesInTree({
  view,
}: {
  readonly view: Pick<CommandDeps['view'], 'selection' | 'visible'>;
}): readonly IdentityRow[] {
  return view.visible ? once(view.selection.flatMap((row) => targetOfNode(row) ?? [])) : [];
}

/**
 * What a menu is about that speaks of those selected. A row clicked beside them is none of them, and VS Code hands it over alone:
 * what the menu says is what is done.
 */
export function selectedRows(
  { view }: { readonly view: Pick<CommandDeps['view'], 'selection' | 'visible'> },
  argument: unknown,
  selected: unknown,
): Meant {
  if (asTableRow(argument) || selectedIdentities(argument, selected).length > 1) return [argument, selected];
  const rows = view.visible ? view.selection : [];
  return [rows.find(({ kind }) => kind === 'identity'), rows];
}

/** The people among rows of the tree or of a table, each once. */
export function toTargets(rows: readonly unknown[]): readonly IdentityRow[] {
  return once(rows.flatMap((row) => asIdentityRow(row) ?? []));
}

function once(targets: readonly IdentityRow[]): readonly IdentityRow[] {
  return [...new Map(targets.map((target) => [`${target.tenantId} ${target.identity.id}`, target])).values()];
}

/** The identity of a row of the tree or of a table. */
export function asIdentityRow(row: unknown): IdentityRow | undefined {
  const node = asTreeNode(row);
  return node ? targetOfNode(node) : asTableRow(row);
}

function targetOfNode(node: Node): IdentityRow | undefined {
  return node.kind === 'identity' ? { tenantId: tenantOf(node).id, identity: node.identity } : undefined;
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
