import { badRequest } from '../http/responses';
import { areSimilar, MAX_EDITS } from './similarWords';

/** A search query: the part of Elasticsearch's query string syntax that people type (contract 5). */
export type SearchQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly parts: readonly SearchQuery[] }
  | { readonly kind: 'or'; readonly parts: readonly SearchQuery[] }
  | { readonly kind: 'not'; readonly part: SearchQuery }
  | { readonly kind: 'exists'; readonly field: string }
  /** One thing inside the document, at `path`, that the whole of `part` is true of: `@access(id:x)`. */
  | { readonly kind: 'nested'; readonly path: string; readonly part: SearchQuery }
  /** Without a field: any of the fields searched by default. */
  | { readonly kind: 'term'; readonly field: string | undefined; readonly text: string; readonly matches: Matches };

/** Whether a folded value has the term. */
export type Matches = (value: string) => boolean;

interface Token {
  readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'field';
  readonly text: string;
}

const TOKEN = /\s+|"((?:[^"\\]|\\.)*)"|([()])|((?:\\.|[^\s()":\\])+):|((?:\\.|[^\s()"\\])+)/y;
const MAX_DEPTH = 50;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw badRequest(`Failed to parse query [${text}]: unexpected text at position ${String(from)}.`);
    const [, phrase, bracket, field, word] = match;
    if (phrase !== undefined) found.push({ kind: 'phrase', text: phrase });
    else if (bracket !== undefined) found.push({ kind: bracket === '(' ? 'open' : 'close', text: bracket });
    else if (field !== undefined) found.push({ kind: 'field', text: field.replace(/\\(.)/g, '$1') });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
  }
  return found;
}

/** Reads a query; words side by side mean OR, as Elasticsearch's default is. Throws the service's 400. */
export function parseSearch(text: string): SearchQuery {
  const list = tokens(text);
  let next = 0;
  const peek = (): Token | undefined => list[next];
  const isWord = (...words: string[]): boolean => peek()?.kind === 'word' && words.includes(peek()?.text ?? '');
  const fail = (): never => {
    throw badRequest(`Failed to parse query [${text}].`);
  };

  const or = (field: string | undefined, depth: number): SearchQuery => {
    const parts = [and(field, depth)];
    for (let token = peek(); token && token.kind !== 'close'; token = peek()) {
      if (isWord('OR', '||')) next++;
      parts.push(and(field, depth));
    }
    return parts.length === 1 ? (parts[0] as SearchQuery) : { kind: 'or', parts };
  };
  const and = (field: string | undefined, depth: number): SearchQuery => {
    const parts = [not(field, depth)];
    while (isWord('AND', '&&')) {
      next++;
      parts.push(not(field, depth));
    }
    return parts.length === 1 ? (parts[0] as SearchQuery) : { kind: 'and', parts };
  };
  const not = (field: string | undefined, depth: number): SearchQuery => {
    if (depth > MAX_DEPTH) fail();
    if (!isWord('NOT', '!')) return term(field, depth);
    next++;
    return { kind: 'not', part: not(field, depth + 1) };
  };
  const term = (field: string | undefined, depth: number): SearchQuery => {
    const token = list[next++];
    switch (token?.kind) {
      case 'open': {
        const inner = or(field, depth + 1);
        if (list[next++]?.kind !== 'close') fail();
        return inner;
      }
      case 'field':
        return term(token.text, depth + 1);
      case 'phrase':
        return { kind: 'term', field, text: token.text, matches: phrase(token.text.replace(/\\(.)/g, '$1')) };
      case 'word':
        if (/^@\w+$/.test(token.text) && peek()?.kind === 'open') {
          return { kind: 'nested', path: token.text.slice(1), part: term(undefined, depth + 1) };
        }
        return word(token.text, field);
      default:
        return fail();
    }
  };
  const word = (text: string, field: string | undefined): SearchQuery => {
    if (['AND', 'OR', '&&', '||'].includes(text)) fail();
    if (field === '_exists_') return { kind: 'exists', field: text };
    if (text === '*') return field === undefined || field === '*' ? { kind: 'all' } : { kind: 'exists', field };
    if (text.startsWith('-') && text.length > 1) return { kind: 'not', part: word(text.slice(1), field) };
    return { kind: 'term', field, text, matches: matchesOf(text.replace(/^\+/, '')) };
  };

  if (list.length === 0) return fail();
  const query = or(undefined, 0);
  if (next < list.length) fail();
  return query;
}

/** Letter case and accents do not matter; words are runs of letters and digits. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const WORDS = /[\p{L}\p{N}]+/gu;
const BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const AFTER = String.raw`(?![\p{L}\p{N}])`;

function phrase(text: string): Matches {
  const words = fold(text).match(WORDS) ?? [];
  if (words.length === 0) return () => false;
  const pattern = new RegExp(BEFORE + words.join(String.raw`[^\p{L}\p{N}]+`) + AFTER, 'u');
  return (value) => pattern.test(value);
}

/** A word; with `~` behind it whatever is spelled like it. On a pattern that mark says nothing. */
function matchesOf(text: string): Matches {
  const [, word, edits] = /^(.+)(?<!\\)~(\d*)$/.exec(text) ?? [];
  if (word === undefined) return wildcard(text);
  return isPattern(word) ? wildcard(word) : similar(word, edits ? Math.min(Number(edits), MAX_EDITS) : MAX_EDITS);
}

/** Any word of a value that is spelled like this one, which is compared as a whole: it is not taken apart. */
function similar(text: string, edits: number): Matches {
  const wanted = fold(text.replace(/\\(.)/g, '$1'));
  return (value) => (value.match(WORDS) ?? []).some((word) => areSimilar(word, wanted, edits));
}

function isPattern(text: string): boolean {
  return /(?<!\\)[*?]/.test(text);
}

/** A word, with `*` and `?` if it has them; those compare with the whole value too, as an unanalysed field would. */
function wildcard(text: string): Matches {
  if (!isPattern(text)) return phrase(text.replace(/\\(.)/g, '$1'));
  const [first = '', ...others] = fold(text)
    .replace(/\\(.)/g, '$1')
    .split(/\*+/)
    .map((part) => part.replace(/[.+^${}()|[\]\\/]/g, String.raw`\$&`).replace(/\?/g, String.raw`\S`));
  const last = others.pop();
  // What stands between two stars is found once, at its first place: trying every other one as well could take hours.
  const between = others.map((part, n) => `(?=(\\S*?${part}))\\${n + 1}`).join('');
  const end = last === undefined ? '' : String.raw`\S*${last}`;
  const pattern = new RegExp(BEFORE + first + between + end + AFTER, 'u');
  return (value) => pattern.test(value);
}
