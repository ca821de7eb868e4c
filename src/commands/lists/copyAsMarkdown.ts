import type { ApiError } from '../../api/errors';
import { identitiesMarkdown } from '../../lists/export/markdown';
import { fetchRows, rowsPerAssignment, type ExportPage, type ExportRow } from '../../lists/export/rows';
import type { Need } from '../../lists/facts';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { inStatusBar, showNothingDone, showStatus } from '../ui/progress';
import { withErrorContext } from '../ui/report';
import { chooseColumns, confirmRequests, fetchOffered } from './exportColumns';
import { missingFacts } from './exportOutcome';
import { resolvePeople, type People } from './people';

/** What copying identities needs. */
type CopyDeps = Pick<CommandDeps, 'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'panels' | 'exporting'>;

/** Identities in a table that is pasted into a ticket or a chat, at most. */
const MOST_ROWS = 1_000;

/**
 * Copies the identities of a list, or those selected in the tree, as a Markdown table, with the columns that were chosen last for a
 * file: the first 1,000, and says so where there are more.
 *
 * @throws CommandError, Cancelled
 */
export async function copyAsMarkdown(deps: CopyDeps, argument: unknown, selected: unknown): Promise<void> {
  const questions = { question: t('Copy which list?'), nothing: t('Nothing was copied') };
  const source = await resolvePeople(deps, argument, selected, questions);
  const { tenantId, name } = source;
  const failed = t('Could not copy {0} of {1}', name, requireTenant(deps, tenantId).name);
  await withErrorContext(failed, tenantId, async () => {
    const { attributes, ...first } = await inStatusBar(deps.ui, t('Loading {0}', name), async (signal) => {
      const [found, attributes] = await Promise.all([fetchFirst(source, signal), fetchOffered(deps, source, signal)]);
      return { ...found, attributes };
    });
    if (first.page.items.length === 0) return showNothingDone(deps.ui, t('{0} has no identities', name));
    const chosen = await chooseColumns(deps, source, { page: first.page, attributes }, {});
    await confirmRequests(deps, chosen.needs, { ...first.page, total: first.page.items.length });
    const found = await inStatusBar(deps.ui, t('Loading {0}', name), (stopped) =>
      fetchAllRows(deps, tenantId, first.page, chosen.needs, stopped),
    );
    // A tenant that is gone by now takes what was loaded of it along.
    requireTenant(deps, tenantId);
    const rows = chosen.isPerAssignment ? found.rows.flatMap(rowsPerAssignment) : found.rows;
    await deps.workbench.writeClipboard(identitiesMarkdown(chosen.columns, rows));
    const missing = [...missingFacts({ ...chosen, ...found }), ...(source.limits ? [source.limits] : [])];
    const said = copiedText(found.rows.length, first);
    if (missing.length > 0) void deps.ui.showWarning(joined([t('{0}.', said), ...missing]));
    else if (first.isCutOff) void deps.ui.showInformation(t('{0}.', said));
    else showStatus(deps.ui, said);
  });
}

interface First {
  readonly page: ExportPage;
  /** There are more than the page holds. */
  readonly isCutOff: boolean;
}

/** As many as are copied, in one page. @throws ApiError */
async function fetchFirst({ pages }: People, signal: AbortSignal): Promise<First> {
  const items: ExportPage['items'][number][] = [];
  let total: number | undefined;
  for await (const page of pages(signal)) {
    total = page.total ?? total;
    items.push(...page.items);
    if (items.length > MOST_ROWS || (items.length === MOST_ROWS && total !== undefined)) break;
  }
  const isCutOff = items.length > MOST_ROWS || (total ?? 0) > items.length;
  return { page: { items: items.slice(0, MOST_ROWS), total }, isCutOff };
}

async function fetchAllRows(
  { clients }: Pick<CommandDeps, 'clients'>,
  tenantId: string,
  page: ExportPage,
  needs: ReadonlySet<Need>,
  signal: AbortSignal,
) {
  const refused = new Map<Need, ApiError>();
  const rows: ExportRow[] = [];
  const options = { signal, onRefused: (need: Need, error: ApiError) => void refused.set(need, error) };
  const pages = (async function* () {
    yield await Promise.resolve(page);
  })();
  for await (const portion of fetchRows(() => clients.for(tenantId), pages, needs, options)) rows.push(...portion.rows);
  const without = (need: Need): number => rows.filter(({ facts }) => facts?.[need] === undefined).length;
  const untold = new Map([...needs].map((need) => [need, without(need)]));
  return { rows, refused, untold };
}

function copiedText(copied: number, { page: { total }, isCutOff }: First): PlainText {
  if (!isCutOff) {
    return plural(copied, {
      one: () => t('1 identity copied as a Markdown table'),
      other: () => t('{0} identities copied as a Markdown table', formatNumber(copied)),
    });
  }
  return total === undefined
    ? t('The first {0} identities are copied as a Markdown table; there are more', formatNumber(copied))
    : t('{0} of {1} identities are copied as a Markdown table', formatNumber(copied), formatNumber(total));
}
