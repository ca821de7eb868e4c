/** What typed text asks of the service. Pure: the same text always asks the same. */
import { cleaned, keyIn } from '../people/text';
import type { FilterQuery, SearchQuery } from '../lists/query';
import { and, equals, filterText, IDENTITY_FILTER_FIELDS, or, startsWith, type Filter } from '../api/filter';
import { parseFilter, type FilterMistake } from '../api/filterParser';
import { searchMistake, type SearchMistake } from '../api/searchSyntax';

/** One way of asking. */
export type Asking = FilterQuery | SearchAsking;

export interface SearchAsking extends SearchQuery {
  /** What was typed, where the query says more than that. */
  readonly words?: string;
  /** The words may be spelled a little differently. */
  readonly similar?: true;
  /** What it asks has no likeness among starts of names: where there is no Search, nothing stands in for it. */
  readonly exact?: true;
}

export interface QueryPlan {
  /** Undefined when nothing was typed. */
  readonly primary: Asking | undefined;
  /** What is asked when the first finds nobody. */
  readonly fallback: Asking | undefined;
}

/** Names and addresses are shorter; a filter travels in the request's address, which has an end. */
const LONGEST = 128;

/**
 * An id, an address or the start of a name is a filter of the list, which is quick and never behind; words found by no
 * start of a name, and whatever is written as a query (`field:value`, `*`, `AND`, "a phrase"), are for Search. A phrase or a
 * pattern alone is about people too; only a query that names a field or has an operator is sent as it is, and so is a filter as
 * lists have it.
 */
export function planQuery(typed: string): QueryPlan {
  const entry = entryIn(clean(typed));
  const text = entry ?? clean(typed);
  if (text === '') return { primary: undefined, fallback: undefined };
  if (entry === undefined && isFilter(text))
    return { primary: { by: 'filter', filter: text, includeUncorrelated: true }, fallback: undefined };
  if (entry === undefined && isQuery(text))
    return { primary: phrases(text) ?? { by: 'search', query: text }, fallback: undefined };
  const short = [...text].slice(0, LONGEST).join('').trim();
  return { primary: byFilter(prefixFilter(short)), fallback: wordsQuery(short) };
}

/** What is wrong with typed text, of which nothing can be asked then. Places are those of the text as it was typed. */
export type TypedMistake =
  | { readonly in: 'filter'; readonly mistake: FilterMistake }
  | { readonly in: 'search'; readonly mistake: SearchMistake };

/** The first mistake of a filter or a query; words are never wrong. */
export function mistakeIn(typed: string): TypedMistake | undefined {
  const text = clean(typed);
  if (entryIn(text) !== undefined) return undefined;
  const before = typed.length - typed.trimStart().length;
  const placed = <M extends { readonly position: number }>(mistake: M): M => ({
    ...mistake,
    position: mistake.position + before,
  });
  if (isFilter(text)) {
    const parsed = parseFilter(text);
    return parsed.ok ? undefined : { in: 'filter', mistake: placed(parsed.mistake) };
  }
  const mistake = isQuery(text) || isBegun(text) ? searchMistake(text) : undefined;
  return mistake && { in: 'search', mistake: placed(mistake) };
}

/** Uncorrelated people can be looked for like anyone else. */
export function byFilter(filter: Filter): FilterQuery {
  return { by: 'filter', filter: filterText(filter), includeUncorrelated: true };
}

/** The key of an entry that was copied with more around it: `Name <address>`, a page of the console, an id in quotes. */
function entryIn(text: string): string | undefined {
  const key = keyIn(text);
  return key !== undefined && key !== text && /^[0-9a-f]{32}$|@/i.test(key) ? key : undefined;
}

/**
 * Where typed words are looked for. A word without a field would be looked for in all, the names of entitlements people have
 * among them (contract-2 1.2): that finds half a company. A tenant that lacks one of the attributes finds nobody by it.
 */
const WORD_FIELDS = [
  'displayName',
  'name',
  'email',
  'firstName',
  'lastName',
  'employeeNumber',
  'attributes.department',
  'attributes.title',
  'attributes.jobTitle',
  'attributes.city',
  'attributes.location',
];

/** The search for people who have every typed word somewhere in their names, addresses, department, title or place. */
export function wordsQuery(typed: string): SearchAsking | undefined {
  const words = [...clean(typed)]
    .slice(0, LONGEST)
    .join('')
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (words.length === 0) return undefined;
  const query = words.map((word) => anyField(`*${escaped(word)}*`)).join(' AND ');
  return { by: 'search', query, words: words.join(' ') };
}

/** The search for phrases and patterns (`"Ada Winterbourne"`, `*berg`), when the text is made of nothing else. */
function phrases(text: string): SearchAsking | undefined {
  const parts = text.match(/"[^"\\]+"|\S+/g) ?? [];
  const isPlain = parts.every((part) =>
    /^"[^"\\]+"$|^[\p{L}\p{N}*?._@'-]*[\p{L}\p{N}][\p{L}\p{N}*?._@'-]*$/u.test(part),
  );
  if (!isPlain || parts.some((part) => /^(AND|OR|NOT|-.*)$/.test(part))) return undefined;
  return { by: 'search', query: parts.map(anyField).join(' AND '), words: text };
}

function anyField(value: string): string {
  return `(${WORD_FIELDS.map((field) => `${field}:${value}`).join(' OR ')})`;
}

/** The search for everybody who has a role, or another thing of that id. */
export function queryByAccess(accessId: string): SearchAsking {
  return { by: 'search', query: `@access(id:${escaped(accessId)})`, exact: true };
}

/** Those of a search that typed text finds as well: words, or a query. */
export function narrowed({ query, ...rest }: SearchAsking, typed: string): SearchAsking {
  const text = clean(typed);
  const asked = isQuery(text) ? (phrases(text) ?? { by: 'search', query: text }) : wordsQuery(text);
  if (!asked) return { ...rest, query };
  return { ...rest, ...asked, query: `${query} AND (${asked.query})` };
}

/** Of fewer letters every word is similar to too many. */
const SIMILAR_FROM = 4;

/**
 * The search for people whose names or other fields are spelled nearly like the typed words. Undefined for a filter or a query, whose
 * author knows what they want, and for words that are all too short.
 */
export function similarQuery(typed: string): SearchAsking | undefined {
  const text = entryIn(clean(typed)) ?? clean(typed);
  if (isFilter(text) || (isQuery(text) && !phrases(text))) return undefined;
  // The host of an address says nothing of who has it. Search takes words apart at other marks, but not those it is to vary.
  const words = plainWords(text.replace(/@\S*/g, '')).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const isLong = (word: string): boolean =>
    /^[\p{L}\p{M}]+$/u.test(word) && [...word.normalize('NFC')].length >= SIMILAR_FROM;
  if (!words.some(isLong)) return undefined;
  const query = words.map((word) => anyField(isLong(word) ? `${word}~` : `${word}*`)).join(' AND ');
  return { by: 'search', query, words: words.join(' '), similar: true };
}

/** The words of a query without what makes it one: `name:"ada" AND NOT *berg*` is "ada berg". */
export function plainWords(query: string): string {
  const words = clean(query)
    .replace(/(^|[\s(!+-])[\w.@]+:(?=\S)/g, '$1')
    .replace(/(^|\s)(AND|OR|NOT|TO)(?=\s|$)/g, ' ')
    .replace(/\\(?=[^])|(?<!\\)[*?"()[\]{}!+~^]/g, (mark) => (mark === '\\' ? '' : ' '))
    .replace(/\s+/g, ' ')
    .trim();
  return [...words].slice(0, LONGEST).join('').trim();
}

/** The filter of a text that is no query: what starts like it. It stands in where there is no Search, too. */
export function prefixFilter(text: string): Filter {
  if (/^[0-9a-f]{32}$/i.test(text)) return equals('id', text.toLowerCase());
  if (text.includes('@')) return or(startsWith('email', text), startsWith('alias', text));
  // "Winterbourne, Ada" is what address books write.
  const [last, given] = text.split(/\s*,\s*/);
  if (last && given && text.split(',').length === 2)
    return or(startsWith('name', text), prefixFilter(`${given} ${last}`));
  const [first = text, ...others] = text.split(/\s+/);
  const rest = others.join(' ');
  if (rest === '') {
    return or(
      // Ids are opaque: not all of them need be of that form.
      ...(/^[\w-]{16,}$/.test(text) ? [equals('id', text)] : []),
      ...(['name', 'alias', 'firstname', 'lastname', 'email'] as const).map((field) => startsWith(field, text)),
    );
  }
  return or(
    startsWith('name', text),
    startsWith('alias', text),
    and(startsWith('firstname', first), startsWith('lastname', rest)),
    and(startsWith('lastname', first), startsWith('firstname', rest)),
    startsWith('firstname', text),
    startsWith('lastname', text),
  );
}

/** What a person typed as a query in Search's own language. */
function isQuery(text: string): boolean {
  return (
    /(^|[\s(!+-])[\w.@]+:\S/.test(text) ||
    /[*?]/.test(text) ||
    /(^|\s)(AND|OR|NOT)(\s|$)/.test(text) ||
    /^[^"]*"[^"]+"[^"]*$/.test(text)
  );
}

/** What begins a query and is not yet one: a field without a value, a phrase without its end. */
function isBegun(text: string): boolean {
  return /(^|[\s(!+-])[\w.@]+:$/.test(text) || /^"[^"]*$/.test(text);
}

const OPERATOR_WORDS = 'eq|ne|co|sw|gt|ge|lt|le|in|ca|isnull';
const FILTER = new RegExp(
  String.raw`^(?:[\s(]|not\b)*(?:(?:${Object.keys(IDENTITY_FILTER_FIELDS).join('|')})\s+(?:${OPERATOR_WORDS})(?![\w])|[\w.]+\s+(?:${OPERATOR_WORDS})\s*\(?\s*")`,
);

/** What begins as a filter does: a field with an operator. One that lists do not know must have a value in quotes besides. */
export function isFilter(text: string): boolean {
  return FILTER.test(text);
}

/** Halves of characters cannot be sent. */
function clean(text: string): string {
  return cleaned(text)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
}

/** Search reads these characters as operators; `<` and `>` cannot be escaped, so any character may stand there. */
function escaped(word: string): string {
  return word.replace(/[<>]/g, '?').replace(/[\\+\-=&|!(){}[\]^"~*:/]/g, '\\$&');
}
