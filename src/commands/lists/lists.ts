import { COMMANDS } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { tenantOf, type ListNode } from '../../tree/nodes';
import { listName } from '../../lists/text';
import { toDraft, NEW_DRAFT, fromDraft } from '../../lists/draft';
import { isShownIn, type SavedList, type SavedListEntry, type SettingsLocation } from '../../lists/savedLists';
import { queryOf } from '../../lists/list';
import type { IdentityQuery } from '../../lists/query';
import type { CommandDeps } from '../ui/deps';
import { confirm, pickOne } from '../ui/prompts';
import { withErrorContext, Cancelled, CommandError } from '../ui/report';
import { asListNode, asTreeNode } from '../tenants/pick';
import { showRow } from '../tree/showRow';
import { askList } from './form';
import { askKeeping, askListName, scopeWords } from './nameStep';
import { t } from '../../text/l10n';
import { joined, plain, withIcon, type PlainText } from '../../text/plain';

/** Milliseconds a line of the status bar stays. */
const SAID = 6_000;

/** What keeping a list needs. */
type KeepDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'lists'>;
/** What keeping a new one needs. */
type AddDeps = KeepDeps & Pick<CommandDeps, 'store' | 'clients' | 'tree' | 'view'>;

/** Keeps a query as a list of all tenants; the person names it. It is shown in the tenant that was asked. */
export async function saveAsList(
  deps: AddDeps,
  query: IdentityQuery,
  suggested: string,
  tenantId?: string,
): Promise<void> {
  const { name, scope } = await askKeeping(deps, t('Save this query as a list'), suggested);
  await add(deps, savedList(query, name), { scope, tenantId });
}

/** Keeps a list that would go with the window; then it stands among the saved ones. */
export async function saveTemporaryList(deps: AddDeps, argument: unknown): Promise<void> {
  const row = temporaryRow(argument);
  if (!row) return;
  await saveAsList(deps, queryOf(row.list), listName(row.list), row.parent.id);
  deps.tree.removeList(row);
}

/** Takes away a list that would go with the window. Nothing is lost that could not be found again. */
export function removeTemporaryList({ tree }: Pick<CommandDeps, 'tree'>, argument: unknown): void {
  const row = temporaryRow(argument);
  if (row) tree.removeList(row);
}

function temporaryRow(argument: unknown): ListNode | undefined {
  const row = asListNode(argument);
  return row?.list.origin === 'temporary' ? row : undefined;
}

/** Makes a list by a form. */
export async function newList(deps: AddDeps, argument: unknown): Promise<void> {
  const tenant = countedIn(deps, argument);
  const draft = await askList(deps, {
    title: t('New list'),
    save: t('Save list'),
    draft: NEW_DRAFT,
    tenant,
  });
  await add(deps, fromDraft(draft), { scope: draft.scope, tenantId: tenant?.id });
}

export async function editList(
  deps: KeepDeps & Pick<CommandDeps, 'store' | 'clients'>,
  argument: unknown,
): Promise<void> {
  const entry = await entryFrom(deps, argument, t('Edit which list?'));
  const { name } = entry.own;
  const draft = await askList(deps, {
    title: t('Edit {0}', name),
    save: t('Save changes'),
    draft: toDraft(entry.own, entry.place.scope),
    entry,
    tenant: countedIn(deps, argument),
  });
  const own = fromDraft(draft);
  await withErrorContext(t('Could not edit the list {0}', name), undefined, () =>
    deps.lists.replace(entry, own, draft.scope),
  );
  say(deps.ui, t('List {0} saved in the {1}', own.name, scopeWords(draft.scope)));
}

/** Copies an own list behind itself, or a built-in one to be changed. */
export async function duplicateList(deps: AddDeps, argument: unknown): Promise<void> {
  const row = asTreeNode(argument);
  const tenantId = row && tenantOf(row).id;
  if (row?.kind === 'list' && row.list.origin === 'builtIn') {
    const known = listName(row.list);
    const { name, scope } = await askKeeping(deps, t('Duplicate {0}', known), t('{0} (copy)', known));
    return add(deps, savedList(queryOf(row.list), name), { scope, tenantId });
  }
  const entry = await entryFrom(deps, argument, t('Duplicate which list?'));
  const known = entry.own.name;
  const name = await askListName(deps, t('Duplicate {0}', known), t('{0} (copy)', known));
  await add(deps, { ...entry.own, name }, { scope: entry.place.scope, tenantId, behind: entry });
}

export async function deleteList(deps: KeepDeps, argument: unknown): Promise<void> {
  const entry = await entryFrom(deps, argument, t('Delete which list?'));
  const { name } = entry.own;
  await confirm(
    deps.ui,
    t('Delete the list {0}?', name),
    entry.place.scope === 'user'
      ? t('It is removed from your user settings. Its identities are not affected.')
      : t('It is removed from the workspace settings for everyone who shares them. Its identities are not affected.'),
    t('Delete list {0}', name),
  );
  await withErrorContext(t('Could not delete the list {0}', name), undefined, () => deps.lists.remove(entry));
}

/** Moves a list up (-1) or down (1) by one row. */
export async function moveList(deps: KeepDeps, argument: unknown, by: -1 | 1): Promise<void> {
  const entry = await entryFrom(deps, argument, by < 0 ? t('Move which list up?') : t('Move which list down?'));
  const row = asTreeNode(argument);
  const tenant = row && tenantOf(row).tenant;
  // The next row of this tenant: lists that only others show are passed over.
  const shown = deps.lists
    .all()
    .filter(({ place }) => place.scope === entry.place.scope)
    .filter(({ own }) => tenant === undefined || isShownIn(own, tenant));
  const to = shown[shown.indexOf(entry) + by];
  const { name } = entry.own;
  if (!to) {
    const where = scopeWords(entry.place.scope);
    return say(
      deps.ui,
      by < 0 ? t('{0} is the first list in the {1}', name, where) : t('{0} is the last list in the {1}', name, where),
    );
  }
  await withErrorContext(t('Could not move the list {0}', name), undefined, () => deps.lists.move(entry, to));
}

interface NewPlace {
  readonly scope: SettingsLocation['scope'];
  /** Where it is shown to who made it, if its tenant is not another one. */
  readonly tenantId?: string | undefined;
  readonly behind?: SavedListEntry;
}

/** Saves a list; its row is shown and selected, wherever it stands among the others. */
async function add(deps: AddDeps, own: SavedList, { scope, tenantId, behind }: NewPlace): Promise<void> {
  await withErrorContext(t('Could not save the list {0}', own.name), undefined, () =>
    deps.lists.add(own, scope, behind),
  );
  say(deps.ui, t('List {0} saved in the {1}', own.name, scopeWords(scope)));
  const entry = deps.lists.all().find(({ place, own: { name } }) => place.scope === scope && name === own.name);
  const tenant = shownIn(deps, own, tenantId);
  if (entry && tenant) await showRow(deps, deps.tree.listRow(tenant.id, entry.list.id));
}

/** The tenant below which a new list is shown: the wanted one, the one of the selected row, or the first that shows it. */
function shownIn({ store, clients, view }: AddDeps, own: SavedList, tenantId: string | undefined): Tenant | undefined {
  const showing = store
    .all()
    .filter((tenant) => isShownIn(own, tenant) && clients.signedOutReason(tenant.id) === undefined);
  const [selected] = view.selection;
  const wanted = [tenantId, selected && tenantOf(selected).id];
  return showing.find(({ id }) => id === wanted[0]) ?? showing.find(({ id }) => id === wanted[1]) ?? showing[0];
}

function savedList(query: IdentityQuery, name: string): SavedList {
  if (query.by === 'search') return { name, search: query.query };
  const { filter, sorter, includeUncorrelated } = query;
  return {
    name,
    ...(filter === undefined ? { everyone: true as const } : { filter }),
    ...(sorter === undefined ? {} : { sorter }),
    ...(includeUncorrelated ? { includeUncorrelated } : {}),
  };
}

/** The own list of a row, or the one that is picked. @throws Cancelled when dismissed. */
async function entryFrom(deps: KeepDeps, argument: unknown, question: PlainText): Promise<SavedListEntry> {
  const { ui, lists: lists } = deps;
  const row = asTreeNode(argument);
  if (row?.kind === 'list') {
    const entry = lists.entry(row.list.id);
    if (entry) return entry;
    throw new CommandError(t('Nothing was done'), new Error(t('the list is no longer in the settings')));
  }
  const entries = lists.all();
  if (entries.length === 0) return offerNew(deps);
  const choices = entries.map((entry) => ({
    label: plain(entry.own.name),
    description: joined([plain(entry.own.tenant ?? ''), scopeWords(entry.place.scope)], ' · '),
    value: entry,
  }));
  return pickOne(ui, question, choices, { always: true });
}

async function offerNew({ ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>): Promise<never> {
  const make = t('New list');
  const answer = await ui.showInformation(t('You have no saved lists yet.'), make);
  if (answer === make) await workbench.runCommand(COMMANDS.newList);
  throw new Cancelled();
}

/** Where matches are counted: the row's tenant, else the first one that is signed in. */
function countedIn({ store, clients }: Pick<CommandDeps, 'store' | 'clients'>, argument: unknown): Tenant | undefined {
  const row = asTreeNode(argument);
  const tenant = row ? store.get(tenantOf(row).id) : undefined;
  return tenant ?? store.all().find(({ id }) => clients.signedOutReason(id) === undefined);
}

function say(ui: CommandDeps['ui'], text: PlainText): void {
  ui.sayInStatusBar(withIcon('check', text), SAID);
}
