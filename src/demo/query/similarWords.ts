/** More edits than two find anything: Elasticsearch takes a higher number for two. */
export const MAX_EDITS = 2;

/**
 * Whether a word becomes another by so many edits: a letter put in, left out or exchanged, or two neighbours changing places
 * (Damerau-Levenshtein, as Elasticsearch compares words for `word~`).
 */
export function areSimilar(one: string, other: string, edits: number): boolean {
  const a = [...one];
  const b = [...other];
  // Most words differ more in their length alone.
  if (Math.abs(a.length - b.length) > edits) return false;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, letter] of a.entries()) {
    const row = [i + 1];
    for (const [j, letterOfB] of b.entries()) {
      const changed = at(last, j) + (letter === letterOfB ? 0 : 1);
      const swapped =
        i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === letterOfB ? at(beforeLast, j - 1) + 1 : Infinity;
      row.push(Math.min(changed, at(last, j + 1) + 1, at(row, j) + 1, swapped));
    }
    if (Math.min(...row, ...last) > edits) return false;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length) <= edits;
}

function at(row: readonly number[], n: number): number {
  return row[n] ?? Infinity;
}
