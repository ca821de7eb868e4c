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
export async function mapRows(rows: View, value: (index: number, at: number) => number): Promise<Float64Array> {
  const result = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    result[at] = value(rows[at] as number, at);
    if (at % SLICE === SLICE - 1) await setImmediate();
  }
  return result;
}

/**
 * Rows ordered by a number each, equal ones as they were: number and place are packed into one float, so that a million
 * rows are sorted natively. Keys must be whole numbers below 2^32.
 */
export function orderBy(rows: View, keys: Float64Array, descending: boolean): View {
  const places = 2 ** 21;
  const packed = keys.map((key, at) => (descending ? 2 ** 32 - 1 - key : key) * places + at);
  packed.sort();
  return Uint32Array.from(packed, (value) => rows[value % places] as number);
}

/** For every text the place it has among all of them, letter case aside. */
export function ranksOf(texts: readonly string[]): Map<string, number> {
  const order = [...new Set(texts.map((text) => text.toLowerCase()))].sort();
  return new Map(order.map((text, rank) => [text, rank]));
}
