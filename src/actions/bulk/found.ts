/** What the reading of the identities of a bulk action tells, and to whom. */
import type { Identity } from '../../api/identities';

/** Somebody asked for, and who was found. */
export interface Found {
  readonly asked: string;
  /** Nobody, one, or several with the same address or name. */
  readonly identities: readonly Identity[];
  /** True when `asked` is no id, alias, address or name, so that nobody was looked for. */
  readonly unreadable?: boolean;
  /** True when `identities` have `asked` as their display name, and nobody has it as a key. */
  readonly byName?: boolean;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** How many of how many (0: not known) were looked at. */
  readonly progress: (done: number, of: number) => void;
  /** The list counts more people than it gave. */
  readonly cameShort?: (missing: number) => void;
  /**
   * Who was found by an id, an alias or an address, with the place of the text that was asked for, before all are: a table can show
   * them already. Nothing is told of a text that is nobody's so far.
   */
  readonly onFound?: (rows: readonly (readonly [at: number, found: Found])[]) => void;
}
