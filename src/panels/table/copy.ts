/** Rows and cells as text that a spreadsheet takes in. */
import { formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { cellText, type PlainText } from '../../text/plain';
import type { Facts } from '../../lists/facts';
import { wordsOf } from './cells';
import type { TableView } from './view';

interface Copied {
  /** Empty: there was nothing to copy. */
  readonly text: string;
  readonly words: PlainText;
}

type FactsOf = (identityId: string) => Facts | undefined;

export async function copyCell(view: TableView, row: number, key: string, factsOf: FactsOf): Promise<Copied> {
  const entry = view.entryAt(row);
  const column = view.column(key);
  if (!entry?.identity || !column) return NOTHING;
  const text = await tabbed([[wordsOf(column, column.valueOf(entry.identity, factsOf(entry.key)))]]);
  return text === '' ? NOTHING : { text, words: t('Copied {0}', column.label) };
}

/** The selected rows, without a heading: they are pasted below one. */
export async function copyRows(view: TableView, factsOf: FactsOf): Promise<Copied> {
  const rows = view.selection();
  if (rows.length === 0) return NOTHING;
  const cells = rows.map(({ identity, key }) =>
    view.columns.map(({ column }) => wordsOf(column, column.valueOf(identity, factsOf(key)))),
  );
  const text = await tabbed(cells);
  const words = plural(rows.length, {
    one: () => t('Copied 1 row'),
    other: () => t('Copied {0} rows', formatNumber(rows.length)),
  });
  return { text, words };
}

/** Lines with tabs; what a spreadsheet would take for a formula is made text, as in files. */
async function tabbed(rows: readonly (readonly string[])[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify(
    rows.map((cells) => cells.map(cellText)),
    { delimiter: '\t', escape_formulas: true },
  ).replace(/\n$/, '');
}

const NOTHING: Copied = { text: '', words: t('Nothing to copy') };
