import type { ExportPage } from '../../lists/export/rows';
import { t } from '../../text/l10n';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { inStatusBar } from '../ui/progress';
import { Cancelled, withErrorContext } from '../ui/report';
import { chooseColumns, confirmRequests, fetchOffered, type ExportOptions } from './exportColumns';
import { resolvePeople, type People } from './people';
import { fetchIntoFile, writing } from './exportWriting';

/** What writing identities into a file needs. */
export type ExportDeps = Pick<
  CommandDeps,
  'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'panels' | 'exporting' | 'csvStyle'
>;

/**
 * Writes the identities of a list, or those selected in the tree, into a file.
 *
 * @throws CommandError, Cancelled
 */
export async function exportIdentities(
  deps: ExportDeps,
  argument: unknown,
  selected: unknown,
  options: ExportOptions = {},
): Promise<void> {
  const questions = { question: t('Export which list?'), nothing: t('Nothing was exported') };
  await exportPeople(deps, await resolvePeople(deps, argument, selected, questions), options);
}

/**
 * Writes identities into a file, with the columns of the source or those that were chosen last; the ending of its name says which
 * kind of file. What is loaded already is not asked for again. The file grows while pages come; it takes its name once all of it
 * is written.
 *
 * @throws CommandError, Cancelled
 */
export async function exportPeople(
  deps: ExportDeps,
  source: Omit<People, 'fetchCount' | 'name'> & { readonly name: string },
  options: ExportOptions = {},
): Promise<void> {
  const { tenantId, name } = source;
  const tenant = requireTenant(deps, tenantId);
  const failed = t('Could not export {0} of {1}', name, tenant.name);
  await withErrorContext(failed, tenantId, async () => {
    const abort = new AbortController();
    const { signal } = abort;
    const reading = source.pages(signal)[Symbol.asyncIterator]();
    try {
      // Which attributes there are is told by the identities, too.
      const [first, attributes] = await inStatusBar(deps.ui, t('Loading {0}', name), (cancelled) => {
        cancelled.addEventListener('abort', () => abort.abort());
        return Promise.all([reading.next(), fetchOffered(deps, source, signal, options)]);
      });
      const page: ExportPage = first.done ? { items: [], total: 0 } : first.value;
      const chosen = await chooseColumns(deps, source, { page, attributes }, options);
      await confirmRequests(deps, chosen.needs, page);
      const fileName = `${[name, tenant.name, new Date().toISOString().slice(0, 10)].join(' ').replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`;
      const types = { CSV: ['csv'], JSON: ['json'], 'JSON Lines': ['jsonl'] };
      const target = await deps.workbench.chooseTarget(t('Export {0}', name), types, fileName);
      if (!target) throw new Cancelled();
      const { fileText, formatOf } = await import('../../lists/export/formats');
      const file = await writing(() => target.grow());
      const text = fileText(formatOf(target.name), chosen.columns, deps.csvStyle());
      const pages = allPages(page, reading);
      await deps.ui.showProgress('notification', t('Export {0}', name), async (stopped, report) => {
        stopped.addEventListener('abort', () => abort.abort());
        await fetchIntoFile(deps, {
          tenantId,
          failed,
          pages,
          total: page.total,
          file,
          text,
          ...chosen,
          fileName: target.name,
          signal,
          report,
        });
        if (source.limits) void deps.ui.showWarning(t('{0}: {1}', target.name, source.limits));
      });
    } finally {
      abort.abort();
      await reading.return?.(undefined);
    }
  });
}

/** The page that is read already, and those after it. */
async function* allPages(page: ExportPage, reading: AsyncIterator<ExportPage>): AsyncGenerator<ExportPage> {
  yield page;
  for (let next = await reading.next(); !next.done; next = await reading.next()) yield next.value;
}
