/** What can stand in the columns of a file of identities. */
import type { Identity } from '../../api/identities';
import { jsonText } from '../../api/json';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

/** A number of more than fifteen digits is a bigint: all of them are kept. */
type Cell = string | number | bigint | boolean | null;

/** A column of a file. */
export interface FileColumn {
  /** What scripts call it, and what is remembered of it: `email`, `attributes.department`. */
  readonly key: string;
  /** What people call it. */
  readonly label: PlainText;
  /** Null where nothing is known. */
  readonly valueOf: (identity: Identity) => Cell;
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
function fields(): readonly FileColumn[] {
  return [
    { key: 'name', label: t('Name'), valueOf: ({ name }) => name },
    { key: 'alias', label: t('Alias'), valueOf: ({ alias }) => alias ?? null },
    { key: 'email', label: t('Email'), valueOf: ({ emailAddress }) => emailAddress ?? null },
    { key: 'status', label: t('Status'), valueOf: ({ identityStatus }) => identityStatus ?? null },
    { key: 'processingState', label: t('Processing state'), valueOf: ({ processingState }) => processingState ?? null },
    {
      key: 'lifecycleState',
      label: t('Lifecycle state'),
      valueOf: ({ lifecycleState }) => lifecycleState?.stateName ?? null,
    },
    {
      key: 'lifecycleSetManually',
      label: t('Lifecycle state set manually'),
      valueOf: ({ lifecycleState }) => lifecycleState?.manuallyUpdated ?? null,
    },
    { key: 'manager', label: t('Manager'), valueOf: ({ managerRef }) => managerRef?.name ?? null },
    { key: 'managerId', label: t('Manager ID'), valueOf: ({ managerRef }) => managerRef?.id ?? null },
    { key: 'isManager', label: t('Is manager'), valueOf: ({ isManager }) => isManager ?? null },
    { key: 'lastRefresh', label: t('Last refresh'), valueOf: ({ lastRefresh }) => lastRefresh ?? null },
    { key: 'created', label: t('Created'), valueOf: ({ created }) => created ?? null },
    { key: 'modified', label: t('Modified'), valueOf: ({ modified }) => modified ?? null },
    { key: 'id', label: t('ID'), valueOf: ({ id }) => id },
  ];
}

/**
 * The fields, then every attribute that some of these identities have, by name.
 *
 * @param wanted keys of columns that are there in any case: those who follow may have an attribute that these have not
 */
export function columnsFor(identities: readonly Identity[], wanted: readonly string[] = []): readonly FileColumn[] {
  const names = new Set([
    ...identities.flatMap(({ attributes }) => Object.keys(attributes ?? {})),
    ...wanted.flatMap((key) => (key.startsWith(ATTRIBUTE) ? [key.slice(ATTRIBUTE.length)] : [])),
  ]);
  return [...fields(), ...[...names].sort().map(attributeColumn)];
}

function attributeColumn(name: string): FileColumn {
  return {
    key: `${ATTRIBUTE}${name}`,
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
