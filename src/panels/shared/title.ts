import { plain, type PlainText } from '../../text/plain';
/** Characters of a tab's label. */
const LONGEST = 60;

/**
 * A tab's label: short and in one line. What would turn the direction of the text around it is left out: a tenant's
 * data must not dress the label up as something else.
 */
export function panelTitle(name: string): PlainText {
  return plain(plain(name).replace(/\s+/g, ' ').trim(), LONGEST);
}
