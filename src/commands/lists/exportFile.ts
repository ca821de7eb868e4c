import { ApiError } from '../../api/errors';
import { columnsFor, type Column } from '../../lists/columns';
import type { FileText } from '../../lists/export/formats';
import type { GrowingFile } from '../../storage/growingFile';
import { problemOf } from '../../storage/problem';
import { formatDuration, formatList, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { joined, plain, type PlainText } from '../../text/plain';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { inStatusBar, showStatus } from '../ui/progress';
import { Cancelled, CommandError, withErrorContext } from '../ui/report';
import { resolvePeople, type PeoplePage } from './people';

/** What writing identities into a file needs. */
export type ExportDeps = Pick<
  CommandDeps,
  'ui' | 'workbench' | 'store' | 'clients' | 'lists' | 'exporting' | 'csvStyle'
>;

/**
 * Writes the identities of a list, or those selected in the tree, into a file, with the columns that were chosen last; the ending
 * of its name says which kind of file. What is loaded already is not asked for again. The file grows while pages come; it takes its name once
 * all of it is written.
 *
 * @param asksColumns which columns is asked first, and remembered
 * @throws CommandError, Cancelled
 */
export async function exportIdentities(
  deps: ExportDeps,
  argument: unknown,
  selected: unknown,
  { asksColumns = false } = {},
): Promise<void> {
  const words = { question: t('Export which list?'), nothing: t('Nothing was exported') };
  const { tenantId, name, pages } = await resolvePeople(deps, argument, selected, words);
  const tenant = requireTenant(deps, tenantId);
  const failed = t('Could not export {0} of {1}', name, tenant.name);
  await withErrorContext(failed, tenantId, async () => {
    const abort = new AbortController();
    const reading = pages(abort.signal)[Symbol.asyncIterator]();
    try {
      // Which attributes there are is told by the people themselves.
      const first = await inStatusBar(deps.ui, t('Loading {0}', name), (signal) => {
        signal.addEventListener('abort', () => abort.abort());
        return reading.next();
      });
      const page: PeoplePage = first.done ? { items: [], total: 0 } : first.value;
      const offered = columnsFor(page.items, deps.exporting.columns);
      if (asksColumns) await pickColumns(deps, offered);
      const wanted = new Set(deps.exporting.columns);
      const columns = offered.filter(({ key }) => wanted.has(key));
      const fileName = `${[name, tenant.name, new Date().toISOString().slice(0, 10)].join(' ').replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`;
      const types = { CSV: ['csv'], JSON: ['json'], 'JSON Lines': ['jsonl'] };
      const target = await deps.workbench.chooseTarget(t('Export {0}', name), types, fileName);
      if (!target) throw new Cancelled();
      const { fileText, formatOf } = await import('../../lists/export/formats');
      const file = await writing(() => target.grow());
      const text = fileText(formatOf(target.name), columns, deps.csvStyle());
      await deps.ui.showProgress('notification', t('Export {0}', name), async (signal, report) => {
        signal.addEventListener('abort', () => abort.abort());
        const what = { tenantId, failed, page, reading, file, text, columns, fileName: target.name };
        await writeAll(deps, { ...what, signal, report });
      });
    } finally {
      abort.abort();
      await reading.return?.(undefined);
    }
  });
}

interface Writing {
  readonly tenantId: string;
  /** What is said of a failure. */
  readonly failed: PlainText;
  /** The page that is read already. */
  readonly page: PeoplePage;
  readonly reading: AsyncIterator<PeoplePage>;
  readonly file: GrowingFile;
  readonly text: FileText;
  readonly columns: readonly Column[];
  readonly fileName: string;
  readonly signal: AbortSignal;
  readonly report: (message: PlainText) => void;
}

async function writeAll(
  { ui, store }: Pick<CommandDeps, 'ui' | 'store'>,
  { tenantId, failed, page, reading, file, text, columns, fileName, signal, report }: Writing,
): Promise<void> {
  const begun = Date.now();
  let empty = columns;
  let written = 0;
  let { total } = page;
  try {
    await writing(() => file.append(text.begin()));
    for (let next: IteratorResult<PeoplePage> = { done: false, value: page }; !next.done; next = await reading.next()) {
      signal.throwIfAborted();
      requireTenant({ store }, tenantId);
      const { items } = next.value;
      total = next.value.total ?? total;
      await writing(() => file.append(text.add(items)));
      written += items.length;
      empty = empty.filter(({ valueOf }) => items.every((identity) => valueOf(identity) === null));
      report(progressText(written, total, Date.now() - begun));
    }
    requireTenant({ store }, tenantId);
    await writing(() => file.append(text.end()));
    await writing(() => file.finish());
  } catch (error) {
    const left = await file.leaveIncomplete();
    const kept = t('{0} of {1} identities are in {2}', formatNumber(written), totalText(total), left);
    if (!signal.aborted) throw new CommandError(t('{0} ({1})', failed, kept), error, tenantId);
    void ui.showInformation(t('Export stopped: {0}.', kept));
    throw new Cancelled();
  }
  if (total !== undefined && written < total) {
    void ui.showWarning(
      t(
        '{0} has {1} of {2} identities: ISC did not list the others.',
        fileName,
        formatNumber(written),
        formatNumber(total),
      ),
    );
    return;
  }
  // Of one identity it is no news. Search, for example, does not tell when an identity was refreshed: that is not "never".
  if (written > 1 && empty.length > 0) {
    const labels = formatList(empty.map(({ label }) => label));
    void ui.showInformation(t('{0}: ISC reported nothing for {1}. Empty there means unknown.', fileName, labels));
  }
  showStatus(
    ui,
    plural(written, {
      one: () => t('1 identity saved in {0}', fileName),
      other: () => t('{0} identities saved in {1}', formatNumber(written), fileName),
    }),
  );
}

function totalText(total: number | undefined): PlainText {
  return total === undefined ? t('an unknown number of') : formatNumber(total);
}

/** "1,250 of 3,300 · 95 a second · 22 s left". */
export function progressText(written: number, total: number | undefined, elapsedMs: number): PlainText {
  const perSecond = (written * 1000) / Math.max(elapsedMs, 1);
  return joined(
    [
      total === undefined ? formatNumber(written) : t('{0} of {1}', formatNumber(written), formatNumber(total)),
      elapsedMs > 1000 && t('{0} per second', formatNumber(Math.round(perSecond))),
      elapsedMs > 1000 &&
        total !== undefined &&
        t('{0} left', formatDuration(Math.ceil(Math.max(0, total - written) / perSecond))),
    ],
    ' · ',
  );
}

/** A file that cannot be written is told by the reason alone: messages of the file system name folders of the person. */
async function writing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (ApiError.is(error)) throw error;
    throw new ApiError('invalid', t('the file cannot be written: {0}', problemOf(error)), {
      sent: false,
      cause: error,
    });
  }
}

/** @throws Cancelled */
async function pickColumns(
  { ui, exporting }: Pick<ExportDeps, 'ui' | 'exporting'>,
  offered: readonly Column[],
): Promise<void> {
  const wanted = new Set(exporting.columns);
  const items = offered.map(({ label, key }) => ({
    label,
    description: plain(key),
    picked: wanted.has(key),
    key,
  }));
  const chosen = await ui.pickSeveral(t('Which columns?'), items);
  if (!chosen || chosen.length === 0) throw new Cancelled();
  exporting.columns = chosen.map(({ key }) => key);
}
