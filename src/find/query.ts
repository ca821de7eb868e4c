/** What typed text asks of the service. Pure: the same text always asks the same. */
import { cleaned, keyIn } from '../people/text';
import type { FilterQuery, SearchQuery } from '../lists/query';
import { and, equals, filterText, or, startsWith, type Filter } from '../api/filter';

/** One way of asking. `words`: what was typed, where the query says more than that. */
export type Asking = FilterQuery | (SearchQuery & { readonly words?: string });

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
 * pattern alone is about people too; only a query that names a field or has an operator is sent as it is.
 */
export function planQuery(typed: string): QueryPlan {
  const entry = entryIn(clean(typed));
  const text = entry ?? clean(typed);
  if (text === '') return { primary: undefined, fallback: undefined };
  if (entry === undefined && isQuery(text))
    return { primary: phrases(text) ?? { by: 'search', query: text }, fallback: undefined };
  const short = [...text].slice(0, LONGEST).join('').trim();
  return { primary: byFilter(prefixFilter(short)), fallback: wordsQuery(short) };
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
export function wordsQuery(typed: string): Asking | undefined {
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
function phrases(text: string): Asking | undefined {
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
export function queryByAccess(accessId: string): string {
  return `@access(id:${escaped(accessId)})`;
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
