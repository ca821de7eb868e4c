/** Tables of people in files, as spreadsheets and scripts of the world write them. No vscode. */
import { parse } from 'csv-parse/sync';

/** A column of a file with what is in it. */
export interface CsvColumn {
  /** Empty where the file has no header, or its header no name for it. */
  readonly name: string;
  /** What is not empty, from top to bottom, without a header. */
  readonly values: readonly string[];
}

export interface CsvTable {
  /** In which the first line is a header, as far as `header` says so. */
  readonly columns: readonly CsvColumn[];
  /** Rows with more cells than there are headings, as text: what in them is what cannot be known. */
  readonly ragged: readonly string[];
  /** Whether the first line names the columns; `unknown`: it may be a person, so a person has to say it. */
  readonly header: 'yes' | 'no' | 'unknown';
  /** The first line, to ask about. */
  readonly firstLine: readonly string[];
}

/** What the values of a column look most like, the surest first. */
const KINDS = ['email', 'id', 'alias', 'name', 'other'] as const;
type Kind = (typeof KINDS)[number];

/** Values of a column that are looked at to tell what they are. */
const SAMPLE_VALUES = 200;
/** A column with fewer values may hold the same one several times by chance. */
const FEW_VALUES = 6;

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines that are looked at to find the delimiter. */
const SAMPLE_LINES = 50;

/**
 * Reads a table. What is taken off: `#TYPE …` (PowerShell's Export-Csv), `sep=;` (read as the delimiter), `="00123"` (how a
 * spreadsheet keeps zeros) and the apostrophe by which our own files keep a text from being a formula.
 *
 * @param header what a person said about the first line; without it, it is found out or `unknown` (then taken for a header)
 * @throws Error of the parser for a text that is no table: a quote is missing or in the middle of a value
 */
export function readTable(text: string, header?: 'yes' | 'no'): CsvTable {
  const { body, delimiter } = withoutPreamble(text);
  const lines = linesOf(body, delimiter ?? likelyDelimiter(body));
  const [first = []] = lines;
  const known = header ?? headerOf(first, lines.slice(1, SAMPLE_LINES));
  const columns: string[][] = [];
  const ragged: string[] = [];
  for (const line of known === 'no' ? lines : lines.slice(1)) {
    // A comma that should have been in quotes: which cell belongs to which heading is not known.
    if (known !== 'no' && line.length > first.length) ragged.push(line.join(', '));
    else
      for (const [n, value] of line.entries()) {
        columns[n] ??= [];
        if (value !== '') columns[n].push(value);
      }
  }
  const named = columns.map((values, n) => ({ name: known === 'no' ? '' : (first[n] ?? ''), values }));
  return { columns: named.filter(({ values }) => values.length > 0), ragged, header: known, firstLine: first };
}

/**
 * The columns, the one that most likely says who is meant first: emails, ids, aliases, names, anything else. Among alike ones
 * a heading of people comes first, then the place in the file. A column of few different values (a department, a manager)
 * says of many people the same, so it comes last.
 */
export function orderByLikelihood<C extends CsvColumn>(columns: readonly C[]): C[] {
  const worth = new Map(columns.map((column) => [column, rankOf(column)]));
  return [...columns].sort((a, b) => (worth.get(a) ?? 0) - (worth.get(b) ?? 0));
}

/** The lower, the likelier. */
function rankOf({ name, values }: CsvColumn): number {
  const sample = values.slice(0, SAMPLE_VALUES);
  const kinds = sample.map(kindOf);
  const usual = KINDS.find((kind) => kinds.filter((each) => each === kind).length * 2 > sample.length) ?? 'other';
  const heading = headingOf(name);
  const kind = usual === 'other' && ALIAS_HEADINGS.has(heading) ? 'alias' : usual;
  const different = new Set(sample.map((value) => value.toLowerCase())).size;
  const isRepeated = sample.length >= FEW_VALUES && different * 2 < sample.length;
  return (isRepeated ? 100 : 0) + KINDS.indexOf(kind) * 10 + (HEADINGS.has(heading) ? 0 : 1);
}

function kindOf(value: string): Kind {
  if (/^[^\s@]+@[^\s@]+$/.test(value) || /^[^<>@]*<[^\s@<>]+@[^\s@<>]+>$/.test(value)) return 'email';
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(value)) return 'id';
  if (/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:T\S*)?$/.test(value) || /^(?:true|false|yes|no)$/i.test(value))
    return 'other';
  // "Berlin" and "Sales" are words; an alias has digits or marks in it, or no capital.
  if (/^[\p{L}\d._\\-]+$/u.test(value) && (/[\d._\\-]/.test(value) || value === value.toLowerCase())) return 'alias';
  return /^\p{L}[\p{L}\p{M}.'’-]*,?(?: +\p{L}[\p{L}\p{M}.'’-]*)+$/u.test(value) ? 'name' : 'other';
}

function headingOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}]/gu, '');
}

function withoutPreamble(text: string): { readonly body: string; readonly delimiter?: string } {
  let body = text.replace(/^\ufeff/, '').replace(/^#TYPE[^\r\n]*(\r\n|\n|\r)/i, '');
  const separator = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(body);
  if (!separator?.[1]) return { body };
  body = body.slice(separator[0].length);
  return { body, delimiter: separator[1] };
}

function linesOf(text: string, delimiter: string, most?: number): string[][] {
  const lines = parse(text, {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    ...(most === undefined ? {} : { to: most }),
    // `="00123"` begins outside of quotes.
    relax_quotes: /(^|[^"])="/.test(text),
  }) as string[][];
  return lines.map((line) => line.map(cellText)).filter((line) => line.some((cell) => cell !== ''));
}

function cellText(cell: string): string {
  const kept = /^="(.*)"$/s.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;
  return kept.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '');
}

/** The mark that gives the most columns alike in the first lines, quotes minded by the parser itself. */
function likelyDelimiter(text: string): string {
  const sample = text.split(/\r\n|\n|\r/, SAMPLE_LINES * 4).join('\n');
  let best: { readonly mark: string; readonly worth: number } = { mark: ',', worth: 0 };
  for (const mark of DELIMITERS) {
    const widths = widthsBy(sample, mark);
    const [usual = 1] = widths;
    const alike = widths.filter((width) => width === usual).length / (widths.length || 1);
    const worth = usual > 1 ? alike * 100 + usual : 0;
    if (worth > best.worth) best = { mark, worth };
  }
  return best.mark;
}

/** Cells in each of the first lines; none where this mark makes no table of the text. */
function widthsBy(sample: string, mark: string): number[] {
  try {
    return linesOf(sample, mark, SAMPLE_LINES).map(({ length }) => length);
  } catch {
    return [];
  }
}

/** Whether the first line names columns: a line that holds a key is a person, and the words below are names of columns. */
function headerOf(first: readonly string[], others: readonly (readonly string[])[]): CsvTable['header'] {
  if (first.some(looksLikeKey)) return 'no';
  if (first.some((cell) => HEADINGS.has(headingOf(cell)))) return 'yes';
  // Below a heading stands something of another kind.
  const keysBelow = first.some((_, n) => others.length > 0 && others.every((line) => looksLikeKey(line[n] ?? '')));
  return keysBelow ? 'yes' : 'unknown';
}

function looksLikeKey(cell: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(cell) || /^[0-9a-f]{32}$/i.test(cell);
}

/** How columns of people are called in files of consoles, directories and HR systems, without blanks and marks. */
const HEADINGS = new Set([
  'id',
  'identityid',
  'identity',
  'alias',
  'accountname',
  'name',
  'displayname',
  'firstname',
  'lastname',
  'givenname',
  'surname',
  'fullname',
  'mail',
  'email',
  'emailaddress',
  'workemail',
  'userprincipalname',
  'upn',
  'samaccountname',
  'username',
  'userid',
  'user',
  'login',
  'uid',
  'employee',
  'employeeid',
  'employeenumber',
  'personalnummer',
  'vorname',
  'nachname',
  'benutzer',
  'benutzername',
  'department',
  'askedfor',
]);

/** Headings below which stand aliases, whatever they look like. */
const ALIAS_HEADINGS = new Set([
  'alias',
  'accountname',
  'samaccountname',
  'username',
  'userid',
  'login',
  'uid',
  'benutzername',
]);
