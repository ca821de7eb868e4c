import { badRequest } from '../http/responses';

/** The service's filter grammar (contract 5), parsed. */
export type Filter =
  | { readonly kind: 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'test'; readonly field: string; readonly operator: string; readonly values: readonly Value[] };

export type Value = string | number | boolean;
/** Operators each field accepts. */
export type FieldRules = Readonly<Record<string, readonly string[]>>;

const COMPARISONS = new Set(['eq', 'ne', 'co', 'sw', 'gt', 'ge', 'lt', 'le']);
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([(),])|([^\s(),"]+))/y;
const MAX_LENGTH = 60_000;
const MAX_DEPTH = 100;

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw badRequest(`Filter could not be read at position ${String(from)}: a string is not closed.`);
    const [whole, string, bracket, word] = match;
    const at = from + whole.length - (string ?? bracket ?? word ?? '').length;
    if (string !== undefined) found.push({ text: string.slice(1, -1).replace(/\\(.)/g, '$1'), quoted: true, at });
    else found.push({ text: bracket ?? word ?? '', quoted: false, at });
  }
  return found;
}

/**
 * Reads a filter and checks it against the fields and operators of one operation.
 * Throws the service's 400 with the reason in `causes`.
 */
export function parseFilter(text: string, rules: FieldRules): Filter {
  if (text.length > MAX_LENGTH) throw badRequest('Filter is too long.');
  const list = tokens(text);
  let next = 0;

  const peek = (): Token | undefined => list[next];
  const isWord = (word: string): boolean => peek()?.text === word && !peek()?.quoted;
  const take = (what: string): Token => {
    const token = list[next++];
    if (!token) throw badRequest(`Filter ends where ${what} is expected.`);
    return token;
  };
  const expect = (text: string): void => {
    const token = take(`"${text}"`);
    if (token.quoted || token.text !== text) {
      throw badRequest(`Filter has "${token.text}" at position ${String(token.at)} where "${text}" is expected.`);
    }
  };
  const series = (word: 'and' | 'or', part: (depth: number) => Filter, depth: number): Filter => {
    const parts = [part(depth)];
    while (isWord(word)) {
      next++;
      parts.push(part(depth));
    }
    return parts.length === 1 ? (parts[0] as Filter) : { kind: word, parts };
  };
  const any = (depth: number): Filter => series('or', (inner) => series('and', negation, inner), depth);

  const negation = (depth: number): Filter => {
    if (depth > MAX_DEPTH) throw badRequest('Filter is nested too deeply.');
    if (isWord('not')) {
      next++;
      return { kind: 'not', part: negation(depth + 1) };
    }
    if (isWord('(')) {
      next++;
      const inner = any(depth + 1);
      expect(')');
      return inner;
    }
    return test();
  };

  const checked = (field: Token, operator: string, values: readonly Value[]): Filter => {
    const allowed = Object.hasOwn(rules, field.text) ? rules[field.text] : undefined;
    if (field.quoted || !allowed) throw badRequest(`Filter property "${field.text}" is not supported.`);
    if (!allowed.includes(operator)) {
      throw badRequest(`Filter operator "${operator}" is not supported for property "${field.text}".`);
    }
    return { kind: 'test', field: field.text, operator, values };
  };

  const test = (): Filter => {
    if (isWord('pr')) {
      next++;
      return checked(take('a property'), 'pr', []);
    }
    const field = take('a property');
    const operator = take('an operator');
    if (operator.text === 'isnull') return checked(field, 'isnull', []);
    if (operator.text === 'in' || operator.text === 'ca') {
      expect('(');
      const values = [value(take('a value'))];
      while (isWord(',')) {
        next++;
        values.push(value(take('a value')));
      }
      expect(')');
      return checked(field, operator.text, values);
    }
    if (operator.quoted || !COMPARISONS.has(operator.text)) {
      throw badRequest(`Filter operator "${operator.text}" at position ${String(operator.at)} is unknown.`);
    }
    return checked(field, operator.text, [value(take('a value'))]);
  };

  const value = (token: Token): Value => {
    if (token.quoted) return token.text;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(token.text)) return token.text;
    throw badRequest(`Filter value "${token.text}" at position ${String(token.at)} needs double quotes.`);
  };

  const filter = any(0);
  const rest = peek();
  if (rest) throw badRequest(`Filter has "${rest.text}" at position ${String(rest.at)} after its end.`);
  return filter;
}

/** One comparison; strings ignore case and compare lexicographically. */
export function compare(actual: Value | null | undefined, operator: string, values: readonly Value[]): boolean {
  if (operator === 'isnull') return actual === null || actual === undefined;
  if (operator === 'pr') return actual !== null && actual !== undefined;
  if (actual === null || actual === undefined) return operator === 'ne';
  const left = typeof actual === 'number' ? actual : String(actual).toLowerCase();
  const fold = (value: Value): string | number =>
    typeof left === 'number' ? Number(value) : String(value).toLowerCase();
  const right = fold(values[0] ?? '');
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'in':
    case 'ca':
      return values.some((value) => fold(value) === left);
    case 'sw':
      return String(left).startsWith(String(right));
    case 'co':
      return String(left).includes(String(right));
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    default:
      return left <= right;
  }
}

/** A filter over rows whose fields are read by `get`. */
export function evaluate(filter: Filter, get: (field: string) => Value | null | undefined): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => evaluate(part, get));
    case 'or':
      return filter.parts.some((part) => evaluate(part, get));
    case 'not':
      return !evaluate(filter.part, get);
    case 'test':
      return compare(get(filter.field), filter.operator, filter.values);
  }
}
