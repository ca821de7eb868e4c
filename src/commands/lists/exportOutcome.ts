/** What is said of a file that is written. */
import type { ApiError } from '../../api/errors';
import type { Column } from '../../lists/columns';
import type { Need } from '../../lists/facts';
import { formatList, formatNumber } from '../../text/dates';
import { errorReason } from '../../text/errors';
import { plural, t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { showStatus } from '../ui/progress';
import type { ChosenColumns } from './exportColumns';

export interface Written extends ChosenColumns {
  readonly fileName: string;
  readonly total: number | undefined;
  readonly identities: number;
  /** More than the identities where each role assignment has one. */
  readonly rows: number;
  /** Columns without any value. */
  readonly empty: readonly Column[];
  /** What the token may not ask for, and why. */
  readonly refused: ReadonlyMap<Need, ApiError>;
  /** Identities of which nothing was told. */
  readonly untold: ReadonlyMap<Need, number>;
}

/** Says that a file is written, and what is missing in it: empty there is unknown, not none. */
export function sayWritten({ ui }: Pick<CommandDeps, 'ui'>, written: Written): void {
  const { fileName, identities, total } = written;
  const missing = missingFacts(written);
  if (missing.length > 0) void ui.showWarning(t('{0}: {1}', fileName, joined(missing)));
  if (total !== undefined && identities < total) {
    void ui.showWarning(
      t(
        '{0} has {1} of {2} identities: ISC did not list the others.',
        fileName,
        formatNumber(identities),
        formatNumber(total),
      ),
    );
    return;
  }
  const empty = written.empty.filter(({ needs }) => needs === undefined || !isMissing(written, needs));
  // Of one identity it is no news. Search, for example, does not tell when an identity was refreshed: that is not "never".
  if (identities > 1 && empty.length > 0) {
    const labels = formatList(empty.map(({ label }) => label));
    void ui.showInformation(t('{0}: ISC reported nothing for {1}. Empty there means unknown.', fileName, labels));
  }
  showStatus(ui, doneText(written));
}

function doneText({ fileName, identities, rows, isPerAssignment }: Written): PlainText {
  const count = formatNumber(rows);
  if (isPerAssignment) {
    return plural(identities, {
      one: () => t('1 identity saved in {0}, one row per role assignment: {1}', fileName, count),
      other: () =>
        t('{0} identities saved in {1}, one row per role assignment: {2}', formatNumber(identities), fileName, count),
    });
  }
  return plural(identities, {
    one: () => t('1 identity saved in {0}', fileName),
    other: () => t('{0} identities saved in {1}', formatNumber(identities), fileName),
  });
}

function isMissing({ refused, untold }: Written, need: Need): boolean {
  return refused.has(need) || (untold.get(need) ?? 0) > 0;
}

/** A sentence for each kind of fact that is not there for all. */
export function missingFacts(
  written: Pick<Written, 'columns' | 'needs' | 'refused' | 'untold' | 'unknown'>,
): readonly PlainText[] {
  const { columns, needs, refused, untold, unknown } = written;
  return [
    ...[...needs].flatMap((need): readonly PlainText[] => {
      const labels = formatList(columns.flatMap((column) => (column.needs === need ? [column.label] : [])));
      const error = refused.get(need);
      if (error) return [t('{0}: empty means unknown. {1}', labels, errorReason(error))];
      const without = untold.get(need) ?? 0;
      if (without === 0) return [];
      return [
        need === 'access'
          ? t('{0}: unknown for identities that Search does not list: {1}.', labels, formatNumber(without))
          : t('{0}: unknown for identities that are no longer in ISC: {1}.', labels, formatNumber(without)),
      ];
    }),
    ...(unknown.length > 0 ? [t('These columns do not exist: {0}.', formatList(unknown))] : []),
  ];
}
