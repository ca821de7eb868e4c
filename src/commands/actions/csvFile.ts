import { ApiError } from '../../api/errors';
import type { CsvColumn, CsvTable } from '../../people/csv';
import { readPeople, type PeopleText } from '../../people/text';
import { formatList, formatNumber } from '../../text/dates';
import { plural, t } from '../../text/l10n';
import { oneLine, plain } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { BACK, choiceStep, type StepPlace } from '../ui/prompts';
import { Cancelled } from '../ui/report';

/** Files of more than this hold no list of people. */
const LARGEST_FILE = 20_000_000;

/** What a column of a file names, and what the column is called: empty for one without a heading. */
export interface ColumnText extends PeopleText {
  readonly name: string;
}

/** Asks for a CSV file, and for the column that names people. @throws Cancelled when dismissed, ApiError `invalid` */
export async function readCsvFile(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  place: StepPlace,
): Promise<ColumnText | typeof BACK> {
  const file = await workbench.chooseFile(t('CSV file of identities'), { CSV: ['csv', 'txt', 'tsv'] });
  if (!file) throw new Cancelled();
  if ((await file.fetchSize()) > LARGEST_FILE) throw new ApiError('invalid', t('the file is larger than 20 MB'));
  const column = await columnOf(ui, place, await file.read());
  if (column === BACK) return BACK;
  // A cell names one person; what stands in it may still be "Name <address>".
  const cells = column.values.map((cell) =>
    /[\r\n]/.test(cell) ? { keys: [], unreadable: [oneLine(cell)] } : readPeople(cell),
  );
  const unreadable = [...cells.flatMap((cell) => cell.unreadable), ...column.ragged];
  return { keys: cells.flatMap(({ keys }) => keys), unreadable, name: column.name };
}

/** The column of a file that names people. What the file leaves open is asked. @throws Cancelled, ApiError `invalid` */
async function columnOf(
  ui: CommandDeps['ui'],
  place: StepPlace,
  bytes: Uint8Array,
): Promise<(CsvColumn & Pick<CsvTable, 'ragged'>) | typeof BACK> {
  const [{ readTable, orderByLikelihood }, { decodeText }] = await Promise.all([
    import('../../people/csv'),
    import('../../people/decode'),
  ]);
  const { text, encoding, guessed } = decodeText(bytes);
  const found = tableIn(() => readTable(text));
  // An unknown first line was taken for a heading.
  const header = found.header === 'unknown' ? await askHeader(ui, place, found.firstLine) : 'yes';
  if (header === BACK) return BACK;
  const isPerson = header === 'no';
  const { columns, ragged } = isPerson ? tableIn(() => readTable(text, 'no')) : found;
  if (columns.length === 0) throw new ApiError('invalid', t('the file has no rows'));
  const read = guessed ? t('Read as {0} because it is not UTF-8: check the accented characters', encoding) : undefined;
  const question = t('Which column contains IDs, aliases, emails or names?');
  // A single column is taken without asking, unless what was read of it must be seen.
  const [only, ...others] = columns;
  if (only && others.length === 0 && !guessed) return { ...only, ragged };
  const column = await choiceStep(
    ui,
    place,
    read === undefined ? question : t('{0} {1}', question, read),
    // The first row is preselected.
    orderByLikelihood(columns).map((value) => ({
      label: value.name === '' ? t('Column {0}', columns.indexOf(value) + 1) : plain(value.name),
      description: plural(value.values.length, {
        one: () => t('1 value'),
        other: () => t('{0} values', formatNumber(value.values.length)),
      }),
      detail: formatList(value.values.slice(0, 3)),
      value,
    })),
  );
  return column === BACK ? BACK : { ...column, ragged };
}

/** The first person of a file must not be lost as a heading, and a heading must not be taken for a person. */
function askHeader(
  ui: CommandDeps['ui'],
  place: StepPlace,
  firstLine: readonly string[],
): Promise<'yes' | 'no' | typeof BACK> {
  return choiceStep(ui, place, t('The first line of the file is "{0}". Is it a header?', formatList(firstLine)), [
    { label: t('Header: it names the columns'), value: 'yes' },
    { label: t('Data: an identity like the others'), value: 'no' },
  ]);
}

/** The parser quotes what it stumbled over: that are names of people, and an error that is none of ISC is logged whole. */
function tableIn<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ApiError('invalid', t('not a valid CSV file: a quote is missing or misplaced'));
  }
}
