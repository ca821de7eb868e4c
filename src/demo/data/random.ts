/**
 * Numbers that look random and are a function of their inputs alone: the same seed and index give the same person on
 * every machine, and nothing has to be stored for anyone.
 */

/** A well-mixed unsigned 32-bit number from up to three numbers. */
export function hash32(a: number, b: number, c = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(c + 1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Eight hex digits. */
export function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** A number below 2^32 from any text. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return hash32(h, text.length);
}

/** An id in the service's usual form (32 hex digits, no dashes) for anything that is looked up by comparing. */
export function idFrom(seed: number, kind: string, n: number, m = 0): string {
  const k = hashText(kind);
  return hex(hash32(seed, n, k)) + hex(hash32(m, k, seed)) + hex(hash32(n, m, k ^ 1)) + hex(hash32(seed ^ k, m, n));
}

export interface Permutation {
  at(index: number): number;
  indexOf(value: number): number;
}

const ROUNDS = 4;

/**
 * A keyed shuffle of 0…size-1 without a table, and its inverse: a Feistel network over the next power of four, walked
 * until the value falls inside the range.
 */
export function permutation(size: number, key: number): Permutation {
  let half = 1;
  while (2 ** (2 * half) < size) half++;
  const unit = 2 ** half;
  const mask = unit - 1;

  const forward = (value: number): number => {
    let left = Math.floor(value / unit);
    let right = value % unit;
    for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ (hash32(key, right, round) & mask)];
    return left * unit + right;
  };
  const backward = (value: number): number => {
    let left = Math.floor(value / unit);
    let right = value % unit;
    for (let round = ROUNDS - 1; round >= 0; round--) [left, right] = [right ^ (hash32(key, left, round) & mask), left];
    return left * unit + right;
  };
  const walk = (step: (value: number) => number, start: number): number => {
    let value = step(start);
    while (value >= size) value = step(value);
    return value;
  };
  return { at: (index) => walk(forward, index), indexOf: (value) => walk(backward, value) };
}

/** The entry of a non-empty list that a hash chooses. */
export function pick<T>(list: readonly T[], hash: number): T {
  return list[hash % list.length] as T;
}
