/**
 * Who may run a record. A record is run by one window at a time, of all that share its folder: other windows, containers,
 * machines with the same home.
 *
 * The lock is the file `lock-<n>` with the highest number. It is taken by linking a finished file to the next number, which
 * only one can do; nothing is removed before, so nothing can be removed by mistake. Its holder writes a new count into it
 * every few seconds, so that others can tell by their own clock that it lives.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { readAs, type Output } from '../../schema';
import { createWhole, writeWhole } from '../../storage/files';
import { isOfEarlierStart, isRunning, PROCESS_MARK, THIS_PROCESS } from './machine';

/** Milliseconds between two signs of life. */
export const BEAT_MS = 5_000;
/** Milliseconds without one after which a holder on another machine is called silent. */
export const SILENT_AFTER_MS = 4 * BEAT_MS;

/** What a lock file says. */
const HOLDER = v.object({
  ...PROCESS_MARK.entries,
  /** Of the one who took it: tells two locks of one process apart. */
  nonce: v.string(),
  beat: v.number(),
  released: v.boolean(),
});
type Holder = Output<typeof HOLDER>;

/**
 * `free`: nobody runs it, or who did is surely gone. `alive`: somebody does. `silent`: somebody may, on a machine that cannot
 * be asked, or what the lock says cannot be read; there was no sign of life for a while.
 */
export type LockState =
  { readonly kind: 'free' } | { readonly kind: 'alive' | 'silent'; readonly host: string; readonly pid: number };

/** A lock that this window holds. */
export interface Lock {
  /** False when somebody else took it over, or removed the record: nothing more may be sent. */
  isOurs(): boolean;
  /** Shows a sign of life. @returns as `isOurs` */
  beat(): boolean;
  release(): void;
}

/** Another window runs the record, or may. */
export class LockedError extends Error {
  constructor(readonly state: LockState) {
    super(state.kind === 'silent' ? 'Another machine may run it' : 'Another window runs it');
    this.name = 'LockedError';
  }
}

/** Lock files as they were last seen, and since when: by this process' own count of time, which nobody can set. */
const seen = new Map<string, { readonly text: string; readonly since: number }>();

/** Looks at the lock of a folder. Never throws. */
export function lockState(folder: string, now = performance.now()): LockState {
  const top = highest(folder);
  return top === undefined ? { kind: 'free' } : stateOf(folder, top, now);
}

/**
 * Takes the lock of a folder.
 *
 * @param even a lock whose holder is silent is taken over: a person was asked and said that it is gone
 * @throws LockedError, or the file system's error
 */
export function takeLock(folder: string, even: 'free' | 'silent' = 'free', now = performance.now()): Lock {
  const top = highest(folder);
  const state: LockState = top === undefined ? { kind: 'free' } : stateOf(folder, top, now);
  if (state.kind === 'alive' || (state.kind === 'silent' && even !== 'silent')) throw new LockedError(state);
  const number = (top ?? 0) + 1;
  const holder: Holder = { ...THIS_PROCESS, nonce: randomUUID(), beat: 0, released: false };
  create(folder, number, holder);
  // Somebody may have taken, left and passed on this very number since it was looked for: the highest is who holds it.
  if (highest(folder) !== number || readHolder(folder, number)?.nonce !== holder.nonce) {
    rmSync(fileOf(folder, number), { force: true });
    throw new LockedError({ kind: 'alive', host: holder.host, pid: 0 });
  }
  for (const old of numbersIn(folder)) if (old < number) rmSync(fileOf(folder, old), { force: true });
  rmSync(join(folder, 'lock'), { force: true });
  return held(folder, number, holder);
}

function held(folder: string, number: number, holder: Holder): Lock {
  let beat = 0;
  const isOurs = (): boolean => highest(folder) === number && readHolder(folder, number)?.nonce === holder.nonce;
  return {
    isOurs,
    beat() {
      if (!isOurs()) return false;
      try {
        replace(folder, number, { ...holder, beat: ++beat });
      } catch {
        // A full disk: others will call this one silent and ask before they take over.
      }
      return isOurs();
    },
    release() {
      if (!isOurs()) return;
      try {
        replace(folder, number, { ...holder, beat, released: true });
      } catch {
        // It ends with this process at the latest.
      }
    },
  };
}

function stateOf(folder: string, number: number, now: number): LockState {
  const text = textOf(folder, number);
  const holder = parse(text);
  if (holder?.released) return { kind: 'free' };
  const known = holder && (isHere(holder) ? false : isRunning(holder));
  if (known === false) return { kind: 'free' };
  const where = { host: holder?.host ?? '', pid: holder?.pid ?? 0 };
  if (known === true) return { kind: 'alive', ...where };
  const file = fileOf(folder, number);
  const before = seen.get(file);
  if (before?.text !== text) seen.set(file, { text, since: now });
  const since = before?.text === text ? before.since : now;
  if (now - since < SILENT_AFTER_MS) return { kind: 'alive', ...where };
  return holder && isOfEarlierStart(holder) ? { kind: 'free' } : { kind: 'silent', ...where };
}

/** This process: a window of it that was reloaded left the lock behind. */
function isHere({ host, boot, space, pid, started }: Holder): boolean {
  const here = THIS_PROCESS;
  return (
    host === here.host && boot === here.boot && space === here.space && pid === here.pid && started === here.started
  );
}

/** Makes the file of a number, or throws LockedError when it is there. */
function create(folder: string, number: number, holder: Holder): void {
  if (createWhole(fileOf(folder, number), JSON.stringify(holder))) return;
  throw new LockedError({ kind: 'alive', host: holder.host, pid: 0 });
}

function replace(folder: string, number: number, holder: Holder): void {
  writeWhole(fileOf(folder, number), JSON.stringify(holder));
}

/** 0 is the lock of an earlier version: a process id alone. */
function fileOf(folder: string, number: number): string {
  return join(folder, number === 0 ? 'lock' : `lock-${String(number)}`);
}

function highest(folder: string): number | undefined {
  const numbers = numbersIn(folder);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function numbersIn(folder: string): number[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // No folder, no lock.
  }
  return names.flatMap((name) => {
    const number = name === 'lock' ? '0' : /^lock-(\d{1,15})$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function textOf(folder: string, number: number): string {
  try {
    return readFileSync(fileOf(folder, number), 'utf8');
  } catch {
    return '';
  }
}

function readHolder(folder: string, number: number): Holder | undefined {
  return parse(textOf(folder, number));
}

function parse(text: string): Holder | undefined {
  try {
    return readAs(HOLDER, JSON.parse(text));
  } catch {
    return undefined;
  }
}
