/** What can stand in the columns of a table or a file of identities. */
import type { Identity } from '../api/identities';
import { jsonText } from '../api/json';
import { t } from '../text/l10n';
import { plain, type PlainText } from '../text/plain';
import type { Facts, Need } from './facts';

/** A number of more than fifteen digits is a bigint: all of them are kept. Null: nothing is known. */
export type Cell = string | number | bigint | boolean | null;

/** A column of a table or a file. */
export interface Column {
  /** What scripts call it, and what is remembered of it: `email`, `attributes.department`. */
  readonly key: string;
  /** What people call it. */
  readonly label: PlainText;
  /** How a person reads its values: a state as a word with an icon, a moment as a date, a flag as yes or no, all else as it is. */
  readonly kind: 'text' | 'state' | 'moment' | 'flag' | 'number';
  /** What has to be asked for first; absent where the list tells it. */
  readonly needs?: Need;
  readonly valueOf: (identity: Identity, facts?: Facts) => Cell;
}

/** What the keys of attributes begin with. */
const ATTRIBUTE = 'attributes.';

/** The columns of a file as long as nobody chose others. */
export const USUAL_COLUMNS: readonly string[] = [
  'name',
  'alias',
  'email',
  'status',
  'processingState',
  'lifecycleState',
  'manager',
  'lastRefresh',
  'id',
];

/** What the list operation tells of everybody, raw: files are for machines, too (contract 2.2). */
function fields(): readonly Column[] {
  return [
    { key: 'name', kind: 'text', label: t('Name'), valueOf: ({ name }) => name },
    { key: 'alias', kind: 'text', label: t('Alias'), valueOf: ({ alias }) => alias ?? null },
    { key: 'email', kind: 'text', label: t('Email'), valueOf: ({ emailAddress }) => emailAddress ?? null },
    { key: 'status', kind: 'state', label: t('Status'), valueOf: ({ identityStatus }) => identityStatus ?? null },
    {
      key: 'processingState',
      kind: 'state',
      label: t('Processing state'),
      valueOf: ({ processingState }) => processingState ?? null,
    },
    {
      key: 'lifecycleState',
      kind: 'text',
      label: t('Lifecycle state'),
      valueOf: ({ lifecycleState }) => lifecycleState?.stateName ?? null,
    },
    {
      key: 'lifecycleSetManually',
      kind: 'flag',
      label: t('Lifecycle state set manually'),
      valueOf: ({ lifecycleState }) => lifecycleState?.manuallyUpdated ?? null,
    },
    { key: 'manager', kind: 'text', label: t('Manager'), valueOf: ({ managerRef }) => managerRef?.name ?? null },
    { key: 'managerId', kind: 'text', label: t('Manager ID'), valueOf: ({ managerRef }) => managerRef?.id ?? null },
    { key: 'isManager', kind: 'flag', label: t('Is manager'), valueOf: ({ isManager }) => isManager ?? null },
    { key: 'lastRefresh', kind: 'moment', label: t('Last refresh'), valueOf: ({ lastRefresh }) => lastRefresh ?? null },
    { key: 'created', kind: 'moment', label: t('Created'), valueOf: ({ created }) => created ?? null },
    { key: 'modified', kind: 'moment', label: t('Modified'), valueOf: ({ modified }) => modified ?? null },
    { key: 'id', kind: 'text', label: t('ID'), valueOf: ({ id }) => id },
  ];
}

/**
 * The fields, then every attribute that some of these identities have, by name.
 *
 * @param wanted keys of columns that are there in any case: those who follow may have an attribute that these have not
 */
export function columnsFor(identities: readonly Identity[], wanted: readonly string[] = []): readonly Column[] {
  const names = new Set([
    ...identities.flatMap(({ attributes }) => Object.keys(attributes ?? {})),
    ...wanted.flatMap((key) => (key.startsWith(ATTRIBUTE) ? [key.slice(ATTRIBUTE.length)] : [])),
  ]);
  return [...fields(), ...[...names].sort().map(attributeColumn)];
}

function attributeColumn(name: string): Column {
  return {
    key: `${ATTRIBUTE}${name}`,
    kind: 'text',
    label: plain(name),
    valueOf: ({ attributes }) => cellOf(attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined),
  };
}

/** An attribute can hold anything: what is no plain value is kept as JSON. */
function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  // What is too big for a number is not nothing, which it would be in JSON.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return jsonText(value);
}
