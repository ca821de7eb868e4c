/** What can stand in the columns of a table or a file of identities. */
import type { Identity } from '../api/identities';
import { jsonText } from '../api/json';
import type { IdentityAttribute } from '../api/reference';
import { t } from '../text/l10n';
import { plain, type PlainText } from '../text/plain';
import type { AccessFacts, Facts, Need } from './facts';

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
  /** Several names in one cell, between `SEPARATOR`: each counts for itself. */
  readonly isList?: true;
  /** What has to be asked for first; absent where the list tells it. */
  readonly needs?: Need;
  readonly valueOf: (identity: Identity, facts?: Facts) => Cell;
}

/** What the keys of attributes begin with. */
export const ATTRIBUTE = 'attributes.';

/** Between names in one cell. */
export const SEPARATOR = '; ';

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

/** What the search index tells of an identity (contract-2 1.3): null where it does not know the identity, or does not say. */
function accessColumns(): readonly Column[] {
  return [
    countColumn('accountCount', t('Number of accounts'), 'accounts'),
    namesColumn('accountNames', t('Accounts'), 'accountNames'),
    countColumn('entitlementCount', t('Number of entitlements'), 'entitlements'),
    namesColumn('entitlementNames', t('Entitlements'), 'entitlementNames'),
    countColumn('roleCount', t('Number of roles'), 'roles'),
    namesColumn('roleNames', t('Roles'), 'roleNames'),
    countColumn('accessProfileCount', t('Number of access profiles'), 'accessProfiles'),
    namesColumn('accessProfileNames', t('Access profiles'), 'accessProfileNames'),
  ];
}

type Keys<T> = { [K in keyof AccessFacts]-?: AccessFacts[K] extends T | undefined ? K : never }[keyof AccessFacts];

function countColumn(key: string, label: PlainText, fact: Keys<number>): Column {
  return { key, kind: 'number', label, needs: 'access', valueOf: (_, facts) => facts?.access?.[fact] ?? null };
}

function namesColumn(key: string, label: PlainText, fact: Keys<readonly string[]>): Column {
  return {
    key,
    kind: 'text',
    label,
    needs: 'access',
    isList: true,
    valueOf: (_, facts) => namesText(facts?.access?.[fact]),
  };
}

/** Roles of an identity with their dates (contract 2.3): null where they were not told, empty where it has none. */
function assignmentColumns(): readonly Column[] {
  const needs = 'roleAssignments' as const;
  return [
    {
      key: 'rolesAssigned',
      kind: 'text',
      label: t('Assigned roles'),
      needs,
      isList: true,
      // A role may be assigned more than once.
      valueOf: (_, facts) => namesText(facts?.roleAssignments?.map(({ role }) => role.name ?? role.id)),
    },
    {
      key: 'roleEnds',
      kind: 'text',
      label: t('Roles that end'),
      needs,
      valueOf: (_, facts) =>
        namesText(
          facts?.roleAssignments?.flatMap(({ role, removeDate }) =>
            removeDate ? [t('{0} until {1}', role.name ?? role.id, dayOf(removeDate))] : [],
          ),
        ),
    },
  ];
}

/** Each name once, in one cell; null where nothing is known. */
function namesText(names: readonly string[] | undefined): Cell {
  return names ? [...new Set(names)].join(SEPARATOR) : null;
}

/** The day of an ISO moment, in UTC; anything else as it is. */
function dayOf(moment: string): string {
  return /^\d{4}-\d\d-\d\d(?=T)/.exec(moment)?.[0] ?? moment;
}

/**
 * The fields, what is told elsewhere, then every attribute that the tenant or some of these identities have, by name.
 *
 * @param wanted keys of columns that are there in any case: those who follow may have an attribute that these have not
 * @param attributes those of the tenant, which tell what people call them (contract-2 1.3); empty where they are not known
 */
export function columnsFor(
  identities: readonly Identity[],
  wanted: readonly string[] = [],
  attributes: readonly IdentityAttribute[] = [],
): readonly Column[] {
  const labels = new Map(attributes.map(({ name, displayName }) => [name, displayName?.trim() ? displayName : name]));
  const names = new Set([
    ...labels.keys(),
    ...identities.flatMap(({ attributes }) => Object.keys(attributes ?? {})),
    ...wanted.flatMap((key) => (key.startsWith(ATTRIBUTE) ? [key.slice(ATTRIBUTE.length)] : [])),
  ]);
  const others = [...fields(), ...accessColumns(), ...assignmentColumns()];
  // Two columns of one name would not be told apart in a table.
  const taken = new Set<string>(others.map(({ label }) => label));
  return [
    ...others,
    ...[...names].sort().map((name) => {
      const column = attributeColumn(name, labels.get(name) ?? name, taken);
      taken.add(column.label);
      return column;
    }),
  ];
}

function attributeColumn(name: string, label: string, taken: ReadonlySet<string>): Column {
  return {
    key: `${ATTRIBUTE}${name}`,
    kind: 'text',
    label: plain(taken.has(plain(label)) ? `${label} (${label === name ? ATTRIBUTE : ''}${name})` : label),
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
