import { setImmediate } from 'node:timers/promises';

/** The rows of a list in order: indices of people. */
export type View = Uint32Array;
export type Test = (index: number) => boolean;

/** Rows looked at before other requests get a turn. */
const SLICE = 20_000;
const KEPT = 8;

/** Keeps the last few results until a change could alter them. */
export class ViewCache {
  readonly #kept = new Map<string, { revision: number; view: Promise<View> }>();

  /** The kept result for this key and revision, or the one `build` makes. */
  async get(key: string, revision: number, build: () => Promise<View>): Promise<View> {
    const known = this.#kept.get(key);
    if (known?.revision === revision) return known.view;
    const view = build();
    this.#kept.delete(key);
    this.#kept.set(key, { revision, view });
    view.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return view;
  }
}

/** All indices below `end` that pass, in order. */
export async function scan(end: number, test: Test): Promise<View> {
  const found = new Uint32Array(end);
  let count = 0;
  for (let index = 0; index < end; index++) {
    if (test(index)) found[count++] = index;
    if (index % SLICE === SLICE - 1) await setImmediate();
  }
  return found.slice(0, count);
}

/** One number per row. */
export async function mapRows(rows: View, value: (index: number, at: number) => number): Promise<Uint32Array> {
  const result = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    result[at] = value(rows[at] as number, at);
    if (at % SLICE === SLICE - 1) await setImmediate();
  }
  return result;
}

/**
 * Rows ordered by a number below 2^32 each, equal ones as they were: a radix sort in two steps of 16 bits, which takes
 * a million rows in a blink where comparing them would keep other requests waiting.
 */
export function orderBy(rows: View, keys: Uint32Array, descending: boolean): View {
  let places = new Uint32Array(rows.length).map((_, at) => at);
  for (const shift of [0, 16]) {
    const digit = (at: number): number => {
      const bits = ((keys[at] as number) >>> shift) & 0xffff;
      return descending ? 0xffff - bits : bits;
    };
    const next = new Uint32Array(0x10001);
    for (let at = 0; at < keys.length; at++) (next[digit(at) + 1] as number) += 1;
    for (let n = 1; n < next.length; n++) next[n] = (next[n] as number) + (next[n - 1] as number);
    const moved = new Uint32Array(rows.length);
    for (const at of places) {
      const to = next[digit(at)] as number;
      next[digit(at)] = to + 1;
      moved[to] = at;
    }
    places = moved;
  }
  return places.map((at) => rows[at] as number);
}

/** For every text the place it has among all of them, letter case aside. */
export function ranksOf(texts: readonly string[]): Map<string, number> {
  const order = [...new Set(texts.map((text) => text.toLowerCase()))].sort();
  return new Map(order.map((text, rank) => [text, rank]));
}
