import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { Source } from '../../actions/bulk/resolveIdentities';
import type { Column, Table } from '../../people/csv';
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
import { pickList } from '../lists/pickList';
import { pickOne, type Choice } from '../ui/prompts';
import { withErrorContext, Cancelled, CommandError } from '../ui/report';
import { selectedIdentities } from '../identities/targets';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import { plural, t } from '../../text/l10n';
import { oneLine, plain, type PlainText } from '../../text/plain';

/** Many people of a tenant, and where they come from in words. */
export interface IdentitySelection {
  readonly kind: 'many';
  readonly tenantId: string;
  readonly from: string;
  readonly people: Source;
}

/** What asking for people needs. */
export type PickDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'view'>;

export type PickedIdentities = IdentitySelection | { readonly kind: 'one'; readonly target: IdentityTarget };

/** Files of more than this hold no list of people. */
const LARGEST_FILE = 20_000_000;

/** Asks for the tenant, and for one person of it or many. @throws Cancelled when dismissed */
export async function pickIdentities(deps: PickDeps, action: PlainText): Promise<PickedIdentities> {
  const tenant = await resolveTenant(deps, undefined);
  const person = await pickIdentity(deps, tenant, action, {
    label: t('Multiple identities...'),
    detail: t('A list, identities you search for, the clipboard, the active editor or a CSV file'),
  });
  if (person === ALTERNATIVE) return askSource(deps, tenant, action);
  return { kind: 'one', target: { tenantId: tenant.id, identity: person } };
}

/** Asks for the tenant and for many people of it. @throws Cancelled when dismissed */
export async function pickMany(deps: PickDeps, action: PlainText): Promise<IdentitySelection> {
  return askSource(deps, await resolveTenant(deps, undefined), action);
}

async function askSource(deps: PickDeps, tenant: Tenant, action: PlainText): Promise<IdentitySelection> {
  const ways: Choice<() => Promise<IdentitySelection>>[] = [
    ...fromTree(deps, tenant),
    { label: t('$(list-filter) All identities in a list'), value: () => pickAll(deps, tenant) },
    { label: t('$(search) Identities you search for'), value: () => pickOneByOne(deps, tenant, action) },
    { label: t('$(clippy) IDs, aliases, emails or names on the clipboard'), value: () => readClipboard(deps, tenant) },
    { label: t('$(file) IDs, aliases, emails or names in the active editor'), value: () => readEditor(deps, tenant) },
    { label: t('$(table) A column of a CSV file'), value: () => readCsvFile(deps, tenant) },
  ];
  const way = await pickOne(deps.ui, t('{0}: which identities in {1}?', action, tenant.name), ways);
  return way();
}

/** The identities of the tenant that are selected in the tree, when there are any. */
function fromTree(deps: PickDeps, { id }: Tenant): Choice<() => Promise<IdentitySelection>>[] {
  const people = selectedIdentities(deps, undefined, undefined).filter(({ tenantId }) => tenantId === id);
  if (people.length === 0) return [];
  const from = t('the selection in the tree');
  const source = { kind: 'people' as const, people: people.map(({ identity }) => identity) };
  return [
    {
      label: plural(people.length, {
        one: () => t('$(list-tree) The identity selected in the tree: {0}', people[0]?.identity.name ?? ''),
        other: () => t('$(list-tree) The {0} identities selected in the tree', formatNumber(people.length)),
      }),
      value: () => Promise.resolve({ kind: 'many', tenantId: id, from, people: source }),
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

async function pickAll(deps: Pick<CommandDeps, 'ui' | 'lists'>, tenant: Tenant): Promise<IdentitySelection> {
  return peopleOf(tenant.id, await pickList(deps, tenant, t('All identities in which list?')));
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

function readCsvFile(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  tenant: Tenant,
): Promise<IdentitySelection> {
  return withErrorContext(t('Could not read the file'), tenant.id, async () => {
    const file = await workbench.chooseFile(t('CSV file of identities'), { CSV: ['csv', 'txt', 'tsv'] });
    if (!file) throw new Cancelled();
    if ((await file.fetchSize()) > LARGEST_FILE) throw new ApiError('invalid', t('the file is larger than 20 MB'));
    const column = await columnOf(ui, await file.read());
    // A cell names one person; what stands in it may still be "Name <address>".
    const cells = column.values.map((cell) =>
      /[\r\n]/.test(cell) ? { keys: [], unreadable: [oneLine(cell)] } : readPeople(cell),
    );
    const unreadable = [...cells.flatMap((cell) => cell.unreadable), ...column.ragged];
    const read = { keys: cells.flatMap(({ keys }) => keys), unreadable };
    return asked(tenant, read, column.name === '' ? t('the file') : t('the column {0}', column.name));
  });
}

/** The column of a file that names people. What the file leaves open is asked. @throws Cancelled, ApiError `invalid` */
async function columnOf(ui: CommandDeps['ui'], bytes: Uint8Array): Promise<Column & Pick<Table, 'ragged'>> {
  const [{ readTable, orderByLikelihood }, { decodeText }] = await Promise.all([
    import('../../people/csv'),
    import('../../people/decode'),
  ]);
  const { text, encoding, guessed } = decodeText(bytes);
  const found = tableIn(() => readTable(text));
  // An unknown first line was taken for a heading.
  const isPerson = found.header === 'unknown' && (await askHeader(ui, found.firstLine)) === 'no';
  const { columns, ragged } = isPerson ? tableIn(() => readTable(text, 'no')) : found;
  if (columns.length === 0) throw new ApiError('invalid', t('the file has no rows'));
  const read = guessed ? t('Read as {0} because it is not UTF-8: check the accented characters', encoding) : undefined;
  const question = t('Which column contains IDs, aliases, emails or names?');
  const column = await pickOne(
    ui,
    read === undefined ? question : t('{0} {1}', question, read),
    // The first row is preselected.
    orderByLikelihood(columns).map((value) => ({
      label: value.name === '' ? t('Column {0}', columns.indexOf(value) + 1) : plain(value.name),
      description: plural(value.values.length, {
        one: () => t('1 value'),
        other: () => t('{0} values', formatNumber(value.values.length)),
      }),
      detail: formatList(value.values.slice(0, 3)),
      value,
    })),
    { always: guessed },
  );
  return { ...column, ragged };
}

/** The first person of a file must not be lost as a heading, and a heading must not be taken for a person. */
function askHeader(ui: CommandDeps['ui'], firstLine: readonly string[]): Promise<'yes' | 'no'> {
  return pickOne(ui, t('The first line of the file is "{0}". Is it a header?', formatList(firstLine)), [
    { label: t('Header: it names the columns'), value: 'yes' },
    { label: t('Data: an identity like the others'), value: 'no' },
  ]);
}

/** The parser quotes what it stumbled over: that are names of people, and an error that is none of ISC is logged whole. */
function tableIn<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ApiError('invalid', t('not a valid CSV file: a quote is missing or misplaced'));
  }
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
