/**
 * A disk that fails, or a window that is killed, or another window that works in between, at the n-th call of the file system. What
 * the stores call is replaced while a function runs.
 */
import fs from 'node:fs';

const SYNC = [
  'appendFileSync',
  'closeSync',
  'fdatasyncSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'readdirSync',
  'readFileSync',
  'renameSync',
  'rmSync',
  'statSync',
  'writeSync',
] as const;
/** What only looks at the disk, or lets go of it, works on a full or a read-only one. */
const READS: ReadonlySet<string> = new Set(['closeSync', 'readdirSync', 'readFileSync', 'statSync', 'rmSync']);

/** `once`: one call fails. `on`: all that write from there on. `dead`: nothing at all is done from there on, as after a kill. */
export type Fault = { readonly how: 'once' | 'on' | 'dead'; readonly code: string; readonly at: number };

/** Thrown instead of each call of a window that is dead. */
export class Dead extends Error {}

interface Calls {
  /** Of the file system while the function ran. */
  readonly calls: number;
  /** What it threw. */
  readonly error: unknown;
}

type Call = (...args: unknown[]) => unknown;
const files = fs as unknown as Record<string, Call>;

/** Runs a function on a disk that is well, and calls back before each call of the file system. */
export function watchingDisk(run: () => void, before: (call: number, name: string, args: unknown[]) => void): Calls {
  const real = Object.fromEntries(SYNC.map((name) => [name, files[name] as Call]));
  let calls = 0;
  let inside = false;
  for (const name of SYNC) {
    files[name] = (...args) => {
      if (inside) return real[name]?.(...args);
      inside = true;
      try {
        before(++calls, name, args);
      } finally {
        inside = false;
      }
      return real[name]?.(...args);
    };
  }
  try {
    run();
    return { calls, error: undefined };
  } catch (error) {
    return { calls, error };
  } finally {
    Object.assign(files, real);
  }
}

/** The same on a disk that fails. */
export function onFaultyDisk(fault: Fault, run: () => void): Calls {
  return watchingDisk(run, (call, name, args) => {
    const due = fault.how === 'once' ? call === fault.at : call >= fault.at;
    if (!due) return;
    if (fault.how === 'dead') throw new Dead();
    if (fault.how === 'on' && READS.has(name)) return;
    throw systemError(fault.code, name, args[0]);
  });
}

/** As the system words it: with the path. */
export function systemError(code: string, syscall: string, path: unknown = ''): Error {
  const where = String(path);
  return Object.assign(new Error(`${code}: it failed, ${syscall} '${where}'`), { code, syscall, path: where });
}
