/** Display names that stand for identities: how one may be spelled in ISC. */

/** More words are a sentence; each word more is one more way to tell the last name from the first. */
const MOST_WORDS = 4;

/**
 * The spellings by which a display name is looked for, as written first: "Ada Winterbourne" is "Winterbourne, Ada" in some
 * tenants, and the other way round.
 *
 * @returns none for what is no name: an address, an id, a list, half a character
 */
export function spellingsOf(text: string): string[] {
  const name = oneSpaced(text);
  // A key that is nobody's is not somebody's name: whoever is called like another one's address is not meant.
  if (name === '' || /[@<>;·\r\n\t]/.test(text) || isId(name)) return [];
  const parts = name.split(',').map((part) => part.trim());
  if (parts.includes('') || parts.length > 2) return [];
  const [last = '', first] = parts;
  if (first !== undefined) return [`${last}, ${first}`, `${first} ${last}`];
  const words = name.split(' ');
  if (words.length > MOST_WORDS) return [name];
  return [name, ...words.slice(1).map((_, n) => `${words.slice(n + 1).join(' ')}, ${words.slice(0, n + 1).join(' ')}`)];
}

/** Alike for names that differ in case, blanks and how an accent is stored. */
export function nameKey(name: string): string {
  return oneSpaced(name).replace(/ ?, ?/g, ', ').toLowerCase();
}

function oneSpaced(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
