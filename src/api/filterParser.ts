/** Reads a person's own filter, so that a mistake is named where it is and before it is sent. */
import type { Filter, FilterField, FilterFields, FilterOperator, FilterValue } from './filter';
import { IDENTITY_FILTER_FIELDS, IDENTITY_SORTERS } from './filter';

type FilterProblem =
  | 'empty'
  | 'unclosedString'
  | 'unknownField'
  | 'unknownOperator'
  | 'operatorNotSupported'
  | 'wrongValue'
  | 'unexpected'
  | 'unexpectedEnd'
  | 'tooDeep'
  | 'unknownSorter';

export interface FilterMistake {
  readonly problem: FilterProblem;
  /** Where it begins and how long it is, in characters of the text. */
  readonly position: number;
  readonly length: number;
  /** The words at that place. */
  readonly found: string;
  /** What could stand there: fields, operators or words of the grammar. */
  readonly expected: readonly string[];
  /** The field whose operator or value it is about. */
  readonly field?: string;
  /** One English sentence, for a log: what people read is worded from the facts. */
  readonly message: string;
}

export type ParsedFilter =
  { readonly ok: true; readonly filter: Filter } | { readonly ok: false; readonly mistake: FilterMistake };

const COMPARISONS: readonly string[] = ['eq', 'ne', 'co', 'sw', 'gt', 'ge', 'lt', 'le'];
const OPERATORS: readonly string[] = [...COMPARISONS, 'in', 'ca', 'isnull'];
/** Deeper than a person nests; the reader recurses. */
const MAX_NESTING = 50;

type TokenKind = 'string' | 'word' | 'bracket' | 'unclosed' | 'end';

interface Token {
  readonly kind: TokenKind;
  /** As written; a string's value without quotes and escapes is in `value`. */
  readonly text: string;
  readonly value: string;
  readonly at: number;
}

class FilterSyntaxError extends Error {
  constructor(readonly mistake: FilterMistake) {
    super(mistake.message);
  }
}

/**
 * Parses `text` and checks it against the fields and operators the list supports (contract 2.1, 5).
 * Never throws: the first mistake comes back with its position.
 */
export function parseFilter(text: string, fields: FilterFields = IDENTITY_FILTER_FIELDS): ParsedFilter {
  try {
    return { ok: true, filter: new FilterReader(tokensOf(text), fields).read() };
  } catch (e) {
    if (e instanceof FilterSyntaxError) return { ok: false, mistake: e.mistake };
    throw e;
  }
}

/** The first mistake of a sorters text such as `-name,alias`; undefined when it is right (contract 2.1). */
export function checkSorters(text: string, sorters: readonly string[] = IDENTITY_SORTERS): FilterMistake | undefined {
  let at = 0;
  for (const part of text.split(',')) {
    const word = part.trim();
    if (!sorters.includes(word.replace(/^-/, ''))) {
      const position = at + part.indexOf(word);
      const message = `"${word}" cannot be sorted by. Use ${sorters.join(', ')}, each with an optional "-" before it.`;
      return { problem: 'unknownSorter', position, length: word.length, found: word, expected: sorters, message };
    }
    at += part.length + 1;
  }
  return undefined;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\[^])*)"|("[^]*)|([(),])|([^\s(),"]+))/y;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, string, unclosed, bracket, word] = match;
    const written = whole.trimStart();
    const at = match.index + whole.length - written.length;
    const kind =
      string !== undefined
        ? 'string'
        : unclosed !== undefined
          ? 'unclosed'
          : bracket !== undefined
            ? 'bracket'
            : 'word';
    const value = string?.replace(/\\([^])/g, '$1') ?? unclosed ?? bracket ?? word ?? '';
    tokens.push({ kind, text: written, value, at });
  }
  tokens.push({ kind: 'end', text: '', value: '', at: text.trimEnd().length });
  return tokens;
}

/** Recursive descent over or > and > not > prim; its lifetime is one text. */
class FilterReader {
  #next = 0;
  #nesting = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly fields: FilterFields,
  ) {}

  read(): Filter {
    if (this.#peek().kind === 'end') this.#fail('empty', this.#peek(), this.#fieldNames(), 'The filter is empty.');
    const filter = this.#series('or');
    const rest = this.#peek();
    if (rest.kind !== 'end') this.#unexpected(rest, ['and', 'or']);
    return filter;
  }

  #series(kind: 'or' | 'and'): Filter {
    const part = () => (kind === 'or' ? this.#series('and') : this.#negation());
    const first = part();
    if (!this.#isWord(kind)) return first;
    const parts = [first];
    while (this.#isWord(kind)) {
      this.#take();
      parts.push(part());
    }
    return { kind, parts };
  }

  #negation(): Filter {
    const token = this.#peek();
    if (++this.#nesting > MAX_NESTING) this.#fail('tooDeep', token, [], 'The filter is nested too deeply.');
    try {
      if (this.#isWord('not')) {
        this.#take();
        return { kind: 'not', part: this.#negation() };
      }
      if (!this.#isBracket('(')) return this.#test();
      this.#take();
      const inner = this.#series('or');
      this.#takeBracket(')', ['and', 'or', ')']);
      return inner;
    } finally {
      this.#nesting--;
    }
  }

  #test(): Filter {
    if (this.#isWord('pr')) {
      const operator = this.#take();
      const { name, field } = this.#field();
      this.#checkOperator(name, field, operator);
      return { kind: 'test', field: name, operator: 'pr', values: [] };
    }
    const { name, field } = this.#field();
    const token = this.#take();
    if (token.kind !== 'word') this.#unexpected(token, field.operators);
    const operator = this.#checkOperator(name, field, token);
    if (operator === 'isnull') return { kind: 'test', field: name, operator, values: [] };
    if (operator !== 'in' && operator !== 'ca') {
      return { kind: 'test', field: name, operator, values: [this.#value(name, field)] };
    }
    this.#takeBracket('(', ['(']);
    const values = [this.#value(name, field)];
    while (this.#isBracket(',')) {
      this.#take();
      values.push(this.#value(name, field));
    }
    this.#takeBracket(')', [',', ')']);
    return { kind: 'test', field: name, operator, values };
  }

  #field(): { readonly name: string; readonly field: FilterField } {
    const token = this.#take();
    if (token.kind !== 'word') this.#unexpected(token, this.#fieldNames());
    const field = Object.hasOwn(this.fields, token.text) ? this.fields[token.text] : undefined;
    if (field === undefined) {
      const names = this.#fieldNames();
      this.#fail('unknownField', token, names, `"${token.text}" cannot be filtered by. Use ${names.join(', ')}.`);
    }
    return { name: token.text, field };
  }

  #checkOperator(name: string, field: FilterField, token: Token): FilterOperator {
    const found = field.operators.find((operator) => operator === token.text);
    if (found !== undefined) return found;
    const usable = field.operators.join(' or ');
    if (!OPERATORS.includes(token.text) && token.text !== 'pr') {
      const text = `"${token.text}" is no operator. Use ${usable} with ${name}.`;
      this.#fail('unknownOperator', token, field.operators, text, name);
    }
    const text = `"${name}" does not support ${token.text}. Use ${usable}.`;
    return this.#fail('operatorNotSupported', token, field.operators, text, name);
  }

  #value(name: string, field: FilterField): FilterValue {
    const token = this.#take();
    if (token.kind === 'unclosed') {
      this.#fail('unclosedString', token, ['"'], 'The text is not closed with a double quote.');
    }
    if (token.kind === 'end' || token.kind === 'bracket') this.#unexpected(token, VALUE_FORMS[field.type]);
    const value = VALUE_READERS[field.type](token);
    if (value !== undefined) return value;
    const text = `"${name}" is compared with ${VALUE_FORMS[field.type].join(' or ')}.`;
    return this.#fail('wrongValue', token, VALUE_FORMS[field.type], text, name);
  }

  #takeBracket(bracket: string, expected: readonly string[]): void {
    const token = this.#take();
    if (token.kind !== 'bracket' || token.text !== bracket) this.#unexpected(token, expected);
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text === word;
  }

  #isBracket(bracket: string): boolean {
    const token = this.#peek();
    return token.kind === 'bracket' && token.text === bracket;
  }

  #peek(): Token {
    return this.tokens[this.#next] ?? END;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #fieldNames(): readonly string[] {
    return Object.keys(this.fields);
  }

  #unexpected(token: Token, expected: readonly string[]): never {
    // Words of the grammar are set apart from those of the sentence.
    const what = `Expected ${expected.map((word) => word.replace(/^(and|or|[(),])$/, '"$1"')).join(' or ')}`;
    if (token.kind === 'unclosed') {
      this.#fail('unclosedString', token, ['"'], 'The text is not closed with a double quote.');
    }
    if (token.kind === 'end') this.#fail('unexpectedEnd', token, expected, `The filter ends too early. ${what}.`);
    return this.#fail('unexpected', token, expected, `${what}, found ${token.text}.`);
  }

  #fail(problem: FilterProblem, token: Token, expected: readonly string[], message: string, field?: string): never {
    throw new FilterSyntaxError({
      problem,
      position: token.at,
      length: token.text.length,
      found: token.text,
      expected,
      ...(field === undefined ? {} : { field }),
      message,
    });
  }
}

const END: Token = { kind: 'end', text: '', value: '', at: 0 };

/** How the values of a field are written, in the words of a message. */
const VALUE_FORMS: Readonly<Record<FilterField['type'], readonly string[]>> = {
  text: ['"text"'],
  boolean: ['true', 'false'],
  number: ['a number'],
  date: ['a date such as 2018-12-18T23:05:55Z'],
};

const VALUE_READERS: Readonly<Record<FilterField['type'], (token: Token) => FilterValue | undefined>> = {
  text: ({ kind, value }) => (kind === 'string' ? value : undefined),
  boolean: ({ kind, text }) => (kind === 'word' && /^(true|false)$/.test(text) ? text === 'true' : undefined),
  number: ({ kind, text }) => (kind === 'word' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  date: ({ kind, text }) =>
    kind === 'word' && /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : undefined,
};
