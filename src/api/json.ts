/**
 * Reading JSON that someone else wrote: the service may add fields and values at any time (contract 0), a proxy may
 * answer in its place, and a hostile answer must cost a clear error instead of the process.
 */
import { randomUUID } from 'node:crypto';

/** The text of a field, or undefined when it is absent, null or of another type. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * What a text of JSON holds, as `JSON.parse` reads it, except that integers beyond 2^53 are a bigint each and so keep
 * every digit: a source may number its people with twenty of them.
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseJson(text: string): unknown {
  // Digits inside a text, an id for example, do not count: most answers take the quick way.
  if (!/(?:^|[-:,[\s])\d{16}/.test(text)) return JSON.parse(text);
  // What is no JSON is refused before digits are looked for: below, every text then has its end.
  JSON.parse(text);
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${BIGINT_MARK}${token}"` : token,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(BIGINT_MARK) ? BigInt(value.slice(BIGINT_MARK.length)) : value,
  );
}

/** The text of a value that `parseJson` read, as `JSON.stringify` writes it, with the digits of each bigint. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(
    value ?? null,
    (_, item: unknown) => (typeof item === 'bigint' ? `${BIGINT_MARK}${item}` : item),
    indent,
  );
  return text.replaceAll(new RegExp(`"${BIGINT_MARK}(-?\\d+)"`, 'g'), '$1');
}

/** Never tries one place twice: what is read is anybody's, and may be long. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** Begins the texts that stand for a bigint meanwhile. New in each process, so that no answer can hold it. */
const BIGINT_MARK = `bigint ${randomUUID()} `;

/** Deeper than any documented answer by far; what walks the value later may recurse. */
export const MAX_DEPTH = 100;

/** True when brackets nest deeper than `max`; looks at the text only, so it is safe to ask before parsing. */
export function isDeeperThan(text: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) {
      inString = true;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > max) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth--;
    }
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
