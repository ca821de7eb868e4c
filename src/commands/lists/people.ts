/** Whom a command about a list, or about identities that are selected, is about: all of them, in pages. */
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { queryOf, type IdentityList } from '../../lists/list';
import { fetchAllWhole, fetchCount } from '../../lists/pages';
import { listName } from '../../lists/text';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { tenantOf, type ListNode } from '../../tree/nodes';
import { selectedIdentities } from '../identities/targets';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { CommandError } from '../ui/report';
import { pickList } from './pickList';

interface People {
  readonly tenantId: string;
  /** What they are called, in the name of a file and in sentences. */
  readonly name: PlainText;
  /** What is loaded already is not asked for again. */
  readonly pages: (signal: AbortSignal) => AsyncIterable<PeoplePage>;
  /** How many there are; undefined when ISC does not say. @throws ApiError */
  readonly fetchCount: (signal: AbortSignal) => Promise<number | undefined>;
}

export interface PeoplePage {
  readonly items: readonly Identity[];
  /** How many there are in all, where ISC says so. */
  readonly total: number | undefined;
}

/**
 * The list of a row, the identities of rows, or a list that is asked for.
 *
 * @param words the question for a list, and what is said when nothing can be done
 * @throws Cancelled, CommandError
 */
export async function resolvePeople(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists'>,
  argument: unknown,
  selected: unknown,
  { question, nothing }: { readonly question: PlainText; readonly nothing: PlainText },
): Promise<People> {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return ofList(deps, tenantOf(row).id, row.list, row);
  if (row?.kind === 'identity') {
    const { id } = tenantOf(row);
    const together = selectedIdentities(argument, selected);
    if (together.some(({ tenantId }) => tenantId !== id)) {
      const why = t('the selected identities belong to different tenants; select those of one');
      throw new CommandError(nothing, new ApiError('invalid', why, { sent: false }));
    }
    const items = together.length > 0 ? together.map(({ identity }) => identity) : [row.identity];
    return { tenantId: id, name: t('selected identities'), ...known(items) };
  }
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
  const query = queryOf(list);
  return {
    ...common,
    async *pages(signal) {
      yield* fetchAllWhole(await clients.for(tenantId), query, { signal, priority: 'batch' });
    },
    fetchCount: async (signal) => fetchCount(await clients.for(tenantId), query, { signal }),
  };
}

/** Read to its end, and nothing is missing: it is not asked for again. */
function isWhole({ loaded }: ListNode): boolean {
  const { started, hasMore, isShort, error } = loaded;
  return started && !hasMore && !isShort && error === undefined;
}

function known(items: readonly Identity[]): Pick<People, 'pages' | 'fetchCount'> {
  return {
    async *pages() {
      yield await Promise.resolve({ items, total: items.length });
    },
    fetchCount: () => Promise.resolve(items.length),
  };
}
