/** Whom a command about a list, or about identities that are selected, is about: all of them, in pages. */
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { Facts } from '../../lists/facts';
import type { ExportPage } from '../../lists/export/rows';
import { queryOf, type IdentityList } from '../../lists/list';
import { fetchAllWhole, fetchCount } from '../../lists/pages';
import { listName } from '../../lists/text';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import type { OpenTable } from '../../panels/table/openTable';
import type { IdentityQuery } from '../../lists/query';
import { tableOf } from '../table/tableOf';
import { tableIdIn } from '../ui/arguments';
import { tenantOf, type ListNode } from '../../tree/nodes';
import { selectedOfOneTenant } from '../identities/oneTenant';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { CommandError } from '../ui/report';
import { pickList } from './pickList';

/** Identities of one tenant, page by page. */
export interface People {
  readonly tenantId: string;
  /** What they are called, in the name of a file and in sentences. */
  readonly name: PlainText;
  /** What is loaded already is not asked for again. */
  readonly pages: (signal: AbortSignal) => AsyncIterable<ExportPage>;
  /** How many there are; undefined when ISC does not say. @throws ApiError */
  readonly fetchCount: (signal: AbortSignal) => Promise<number | undefined>;
  /** What they are not, where that is not plain from their name: said of what is made of them. */
  readonly limits?: PlainText | undefined;
  /** Keys of the columns in the order in which they are shown; absent: those that were chosen last. */
  readonly columns?: readonly string[];
}

type FactsOf = (identityId: string) => Facts | undefined;

/** Identities of a page that are loaded already. */
const LOADED_PER_PAGE = 250;

export type PeopleDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'panels'>;

/**
 * The list of a row, the identities of rows, those of a table (the selected ones, or all that it shows), or a list that is asked for.
 *
 * @param words the question for a list, and what is said when nothing can be done
 * @throws Cancelled, CommandError
 */
export async function resolvePeople(
  deps: PeopleDeps,
  argument: unknown,
  selected: unknown,
  { question, nothing }: { readonly question: PlainText; readonly nothing: PlainText },
): Promise<People> {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return ofList(deps, tenantOf(row).id, row.list, row);
  const together = selectedOfOneTenant(argument, selected, nothing);
  if (together) return { tenantId: together.tenantId, name: t('selected identities'), ...known(together.people) };
  if (tableIdIn(argument) !== undefined) return ofTable(deps, tableOf(deps, argument));
  const tenant = await resolveTenant(deps, argument);
  return ofList(deps, tenant.id, await pickList(deps, tenant, question));
}

function ofList(
  { clients }: Pick<CommandDeps, 'clients'>,
  tenantId: string,
  list: IdentityList,
  row?: ListNode,
): People {
  if (list.problem) throw new CommandError(t('Nothing was done'), new ApiError('invalid', list.problem.message));
  const common = { tenantId, name: listName(list) };
  if (row && isWhole(row)) {
    return { ...common, ...known(row.loaded.rows.flatMap(({ identity, left }) => (left ? [] : [identity]))) };
  }
  return { ...common, ...ofQuery(clients, tenantId, queryOf(list)) };
}

/** What is selected in a table, or else all that it shows; of a list that it has in part, all of the list. */
function ofTable({ clients }: Pick<CommandDeps, 'clients'>, table: OpenTable): People {
  const { tenantId, query, isFiltered, isWhole } = table;
  const selected = table.selection();
  const common = { tenantId, name: plain(table.name), columns: table.columns.map(({ key }) => key) };
  const factsOf = (id: string): Facts | undefined => table.factsOf(id);
  if (selected.length > 0) {
    const name = plural(selected.length, {
      one: () => t('1 selected in {0}', table.name),
      other: () => t('{0} selected in {1}', formatNumber(selected.length), table.name),
    });
    return { ...common, name, ...known(selected, factsOf) };
  }
  if (!isWhole && !isFiltered && query) return { ...common, ...ofQuery(clients, tenantId, query) };
  const limits =
    isWhole || !query ? undefined : t('The filter covered only the part of {0} that the table had loaded.', table.name);
  const name = isFiltered ? t('{0}, filtered', table.name) : common.name;
  return { ...common, name, ...known(table.shown(), factsOf), limits };
}

function ofQuery(
  clients: CommandDeps['clients'],
  tenantId: string,
  query: IdentityQuery,
): Pick<People, 'pages' | 'fetchCount'> {
  return {
    async *pages(signal) {
      yield* fetchAllWhole(await clients.for(tenantId), query, { signal, priority: 'batch' });
    },
    fetchCount: async (signal) => fetchCount(await clients.for(tenantId), query, { signal }),
  };
}

/** Read to its end, and nothing is missing: it is not asked for again. */
export function isWhole({ loaded }: ListNode): boolean {
  const { started, hasMore, isShort, error } = loaded;
  return started && !hasMore && !isShort && error === undefined;
}

function known(items: readonly Identity[], factsOf?: FactsOf): Pick<People, 'pages' | 'fetchCount'> {
  return { pages: () => pagesOf(items, factsOf), fetchCount: () => Promise.resolve(items.length) };
}

/** What is loaded, as pages. */
export async function* pagesOf(items: readonly Identity[], factsOf?: FactsOf): AsyncGenerator<ExportPage> {
  for (let at = 0; at < items.length || at === 0; at += LOADED_PER_PAGE) {
    const page = items.slice(at, at + LOADED_PER_PAGE);
    const facts = new Map(page.flatMap(({ id }) => knownOf(id, factsOf)));
    yield await Promise.resolve({ items: page, total: items.length, facts });
  }
}

function knownOf(id: string, factsOf: FactsOf | undefined): (readonly [string, Facts])[] {
  const facts = factsOf?.(id);
  return facts ? [[id, facts]] : [];
}
