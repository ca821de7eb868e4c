/** Writes the rows of a file while they come, and says what is missing in the end. */
import { ApiError } from '../../api/errors';
import type { Column } from '../../lists/columns';
import type { FileText } from '../../lists/export/formats';
import { fetchRows, rowsPerAssignment, type ExportPage, type ExportRow } from '../../lists/export/rows';
import type { Need } from '../../lists/facts';
import type { GrowingFile } from '../../storage/growingFile';
import { problemOf } from '../../storage/problem';
import { formatDuration, formatNumber } from '../../text/dates';
import { t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import { requireTenant } from '../tenants/pick';
import type { CommandDeps } from '../ui/deps';
import { Cancelled, CommandError } from '../ui/report';
import type { ChosenColumns } from './exportColumns';
import { sayWritten, type Written } from './exportOutcome';

interface Writing extends ChosenColumns {
  readonly tenantId: string;
  /** What is said of a failure. */
  readonly failed: PlainText;
  readonly pages: AsyncIterable<ExportPage>;
  readonly total: number | undefined;
  readonly file: GrowingFile;
  readonly text: FileText;
  readonly fileName: string;
  readonly signal: AbortSignal;
  readonly report: (message: PlainText) => void;
}

/** @throws CommandError, Cancelled */
export async function fetchIntoFile(deps: Pick<CommandDeps, 'ui' | 'store' | 'clients'>, what: Writing): Promise<void> {
  const { tenantId, failed, pages, file, text, needs, isPerAssignment, signal, report } = what;
  const begun = Date.now();
  const refused = new Map<Need, ApiError>();
  const found = new Findings(what.columns);
  let { total } = what;
  const client = () => deps.clients.for(tenantId);
  const options = { signal, onRefused: (need: Need, error: ApiError) => void refused.set(need, error) };
  try {
    await writing(() => file.append(text.begin()));
    for await (const portion of fetchRows(client, pages, needs, options)) {
      signal.throwIfAborted();
      requireTenant(deps, tenantId);
      total = portion.total ?? total;
      const rows = isPerAssignment ? portion.rows.flatMap(rowsPerAssignment) : portion.rows;
      await writing(() => file.append(text.add(rows)));
      found.note(portion.rows, rows);
      report(progressText(found.identities, total, Date.now() - begun));
    }
    signal.throwIfAborted();
    requireTenant(deps, tenantId);
    await writing(() => file.append(text.end()));
    await finishing(() => file.finish());
  } catch (error) {
    const left = await file.leaveIncomplete();
    const kept = t('{0} of {1} identities are in {2}', formatNumber(found.identities), totalText(total), left);
    if (!signal.aborted) throw new CommandError(t('{0} ({1})', failed, kept), error, tenantId);
    void deps.ui.showInformation(t('Export stopped: {0}.', kept));
    throw new Cancelled();
  }
  sayWritten(deps, { ...what, total, refused, ...found.written() });
}

/** What is known of the rows so far; of the rows themselves nothing is kept. */
class Findings {
  identities = 0;
  #rows = 0;
  #empty: readonly Column[];
  readonly #untold = new Map<Need, number>([
    ['access', 0],
    ['roleAssignments', 0],
  ]);

  constructor(columns: readonly Column[]) {
    this.#empty = columns;
  }

  note(identities: readonly ExportRow[], rows: readonly ExportRow[]): void {
    this.identities += identities.length;
    this.#rows += rows.length;
    this.#empty = this.#empty.filter(({ valueOf }) =>
      rows.every(({ identity, facts }) => valueOf(identity, facts) === null),
    );
    for (const [need, count] of this.#untold) {
      this.#untold.set(need, count + identities.filter(({ facts }) => facts?.[need] === undefined).length);
    }
  }

  written(): Pick<Written, 'identities' | 'rows' | 'empty' | 'untold'> {
    return { identities: this.identities, rows: this.#rows, empty: this.#empty, untold: this.#untold };
  }
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
export async function writing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (ApiError.is(error)) throw error;
    throw notWritten(t('the file cannot be written: {0}', problemOf(error)), error);
  }
}

/** What Windows says of a file in whose place another is put while a program such as Excel has it open. */
const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** All is written but not in its place. */
async function finishing(finish: () => Promise<void>): Promise<void> {
  try {
    await finish();
  } catch (error) {
    const isHeld = error instanceof Error && 'code' in error && HELD.has(error.code);
    const why = isHeld ? t('another program may have it open') : problemOf(error);
    throw notWritten(t('the file cannot be replaced: {0}', why), error);
  }
}

function notWritten(message: PlainText, cause: unknown): ApiError {
  return new ApiError('invalid', message, { sent: false, cause });
}
