/** Whom a file or a copied table is about. */
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import type { ExportPage } from '../../lists/export/rows';
import { queryOf, type IdentityList } from '../../lists/list';
import { fetchAllWhole } from '../../lists/pages';
import { listName } from '../../lists/text';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { tenantOf, type ListNode } from '../../tree/nodes';
import { selectedIdentities } from '../identities/targets';
import { asTreeNode, resolveTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { CommandError } from '../ui/report';
import { pickList } from './pickList';

/** Identities of one tenant, page by page. */
export interface ExportSource {
  readonly tenantId: string;
  /** What they are called, in the name of the file and in sentences. */
  readonly name: string;
  readonly pages: (signal: AbortSignal) => AsyncIterable<ExportPage>;
  /** Keys of the columns in the order in which they are shown; absent: those that were chosen last. */
  readonly columns?: readonly string[];
}

type SourceDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists'>;

/** Identities of a page that are loaded already. */
const LOADED_PER_PAGE = 250;

/**
 * The list of a row, the identities of rows, or a list that is asked for.
 *
 * @param questions what is asked where nothing is named, and what came of identities of several tenants
 * @throws Cancelled, CommandError
 */
export async function resolveSource(
  deps: SourceDeps,
  argument: unknown,
  selected: unknown,
  questions: { readonly whichList: PlainText; readonly nothing: PlainText },
): Promise<ExportSource> {
  const row = asTreeNode(argument);
  if (row?.kind === 'list') return ofList(deps, tenantOf(row).id, row.list, row);
  if (row?.kind === 'identity') {
    const { id } = tenantOf(row);
    const together = selectedIdentities(argument, selected);
    if (together.some(({ tenantId }) => tenantId !== id)) {
      const why = t('the selected identities belong to different tenants; select those of one');
      throw new CommandError(questions.nothing, new ApiError('invalid', why, { sent: false }));
    }
    const items = together.length > 0 ? together.map(({ identity }) => identity) : [row.identity];
    return { tenantId: id, name: t('selected identities'), pages: () => pagesOf(items) };
  }
  const tenant = await resolveTenant(deps, argument);
  return ofList(deps, tenant.id, await pickList(deps, tenant, questions.whichList));
}

function ofList(
  { clients }: Pick<CommandDeps, 'clients'>,
  tenantId: string,
  list: IdentityList,
  row?: ListNode,
): ExportSource {
  if (list.problem) throw new CommandError(t('Nothing was done'), new ApiError('invalid', list.problem.message));
  const query = queryOf(list);
  return {
    tenantId,
    name: listName(list),
    pages: (signal) =>
      row && isWhole(row)
        ? pagesOf(row.loaded.rows.flatMap(({ identity, left }) => (left ? [] : [identity])))
        : load(signal),
  };

  async function* load(signal: AbortSignal): AsyncGenerator<ExportPage> {
    yield* fetchAllWhole(await clients.for(tenantId), query, { signal, priority: 'batch' });
  }
}

/** Read to its end, and nothing is missing: it is not asked for again. */
function isWhole({ loaded }: ListNode): boolean {
  const { started, hasMore, isShort, error } = loaded;
  return started && !hasMore && !isShort && error === undefined;
}

/** What is loaded, as pages. */
export async function* pagesOf(items: readonly Identity[]): AsyncGenerator<ExportPage> {
  for (let at = 0; at < items.length; at += LOADED_PER_PAGE) {
    yield await Promise.resolve({ items: items.slice(at, at + LOADED_PER_PAGE), total: items.length });
  }
}
