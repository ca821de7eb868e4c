import * as vscode from 'vscode';
import { ApiError } from '../api/errors';
import type { Identity } from '../api/identities';
import { textsIn, type Source } from '../batch/people';
import type { IdentityTarget } from '../ids';
import type { Tenant } from '../tenants/tenant';
import { tenantOf } from '../tree/nodes';
import { viewName } from '../tree/viewItem';
import type { IdentityView } from '../views/view';
import { peopleWords } from '../words/batch';
import { count } from '../words/dates';
import type { CommandDeps } from './deps';
import { OTHER, pickIdentity } from './pickIdentity';
import { pickOne, type Choice } from './prompt';
import { attempt, Cancelled, Failure } from './report';
import { rowOf, tenantFrom } from './targets';
import { t } from '../words/text';

/** Many people of a tenant, and where they come from in words. */
export interface Many {
  readonly kind: 'many';
  readonly tenantId: string;
  readonly from: string;
  readonly people: Source;
}

export type Whom = Many | { readonly kind: 'one'; readonly target: IdentityTarget };

/** Files of more than this hold no list of people. */
const LARGEST_FILE = 20_000_000;

/** Asks for the tenant, and for one person of it or many. @throws Cancelled when dismissed */
export async function whom(deps: CommandDeps, action: string): Promise<Whom> {
  const tenant = await tenantFrom(deps, undefined);
  const person = await pickIdentity(deps.clients, tenant, action, {
    label: t('Many people...'),
    detail: t('A view, several found by typing, the clipboard, the active editor or a CSV file'),
  });
  if (person === OTHER) return manyOf(deps, tenant, action);
  return { kind: 'one', target: { tenantId: tenant.id, identity: person } };
}

/** Asks for the tenant and for many people of it. @throws Cancelled when dismissed */
export async function many(deps: CommandDeps, action: string): Promise<Many> {
  return manyOf(deps, await tenantFrom(deps, undefined), action);
}

async function manyOf(deps: CommandDeps, tenant: Tenant, action: string): Promise<Many> {
  const ways: Choice<() => Promise<Many>>[] = [
    { label: t('$(list-filter) Everybody of a view'), value: () => ofView(deps, tenant) },
    { label: t('$(search) Several people, found by typing'), value: () => several(deps, tenant, action) },
    { label: t('$(clippy) Ids, aliases or e-mails on the clipboard'), value: () => ofClipboard(tenant) },
    { label: t('$(file) Ids, aliases or e-mails in the active editor'), value: () => ofEditor(tenant) },
    { label: t('$(table) A column of a CSV file'), value: () => ofFile(tenant) },
  ];
  const way = await pickOne(t('{0}: whom in {1}?', action, tenant.name), ways);
  return way();
}

/** Everybody of the view whose row an argument is. */
export function viewPeople(argument: unknown): Many | undefined {
  const row = rowOf(argument);
  return row?.kind === 'view' ? peopleOf(tenantOf(row).id, row.view) : undefined;
}

function peopleOf(tenantId: string, view: IdentityView): Many {
  // A command may be called with any row: what its author did not write must not become everybody.
  if (view.problem) throw new Failure(t('Nothing was done'), new ApiError('invalid', view.problem.message));
  return {
    kind: 'many',
    tenantId,
    from: t('the view {0}', viewName(view)),
    people: { kind: 'view', view },
  };
}

async function ofView({ views }: CommandDeps, tenant: Tenant): Promise<Many> {
  const usable = views.forTenant(tenant).filter(({ problem }) => problem === undefined);
  const view = await pickOne(
    t('Everybody of which view?'),
    usable.map((value) => ({ label: viewName(value), description: value.filters ?? value.search ?? '', value })),
  );
  return peopleOf(tenant.id, view);
}

async function ofClipboard(tenant: Tenant): Promise<Many> {
  return asked(tenant, textsIn(await vscode.env.clipboard.readText()), t('the clipboard'));
}

/** The selection, or everything where nothing is selected. */
function ofEditor(tenant: Tenant): Promise<Many> {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection.isEmpty ? undefined : editor.selection) ?? '';
  return asked(tenant, textsIn(text), t('the active editor'));
}

function ofFile(tenant: Tenant): Promise<Many> {
  return attempt(t('Could not read the file'), tenant.id, async () => {
    const [file] =
      (await vscode.window.showOpenDialog({
        title: t('A CSV file of people'),
        filters: { CSV: ['csv', 'txt', 'tsv'] },
      })) ?? [];
    if (!file) throw new Cancelled();
    if ((await vscode.workspace.fs.stat(file)).size > LARGEST_FILE)
      throw new ApiError('invalid', t('It has more than 20 MB'));
    const { columnsOf } = await import('../batch/table');
    const columns = columnsIn(columnsOf, new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    if (columns.length === 0) throw new ApiError('invalid', t('It has no rows'));
    const column = await pickOne(
      t('Which column holds ids, aliases or e-mails?'),
      columns.map((value) => ({
        label: value.name,
        description: t('{0} values', count(value.values.length)),
        detail: value.values.slice(0, 3).join(', '),
        value,
      })),
    );
    return asked(tenant, column.values, t('the column {0}', column.name));
  });
}

/** The parser quotes what it stumbled over: that are names of people, and an error that is none of ISC is logged whole. */
function columnsIn<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch {
    throw new ApiError('invalid', t('It is no CSV file: a quote is missing or not at the edge of a value'));
  }
}

function asked({ id }: Tenant, texts: readonly string[], place: string): Promise<Many> {
  return attempt(t('Nobody was planned'), id, async () => {
    if (texts.length === 0) throw new ApiError('invalid', t('There is no id, alias or e-mail in {0}', place));
    const from = t('{0} entries of {1}', count(texts.length), place);
    return Promise.resolve({ kind: 'many', tenantId: id, from, people: { kind: 'asked', texts } });
  });
}

/** One after the other, until it is enough. */
async function several({ clients }: CommandDeps, tenant: Tenant, action: string): Promise<Many> {
  const chosen = new Map<string, Pick<Identity, 'id' | 'name'>>();
  for (;;) {
    const people = [...chosen.values()];
    const names = people.map(({ name }) => name).join(', ');
    const enough =
      people.length === 0 ? undefined : { label: t('Plan for {0}', peopleWords(people.length)), detail: names };
    const person = await pickIdentity(clients, tenant, action, enough);
    if (person === OTHER) {
      const from = t('{0} people found by typing', count(people.length));
      return { kind: 'many', tenantId: tenant.id, from, people: { kind: 'people', people } };
    }
    chosen.set(person.id, person);
  }
}
