/**
 * How windows of one machine tell each other what they send, so that together they keep the service's rate limit: a small file
 * for each minute and budget, to which each adds a line a request. No lock is needed: who looks at the same moment as another
 * overshoots by one request, which the budget leaves room for.
 */
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { appendLine, listNames, makeFolder, readFrom, removeWhole } from './files';

/** One file each. */
const BLOCK_MS = 60_000;
/** Longer than the service's window. */
const REMEMBERED_MS = 15_000;

/** What a budget's other users sent. See `SharedUse` of the rate limit. */
export interface Use {
  note(): void;
  others(): readonly number[];
}

/** The budgets whose use is told in a folder. Where it cannot be written, each window counts for itself. */
export function sharedUse(folder: string, now: () => number = Date.now): (key: string) => Use {
  const self = randomUUID().slice(0, 8);
  return (key) => budget(folder, createHash('sha256').update(key).digest('hex').slice(0, 16), self, now);
}

function budget(folder: string, name: string, self: string, now: () => number): Use {
  /** Bytes read of each file. */
  const read = new Map<string, number>();
  let others: number[] = [];
  let begun: string | undefined;

  const fileOf = (at: number): string => join(folder, `${name}-${String(Math.floor(at / BLOCK_MS))}`);

  const begin = (file: string): void => {
    if (begun === file) return;
    begun = file;
    makeFolder(folder);
    const kept = new Set([file, fileOf(now() - BLOCK_MS)]);
    for (const each of listNames(folder).map((entry) => join(folder, entry))) {
      if (each.startsWith(join(folder, name)) && !kept.has(each)) removeWhole(each);
    }
    for (const each of read.keys()) if (!kept.has(each)) read.delete(each);
  };

  const look = (file: string): void => {
    const place = read.get(file) ?? 0;
    const text = readFrom(file, place);
    // A line that is being written is read whole the next time.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    read.set(file, place + Buffer.byteLength(whole));
    for (const line of whole.split('\n')) {
      const [at, who] = line.split(' ');
      if (who !== undefined && who !== self && Number.isFinite(Number(at))) others.push(Number(at));
    }
  };

  return {
    note() {
      try {
        const file = fileOf(now());
        begin(file);
        appendLine(file, `${String(now())} ${self}`);
      } catch {
        // A full or read-only disk: the service's own 429 does the rest.
      }
    },
    others() {
      const from = now() - REMEMBERED_MS;
      others = others.filter((at) => at > from);
      try {
        for (const file of new Set([fileOf(from), fileOf(now())])) look(file);
      } catch {
        // As above.
      }
      return others;
    },
  };
}
