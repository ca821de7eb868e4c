import { ACTION_IDS, actionOf, type ActionId } from '../../actions/catalog';
import type { ActionOptions } from '../../actions/action';
import type { Source } from '../../actions/bulk/resolveIdentities';
import { peopleText } from '../../actions/bulk/text';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import { identityIn, selectedIdentities, selectedRows, toTargets } from '../identities/targets';
import type { IdentityRow } from '../table/rows';
import { likelyTenant, requireTenant, tenantStep } from '../tenants/pick';
import { isGiven, isPointedAt } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { showNothingDone } from '../ui/progress';
import { choiceStep, step, wizard, type Step } from '../ui/prompts';
import { actOnOne, type ActDeps } from './onOne';
import { deliveryStep, manyOptions, type Delivery } from './options';
import { isFew, planFew } from './planFew';
import { identitySteps, listSource, pickIdentities, type IdentityForm, type PickDeps } from './pickIdentities';

/** What making a plan needs. */
export type PlanDeps = Pick<CommandDeps, 'ui' | 'store' | 'batches' | 'panels'>;

/** The command of an action: a plan for several people, or the action on one, whichever the person means. */
export function oneOrMany(action: ActionId) {
  return async (
    deps: ActDeps & PlanDeps & PickDeps & Pick<CommandDeps, 'focus'>,
    argument: unknown,
    selected?: unknown,
  ): Promise<void> => {
    const [meant, rows] = isGiven(argument) ? [argument, selected] : deps.focus.identities();
    const people = selectedIdentities(meant, rows);
    if (people.length > 1) return planSelected(deps, action, people);
    const named = identityIn(meant);
    if (named) return actOnOne(deps, action, named, isPointedAt(argument) ? 'pointedAt' : 'taken');
    const answer = await pickIdentities(deps, action, meant);
    if (answer.kind === 'one') return actOnOne(deps, action, answer.target);
    await plan(deps, action, answer, answer.options);
  };
}

/** The same in the menu of several that are selected. */
export function ofSelected(action: ActionId) {
  return async (
    deps: ActDeps & PlanDeps & Pick<CommandDeps, 'view'>,
    argument?: unknown,
    selected?: unknown,
  ): Promise<void> => {
    // Goes on after the tenant was unlocked: other rows may be selected by then.
    const named = selected === undefined && !isPointedAt(argument) ? identityIn(argument) : undefined;
    if (named) return actOnOne(deps, action, named, 'taken');
    const [, rows] = selectedRows(deps, argument, selected);
    return actOnRows(deps, action, Array.isArray(rows) ? rows : []);
  };
}

/** A plan for the people among these rows, or the action on the only one; nothing is sent without a question. */
export async function actOnRows(deps: ActDeps & PlanDeps, action: ActionId, rows: readonly unknown[]): Promise<void> {
  const people = toTargets(rows);
  const [only, ...others] = people;
  if (others.length > 0) return planSelected(deps, action, people);
  if (only) return actOnOne(deps, action, only, 'taken');
  showNothingDone(deps.ui, t('No identity is selected in the tree'));
}

/** Asks what to do, and with whom. */
export async function actOnMany(deps: PlanDeps & PickDeps & Pick<CommandDeps, 'focus'>): Promise<void> {
  const form: { action?: ActionId } & IdentityForm & Delivery = { tenant: likelyTenant(deps) };
  const title = (): PlainText => planTitle(form.action && actionOf(form.action).label());
  await wizard([
    actionStep(deps.ui, title, t('Which action?'), form),
    tenantStep(deps, title, form),
    ...identitySteps(deps, title, form, { purpose: () => form.action && actionOf(form.action).label() }),
    deliveryStep(deps.ui, title, form, undefined, () => !asksAddress(form.action)),
  ]);
  if (form.action && form.selection) await plan(deps, form.action, form.selection, manyOptions(form));
}

/** Asks what to do with everybody of the list whose row was chosen. */
export async function planForList(deps: PlanDeps, argument: unknown): Promise<void> {
  const list = listSource(argument);
  if (!list) return;
  const form: { action?: ActionId } & Delivery = {};
  const title = (): PlainText =>
    planTitle(form.action ? t('{0}, {1}', actionOf(form.action).label(), list.from) : plain(list.from));
  await wizard([
    actionStep(deps.ui, title, t('Which action for all identities in {0}?', list.from), form),
    deliveryStep(deps.ui, title, form, undefined, () => !asksAddress(form.action)),
  ]);
  if (form.action) await plan(deps, form.action, list, manyOptions(form));
}

function planTitle(about: PlainText | undefined): PlainText {
  return about === undefined ? t('Plan bulk action') : t('Plan bulk action: {0}', about);
}

function asksAddress(action: ActionId | undefined): boolean {
  return action !== undefined && actionOf(action).asksAddress === true;
}

function actionStep(
  ui: CommandDeps['ui'],
  title: () => PlainText,
  question: PlainText,
  form: { action?: ActionId },
): Step {
  const choices = ACTION_IDS.map((value) => ({ label: actionOf(value).label(), value }));
  return step<ActionId>({
    ask: (place) => choiceStep(ui, { ...place, title: title() }, question, choices, form.action),
    keep: (action) => {
      form.action = action;
    },
  });
}

/** People of several tenants get a plan each. */
async function planSelected(deps: PlanDeps, action: ActionId, rows: readonly IdentityRow[]): Promise<void> {
  const tenants = new Set(rows.map(({ tenantId }) => tenantId));
  const mail: Delivery = {};
  const title = t('{0}: {1}', actionOf(action).label(), peopleText(rows.length));
  await wizard([
    deliveryStep(
      deps.ui,
      () => title,
      mail,
      undefined,
      () => !asksAddress(action),
    ),
  ]);
  for (const tenantId of tenants) {
    const people = rows.flatMap((row) => (row.tenantId === tenantId ? [row.identity] : []));
    const from = plural(people.length, {
      one: () => t('1 selected identity'),
      other: () => t('{0} selected identities', formatNumber(people.length)),
    });
    const selection = { tenantId, from, people: { kind: 'people', people } } as const;
    if (tenants.size === 1) await plan(deps, action, selection, manyOptions(mail));
    else showPlan(deps, action, selection, manyOptions(mail));
  }
}

/** Whom a plan is for, and where they come from in words. */
interface Selection {
  readonly tenantId: string;
  readonly from: string;
  readonly people: Source;
}

/** Few are named in the question itself. Many, and those of a tenant that takes no changes, are shown as a plan. */
async function plan(deps: PlanDeps, action: ActionId, selection: Selection, options: ActionOptions): Promise<void> {
  const { tenantId, from, people } = selection;
  const { readOnly } = requireTenant(deps, tenantId);
  if (readOnly || !isFew(people)) showPlan(deps, action, selection, options);
  else await planFew(deps, { action, tenantId, from, people, ...options });
}

function showPlan(
  deps: PlanDeps,
  action: ActionId,
  { tenantId, from, people }: Selection,
  options: ActionOptions,
): void {
  const { id } = deps.batches.plan({ tenantId, action, from, people, ...options });
  deps.panels.openBatch(id);
}
