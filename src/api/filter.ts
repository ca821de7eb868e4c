/** Filters in the service's grammar (contract 5): which fields and operators there are, and how one is written. */

export type FilterOperator = 'eq' | 'ne' | 'co' | 'sw' | 'gt' | 'ge' | 'lt' | 'le' | 'in' | 'ca' | 'isnull' | 'pr';

/** What may be asked of one field. `boolean` fields take `true` and `false` without quotes. */
export interface FilterField {
  readonly type: 'text' | 'boolean' | 'number' | 'date';
  readonly operators: readonly FilterOperator[];
}

export type FilterFields = Readonly<Record<string, FilterField>>;

/** The fields of the identities list (contract 2.1); the service answers 400 to anything else. */
export const IDENTITY_FILTER_FIELDS = {
  id: { type: 'text', operators: ['eq', 'in'] },
  name: { type: 'text', operators: ['eq', 'sw'] },
  alias: { type: 'text', operators: ['eq', 'sw'] },
  firstname: { type: 'text', operators: ['eq', 'sw'] },
  lastname: { type: 'text', operators: ['eq', 'sw'] },
  email: { type: 'text', operators: ['eq', 'sw'] },
  cloudStatus: { type: 'text', operators: ['eq'] },
  processingState: { type: 'text', operators: ['eq'] },
  correlated: { type: 'boolean', operators: ['eq'] },
  protected: { type: 'boolean', operators: ['eq'] },
} as const satisfies FilterFields;

/** Values the contract names (2.2); the service may add others at any time. */
export const IDENTITY_FILTER_VALUES: Readonly<Partial<Record<string, readonly string[]>>> = {
  cloudStatus: [
    'ACTIVE',
    'UNREGISTERED',
    'REGISTERED',
    'PENDING',
    'LOCKED',
    'WARNING',
    'ERROR',
    'DISABLED',
    'DEACTIVATED',
    'TERMINATED',
  ],
  processingState: ['ERROR', 'OK'],
};

/** The fields the identities list sorts by (contract 2.1), each with an optional `-` before it. */
export const IDENTITY_SORTERS: readonly string[] = ['name', 'alias', 'cloudStatus'];

export type FilterValue = string | number | boolean | Date;

/** A filter as data; `filterText` writes it, `parseFilter` reads it. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | {
      readonly kind: 'test';
      readonly field: string;
      readonly operator: FilterOperator;
      /** One value, several for `in` and `ca`, none for `isnull` and `pr`. */
      readonly values: readonly FilterValue[];
    };

type IdentityFields = typeof IDENTITY_FILTER_FIELDS;
type IdentityField = keyof IdentityFields;
type FieldsWith<O extends FilterOperator> = {
  [F in IdentityField]: O extends IdentityFields[F]['operators'][number] ? F : never;
}[IdentityField];
type ValueOf<F extends IdentityField> = IdentityFields[F]['type'] extends 'boolean' ? boolean : string;

/** `field eq value` on the identities list. */
export function equals<F extends IdentityField>(field: F, value: ValueOf<F>): Filter {
  return { kind: 'test', field, operator: 'eq', values: [value] };
}

/** `field sw value` on the identities list, for the fields that allow it. */
export function startsWith(field: FieldsWith<'sw'>, value: string): Filter {
  return { kind: 'test', field, operator: 'sw', values: [value] };
}

/** `field in (…)` on the identities list. Throws RangeError for no values: the grammar has no empty list. */
export function oneOf(field: FieldsWith<'in'>, values: readonly string[]): Filter {
  if (values.length === 0) throw new RangeError('A filter needs at least one value.');
  return { kind: 'test', field, operator: 'in', values };
}

export function and(...parts: readonly Filter[]): Filter {
  return { kind: 'and', parts };
}

export function or(...parts: readonly Filter[]): Filter {
  return { kind: 'or', parts };
}

export function not(part: Filter): Filter {
  return { kind: 'not', part };
}

/** The filter as the service reads it, every value escaped. Not yet percent-encoded: the request pipeline does that. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      // `and` binds tighter than `or`.
      return joined(filter.parts, ' and ', (part) => joins(part, 'or'));
    case 'or':
      return joined(filter.parts, ' or ', () => false);
    case 'not': {
      const inner = filterText(filter.part);
      if (inner === '') return '';
      return joins(filter.part, 'or') || joins(filter.part, 'and') ? `not (${inner})` : `not ${inner}`;
    }
    case 'test':
      return testText(filter);
  }
}

/** Parts that say nothing (an `and` of nothing) are left out; one part alone stands without brackets. */
function joined(parts: readonly Filter[], word: string, bracketed: (part: Filter) => boolean): string {
  const speaking = parts.map((part) => ({ part, text: filterText(part) })).filter(({ text }) => text !== '');
  const texts = speaking.map(({ part, text }) => (bracketed(part) && speaking.length > 1 ? `(${text})` : text));
  return texts.join(word);
}

/** True for a filter that is written with that word between its parts. */
function joins(filter: Filter, kind: 'and' | 'or'): boolean {
  if (filter.kind !== 'and' && filter.kind !== 'or') return false;
  const [only] = filter.parts;
  if (filter.parts.length === 1 && only !== undefined) return joins(only, kind);
  return filter.kind === kind;
}

function testText({ field, operator, values }: Extract<Filter, { kind: 'test' }>): string {
  switch (operator) {
    case 'pr':
      return `pr ${field}`;
    case 'isnull':
      return `${field} isnull`;
    case 'in':
    case 'ca':
      return `${field} ${operator} (${values.map(valueText).join(', ')})`;
    default:
      return `${field} ${operator} ${values.map(valueText).join('')}`;
  }
}

function valueText(value: FilterValue): string {
  if (typeof value === 'string') return quoted(value);
  // Dates are written bare and to the second.
  return value instanceof Date ? value.toISOString().replace(/\.\d+Z$/, 'Z') : String(value);
}

/** A text value: in double quotes, with backslashes and quotes escaped. */
export function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
