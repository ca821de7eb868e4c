/** Rows and cells as text that a spreadsheet takes in. */
import { inSlices, type Slices } from '../../actions/bulk/slices';
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { cellText, type PlainText } from '../../text/plain';
import type { Identity } from '../../api/identities';
import type { Column } from '../../lists/columns';
import type { Facts } from '../../lists/facts';
import { isMissing, wordsOf } from './cells';
import type { TableView } from './view';

interface Copied {
  /** Empty: there was nothing to copy. */
  readonly text: string;
  readonly words: PlainText;
}

type FactsOf = (identityId: string) => Facts | undefined;

export function copyCell(view: TableView, row: number, key: string, factsOf: FactsOf): Copied {
  const entry = view.entryAt(row);
  const column = view.column(key);
  if (!entry?.identity || !column) return NOTHING;
  // As rows are, but without the quotes of a table.
  const words = cellText(wordsIn(column, entry.identity, factsOf(entry.key)));
  const text = /^[=+\-@]/.test(words) ? `'${words}` : words;
  return text === '' ? NOTHING : { text, words: t('Copied {0}', column.label) };
}

/** The selected rows, without a heading: they are pasted below one. */
export async function copyRows(view: TableView, factsOf: FactsOf): Promise<Copied> {
  const rows = view.selection();
  if (rows.length === 0) return NOTHING;
  const text = await inSlices(linesOf(view, rows, await loadWriter(), factsOf));
  const words = plural(rows.length, {
    one: () => t('Copied 1 row'),
    other: () => t('Copied {0} rows', formatNumber(rows.length)),
  });
  return { text, words };
}

/** Rows written between two rests. */
const ROWS_A_STEP = 200;

/** Lines with tabs; what a spreadsheet would take for a formula is made text, as in files. */
function* linesOf(
  view: TableView,
  rows: ReturnType<TableView['selection']>,
  write: (rows: string[][]) => string,
  factsOf: FactsOf,
): Slices<string> {
  let text = '';
  for (let from = 0; from < rows.length; from += ROWS_A_STEP) {
    yield;
    const cells = rows
      .slice(from, from + ROWS_A_STEP)
      .map(({ identity, key }) => view.columns.map(({ column }) => cellText(wordsIn(column, identity, factsOf(key)))));
    text += write(cells);
  }
  return text.replace(/\n$/, '');
}

async function loadWriter(): Promise<(rows: string[][]) => string> {
  const { stringify } = await import('csv-stringify/sync');
  return (rows) => stringify(rows, { delimiter: '\t', escape_formulas: true });
}

/** What is not loaded is not empty. */
function wordsIn(column: Column, identity: Identity, facts: Facts | undefined): string {
  return isMissing(column, facts) ? t('not loaded') : wordsOf(column, column.valueOf(identity, facts));
}

const NOTHING: Copied = { text: '', words: t('Nothing to copy') };
