/** Whether an id was met before, for lists of any length: exact, in about 20 bytes an id instead of 100. */

/** The ids of the service: 128 bits as hexadecimal digits. */
const HEX_ID = /^[0-9a-f]{32}$/;
const WORDS = 4;
const FIRST_SLOTS = 1024;
/** Beyond this part of the slots a search for a free one takes long. */
const FULLEST = 0.8;
/** By so much the table grows. */
const GROWTH = 1.5;

/**
 * A set of ids. Those that are 32 hexadecimal digits stand as numbers, whole (no hash of them: two ids are never taken for one), in
 * one array outside the heap that is collected; all others in an ordinary set.
 */
export class SeenIds {
  /** Four words an id; four zeros are a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS * WORDS);
  #packed = 0;
  readonly #others = new Set<string>();
  /** The id that is looked for. */
  readonly #wanted = new Uint32Array(WORDS);

  get size(): number {
    return this.#packed + this.#others.size;
  }

  has(id: string): boolean {
    return this.#pack(id) ? this.#taken(this.#place(this.#slots)) : this.#others.has(id);
  }

  /** @returns false when it was there */
  add(id: string): boolean {
    if (!this.#pack(id)) return !this.#others.has(id) && this.#others.add(id).size > 0;
    const place = this.#place(this.#slots);
    if (this.#taken(place)) return false;
    this.#slots.set(this.#wanted, place);
    this.#packed++;
    if (this.#packed > (this.#slots.length / WORDS) * FULLEST) this.#grow();
    return true;
  }

  /** Reads an id into `#wanted`. @returns false for one that has no place in the array */
  #pack(id: string): boolean {
    if (!HEX_ID.test(id)) return false;
    for (let word = 0; word < WORDS; word++) this.#wanted[word] = Number.parseInt(id.slice(word * 8, word * 8 + 8), 16);
    // All zeros would be a free slot.
    return this.#wanted.some((word) => word !== 0);
  }

  /** Where the wanted id stands, or else the free slot where it would. */
  #place(slots: Uint32Array): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#wanted;
    const count = slots.length / WORDS;
    // Ids may be numbered in sequence, in any of their words.
    const mixed = Math.imul(
      a ^ Math.imul(b ^ Math.imul(c ^ Math.imul(d, 0x9e3779b1), 0x85ebca6b), 0xc2b2ae35),
      0x27d4eb2f,
    );
    for (let slot = ((mixed ^ (mixed >>> 15)) >>> 0) % count; ; slot = (slot + 1) % count) {
      const at = slot * WORDS;
      const isFree = (slots[at]! | slots[at + 1]! | slots[at + 2]! | slots[at + 3]!) === 0;
      if (isFree || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d)) return at;
    }
  }

  #taken(place: number): boolean {
    return this.#slots.subarray(place, place + WORDS).some((word) => word !== 0);
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(Math.ceil((before.length / WORDS) * GROWTH) * WORDS);
    for (let at = 0; at < before.length; at += WORDS) {
      this.#wanted.set(before.subarray(at, at + WORDS));
      if (this.#wanted.some((word) => word !== 0)) slots.set(this.#wanted, this.#place(slots));
    }
    this.#slots = slots;
  }
}
