import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { ActionOptions } from '../../actions/action';
import type { Source } from '../../actions/bulk/resolveIdentities';
import { actionOf, type ActionId } from '../../actions/catalog';
import { readCsvFile } from './csvFile';
import { readPeople, type PeopleText } from '../../people/text';
import type { IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { tenantOf } from '../../tree/nodes';
import { listName } from '../../lists/text';
import { queryOf, type IdentityList } from '../../lists/list';
import { peopleText } from '../../actions/bulk/text';
import { formatList, formatNumber } from '../../text/dates';
import type { CommandDeps } from '../ui/deps';
import { ALTERNATIVE, pickIdentity } from '../find/pickIdentity';
import { usableLists } from '../lists/pickList';
import { BACK, choiceStep, wizard, type Step, type StepPlace } from '../ui/prompts';
import { withErrorContext, CommandError } from '../ui/report';
import { identitiesInTree } from '../identities/targets';
import { deliveryStep, manyOptions, type Delivery } from './options';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import { plural, t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';

/** Many people of a tenant, and where they come from in words. */
export interface IdentitySelection {
  readonly kind: 'many';
  readonly tenantId: string;
  readonly from: string;
  readonly people: Source;
}

/** What asking for people needs. */
export type PickDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'view'>;

export type PickedIdentities =
  (IdentitySelection & { readonly options: ActionOptions }) | { readonly kind: 'one'; readonly target: IdentityTarget };

/** What is collected of whom a bulk action is about. */
export interface IdentityForm {
  tenant?: Tenant | undefined;
  way?: Way;
  selection?: IdentitySelection;
}

/** A way of naming many people. */
interface Way {
  readonly key: string;
  readonly label: PlainText;
  /** Asks something of its own. */
  readonly asks: boolean;
  readonly read: (place: StepPlace) => Promise<IdentitySelection | typeof BACK>;
}

/**
 * Asks for one person of a tenant or many, and how a mail to many goes out.
 *
 * @param argument what says which tenant, if anything does
 * @throws Cancelled when dismissed
 */
export async function pickIdentities(deps: PickDeps, id: ActionId, argument: unknown): Promise<PickedIdentities> {
  const { label, asksAddress } = actionOf(id);
  const tenant = await resolveTenant(deps, argument);
  const title = (): PlainText => t('{0}: {1}', label(), tenant.name);
  for (;;) {
    const person = await pickIdentity(deps, tenant, label(), {
      label: t('Multiple identities...'),
      detail: t('A list, identities you search for, the clipboard, the active editor or a CSV file'),
    });
    if (person !== ALTERNATIVE) return { kind: 'one', target: { tenantId: tenant.id, identity: person } };
    const form: { action: ActionId } & IdentityForm & Delivery = { action: id, tenant };
    const left = await wizard([
      ...identitySteps(deps, title, form, { purpose: label, back: true }),
      deliveryStep(deps.ui, title, form, undefined, () => asksAddress !== true),
    ]);
    if (left !== BACK && form.selection) return { ...form.selection, options: manyOptions(form) };
  }
}

/**
 * Asks for many people of the tenant of a form.
 *
 * @param how `purpose`: what they are asked for, once that is known; `back`: the first of these questions has something before it
 */
export function identitySteps(
  deps: PickDeps,
  title: () => PlainText,
  form: IdentityForm,
  { purpose, back = false }: { readonly purpose: () => PlainText | undefined; readonly back?: boolean },
): readonly Step[] {
  const placeOf = (place: Omit<StepPlace, 'title'>): StepPlace => ({ ...place, title: title() });
  return [
    {
      run: async (place) => {
        const { tenant } = form;
        const what = purpose();
        if (!tenant || what === undefined) return BACK;
        const ways = waysOf(deps, tenant, what);
        const question = t('{0}: which identities in {1}?', what, tenant.name);
        const choices = ways.map(({ label, key: value }) => ({ label, value }));
        const at = placeOf(back ? { ...place, back } : place);
        const key = await choiceStep(deps.ui, at, question, choices, form.way?.key);
        const way = ways.find((one) => one.key === key);
        if (!way) return BACK;
        form.way = way;
        return way.asks ? undefined : keep(form, await way.read(at));
      },
    },
    {
      skip: () => form.way?.asks !== true,
      run: async (place) => keep(form, form.way ? await form.way.read(placeOf(place)) : BACK),
    },
  ];
}

function keep(form: IdentityForm, selection: IdentitySelection | typeof BACK): typeof BACK | undefined {
  if (selection === BACK) return BACK;
  form.selection = selection;
  return undefined;
}

function waysOf(deps: PickDeps, tenant: Tenant, action: PlainText): readonly Way[] {
  return [
    ...fromTree(deps, tenant),
    {
      key: 'list',
      label: t('$(list-filter) All identities in a list'),
      asks: true,
      read: (place) => readList(deps, tenant, place),
    },
    {
      key: 'search',
      label: t('$(search) Identities you search for'),
      asks: false,
      read: () => pickOneByOne(deps, tenant, action),
    },
    {
      key: 'clipboard',
      label: t('$(clippy) IDs, aliases, emails or names on the clipboard'),
      asks: false,
      read: () => readClipboard(deps, tenant),
    },
    {
      key: 'editor',
      label: t('$(file) IDs, aliases, emails or names in the active editor'),
      asks: false,
      read: () => readEditor(deps, tenant),
    },
    {
      key: 'csv',
      label: t('$(table) A column of a CSV file'),
      asks: true,
      read: (place) => readColumn(deps, tenant, place),
    },
  ];
}

/** The identities of the tenant that are selected in the tree, when there are any. */
function fromTree(deps: PickDeps, { id }: Tenant): Way[] {
  const people = identitiesInTree(deps).filter(({ tenantId }) => tenantId === id);
  if (people.length === 0) return [];
  const from = t('the selection in the tree');
  const source = { kind: 'people' as const, people: people.map(({ identity }) => identity) };
  return [
    {
      key: 'tree',
      label: plural(people.length, {
        one: () => t('$(list-tree) The identity selected in the tree: {0}', people[0]?.identity.name ?? ''),
        other: () => t('$(list-tree) The {0} identities selected in the tree', formatNumber(people.length)),
      }),
      asks: false,
      read: () => Promise.resolve({ kind: 'many', tenantId: id, from, people: source }),
    },
  ];
}

/** Everybody of the list whose row an argument is. */
export function listSource(argument: unknown): IdentitySelection | undefined {
  const row = asTreeNode(argument);
  return row?.kind === 'list' ? peopleOf(tenantOf(row).id, row.list) : undefined;
}

/** @throws CommandError for a list with a mistake: a command may be called with any row */
function peopleOf(tenantId: string, list: IdentityList): IdentitySelection {
  if (list.problem) throw new CommandError(t('Nothing was done'), new ApiError('invalid', list.problem.message));
  return {
    kind: 'many',
    tenantId,
    from: t('the list {0}', listName(list)),
    people: { kind: 'list', query: queryOf(list) },
  };
}

async function readList(
  { ui, lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  tenant: Tenant,
  place: StepPlace,
): Promise<IdentitySelection | typeof BACK> {
  const list = await choiceStep(ui, place, t('All identities in which list?'), usableLists(lists, tenant));
  return list === BACK ? BACK : peopleOf(tenant.id, list);
}

async function readClipboard(
  { workbench }: Pick<CommandDeps, 'workbench'>,
  tenant: Tenant,
): Promise<IdentitySelection> {
  return asked(tenant, readPeople(await workbench.readClipboard()), t('the clipboard'));
}

/** The selection, or everything where nothing is selected. */
function readEditor({ workbench }: Pick<CommandDeps, 'workbench'>, tenant: Tenant): Promise<IdentitySelection> {
  const editor = workbench.activeEditor();
  return asked(tenant, readPeople(editor?.selected || editor?.text || ''), t('the active editor'));
}

function readColumn(
  deps: Pick<CommandDeps, 'ui' | 'workbench'>,
  tenant: Tenant,
  place: StepPlace,
): Promise<IdentitySelection | typeof BACK> {
  return withErrorContext(t('Could not read the file'), tenant.id, async () => {
    const column = await readCsvFile(deps, place);
    if (column === BACK) return BACK;
    return asked(tenant, column, column.name === '' ? t('the file') : t('the column {0}', column.name));
  });
}

function asked({ id }: Tenant, { keys, unreadable }: PeopleText, place: string): Promise<IdentitySelection> {
  return withErrorContext(t('No plan was created'), id, async () => {
    const entries = keys.length + unreadable.length;
    // "Last, First" is no key, but may be a name: the plan says what each entry is.
    if (entries === 0) throw new ApiError('invalid', t('no ID, alias, email or name in {0}', place));
    const from = plural(entries, {
      one: () => t('1 entry from {0}', place),
      other: () => t('{0} entries from {1}', formatNumber(entries), place),
    });
    return Promise.resolve({ kind: 'many', tenantId: id, from, people: { kind: 'asked', texts: keys, unreadable } });
  });
}

/** One after the other, until it is enough. */
async function pickOneByOne(
  deps: Pick<CommandDeps, 'ui' | 'clients'>,
  tenant: Tenant,
  action: PlainText,
): Promise<IdentitySelection> {
  const chosen = new Map<string, Pick<Identity, 'id' | 'name'>>();
  for (;;) {
    const people = [...chosen.values()];
    const names = formatList(people.map(({ name }) => name));
    const enough =
      people.length === 0 ? undefined : { label: t('Continue with {0}', peopleText(people.length)), detail: names };
    const person = await pickIdentity(deps, tenant, action, enough);
    if (person === ALTERNATIVE) {
      const from = plural(people.length, {
        one: () => t('1 identity you searched for'),
        other: () => t('{0} identities you searched for', formatNumber(people.length)),
      });
      return { kind: 'many', tenantId: tenant.id, from, people: { kind: 'people', people } };
    }
    chosen.set(person.id, person);
  }
}
