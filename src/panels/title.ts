/** Characters of a tab's label. */
const LONGEST = 60;

/**
 * A tab's label: short and in one line. What would turn the direction of the text around it is left out: a tenant's
 * data must not dress the label up as something else.
 */
export function panelTitle(name: string): string {
  const line = name
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
}
