/** Characters of a JSON string's value and where they are written, escapes counted as they are. */

/**
 * Where the character at `position` of the value begins in `literal`, which is the string as it is written, from its opening
 * quote. Behind the value's end: the closing quote.
 */
export function toLiteralOffset(literal: string, position: number): number {
  let at = 1;
  for (let n = 0; n < position && at < literal.length; n++) at += lengthAt(literal, at);
  return Math.min(at, literal.length);
}

/** The character of the value that is written at, or around, that place of the literal. */
export function toValueIndex(literal: string, written: number): number {
  let position = 0;
  for (let at = 1; at < literal.length; position++) {
    at += lengthAt(literal, at);
    if (at > written) break;
  }
  return position;
}

/** `\n` is two characters, `\u00e9` is six, anything else one. */
function lengthAt(literal: string, at: number): number {
  if (literal[at] !== '\\') return 1;
  return literal[at + 1] === 'u' ? 6 : 2;
}
