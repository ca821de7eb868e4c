import { ACTION_IDS, actionOf, type ActionId } from '../../actions/catalog';
import type { Source } from '../../actions/bulk/resolveIdentities';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { resolveIdentity, selectedIdentities, type IdentityRow } from '../identities/targets';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { actOnOne, type ActDeps } from './onOne';
import { askManyOptions } from './options';
import { isFew, planFew } from './planFew';
import { pickIdentities, pickMany, listSource, type PickDeps } from './pickIdentities';

/** What making a plan needs. */
type PlanDeps = Pick<CommandDeps, 'ui' | 'store' | 'batches' | 'panels'>;

/** The command of an action: a plan for several people, or the action on one, whichever the person means. */
export function oneOrMany(action: ActionId) {
  return async (
    deps: ActDeps & PlanDeps & PickDeps & Pick<CommandDeps, 'view'>,
    argument: unknown,
    selected?: unknown,
  ): Promise<void> => {
    const people = selectedIdentities(deps, argument, selected);
    if (people.length > 1) return planSelected(deps, action, people);
    if (argument !== undefined && argument !== null) {
      return actOnOne(deps, action, await resolveIdentity(deps, argument));
    }
    const answer = await pickIdentities(deps, actionOf(action).label());
    if (answer.kind === 'one') return actOnOne(deps, action, answer.target);
    await plan(deps, action, answer);
  };
}

/** Asks what to do, and with whom. */
export async function actOnMany(deps: PlanDeps & PickDeps): Promise<void> {
  const action = await pickAction(deps.ui, t('Which action?'));
  await plan(deps, action, await pickMany(deps, actionOf(action).label()));
}

/** Asks what to do with everybody of the list whose row was chosen. */
export async function planForList(deps: PlanDeps, argument: unknown): Promise<void> {
  const list = listSource(argument);
  if (list) await plan(deps, await pickAction(deps.ui, t('Which action for all identities in {0}?', list.from)), list);
}

function pickAction(ui: CommandDeps['ui'], question: PlainText): Promise<ActionId> {
  return pickOne(
    ui,
    question,
    ACTION_IDS.map((value) => ({ label: actionOf(value).label(), value })),
  );
}

/** People of several tenants get a plan each. */
async function planSelected(deps: PlanDeps, action: ActionId, rows: readonly IdentityRow[]): Promise<void> {
  const tenants = new Set(rows.map(({ tenantId }) => tenantId));
  for (const tenantId of tenants) {
    const people = rows.flatMap((row) => (row.tenantId === tenantId ? [row.identity] : []));
    const from = plural(people.length, {
      one: () => t('1 selected identity'),
      other: () => t('{0} selected identities', formatNumber(people.length)),
    });
    const selection = { tenantId, from, people: { kind: 'people', people } } as const;
    if (tenants.size === 1) await plan(deps, action, selection);
    else await showPlan(deps, action, selection);
  }
}

/** Whom a plan is for, and where they come from in words. */
interface Selection {
  readonly tenantId: string;
  readonly from: string;
  readonly people: Source;
}

/** Few are named in the question itself. Many, and those of a tenant that takes no changes, are shown as a plan. */
async function plan(deps: PlanDeps, action: ActionId, selection: Selection): Promise<void> {
  const { readOnly } = requireTenant(deps, selection.tenantId);
  if (readOnly || !isFew(selection.people)) return showPlan(deps, action, selection);
  await planFew(deps, { action, ...selection, ...(await askManyOptions(deps, action)) });
}

async function showPlan(deps: PlanDeps, action: ActionId, { tenantId, from, people }: Selection): Promise<void> {
  const options = await askManyOptions(deps, action);
  const { id } = deps.batches.plan({ tenantId, action, from, people, ...options });
  deps.panels.openBatch(id);
}
